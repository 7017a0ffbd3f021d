//! What every store must do with ended sessions.

pub mod sessions;

/// Makes a test of every clause of the ended sessions.
#[doc(hidden)]
#[macro_export]
macro_rules! auth_clauses {
    ($new_store:expr) => {
        $crate::clauses! { auth, $new_store;
            sessions {
                a_status_tells_rank_and_state,
                a_status_tells_the_token_version_and_the_kept_session,
                a_status_tells_whether_the_session_ended,
                nobody_has_no_status,
                an_ended_session_outlives_its_user,
                ending_a_session_again_changes_nothing,
                ending_a_session_twice_in_one_transaction_is_no_error,
                a_row_is_removed_after_its_moment,
                purging_is_bounded,
            }
        }
    };
}
