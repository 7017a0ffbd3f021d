//! What every store must do with the ledger.

pub mod entries;
pub mod entry_files;
pub mod pages;
pub(super) mod sample;
pub mod sums;

/// Makes a test of every clause of the ledger.
#[doc(hidden)]
#[macro_export]
macro_rules! ledger_clauses {
    ($new_store:expr) => {
        $crate::clauses! { ledger, $new_store;
            entries {
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
                deleting_the_entries_of_an_owner_leaves_all_others,
            }
            entry_files {
                a_batch_is_stored_in_its_order,
                a_large_batch_is_stored,
                what_leaves_has_the_names_of_today,
                what_leaves_comes_in_the_parts_of_the_list,
                a_name_is_known_to_its_owner_and_side,
                a_second_entry_of_one_name_is_a_lost_race,
                a_batch_with_a_missing_reference_is_a_lost_race,
                a_name_lives_as_long_as_its_entry,
                what_is_called_so_is_found_to_the_letter,
                names_go_with_the_entries_of_an_owner,
            }
            pages {
                the_parts_of_a_list_make_the_list,
                a_part_is_filtered_like_its_list,
                a_part_goes_on_where_a_row_is_gone,
                a_row_that_stays_comes_once_whatever_others_do,
                a_changed_row_keeps_its_place,
            }
            sums {
                a_group_without_entries_has_no_sum,
                sums_are_exact,
                times_are_told_apart,
                categories_are_told_by_their_names_of_today,
                what_has_no_subcategory_comes_together,
                a_sum_is_of_the_owner_and_the_period_alone,
            }
        }
    };
}
