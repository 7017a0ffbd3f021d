//! The clauses of answers to requests that their clients named.

use crate::contract::categories::sample::category;
use crate::contract::sample::{Trouble, UNICODE, at, lose_race, read, write};
use crate::contract::users::sample::add_person;
use crate::{Store, Tx};
use idempotency::{Fingerprint, Kept, Key, Request, Sender, StoredResponse};
use kernel::{Instant, Retryable, StoreError, UserId};

fn request(sender: Sender, key: &str) -> Request {
    Request::new(sender, "POST /things", &Key::parse(key).unwrap(), b"{}")
}

fn of_user(user: UserId, key: &str) -> Request {
    request(Sender::User(user), key)
}

fn of_stranger(key: &str) -> Request {
    request(Sender::Address("ann@example.org".to_owned()), key)
}

fn answer(body: &str) -> StoredResponse {
    StoredResponse { status: 202, headers: "etag: \"1\"\nlink: <x>".to_owned(), body: body.to_owned() }
}

fn answer_it(tx: &mut dyn Tx, request: &Request, expires_at: Instant) -> Result<(), StoreError> {
    tx.reserve_response(request, expires_at)?;
    tx.keep_response(&request.id, &answer(UNICODE))
}

fn kept(store: &dyn Store, request: &Request) -> Option<Kept> {
    read(store, |tx| tx.find_response(&request.id))
}

fn keep(store: &dyn Store, request: &Request, expires_at: Instant) {
    write(store, |tx| Ok(answer_it(tx, request, expires_at)?));
}

fn purge(store: &dyn Store, now: Instant, limit: u32) -> u32 {
    write(store, |tx| Ok(tx.purge_responses(now, limit)?))
}

/// An answer is found under its id alone, as it was given, in its own transaction and afterwards.
pub fn round_trips(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let (one, other) = (of_user(ann, "1"), of_user(ann, "2"));
    let expected = Kept {
        fingerprint: Fingerprint::stored(one.fingerprint.as_str().to_owned()),
        expires_at: at(60),
        response: answer(UNICODE),
    };
    write(store, |tx| {
        answer_it(tx, &one, at(60))?;
        assert_eq!(tx.find_response(&one.id)?.as_ref(), Some(&expected));
        Ok(())
    });
    assert_eq!(kept(store, &one), Some(expected));
    assert_eq!(kept(store, &other), None);
}

/// Somebody without an account is answered too, and without a body.
pub fn an_answer_to_nobody_in_particular_round_trips(store: &dyn Store) {
    let request = of_stranger("1");
    let empty = StoredResponse { status: 204, headers: String::new(), body: String::new() };
    write(store, |tx| {
        tx.reserve_response(&request, at(60))?;
        Ok(tx.keep_response(&request.id, &empty)?)
    });
    assert_eq!(kept(store, &request).unwrap().response, empty);
}

/// A place that is only reserved is no answer.
pub fn what_is_only_reserved_is_not_found(store: &dyn Store) {
    write(store, |tx| {
        tx.reserve_response(&of_stranger("1"), at(60))?;
        assert_eq!(tx.find_response(&of_stranger("1").id)?, None);
        answer_it(tx, &of_stranger("2"), at(60))?;
        assert_eq!(tx.find_response(&of_stranger("1").id)?, None, "it has the answer of another");
        Ok(())
    });
}

/// A place is given once, and whoever comes later does not change what is there.
pub fn reserving_what_is_there_is_a_lost_race(store: &dyn Store) {
    let request = of_stranger("1");
    keep(store, &request, at(60));
    lose_race(store, |tx| tx.reserve_response(&request, at(1000)));
    assert_eq!(kept(store, &request).unwrap().expires_at, at(60));
}

/// Whether an answer has expired is for the reader to say; until it is forgotten it has its place.
pub fn an_expired_answer_still_has_its_place(store: &dyn Store) {
    let request = of_stranger("1");
    keep(store, &request, at(-60));
    assert!(kept(store, &request).is_some());
    lose_race(store, |tx| tx.reserve_response(&request, at(60)));
}

