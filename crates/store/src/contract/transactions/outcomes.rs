//! The clauses of transactions themselves.

use crate::contract::categories::sample::category;
use crate::contract::sample::{Trouble, at, lose_race, read, write};
use crate::contract::users::sample::{add_person, person};
use crate::{Store, Tx};
use kernel::{CategoryId, Retryable, StoreError, UserId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use users::{UserError, UserFilter};

fn names_of_everybody(tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
    let users = tx.list_users(&UserFilter::everybody(at(0)), u32::MAX)?;
    Ok(users.into_iter().map(|user| user.details.username).collect())
}

fn category_ids(tx: &mut dyn Tx) -> Result<Vec<CategoryId>, StoreError> {
    Ok(tx.list_categories(None, u32::MAX)?.into_iter().map(|category| category.id).collect())
}

/// A store that can be used says so.
pub fn a_fresh_store_is_ready(store: &dyn Store) {
    store.check().unwrap();
}

/// What was committed is there for every later transaction and reading; what the work answers is handed on.
pub fn a_commit_keeps_everything(store: &dyn Store) {
    let answer = write(store, |tx| {
        tx.insert_user(&person("ann"))?;
        tx.insert_category(&category(1))?;
        assert_eq!(names_of_everybody(tx)?, ["ann@example.org"], "a transaction does not see its own change");
        Ok(42)
    });
    assert_eq!(answer, 42);
    assert_eq!(read(store, names_of_everybody), ["ann@example.org"]);
    assert_eq!(read(store, category_ids), [category(1).id]);
}

/// Whatever a transaction did before its error is undone, and the error is handed on.
pub fn an_error_leaves_nothing(store: &dyn Store) {
    let refused: Result<(), UserError> = store.write(|tx| {
        tx.insert_user(&person("ann"))?;
        tx.insert_category(&category(1))?;
        Err(UserError::Taken)
    });
    assert!(matches!(refused, Err(UserError::Taken)));
    assert!(read(store, names_of_everybody).is_empty());
    assert!(read(store, category_ids).is_empty());
}

/// A refusal that the work swallows costs nothing of what it did before or does afterwards.
pub fn a_swallowed_refusal_loses_nothing(store: &dyn Store) {
    write(store, |tx| {
        tx.insert_category(&category(1))?;
        tx.insert_user(&person("ann"))?;
        assert!(matches!(tx.insert_user(&person("ann")), Err(UserError::Taken)));
        tx.insert_category(&category(2))?;
        Ok(())
    });
    assert_eq!(read(store, category_ids), [category(1).id, category(2).id]);
    assert_eq!(read(store, names_of_everybody), ["ann@example.org"]);
}

/// Work that lost a race is done again, and finds nothing of its first run.
pub fn a_lost_race_is_run_again_from_the_start(store: &dyn Store) {
    let mut runs = 0_u32;
    write(store, |tx| {
        runs += 1;
        assert!(category_ids(tx)?.is_empty(), "something of the first run was left");
        tx.insert_category(&category(1))?;
        if runs == 1 { Err(StoreError::lost_race("for the test").into()) } else { Ok(()) }
    });
    assert_eq!(runs, 2);
    assert_eq!(read(store, category_ids), [category(1).id]);
}

/// Work that loses every race ends, with the last error and without a trace.
pub fn retries_are_bounded(store: &dyn Store) {
    lose_race::<()>(store, |tx| {
        tx.insert_category(&category(1))?;
        Err(StoreError::lost_race("for the test"))
    });
    assert!(read(store, category_ids).is_empty());
}

/// An error that would come again is not tried again.
pub fn what_is_no_lost_race_runs_once(store: &dyn Store) {
    let mut runs = 0_u32;
    let error = store
        .write(|_| -> Result<(), StoreError> {
            runs += 1;
            Err(StoreError::fault("for the test"))
        })
        .unwrap_err();
    assert!(!error.is_retryable());
    assert_eq!(runs, 1);
}

/// Reading changes nothing, whether the store refuses the change or throws it away.
pub fn reading_changes_nothing(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let _refused_or_thrown_away = store.read(|tx| tx.insert_category(&category(1)));
    let _refused_or_thrown_away = store.read(|tx| tx.delete_user(ann));
    assert!(read(store, category_ids).is_empty());
    assert_eq!(read(store, names_of_everybody), ["ann@example.org"]);
    write(store, |tx| Ok(tx.insert_category(&category(1))?));
    assert_eq!(read(store, category_ids), [category(1).id], "the store takes no change any more");
}

/// Work that panics leaves nothing behind, and the store goes on working.
pub fn a_panic_leaves_nothing(store: &dyn Store) {
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.write(|tx| -> Result<(), Trouble> {
            tx.insert_category(&category(1))?;
            panic!("for the test");
        })
    }));
    assert!(panicked.is_err());
    assert!(read(store, category_ids).is_empty());
    write(store, |tx| Ok(tx.insert_category(&category(2))?));
    assert_eq!(read(store, category_ids), [category(2).id]);
}

/// Changes that are made at the same time come one after the other: none is lost.
pub fn changes_made_at_the_same_time_are_all_kept(store: &dyn Store) {
    const WRITERS: u8 = 4;
    const CHANGES: u8 = 5;
    let ann = add_person(store, "ann");
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| (0..CHANGES).for_each(|_| count_up(store, ann)));
        }
    });
    let stored = read(store, |tx| tx.find_user(ann)).unwrap();
    assert_eq!(stored.token_version, i64::from(WRITERS) * i64::from(CHANGES));
}

/// Counts until it is done: retries are bounded, and this clause is not about their bound.
fn count_up(store: &dyn Store, user: UserId) {
    loop {
        let counted = store.write(|tx| -> Result<(), Trouble> {
            let mut user = tx.find_user(user)?.unwrap();
            user.token_version += 1;
            Ok(tx.update_user(&user)?)
        });
        match counted {
            Ok(()) => return,
            Err(trouble) => assert!(trouble.is_retryable(), "{trouble:?}"),
        }
    }
}

/// A check that refuses is the answer, and the work it was for is not begun.
pub fn a_refused_check_begins_no_work(store: &dyn Store) {
    let refused: Result<(), UserError> = store.checked_write(
        |tx| if names_of_everybody(tx)?.is_empty() { Err(UserError::Taken) } else { Ok(()) },
        |_, ()| panic!("the work was begun"),
    );
    assert!(matches!(refused, Err(UserError::Taken)));
}

/// However often the work runs, its check runs once, before it, and what the check found is there each time.
pub fn a_check_runs_once_and_hands_on_what_it_found(store: &dyn Store) {
    write(store, |tx| Ok(tx.insert_category(&category(1))?));
    let (mut checks, mut runs) = (0, 0);
    let found: Result<Vec<CategoryId>, StoreError> = store.checked_write(
        |tx| {
            checks += 1;
            category_ids(tx)
        },
        |tx, found| {
            runs += 1;
            tx.insert_category(&category(2))?;
            if runs == 1 { Err(StoreError::lost_race("somebody was faster")) } else { Ok(found.clone()) }
        },
    );
    assert_eq!((found.unwrap(), checks, runs), (vec![category(1).id], 1, 2));
    assert_eq!(read(store, category_ids), [category(1).id, category(2).id]);
}
