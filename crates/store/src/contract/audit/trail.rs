//! The clauses of the trail of administrative actions.

use crate::Store;
use crate::contract::sample::{UNICODE, at, read, write};
use crate::contract::users::sample::add_person;
use audit::{Action, TrailEntry};
use kernel::UserId;

fn entry(seconds: i64, actor: UserId, subject: UserId) -> TrailEntry {
    TrailEntry { at: at(seconds), actor: Some(actor), action: Action::UserUpdated, subject, details: String::new() }
}

/// Entries are found as they were stored, whatever the action, newest first.
pub fn every_action_round_trips_newest_first(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let mut entries: Vec<_> =
        (0..).zip(Action::ALL).map(|(at, action)| TrailEntry { action, ..entry(at, ann, ann) }).collect();
    entries.push(TrailEntry { actor: None, details: UNICODE.to_owned(), ..entry(100, ann, ann) });
    entries.push(TrailEntry { details: "猫".repeat(500), ..entry(101, ann, ann) });
    for entry in &entries {
        write(store, |tx| Ok(tx.append_trail(entry)?));
    }
    entries.reverse();
    assert_eq!(read(store, |tx| tx.list_trail(100)), entries);
}

/// Among entries of one moment the one stored last is the newest.
pub fn entries_of_one_moment_keep_their_order(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let entries =
        ["first", "second", "third"].map(|word| TrailEntry { details: word.to_owned(), ..entry(0, ann, ann) });
    write(store, |tx| Ok(entries.iter().try_for_each(|entry| tx.append_trail(entry))?));
    let listed: Vec<_> = read(store, |tx| tx.list_trail(100)).into_iter().map(|entry| entry.details).collect();
    assert_eq!(listed, ["third", "second", "first"]);
}

/// A list is cut to the newest entries.
pub fn a_list_is_cut_to_the_newest(store: &dyn Store) {
    let ann = add_person(store, "ann");
    for seconds in 0..5 {
        write(store, |tx| Ok(tx.append_trail(&entry(seconds, ann, ann))?));
    }
    assert_eq!(read(store, |tx| tx.list_trail(2)), [entry(4, ann, ann), entry(3, ann, ann)]);
    assert_eq!(read(store, |tx| tx.list_trail(0)), []);
}

/// Entries outlive those who did it, and those to whom it was done.
pub fn entries_outlive_the_users_that_they_name(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let bob = add_person(store, "bob");
    write(store, |tx| Ok(tx.append_trail(&entry(0, ann, bob))?));
    write(store, |tx| {
        tx.delete_user(bob)?;
        tx.append_trail(&TrailEntry { action: Action::UserDeleted, ..entry(1, ann, bob) })?;
        Ok(tx.delete_user(ann)?)
    });
    let expected = [TrailEntry { action: Action::UserDeleted, ..entry(1, ann, bob) }, entry(0, ann, bob)];
    assert_eq!(read(store, |tx| tx.list_trail(100)), expected);
}
