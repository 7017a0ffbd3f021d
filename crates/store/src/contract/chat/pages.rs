//! The clauses of lists of chats that are read in parts.

use crate::Store;
use crate::contract::chat::sample::add_chat;
use crate::contract::lists::{List, name, named, placed};
use crate::contract::users::sample::{add_person, add_staff};
use chat::Chat;
use kernel::UserId;

fn chats(admin: UserId) -> List {
    let name = |chat: &Chat| chat.id.to_string();
    List::new(
        move |tx, limit| Ok(named(&tx.list_chats_of_admin(admin, limit)?, name)),
        move |tx, wanted| Ok(placed(&tx.list_chats_of_admin_after(admin, wanted)?, name)),
    )
}

/// Stores a customer of this number, with a chat of the same number.
fn open_chat(store: &dyn Store, number: u128, admin: UserId) {
    let customer = add_person(store, &format!("customer{number}"));
    add_chat(store, number, customer, admin, 0);
}

/// The parts of a list of chats make the list.
pub fn the_parts_of_a_list_make_the_list(store: &dyn Store) {
    let sue = add_staff(store, "sue");
    for number in 1..=7 {
        open_chat(store, number, sue);
    }
    chats(sue).must_be_made_of_its_parts(store);
}

/// The chats of another administrator are in no part.
pub fn a_part_is_filtered_like_its_list(store: &dyn Store) {
    let [sue, tom, zoe] = ["sue", "tom", "zoe"].map(|name| add_staff(store, name));
    for (number, admin) in (11..).zip([tom, sue, tom, sue, sue]) {
        open_chat(store, number, admin);
    }
    chats(sue).must_show_only(store, &[12, 14, 15].map(name));
    chats(zoe).must_show_only(store, &[]);
}
