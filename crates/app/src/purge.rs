//! Removes expired rows: logged-out sessions whose tokens have expired, and answers that are kept for repetitions.

use actix_web::rt;
use kernel::{Clock, Instant, StoreError};
use std::sync::Arc;
use std::time::Duration;
use store::{Store, Tx};
use tokio::time::{MissedTickBehavior, interval};

/// The most rows that one transaction removes, so that others do not wait long for it.
const BATCH: u32 = 500;

/// How many rows of each kind were removed.
#[derive(Debug, PartialEq, Eq)]
struct Removed {
    sessions: u64,
    answers: u64,
}

/// Removes expired rows, now and once per `period`, until the future is dropped.
pub(crate) async fn run(store: Arc<dyn Store>, clock: Arc<dyn Clock>, period: Duration) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (store, clock) = (Arc::clone(&store), Arc::clone(&clock));
        match rt::task::spawn_blocking(move || purge(store.as_ref(), clock.now(), BATCH)).await {
            Ok(Ok(Removed { sessions, answers })) => tracing::debug!(sessions, answers, "what expired was removed"),
            Ok(Err(error)) => tracing::warn!(error = crate::outcome::with_causes(&error), "what expired stays for now"),
            Err(error) => tracing::error!(%error, "the removal of what expired broke off"),
        }
    }
}

/// Removes everything that has expired by now.
fn purge(store: &dyn Store, now: Instant, batch: u32) -> Result<Removed, StoreError> {
    Ok(Removed {
        sessions: in_batches(store, batch, |tx| tx.purge_revoked_sessions(now, batch))?,
        answers: in_batches(store, batch, |tx| tx.purge_responses(now, batch))?,
    })
}

/// Removes batches, each in its own transaction, until one is not full; returns the number of rows.
fn in_batches(
    store: &dyn Store,
    batch: u32,
    remove: impl Fn(&mut dyn Tx) -> Result<u32, StoreError>,
) -> Result<u64, StoreError> {
    let mut removed = 0_u64;
    loop {
        let count = store.write(&remove)?;
        removed = removed.saturating_add(count.into());
        if count < batch {
            return Ok(removed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use idempotency::{Key, Request, Sender, StoredResponse};
    use kernel::{SessionId, Uuid};
    use memory::MemoryStore;

    fn request(number: u128) -> Request {
        let key = Key::parse(&number.to_string()).unwrap();
        Request::new(Sender::Address("ann@example.org".to_owned()), "POST /things", &key, b"")
    }

    #[test]
    fn every_batch_is_removed_and_what_lives_stays() {
        let memory = MemoryStore::default();
        let store: &dyn Store = &memory;
        let now = SystemClock.now();
        let answer = StoredResponse { status: 202, headers: String::new(), body: String::new() };
        let add = |number: u128, expires_at| {
            let request = request(number);
            let added: Result<(), StoreError> = store.write(|tx| {
                tx.revoke_session(SessionId(Uuid::from_u128(number)), expires_at)?;
                tx.reserve_response(&request, expires_at)?;
                tx.keep_response(&request.id, &answer)
            });
            added.unwrap();
        };
        (0..10).for_each(|number| add(number, now.plus_seconds(-60)));
        add(10, now.plus_seconds(60));
        assert_eq!(purge(store, now, 4).unwrap(), Removed { sessions: 10, answers: 10 });
        assert_eq!(purge(store, now, 4).unwrap(), Removed { sessions: 0, answers: 0 });
        let alive = store.read(|tx| tx.is_session_revoked(SessionId(Uuid::from_u128(10)))).unwrap();
        assert!(alive, "its tokens may still be shown");
        assert!(store.read(|tx| tx.find_response(&request(10).id)).unwrap().is_some(), "it may still be asked again");
    }
}
