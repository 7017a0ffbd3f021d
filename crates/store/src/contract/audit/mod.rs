//! What every store must do with login logs and the trail.

pub mod login_logs;
pub mod pages;
pub(super) mod sample;
pub mod trail;

/// Makes a test of every clause of the login logs and the trail.
#[doc(hidden)]
#[macro_export]
macro_rules! audit_clauses {
    ($new_store:expr) => {
        $crate::clauses! { audit, $new_store;
            login_logs {
                round_trips,
                a_log_of_nobody_is_refused,
                lists_are_one_users_in_insertion_order,
                dates_of_a_period_are_inclusive,
                times_of_a_period_hold_on_every_day_and_are_inclusive,
                failures_after_a_moment_are_counted,
                corrections_count_but_never_move_a_failure,
                a_correction_leaves_owner_and_moment,
                a_log_that_is_not_there_is_left_alone,
                deleting_says_whether_the_log_was_there,
                deleting_the_logs_of_a_user_leaves_those_of_others,
            }
            pages {
                the_parts_of_a_list_make_the_list,
                a_part_is_filtered_like_its_list,
            }
            trail {
                every_action_round_trips_newest_first,
                entries_of_one_moment_keep_their_order,
                a_list_is_cut_to_the_newest,
                entries_outlive_the_users_that_they_name,
            }
        }
    };
}
