//! The clauses of who answers support chats.

use crate::Store;
use crate::contract::chat::sample::add_chat;
use crate::contract::sample::{at, read, write};
use crate::contract::users::sample::{add, add_person, add_staff, person, staff};
use kernel::UserId;
use users::{UserDetails, UserState};

fn free(store: &dyn Store, except: &[UserId]) -> Option<UserId> {
    read(store, |tx| tx.find_free_agent(except))
}

/// Stores a customer, and its chat of the same number with this agent, given at `at(seconds)`.
fn give_chat(store: &dyn Store, number: u128, agent: UserId, seconds: i64) {
    let customer = add_person(store, &format!("customer{number}"));
    add_chat(store, number, customer, agent, seconds);
}

fn close_chats_of(store: &dyn Store, agent: UserId) {
    write(store, |tx| {
        for chat in tx.list_chats_of_admin(agent, u32::MAX)? {
            tx.delete_chat(chat.id)?;
        }
        Ok(())
    });
}

/// Staff and superusers in the state active are agents, locked ones included; nobody else is.
pub fn only_active_staff_and_superusers_are_agents(store: &dyn Store) {
    for details in [
        person("plain"),
        UserDetails { is_operator: true, ..person("operator") },
        UserDetails { state: UserState::Pending, ..staff("pending") },
        UserDetails { state: UserState::Blocked, ..staff("blocked") },
        UserDetails { state: UserState::Blocked, is_superuser: true, ..person("gone") },
    ] {
        let user = add(store, &details).id;
        assert!(!read(store, |tx| tx.is_agent(user)), "{details:?}");
        assert_eq!(free(store, &[]), None, "{details:?}");
    }
    let mut sue = add(store, &staff("sue"));
    let superuser = add(store, &UserDetails { is_superuser: true, ..person("superuser") }).id;
    sue.lock(at(900));
    write(store, |tx| Ok(tx.update_user(&sue)?));
    for agent in [sue.id, superuser] {
        assert!(read(store, |tx| tx.is_agent(agent)));
    }
    assert!(!read(store, |tx| tx.is_agent(UserId(superuser.0 + 1))));
    assert_eq!(free(store, &[sue.id]), Some(superuser));
    assert_eq!(free(store, &[superuser]), Some(sue.id));
}

/// Whoever has the fewest chats is next, however long ago others were given one.
pub fn the_agent_with_the_fewest_chats_is_next(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, sue, 0);
    give_chat(store, 2, sue, 1);
    give_chat(store, 3, tom, 100);
    assert_eq!(free(store, &[]), Some(tom));
}

/// Chats that an agent has as a customer do not count as its work.
pub fn an_agents_own_questions_are_no_work(store: &dyn Store) {
    let [sue, _, zoe] = ["sue", "tom", "zoe"].map(|name| add_staff(store, name));
    add_chat(store, 1, sue, zoe, 0);
    assert_eq!(free(store, &[zoe]), Some(sue));
}

/// Among equals, whoever was given a chat the longest time ago is next.
pub fn among_equals_the_longest_idle_is_next(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, sue, 2);
    give_chat(store, 2, tom, 1);
    assert_eq!(free(store, &[]), Some(tom));
}

/// Never having been given a chat is the longest time.
pub fn whoever_was_never_given_a_chat_is_next(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, sue, 0);
    close_chats_of(store, sue);
    assert_eq!(free(store, &[]), Some(tom));
}

/// When an agent was given a chat is remembered when the chat is closed.
pub fn closing_chats_forgets_no_turn(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, tom, 1);
    give_chat(store, 2, sue, 2);
    close_chats_of(store, sue);
    close_chats_of(store, tom);
    assert_eq!(free(store, &[]), Some(tom));
    give_chat(store, 3, tom, 3);
    close_chats_of(store, tom);
    assert_eq!(free(store, &[]), Some(sue));
}

/// Taking a chat over counts like being given a new one.
pub fn taking_a_chat_over_is_a_turn(store: &dyn Store) {
    let [sue, tom, zoe] = ["sue", "tom", "zoe"].map(|name| add_staff(store, name));
    give_chat(store, 1, sue, 1);
    give_chat(store, 2, tom, 2);
    give_chat(store, 3, zoe, 3);
    write(store, |tx| {
        let chat = tx.list_chats_of_admin(zoe, u32::MAX)?[0];
        tx.reassign_chat(chat.id, sue, at(4))?;
        tx.delete_chat(chat.id)?;
        Ok(())
    });
    assert_eq!(free(store, &[zoe]), Some(tom));
}

/// Among those never given a chat, the lowest number is next.
pub fn among_the_never_given_the_lowest_number_is_next(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    assert_eq!(free(store, &[]), Some(sue));
    assert_eq!(free(store, &[sue]), Some(tom));
}

/// Among those given a chat at the same moment, the lowest number is next.
pub fn among_those_of_one_moment_the_lowest_number_is_next(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, tom, 1);
    give_chat(store, 2, sue, 1);
    assert_eq!(free(store, &[]), Some(sue));
}

/// Whoever is excepted is never next, not even when nobody is left.
pub fn the_excepted_are_never_next(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, tom, 0);
    assert_eq!(free(store, &[sue]), Some(tom));
    assert_eq!(free(store, &[tom, sue]), None);
    assert_eq!(free(store, &[UserId(tom.0 + 100)]), Some(sue));
}

/// An agent that is deleted as a member is one that was never given a chat.
pub fn deleting_a_member_forgets_its_turns(store: &dyn Store) {
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    give_chat(store, 1, sue, 0);
    give_chat(store, 2, tom, 1);
    close_chats_of(store, sue);
    close_chats_of(store, tom);
    assert_eq!(free(store, &[]), Some(sue));
    write(store, |tx| Ok(tx.delete_member(tom)?));
    assert_eq!(free(store, &[]), Some(tom));
}
