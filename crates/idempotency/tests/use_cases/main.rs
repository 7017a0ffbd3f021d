//! What can be done with keys, against the store in memory.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use idempotency::{
    IdempotencyError, Key, Recollection, Request, Sender, StoredResponse, begin_request, recall_response,
};
use kernel::chrono::DateTime;
use kernel::{Instant, StoreError};
use memory::MemoryStore;
use store::Store;

fn at(seconds: i64) -> Instant {
    Instant::new(DateTime::UNIX_EPOCH).plus_seconds(1_800_000_000 + seconds)
}

fn request(body: &str) -> Request {
    let sender = Sender::Address("ann@example.org".to_owned());
    Request::new(sender, "POST /things", &Key::parse("key").unwrap(), body.as_bytes())
}

fn answer(body: &str) -> StoredResponse {
    StoredResponse { status: 202, headers: String::new(), body: body.to_owned() }
}

fn recall(store: &dyn Store, body: &str, now: Instant) -> Result<Recollection, IdempotencyError> {
    store.read(|tx| recall_response(tx, &request(body), now))
}

/// Answers a request, by itself or as it was answered before.
fn make(store: &dyn Store, now: Instant, known: &Recollection, own: &str) -> Result<String, IdempotencyError> {
    store.write(|tx| {
        let request = request("a");
        if let Some(answer) = begin_request(tx, &request, now, known.clone())? {
            return Ok(answer.body);
        }
        tx.keep_response(&request.id, &answer(own))?;
        Ok(own.to_owned())
    })
}

#[test]
fn what_was_answered_is_recalled_for_a_day() {
    let (memory, day) = (MemoryStore::default(), Request::KEPT_SECONDS);
    assert_eq!(recall(&memory, "a", at(0)).unwrap(), Recollection::Nothing);
    assert_eq!(make(&memory, at(0), &Recollection::Nothing, "first").unwrap(), "first");
    assert_eq!(recall(&memory, "a", at(day - 1)).unwrap(), Recollection::Response(answer("first")));
    assert_eq!(recall(&memory, "a", at(day)).unwrap(), Recollection::Expired);
}

#[test]
fn another_body_is_refused_until_the_day_is_over() {
    let (memory, day) = (MemoryStore::default(), Request::KEPT_SECONDS);
    make(&memory, at(0), &Recollection::Nothing, "first").unwrap();
    assert!(matches!(recall(&memory, "b", at(day - 1)), Err(IdempotencyError::OtherRequest)));
    assert_eq!(recall(&memory, "b", at(day)).unwrap(), Recollection::Expired);
}

#[test]
fn what_is_recalled_is_answered_and_what_expired_is_done_anew() {
    let (memory, day) = (MemoryStore::default(), Request::KEPT_SECONDS);
    make(&memory, at(0), &Recollection::Nothing, "first").unwrap();
    let known = recall(&memory, "a", at(1)).unwrap();
    assert_eq!(make(&memory, at(1), &known, "second").unwrap(), "first");
    let known = recall(&memory, "a", at(day)).unwrap();
    assert_eq!(make(&memory, at(day), &known, "second").unwrap(), "second");
    assert_eq!(recall(&memory, "a", at(day + 1)).unwrap(), Recollection::Response(answer("second")));
}

#[test]
fn what_changed_since_it_was_recalled_is_a_lost_race_and_stays() {
    let (memory, day) = (MemoryStore::default(), Request::KEPT_SECONDS);
    make(&memory, at(day), &Recollection::Nothing, "of another").unwrap();
    for stale in [Recollection::Nothing, Recollection::Expired] {
        let lost = make(&memory, at(day + 1), &stale, "second");
        assert!(matches!(lost, Err(IdempotencyError::Store(error)) if is_lost_race(&error)));
    }
    assert_eq!(recall(&memory, "a", at(day + 1)).unwrap(), Recollection::Response(answer("of another")));
}

fn is_lost_race(error: &StoreError) -> bool {
    kernel::Retryable::is_retryable(error)
}
