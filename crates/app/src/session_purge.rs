//! Removes the traces of logged-out sessions whose tokens have died.

use actix_web::rt;
use kernel::{Clock, StoreError};
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::time::{MissedTickBehavior, interval};

/// Rows that one transaction removes, so that nobody waits long for it.
const BATCH: u32 = 500;

/// Removes what has expired, now and once in every `period`, until the future is dropped.
pub(crate) async fn run(store: Arc<dyn Store>, clock: Arc<dyn Clock>, period: Duration) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (store, clock) = (Arc::clone(&store), Arc::clone(&clock));
        match rt::task::spawn_blocking(move || purge(store.as_ref(), clock.as_ref(), BATCH)).await {
            Ok(Ok(removed)) => tracing::debug!(removed, "expired sessions were removed"),
            Ok(Err(error)) => tracing::warn!(error = crate::with_causes(&error), "expired sessions stay for now"),
            Err(error) => tracing::error!(%error, "the removal of expired sessions broke off"),
        }
    }
}

/// Removes every session that has expired by now, batch by batch, and says how many.
fn purge(store: &dyn Store, clock: &dyn Clock, batch: u32) -> Result<u64, StoreError> {
    let now = clock.now();
    let mut removed = 0_u64;
    loop {
        let count = store.write(|tx| tx.purge_revoked_sessions(now, batch))?;
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
    use kernel::{SessionId, Uuid};
    use persistence::MemoryStore;

    #[test]
    fn every_batch_is_removed_and_what_lives_stays() {
        let memory = MemoryStore::default();
        let store: &dyn Store = &memory;
        let now = SystemClock.now();
        let revoke = |number: u128, expires_at| {
            store.write(|tx| tx.revoke_session(SessionId(Uuid::from_u128(number)), expires_at)).unwrap();
        };
        (0..10).for_each(|number| revoke(number, now.plus_seconds(-60)));
        revoke(10, now.plus_seconds(60));
        assert_eq!(purge(store, &SystemClock, 4).unwrap(), 10);
        assert_eq!(purge(store, &SystemClock, 4).unwrap(), 0);
        let alive = store.read(|tx| tx.is_session_revoked(SessionId(Uuid::from_u128(10)))).unwrap();
        assert!(alive, "its tokens may still be shown");
    }
}
