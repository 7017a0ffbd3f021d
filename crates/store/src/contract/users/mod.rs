//! What every store must do with users.

pub mod pages;
pub(super) mod sample;
pub mod user_table;

/// Makes a test of every clause of the users.
#[doc(hidden)]
#[macro_export]
macro_rules! users_clauses {
    ($new_store:expr) => {
        $crate::clauses! { users, $new_store;
            user_table {
                round_trips,
                a_change_stores_everything_but_the_date_of_joining,
                every_state_is_kept,
                a_user_that_is_not_there_is_left_alone,
                numbers_are_never_used_again,
                a_taken_email_is_refused_and_the_transaction_stays_usable,
                a_taken_user_name_is_refused_whatever_its_case,
                a_change_to_a_taken_email_is_refused,
                a_change_to_a_taken_user_name_is_refused,
                a_user_may_keep_its_own_name,
                a_deleted_users_names_are_free,
                logins_are_found_whatever_the_case,
                an_email_comes_before_a_user_name,
                users_are_listed_by_number,
                flags_filter_users,
                a_locked_user_counts_as_not_active,
                users_are_filtered_by_when_they_joined,
                active_superusers_are_counted,
                deleting_says_whether_the_user_was_there,
            }
            pages {
                the_parts_of_a_list_make_the_list,
                a_part_is_filtered_like_its_list,
            }
        }
    };
}
