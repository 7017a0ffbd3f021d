//! What is counted of the bus.

use super::families::{Families, catch_up};
use bus::BusCounts;
use prometheus::{Error, IntCounterVec};

/// The part of a bus that is inside of this process.
const LOCAL: &str = "local";

/// What is counted of the bus.
#[derive(Clone)]
pub(super) struct BusMetrics {
    published: IntCounterVec,
    delivered: IntCounterVec,
    missed: IntCounterVec,
}

impl BusMetrics {
    pub(super) fn new(families: &Families) -> Result<Self, Error> {
        let published = "Events for the sockets of this process.";
        let delivered = "Events put into the queue of a socket.";
        let missed = "Times that a socket had to read the store instead.";
        Ok(Self {
            published: families.counters("ease_bus_events_published_total", published, "bus")?,
            delivered: families.counters("ease_bus_events_delivered_total", delivered, "bus")?,
            missed: families.counters("ease_bus_events_missed_total", missed, "bus")?,
        })
    }

    pub(super) fn set(&self, counts: BusCounts) {
        catch_up(&self.published.with_label_values(&[LOCAL]), counts.published);
        catch_up(&self.delivered.with_label_values(&[LOCAL]), counts.delivered);
        catch_up(&self.missed.with_label_values(&[LOCAL]), counts.missed);
    }
}
