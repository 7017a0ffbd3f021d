//! The clauses of ended sessions.

use crate::Store;
use crate::contract::sample::{at, read, write};
use crate::contract::users::sample::{add, add_person, person};
use auth::AccountStatus;
use kernel::{Instant, SessionId, UserId, Uuid};
use users::{Role, UserDetails, UserState};

fn session(number: u128) -> SessionId {
    SessionId(Uuid::from_u128(number))
}

fn end(store: &dyn Store, number: u128, expires_at: Instant) {
    write(store, |tx| Ok(tx.revoke_session(session(number), expires_at)?));
}

fn purge(store: &dyn Store, now: Instant, limit: u32) -> u32 {
    write(store, |tx| Ok(tx.purge_revoked_sessions(now, limit)?))
}

fn is_ended(store: &dyn Store, number: u128) -> bool {
    read(store, |tx| tx.is_session_revoked(session(number)))
}

/// A status tells e-mail, rank and state of a user, for every rank and state.
pub fn a_status_tells_rank_and_state(store: &dyn Store) {
    for (name, is_staff, is_superuser, state, role) in [
        ("ann", false, false, UserState::Active, Role::User),
        ("sue", true, false, UserState::Blocked, Role::Staff),
        ("tom", false, true, UserState::Pending, Role::Superuser),
        ("zoe", true, true, UserState::Active, Role::Superuser),
    ] {
        let user = add(store, &UserDetails { is_staff, is_superuser, state, ..person(name) });
        let expected = AccountStatus {
            email: format!("{name}@example.org"),
            role,
            state,
            token_version: 0,
            kept_session: None,
            session_revoked: false,
        };
        assert_eq!(read(store, |tx| tx.find_account_status(user.id, session(1))), Some(expected));
    }
}

/// A status tells which tokens are dead since the last change of the password.
pub fn a_status_tells_the_token_version_and_the_kept_session(store: &dyn Store) {
    let mut ann = add(store, &person("ann"));
    ann.set_password("other".to_owned(), Some(session(7)));
    write(store, |tx| Ok(tx.update_user(&ann)?));
    let status = read(store, |tx| tx.find_account_status(ann.id, session(1))).unwrap();
    assert_eq!((status.token_version, status.kept_session), (1, Some(session(7))));
}

/// A status tells of this session alone whether it ended.
pub fn a_status_tells_whether_the_session_ended(store: &dyn Store) {
    let ann = add_person(store, "ann");
    end(store, 1, at(60));
    let ended = |number| read(store, |tx| tx.find_account_status(ann, session(number))).unwrap().session_revoked;
    assert!(ended(1));
    assert!(!ended(2));
}

/// Nobody has no status, whatever became of the session.
pub fn nobody_has_no_status(store: &dyn Store) {
    let ann = add_person(store, "ann");
    end(store, 1, at(60));
    let nobody = UserId(ann.0 + 1);
    assert_eq!(read(store, |tx| tx.find_account_status(nobody, session(1))), None);
    assert_eq!(read(store, |tx| tx.find_account_status(nobody, session(2))), None);
}

/// An ended session is known as such, whatever became of its user.
pub fn an_ended_session_outlives_its_user(store: &dyn Store) {
    let ann = add_person(store, "ann");
    assert!(!is_ended(store, 1));
    end(store, 1, at(60));
    assert!(is_ended(store, 1) && !is_ended(store, 2));
    assert!(write(store, |tx| Ok(tx.delete_user(ann)?)));
    assert!(is_ended(store, 1));
}

/// Ending a session again is no error and changes nothing, neither to a later moment nor to an earlier one.
pub fn ending_a_session_again_changes_nothing(store: &dyn Store) {
    end(store, 1, at(10));
    end(store, 1, at(1000));
    end(store, 2, at(1000));
    end(store, 2, at(10));
    assert_eq!(purge(store, at(100), 9), 1);
    assert!(!is_ended(store, 1), "the row was kept longer than needed");
    assert!(is_ended(store, 2), "the row is needed until the last token dies");
}

/// A session may be ended again in the transaction that ended it, which stays usable.
pub fn ending_a_session_twice_in_one_transaction_is_no_error(store: &dyn Store) {
    write(store, |tx| {
        tx.revoke_session(session(1), at(10))?;
        tx.revoke_session(session(1), at(10))?;
        Ok(tx.revoke_session(session(2), at(10))?)
    });
    assert!(is_ended(store, 1) && is_ended(store, 2));
}

/// Rows are removed after their moment, not at it.
pub fn a_row_is_removed_after_its_moment(store: &dyn Store) {
    end(store, 1, at(10));
    assert_eq!(purge(store, at(10), 9), 0);
    assert!(is_ended(store, 1));
    assert_eq!(purge(store, at(11), 9), 1);
    assert!(!is_ended(store, 1));
    assert_eq!(purge(store, at(11), 9), 0);
}

/// At most as many rows as asked for are removed at once.
pub fn purging_is_bounded(store: &dyn Store) {
    for number in 1..=5 {
        end(store, number, at(10));
    }
    end(store, 6, at(1000));
    assert_eq!(purge(store, at(11), 0), 0);
    assert_eq!(purge(store, at(11), 2), 2);
    assert_eq!((1..=5).filter(|number| is_ended(store, *number)).count(), 3);
    assert_eq!(purge(store, at(11), 9), 3);
    assert!(is_ended(store, 6));
}
