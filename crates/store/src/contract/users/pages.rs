//! The clauses of lists of users that are read in parts.

use crate::Store;
use crate::contract::lists::{List, named, placed};
use crate::contract::sample::at;
use crate::contract::users::sample::{add_person, add_staff};
use users::{User, UserFilter};

fn users(filter: UserFilter) -> List {
    let name = |user: &User| user.id.to_string();
    List::new(
        move |tx, limit| Ok(named(&tx.list_users(&filter, limit)?, name)),
        move |tx, wanted| Ok(placed(&tx.list_users_after(&filter, wanted)?, name)),
    )
}

/// The parts of a list of users make the list.
pub fn the_parts_of_a_list_make_the_list(store: &dyn Store) {
    for number in 1..=7 {
        add_person(store, &format!("person{number}"));
    }
    users(UserFilter::everybody(at(0))).must_be_made_of_its_parts(store);
}

/// Whom a filter hides is in no part.
pub fn a_part_is_filtered_like_its_list(store: &dyn Store) {
    let mut staff = Vec::new();
    for number in 1..=3 {
        add_person(store, &format!("person{number}"));
        staff.push(add_staff(store, &format!("staff{number}")).to_string());
    }
    let everybody = UserFilter::everybody(at(0));
    users(UserFilter { is_staff: Some(true), ..everybody }).must_show_only(store, &staff);
    users(UserFilter { is_superuser: Some(true), ..everybody }).must_show_only(store, &[]);
}
