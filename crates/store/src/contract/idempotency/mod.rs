//! What every store must do with the answers that are kept for an `Idempotency-Key`.

pub mod responses;

/// Makes a test of every clause of the answers that are kept.
#[doc(hidden)]
#[macro_export]
macro_rules! idempotency_clauses {
    ($new_store:expr) => {
        $crate::clauses! { idempotency, $new_store;
            responses {
                round_trips,
                an_answer_to_nobody_in_particular_round_trips,
                what_is_only_reserved_is_not_found,
                reserving_what_is_there_is_a_lost_race,
                an_expired_answer_still_has_its_place,
                an_answer_to_somebody_who_is_gone_is_a_lost_race,
                a_refusal_takes_the_reservation_along,
                of_those_who_reserve_at_the_same_time_one_does_the_work,
                only_what_expired_is_forgotten,
                deleting_the_answers_to_an_owner_leaves_all_others,
                an_answer_is_removed_at_its_moment,
                purging_is_bounded,
            }
        }
    };
}
