//! What every store must do with categories and subcategories.

pub mod category_table;
pub mod pages;
pub(super) mod sample;
pub mod subcategory_table;

/// Makes a test of every clause of the categories and subcategories.
#[doc(hidden)]
#[macro_export]
macro_rules! categories_clauses {
    ($new_store:expr) => {
        $crate::clauses! { categories, $new_store;
            category_table {
                round_trips,
                lists_are_in_insertion_order,
                a_kind_is_matched_to_the_letter,
                a_change_stores_everything_of_one_category,
                a_category_that_is_not_there_is_left_alone,
                deleting_says_whether_the_category_was_there,
                a_category_with_a_subcategory_stays,
                a_category_of_an_expense_stays,
                a_category_of_an_income_stays,
                deleted_entries_of_an_owner_keep_no_category,
                a_subcategory_that_moves_frees_its_category,
            }
            pages {
                the_parts_of_a_list_make_the_list,
                a_part_is_filtered_like_its_list,
            }
            subcategory_table {
                round_trips,
                storing_under_a_missing_category_is_a_lost_race,
                moving_to_a_missing_category_is_a_lost_race,
                lists_are_in_insertion_order,
                a_change_stores_everything_of_one_subcategory,
                a_subcategory_that_is_not_there_is_left_alone,
                deleting_says_whether_the_subcategory_was_there,
                a_subcategory_of_an_expense_stays,
            }
        }
    };
}
