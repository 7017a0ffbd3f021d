//! Sends spans to an OpenTelemetry collector, if one is configured.

mod exporter;
mod queue;
mod store;

use crate::config::TracesConfig;
use crate::ids::RandomIds;
use exporter::Exporter;
use http::{Metrics, Traces};
use kernel::IdSource;
use opentelemetry::global::BoxedTracer;
use opentelemetry::trace::TracerProvider;
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanLimits};
use queue::{BoundedQueue, QueueSlots};
use std::error::Error;
use std::time::Duration;
pub(crate) use store::TracedStore;

/// How long a stop waits for the collector to accept the last spans.
const FLUSH_WAIT: Duration = Duration::from_secs(1);

/// Sends spans until it is stopped.
#[derive(Debug)]
pub(crate) struct Tracing {
    provider: SdkTracerProvider,
}

impl Tracing {
    /// Starts the thread that sends spans. The collector need not be available yet.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub(crate) fn start(config: &TracesConfig, metrics: &Metrics) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let instance = RandomIds::new()?.uuid().to_string();
        let resource = Resource::builder_empty()
            .with_detector(Box::new(TelemetryResourceDetector))
            .with_attributes(config.resource.iter().map(|(name, value)| KeyValue::new(name.clone(), value.clone())))
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .with_attribute(KeyValue::new("service.instance.id", instance))
            .with_service_name(config.service_name.clone())
            .build();
        let slots = QueueSlots::default();
        let exporter = Exporter::new(config, &resource, metrics.clone(), slots.clone());
        // Set everything that the SDK would read from the environment.
        let provider = SdkTracerProvider::builder()
            .with_sampler(config.sampler.clone())
            .with_span_limits(SpanLimits::default())
            .with_resource(resource)
            .with_span_processor(BoundedQueue::new(exporter, metrics.clone(), slots))
            .build();
        tracing::info!(collector = config.collector.host(), "spans are sent to a collector");
        Ok(Self { provider })
    }

    /// The tracer.
    pub(crate) fn traces(&self) -> Traces {
        let scope = InstrumentationScope::builder("ease").with_version(env!("CARGO_PKG_VERSION")).build();
        Traces::new(BoxedTracer::new(Box::new(self.provider.tracer_with_scope(scope))))
    }

    /// Sends the queued spans, if the collector accepts them in time. It blocks for a second at most.
    pub(crate) fn end(&self) {
        if let Err(error) = self.provider.shutdown_with_timeout(FLUSH_WAIT) {
            tracing::warn!(%error, "the collector did not take the last spans");
        }
    }
}
