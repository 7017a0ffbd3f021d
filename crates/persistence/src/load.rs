//! The load of a connection pool, and how long callers wait for it.

use crate::opener::Opener;
use kernel::StoreError;
use r2d2::{Pool, PooledConnection};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::PoolLoad;

/// Counters of one pool.
#[derive(Debug, Default)]
pub(super) struct Waits {
    waiting: AtomicU64,
    taken: AtomicU64,
    timeouts: AtomicU64,
    microseconds: AtomicU64,
}

impl Waits {
    /// A slot of the pool, as soon as one is free.
    pub(super) fn slot(&self, pool: &Pool<Opener>) -> Result<PooledConnection<Opener>, StoreError> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let since = Instant::now();
        let slot = pool.get();
        let waited = u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        self.microseconds.fetch_add(waited, Ordering::Relaxed);
        let count = if slot.is_ok() { &self.taken } else { &self.timeouts };
        count.fetch_add(1, Ordering::Relaxed);
        slot.map_err(|error| StoreError::unavailable(error).because("all connections to it are busy"))
    }

    /// The current load of the pool, and its counters.
    pub(super) fn load(&self, name: &'static str, pool: &Pool<Opener>) -> PoolLoad {
        let state = pool.state();
        PoolLoad {
            name,
            max: pool.max_size(),
            busy: state.connections.saturating_sub(state.idle_connections),
            idle: state.idle_connections,
            waiting: self.waiting.load(Ordering::Relaxed),
            taken: self.taken.load(Ordering::Relaxed),
            timeouts: self.timeouts.load(Ordering::Relaxed),
            waited: Duration::from_micros(self.microseconds.load(Ordering::Relaxed)),
        }
    }
}
