//! What is counted of the pools of database connections.

use super::families::{Families, catch_up};
use prometheus::{CounterVec, Error, IntCounterVec, IntGaugeVec, Opts};
use store::PoolLoad;

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

    pub(super) fn set(&self, load: &PoolLoad) {
        let pool = load.name;
        self.connections.with_label_values(&[pool, "busy"]).set(load.busy.into());
        self.connections.with_label_values(&[pool, "idle"]).set(load.idle.into());
        self.max.with_label_values(&[pool]).set(load.max.into());
        self.waiting.with_label_values(&[pool]).set(i64::try_from(load.waiting).unwrap_or(i64::MAX));
        catch_up(&self.taken.with_label_values(&[pool]), load.taken);
        catch_up(&self.timeouts.with_label_values(&[pool]), load.timeouts);
        // One thread answers Prometheus, so that nobody reads in between.
        let waited = self.waited.with_label_values(&[pool]);
        waited.reset();
        waited.inc_by(load.waited.as_secs_f64());
    }
}