/// There is no answer to a user that does not exist.
pub fn an_answer_to_somebody_who_is_gone_is_a_lost_race(store: &dyn Store) {
    let ann = add_person(store, "ann");
    assert!(write(store, |tx| Ok(tx.delete_user(ann)?)));
    lose_race(store, |tx| tx.reserve_response(&of_user(ann, "1"), at(60)));
}

/// Work that fails leaves no reservation behind.
pub fn a_refusal_takes_the_reservation_along(store: &dyn Store) {
    let request = of_stranger("1");
    let refused: Result<(), StoreError> = store.write(|tx| {
        tx.reserve_response(&request, at(60))?;
        Err(StoreError::fault("for the test"))
    });
    assert!(refused.is_err());
    keep(store, &request, at(60));
}

/// Of those who reserve one place at the same time, one does its work; the others find what it answered.
pub fn of_those_who_reserve_at_the_same_time_one_does_the_work(store: &dyn Store) {
    const CLIENTS: u8 = 4;
    let request = of_stranger("1");
    let work = || {
        store.write(|tx| -> Result<bool, Trouble> {
            if tx.find_response(&request.id)?.is_some() {
                return Ok(false);
            }
            tx.reserve_response(&request, at(60))?;
            tx.insert_category(&category(1))?;
            tx.keep_response(&request.id, &answer("done"))?;
            Ok(true)
        })
    };
    let persistent = || {
        loop {
            match work() {
                Ok(worked) => return worked,
                Err(trouble) => assert!(trouble.is_retryable(), "{trouble:?}"),
            }
        }
    };
    let workers = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(persistent)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|worked| *worked).count()
    });
    assert_eq!(workers, 1);
    assert_eq!(read(store, |tx| tx.list_categories(None, u32::MAX)).len(), 1);
}

/// Forgetting takes one answer, and only after its time.
pub fn only_what_expired_is_forgotten(store: &dyn Store) {
    let (old, other, young) = (of_stranger("1"), of_stranger("2"), of_stranger("3"));
    keep(store, &old, at(10));
    keep(store, &other, at(10));
    keep(store, &young, at(11));
    for request in [&old, &young, &of_stranger("4")] {
        write(store, |tx| Ok(tx.forget_expired_response(&request.id, at(10))?));
    }
    let left = [&old, &other, &young].map(|request| kept(store, request).is_some());
    assert_eq!(left, [false, true, true]);
    keep(store, &old, at(60));
}

/// All answers to an owner go at once; nobody else's do.
pub fn deleting_the_answers_to_an_owner_leaves_all_others(store: &dyn Store) {
    let (ann, bob) = (add_person(store, "ann"), add_person(store, "bob"));
    let requests = [of_user(ann, "1"), of_user(bob, "1"), of_stranger("1")];
    for request in &requests {
        keep(store, request, at(60));
    }
    write(store, |tx| Ok(tx.delete_responses_of(ann)?));
    assert_eq!(requests.map(|request| kept(store, &request).is_some()), [false, true, true]);
}

/// Answers are removed from the moment on at which they expire.
pub fn an_answer_is_removed_at_its_moment(store: &dyn Store) {
    keep(store, &of_stranger("1"), at(10));
    assert_eq!(purge(store, at(9), 9), 0);
    assert_eq!(purge(store, at(10), 9), 1);
    assert_eq!(kept(store, &of_stranger("1")), None);
}

/// At most as many answers as asked for are removed at once.
pub fn purging_is_bounded(store: &dyn Store) {
    for key in ["1", "2", "3", "4", "5"] {
        keep(store, &of_stranger(key), at(10));
    }
    keep(store, &of_stranger("6"), at(1000));
    assert_eq!(purge(store, at(11), 0), 0);
    assert_eq!(purge(store, at(11), 2), 2);
    assert_eq!(purge(store, at(11), 9), 3);
    assert!(kept(store, &of_stranger("6")).is_some());
}
