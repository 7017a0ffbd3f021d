//! What every store must do with transactions, whatever happens in them.

pub mod outcomes;

/// Makes a test of every clause of the transactions.
#[doc(hidden)]
#[macro_export]
macro_rules! transactions_clauses {
    ($new_store:expr) => {
        $crate::clauses! { transactions, $new_store;
            outcomes {
                a_fresh_store_is_ready,
                a_commit_keeps_everything,
                an_error_leaves_nothing,
                a_swallowed_refusal_loses_nothing,
                a_lost_race_is_run_again_from_the_start,
                retries_are_bounded,
                what_is_no_lost_race_runs_once,
                reading_changes_nothing,
                a_panic_leaves_nothing,
                changes_made_at_the_same_time_are_all_kept,
                a_refused_check_begins_no_work,
                a_check_runs_once_and_hands_on_what_it_found,
            }
        }
    };
}
