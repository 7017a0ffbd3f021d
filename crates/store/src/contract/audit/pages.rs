//! The clauses of lists of login logs that are read in parts.

use crate::Store;
use crate::contract::audit::sample::login_log;
use crate::contract::lists::{List, name, named, placed};
use crate::contract::sample::{always, november, write};
use crate::contract::users::sample::add_person;
use audit::{LoginLog, LoginOutcome};
use kernel::{Period, UserId};

fn login_logs(user: UserId, period: Period) -> List {
    let name = |log: &LoginLog| log.id.to_string();
    List::new(
        move |tx, limit| Ok(named(&tx.list_login_logs(user, &period, limit)?, name)),
        move |tx, wanted| Ok(placed(&tx.list_login_logs_after(user, &period, wanted)?, name)),
    )
}

/// Stores a log of this number that shows this day of November.
fn add_log(store: &dyn Store, number: u128, user: UserId, day: u32) {
    let log = LoginLog { creation_date: november(day), ..login_log(number, user, LoginOutcome::Failed) };
    write(store, |tx| Ok(tx.insert_login_log(&log)?));
}

/// The parts of a list of login logs make the list.
pub fn the_parts_of_a_list_make_the_list(store: &dyn Store) {
    let ann = add_person(store, "ann");
    for number in 1..=7 {
        add_log(store, number, ann, 1);
    }
    login_logs(ann, always()).must_be_made_of_its_parts(store);
}

/// What a period or an owner hides is in no part.
pub fn a_part_is_filtered_like_its_list(store: &dyn Store) {
    let (ann, bob) = (add_person(store, "ann"), add_person(store, "bob"));
    for (number, day) in (11..).zip([1, 9, 1, 9, 9]) {
        add_log(store, number, ann, day);
        add_log(store, number + 10, bob, 9);
    }
    let on_the_9th = Period { start_date: Some(november(9)), end_date: november(9), ..always() };
    login_logs(ann, on_the_9th).must_show_only(store, &[12, 14, 15].map(name));
}
