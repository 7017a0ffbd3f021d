//! What is counted of the pools of database connections.

use super::families::{Families, catch_up};
use prometheus::{CounterVec, Error, IntCounterVec, IntGaugeVec, Opts};
use std::time::Duration;

/// What is counted of them.
#[derive(Clone)]
pub(super) struct PoolMetrics {
    connections: IntGaugeVec,
    max: IntGaugeVec,
    waiting: IntGaugeVec,
    taken: IntCounterVec,
    timeouts: IntCounterVec,
    waited: CounterVec,
}

/// How much a pool of database connections has to do, and has had since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PoolReading {
    /// The most connections that it opens.
    pub max: u32,
    /// Connections in use.
    pub busy: u32,
    /// Connections that are open and wait for use.
    pub idle: u32,
    /// Callers that wait for a connection.
    pub waiting: u64,
    /// How often a caller got one.
    pub taken: u64,
    /// How often a caller waited in vain.
    pub timeouts: u64,
    /// How long all of them together have waited.
    pub waited: Duration,
}

impl PoolMetrics {
    pub(super) fn new(families: &Families) -> Result<Self, Error> {
        let connections = Opts::new("ease_database_connections", "Database connections.");
        let waited = Opts::new("ease_database_wait_seconds_total", "Time that callers have waited for a connection.");
        Ok(Self {
            connections: families.add(IntGaugeVec::new(connections, &["pool", "state"])?)?,
            max: families.gauges("ease_database_connections_max", "The most connections of a pool.", "pool")?,
            waiting: families.gauges("ease_database_waiting", "Callers that wait for a connection.", "pool")?,
            taken: families.counters("ease_database_waits_total", "Connections that callers got.", "pool")?,
            timeouts: families.counters("ease_database_timeouts_total", "Callers that got none in time.", "pool")?,
            waited: families.add(CounterVec::new(waited, &["pool"])?)?,
        })
    }

    pub(super) fn set(&self, pool: &str, reading: &PoolReading) {
        self.connections.with_label_values(&[pool, "busy"]).set(reading.busy.into());
        self.connections.with_label_values(&[pool, "idle"]).set(reading.idle.into());
        self.max.with_label_values(&[pool]).set(reading.max.into());
        self.waiting.with_label_values(&[pool]).set(i64::try_from(reading.waiting).unwrap_or(i64::MAX));
        catch_up(&self.taken.with_label_values(&[pool]), reading.taken);
        catch_up(&self.timeouts.with_label_values(&[pool]), reading.timeouts);
        // One thread answers Prometheus, so that nobody reads in between.
        let waited = self.waited.with_label_values(&[pool]);
        waited.reset();
        waited.inc_by(reading.waited.as_secs_f64());
    }
}
