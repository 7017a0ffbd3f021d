//! Requests that are repeated under one key at the same time: one of them is done, and all are answered alike.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what fails here fails the test")]

use crate::support::at_once;
use idempotency::{
    IdempotencyError, Key, Recollection, Request, Sender, StoredResponse, begin_request, recall_response,
};
use kernel::chrono::DateTime;
use kernel::{Instant, Raw, StoreError};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Store, Tx};
use users::{Email, UserDetails, UserFilter};

fn now() -> Instant {
    Instant::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
}

fn new_user(name: &str) -> UserDetails {
    let email = Email::parse(&Raw::Text(format!("{name}@example.org"))).unwrap();
    UserDetails::active(email, "hash".to_owned(), now())
}

fn request(key: &str) -> Request {
    let sender = Sender::Address("ann@example.org".to_owned());
    Request::new(sender, "POST /things", &Key::parse(key).unwrap(), b"{}")
}

/// Does what a server does for a request that its client sends for the first time, as far as the server knows.
fn create_once(store: &dyn Store, key: &str, work: impl Fn(&mut dyn Tx) -> Result<String, StoreError>) -> String {
    let (request, mut known) = (request(key), Some(Recollection::Nothing));
    let answer = store.write::<_, IdempotencyError>(|tx| {
        let known = match known.take() {
            Some(known) => known,
            None => recall_response(tx, &request, now())?,
        };
        if let Some(answer) = begin_request(tx, &request, now(), known)? {
            return Ok(answer.body);
        }
        let answer = StoredResponse { status: 202, headers: String::new(), body: work(tx)? };
        tx.keep_response(&request.id, &answer)?;
        Ok(answer.body)
    });
    answer.unwrap()
}

/// Makes a user that can be made once; a second one would be refused for good.
fn make_user(tx: &mut dyn Tx, name: &str) -> Result<String, StoreError> {
    tx.insert_user(&new_user(name)).map(|user| user.id.to_string()).map_err(StoreError::fault)
}

fn count_users(store: &dyn Store) -> usize {
    store.read::<_, StoreError>(|tx| tx.list_users(&UserFilter::everybody(now()), u32::MAX)).unwrap().len()
}

fn a_hundred_requests_of_one_key_are_one(store: &dyn Store) {
    let answers = at_once(100, |_| create_once(store, "key", |tx| make_user(tx, "bob")));
    assert_eq!(count_users(store), 1);
    assert_eq!(answers.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&answers[0]]));
}

fn requests_of_different_keys_do_not_stand_in_each_others_way(store: &dyn Store) {
    const CLIENTS: usize = 32;
    const EACH: usize = 10;
    let runs = AtomicU32::new(0);
    at_once(CLIENTS, |client| {
        for turn in 0..EACH {
            create_once(store, &format!("{client}.{turn}"), |tx| {
                runs.fetch_add(1, Ordering::Relaxed);
                make_user(tx, &format!("user{client}.{turn}"))
            });
        }
    });
    let made = count_users(store);
    assert_eq!(made, CLIENTS * EACH);
    let lost = usize::try_from(runs.into_inner()).unwrap() - made;
    assert!(lost < made / 20, "{lost} races were lost");
}

mod sqlite {
    use crate::support::sqlite_store;

    #[test]
    fn a_hundred_requests_of_one_key_are_one() {
        let (store, _file) = sqlite_store();
        super::a_hundred_requests_of_one_key_are_one(&store);
    }

    #[test]
    fn requests_of_different_keys_do_not_stand_in_each_others_way() {
        let (store, _file) = sqlite_store();
        super::requests_of_different_keys_do_not_stand_in_each_others_way(&store);
    }
}

mod postgres {
    use crate::support::postgres_store;

    #[test]
    fn a_hundred_requests_of_one_key_are_one() {
        let (store, _database) = postgres_store();
        super::a_hundred_requests_of_one_key_are_one(&store);
    }

    #[test]
    fn requests_of_different_keys_do_not_stand_in_each_others_way() {
        let (store, _database) = postgres_store();
        super::requests_of_different_keys_do_not_stand_in_each_others_way(&store);
    }
}
