//! What every store must do, whatever it is made of: one function per clause, each on an empty store of its own.
//!
//! [`store_contract!`](crate::store_contract) makes a test of every clause, so that no store can leave one out.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a clause fails by panicking")]

pub mod agents;
pub mod answers;
pub mod categories;
pub mod chats;
pub mod ledger;
pub mod login_logs;
pub mod messages;
pub mod pages;
mod sample;
pub mod sessions;
pub mod subcategories;
pub mod sums;
pub mod trail;
pub mod transactions;
pub mod transfers;
pub mod users;

/// Makes a test of every clause, in a module per port.
///
/// The expression makes an empty store: a value that dereferences to one and cleans up when it is dropped. It is written
/// into nested modules, so paths in it begin with `crate::` or the name of a crate.
///
/// ```text
/// mod memory {
///     store::store_contract!(Box::new(memory::MemoryStore::default()));
/// }
/// ```
#[macro_export]
macro_rules! store_contract {
    ($new_store:expr) => {
        $crate::store_contract!(@clauses transactions, $new_store;
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
        );
        $crate::store_contract!(@clauses users, $new_store;
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
            deleting_a_user_takes_its_ledger_and_logs_along,
            deleting_a_user_takes_its_chats_along,
            deleting_a_user_takes_its_messages_along,
        );
        $crate::store_contract!(@clauses login_logs, $new_store;
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
        );
        $crate::store_contract!(@clauses trail, $new_store;
            every_action_round_trips_newest_first,
            entries_of_one_moment_keep_their_order,
            a_list_is_cut_to_the_newest,
            entries_outlive_the_users_that_they_name,
        );
        $crate::store_contract!(@clauses categories, $new_store;
            round_trips,
            lists_are_in_insertion_order,
            a_kind_is_matched_to_the_letter,
            a_change_stores_everything_of_one_category,
            a_category_that_is_not_there_is_left_alone,
            deleting_says_whether_the_category_was_there,
            a_category_with_a_subcategory_stays,
            a_category_of_an_expense_stays,
            a_category_of_an_income_stays,
            a_deleted_users_entries_keep_no_category,
            a_subcategory_that_moves_frees_its_category,
        );
        $crate::store_contract!(@clauses subcategories, $new_store;
            round_trips,
            storing_under_a_missing_category_is_a_lost_race,
            moving_to_a_missing_category_is_a_lost_race,
            lists_are_in_insertion_order,
            a_change_stores_everything_of_one_subcategory,
            a_subcategory_that_is_not_there_is_left_alone,
            deleting_says_whether_the_subcategory_was_there,
            a_subcategory_of_an_expense_stays,
        );
        $crate::store_contract!(@clauses ledger, $new_store;
            round_trips,
            amounts_are_exact,
            entries_are_their_owners_alone,
            nothing_is_recorded_under_a_missing_reference,
            recording_for_a_missing_owner_is_a_lost_race,
            changing_to_a_missing_reference_is_a_lost_race,
            lists_are_in_insertion_order,
            dates_of_a_period_are_inclusive,
            times_of_a_period_hold_on_every_day_and_are_inclusive,
            a_change_stores_everything_of_one_entry,
            an_entry_never_moves_to_another_owner_or_side,
            an_entry_that_is_not_there_is_left_alone,
            deleting_is_the_owners_alone_and_says_whether_it_was_there,
            missing_references_are_told_apart,
        );
        $crate::store_contract!(@clauses sums, $new_store;
            a_group_without_entries_has_no_sum,
            sums_are_exact,
            times_are_told_apart,
            categories_are_told_by_their_names_of_today,
            what_has_no_subcategory_comes_together,
            a_sum_is_of_the_owner_and_the_period_alone,
        );
        $crate::store_contract!(@clauses transfers, $new_store;
            a_batch_is_stored_in_its_order,
            a_large_batch_is_stored,
            what_leaves_has_the_names_of_today,
            what_leaves_comes_in_the_parts_of_the_list,
            a_name_is_known_to_its_owner_and_side,
            a_second_entry_of_one_name_is_a_lost_race,
            a_batch_with_a_missing_reference_is_a_lost_race,
            a_name_lives_as_long_as_its_entry,
            what_is_called_so_is_found_to_the_letter,
            a_deleted_owners_names_are_forgotten,
        );
        $crate::store_contract!(@clauses pages, $new_store;
            the_parts_of_a_list_make_the_list,
            a_part_is_filtered_like_its_list,
            a_part_goes_on_where_a_row_is_gone,
            a_row_that_stays_comes_once_whatever_others_do,
            a_changed_row_keeps_its_place,
        );
        $crate::store_contract!(@clauses chats, $new_store;
            round_trips,
            a_second_chat_of_a_customer_is_a_lost_race,
            a_missing_member_is_a_lost_race,
            an_administrators_chats_are_listed_in_the_order_of_opening,
            a_chat_changes_hands,
            a_chat_that_changes_hands_keeps_its_place,
            closing_takes_the_messages_along,
        );
        $crate::store_contract!(@clauses agents, $new_store;
            only_active_staff_and_superusers_are_agents,
            the_agent_with_the_fewest_chats_is_next,
            an_agents_own_questions_are_no_work,
            among_equals_the_longest_idle_is_next,
            whoever_was_never_given_a_chat_is_next,
            closing_chats_forgets_no_turn,
            taking_a_chat_over_is_a_turn,
            among_the_never_given_the_lowest_number_is_next,
            among_those_of_one_moment_the_lowest_number_is_next,
            the_excepted_are_never_next,
        );
        $crate::store_contract!(@clauses messages, $new_store;
            round_trips,
            the_longest_message_is_kept_whole,
            messages_show_how_their_sender_is_called_today,
            each_chat_counts_its_own_messages,
            messages_of_one_transaction_get_one_place_each,
            a_failed_transaction_uses_no_place_up,
            a_place_is_never_given_twice,
            messages_posted_at_the_same_time_get_one_place_each,
            a_message_to_a_closed_chat_is_not_stored,
            a_message_is_found_by_its_senders_name_for_it,
            a_second_message_of_one_name_is_a_lost_race,
            messages_without_a_name_do_not_clash,
            a_page_starts_right_after_a_place,
            the_last_messages_come_oldest_first,
        );
        $crate::store_contract!(@clauses answers, $new_store;
            round_trips,
            an_answer_to_nobody_in_particular_round_trips,
            what_is_only_reserved_is_not_found,
            reserving_what_is_there_is_a_lost_race,
            an_expired_answer_still_has_its_place,
            an_answer_to_somebody_who_is_gone_is_a_lost_race,
            a_refusal_takes_the_reservation_along,
            of_those_who_reserve_at_the_same_time_one_does_the_work,
            only_what_expired_is_forgotten,
            deleting_a_user_takes_its_answers_along,
            an_answer_is_removed_at_its_moment,
            purging_is_bounded,
        );
        $crate::store_contract!(@clauses sessions, $new_store;
            a_standing_tells_rank_and_state,
            a_standing_tells_the_token_version_and_the_kept_session,
            a_standing_tells_whether_the_session_ended,
            nobody_has_no_standing,
            an_ended_session_outlives_its_user,
            ending_a_session_again_changes_nothing,
            ending_a_session_twice_in_one_transaction_is_no_error,
            a_row_is_removed_after_its_moment,
            purging_is_bounded,
        );
    };
    (@clauses $port:ident, $new_store:expr; $($clause:ident,)+) => {
        mod $port {
            $(
                #[test]
                fn $clause() {
                    let store = $new_store;
                    $crate::contract::$port::$clause(&*store);
                }
            )+
        }
    };
}

