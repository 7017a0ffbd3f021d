//! Makes metrics, and enters them into a registry.

use prometheus::core::Collector;
#[cfg(target_os = "linux")]
use prometheus::process_collector::ProcessCollector;
use prometheus::{Error, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry};

/// A registry, and what is entered into it.
#[derive(Default)]
pub(super) struct Families(Registry);

impl Families {
    /// Enters a metric. Its clones count with it.
    pub(super) fn add<C: Collector + Clone + 'static>(&self, metric: C) -> Result<C, Error> {
        self.0.register(Box::new(metric.clone())).map(|()| metric)
    }

    /// What Linux counts of this process.
    #[cfg(target_os = "linux")]
    pub(super) fn add_process(&self) -> Result<(), Error> {
        self.0.register(Box::new(ProcessCollector::for_self()))
    }

    /// Counters with one label.
    pub(super) fn counters(&self, name: &str, help: &str, label: &str) -> Result<IntCounterVec, Error> {
        self.add(IntCounterVec::new(Opts::new(name, help), &[label])?)
    }

    /// A gauge.
    pub(super) fn gauge(&self, name: &str, help: &str) -> Result<IntGauge, Error> {
        self.add(IntGauge::new(name, help)?)
    }

    /// Gauges with one label.
    pub(super) fn gauges(&self, name: &str, help: &str, label: &str) -> Result<IntGaugeVec, Error> {
        self.add(IntGaugeVec::new(Opts::new(name, help), &[label])?)
    }

    /// What was entered.
    pub(super) fn into_registry(self) -> Registry {
        self.0
    }
}

/// Brings a counter to what was counted elsewhere.
pub(super) fn catch_up(counter: &IntCounter, count: u64) {
    counter.inc_by(count.saturating_sub(counter.get()));
}
