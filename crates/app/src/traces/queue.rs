//! The bounded queue in front of the exporter: when it is full, spans are dropped and counted.

use super::exporter::Exporter;
use http::{Metrics, SpanOutcome};
use opentelemetry::Context;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Span, SpanData, SpanProcessor};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The most spans that wait or are being sent; the size of the SDK's own queue.
const WAITING_MAX: usize = 2048;
/// The most spans of one batch.
const BATCH_MAX: usize = 512;
/// How long a span waits for its batch.
const DELAY: Duration = Duration::from_secs(1);

/// How many spans wait or are being sent. Clones share the count.
#[derive(Debug, Clone, Default)]
pub(super) struct QueueSlots(Arc<AtomicUsize>);

impl QueueSlots {
    /// Takes a slot, if one is free.
    fn take(&self) -> bool {
        let taken = |waiting: usize| (waiting < WAITING_MAX).then_some(waiting + 1);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    /// Frees slots, whether their spans were sent or not.
    pub(super) fn give_back(&self, count: usize) {
        self.0.fetch_sub(count, Ordering::Relaxed);
    }
}

/// The SDK's batch processor, with a count of the spans that it silently drops.
#[derive(Debug)]
pub(super) struct BoundedQueue {
    batches: BatchSpanProcessor,
    metrics: Metrics,
    slots: QueueSlots,
}

impl BoundedQueue {
    /// Starts the thread that passes spans to the exporter.
    pub(super) fn new(exporter: Exporter, metrics: Metrics, slots: QueueSlots) -> Self {
        let config = BatchConfigBuilder::default()
            .with_max_queue_size(WAITING_MAX)
            .with_max_export_batch_size(BATCH_MAX)
            .with_scheduled_delay(DELAY)
            .build();
        Self { batches: BatchSpanProcessor::new(exporter, config), metrics, slots }
    }
}

impl SpanProcessor for BoundedQueue {
    fn on_start(&self, _span: &mut Span, _context: &Context) {}

    fn on_end(&self, span: SpanData) {
        if self.slots.take() {
            self.batches.on_end(span);
        } else {
            self.metrics.spans(SpanOutcome::Dropped, 1);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.batches.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.batches.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.batches.set_resource(resource);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::TracesConfig;
    use opentelemetry::trace::{Span as _, Tracer, TracerProvider};
    use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};

    #[test]
    fn there_are_so_many_slots_and_no_more() {
        let slots = QueueSlots::default();
        assert_eq!((0..WAITING_MAX + 5).filter(|_| slots.take()).count(), WAITING_MAX);
        slots.give_back(2);
        assert_eq!((0..5).filter(|_| slots.take()).count(), 2);
    }

    #[test]
    fn a_span_that_is_lost_gives_its_place_back() {
        let config = TracesConfig {
            // Nobody listens there.
            collector: "http://127.0.0.1:1".parse().unwrap(),
            headers: Vec::new(),
            timeout: Duration::from_secs(10),
            service_name: String::new(),
            resource: Vec::new(),
            sampler: Sampler::AlwaysOn,
        };
        let (metrics, slots) = (Metrics::new("0.0.0").unwrap(), QueueSlots::default());
        let resource = Resource::builder_empty().build();
        let exporter = Exporter::new(&config, &resource, metrics.clone(), slots.clone());
        let queue = BoundedQueue::new(exporter, metrics, slots.clone());
        let provider = SdkTracerProvider::builder().with_span_processor(queue).build();
        provider.tracer("test").start("a span").end();
        assert!(provider.force_flush().is_err(), "nobody took it");
        assert_eq!(slots.0.load(Ordering::Relaxed), 0);
    }
}
