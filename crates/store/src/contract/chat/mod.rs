//! What every store must do with support chats.

pub mod agents;
pub mod chats;
pub mod messages;
pub mod pages;
pub(super) mod sample;

/// Makes a test of every clause of the support chats.
#[doc(hidden)]
#[macro_export]
macro_rules! chat_clauses {
    ($new_store:expr) => {
        $crate::clauses! { chat, $new_store;
            agents {
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
                deleting_a_member_forgets_its_turns,
            }
            chats {
                round_trips,
                a_second_chat_of_a_customer_is_a_lost_race,
                a_missing_member_is_a_lost_race,
                an_administrators_chats_are_listed_in_the_order_of_opening,
                a_chat_changes_hands,
                a_chat_that_changes_hands_keeps_its_place,
                closing_takes_the_messages_along,
                deleting_a_member_takes_its_chats_along,
            }
            messages {
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
                deleting_a_member_takes_its_messages_along,
            }
            pages {
                the_parts_of_a_list_make_the_list,
                a_part_is_filtered_like_its_list,
            }
        }
    };
}