#[cfg(test)]
mod tests {
    /// Every clause there is, and whether the macro names it, by reading the sources.
    #[test]
    fn the_macro_names_every_clause() {
        let macro_names: Vec<_> =
            include_str!("mod.rs").lines().map(|line| line.trim().trim_end_matches(',')).collect();
        let sources = [
            include_str!("transactions.rs"),
            include_str!("users.rs"),
            include_str!("login_logs.rs"),
            include_str!("trail.rs"),
            include_str!("categories.rs"),
            include_str!("subcategories.rs"),
            include_str!("ledger.rs"),
            include_str!("chats.rs"),
            include_str!("agents.rs"),
            include_str!("answers.rs"),
            include_str!("messages.rs"),
            include_str!("pages.rs"),
            include_str!("sums.rs"),
            include_str!("transfers.rs"),
            include_str!("sessions.rs"),
        ];
        let clauses = sources.iter().flat_map(|source| source.lines()).filter_map(|line| line.strip_prefix("pub fn "));
        let mut named = 0_usize;
        for clause in clauses {
            let (name, _) = clause.split_once('(').unwrap();
            assert!(macro_names.contains(&name), "no store is held to the clause `{name}`");
            named += 1;
        }
        assert!(named > 100, "only {named} clauses were found");
    }
}
