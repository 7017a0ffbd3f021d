//! Sends batches of spans to the collector: OTLP over HTTP, in protobuf.

use super::queue::QueueSlots;
use crate::config::TracesConfig;
use http::{Metrics, SpanOutcome};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use prost::Message;
use std::fmt;
use std::future::{Future, ready};
use std::sync::atomic::{AtomicBool, Ordering};
use ureq::Agent;
use ureq::http::{HeaderName, HeaderValue, Uri};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

/// The most bytes that are read of a collector's answer.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Sends batches of spans. A batch that the collector does not accept is lost, and counted: a retry would delay newer
/// spans.
pub(super) struct Exporter {
    agent: Agent,
    collector: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
    resource: ResourceAttributesWithSchema,
    metrics: Metrics,
    slots: QueueSlots,
    /// Whether the last batch was lost, so that the log has one line per outage.
    is_failing: AtomicBool,
}

impl fmt::Debug for Exporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exporter").field("is_failing", &self.is_failing).finish_non_exhaustive()
    }
}

impl Exporter {
    /// Creates an exporter; does not connect yet.
    pub(super) fn new(config: &TracesConfig, resource: &Resource, metrics: Metrics, slots: QueueSlots) -> Self {
        let tls = TlsConfig::builder().provider(TlsProvider::NativeTls).root_certs(RootCerts::PlatformVerifier).build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(config.timeout))
            .http_status_as_error(false)
            // The headers are secret: follow no redirect, and use no proxy of the environment.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("ease/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections(1)
            .build()
            .new_agent();
        let (collector, headers) = (config.collector.clone(), config.headers.clone());
        Self {
            agent,
            collector,
            headers,
            resource: resource.into(),
            metrics,
            slots,
            is_failing: AtomicBool::new(false),
        }
    }

    /// Sends one request; returns how many of its spans the collector refused.
    fn post(&self, body: &[u8]) -> Result<u64, String> {
        let mut request = self.agent.post(&self.collector).content_type("application/x-protobuf");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut answer = request.send(body).map_err(|error| error.to_string())?;
        if !answer.status().is_success() {
            return Err(format!("it answers {}", answer.status()));
        }
        let answer = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
        // The status shows that it accepted them; an unreadable body does not change that.
        let answer = answer.ok().and_then(|bytes| ExportTraceServiceResponse::decode(bytes.as_slice()).ok());
        let refused = answer.and_then(|answer| answer.partial_success).map_or(0, |partial| partial.rejected_spans);
        Ok(u64::try_from(refused).unwrap_or(0))
    }

    fn note(&self, count: u64, outcome: &Result<u64, String>) {
        match outcome {
            Ok(refused) => {
                let refused = *refused.min(&count);
                self.metrics.spans(SpanOutcome::Exported, count - refused);
                self.metrics.spans(SpanOutcome::Failed, refused);
                if self.is_failing.swap(false, Ordering::Relaxed) {
                    tracing::info!("spans reach the collector again");
                }
            }
            Err(reason) => {
                self.metrics.spans(SpanOutcome::Failed, count);
                if !self.is_failing.swap(true, Ordering::Relaxed) {
                    tracing::warn!(reason, "spans do not reach the collector; they are dropped until they do");
                }
            }
        }
    }
}

impl SpanExporter for Exporter {
    fn export(&self, batch: Vec<SpanData>) -> impl Future<Output = OTelSdkResult> + Send {
        // This thread does nothing else, so it may block.
        let count = batch.len();
        let resource_spans = group_spans_by_resource_and_scope(batch, &self.resource);
        let outcome = self.post(&ExportTraceServiceRequest { resource_spans }.encode_to_vec());
        self.slots.give_back(count);
        self.note(u64::try_from(count).unwrap_or(u64::MAX), &outcome);
        ready(outcome.map(drop).map_err(OTelSdkError::InternalFailure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use opentelemetry_proto::tonic::collector::trace::v1::ExportTracePartialSuccess;
    use opentelemetry_sdk::trace::Sampler;
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;
    use std::time::Duration;

    /// The address of a collector that answers one request so.
    fn collector(head: &str, body: &[u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let answer = [format!("HTTP/1.1 {head}content-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut request, mut byte) = (Vec::new(), [0]);
            while !request.ends_with(b"\r\n\r\nspans") && stream.read(&mut byte).unwrap() > 0 {
                request.extend(byte);
            }
            stream.write_all(&answer).unwrap();
        });
        format!("http://{address}/")
    }

    fn post(collector: &str) -> Result<u64, String> {
        let config = TracesConfig {
            collector: collector.parse().unwrap(),
            headers: Vec::new(),
            timeout: Duration::from_secs(10),
            service_name: String::new(),
            resource: Vec::new(),
            sampler: Sampler::AlwaysOn,
        };
        let resource = Resource::builder_empty().build();
        Exporter::new(&config, &resource, Metrics::new("0.0.0").unwrap(), QueueSlots::default()).post(b"spans")
    }

    #[test]
    fn a_collector_may_refuse_some() {
        let partial = ExportTracePartialSuccess { rejected_spans: 3, error_message: "too old".to_owned() };
        let answer = ExportTraceServiceResponse { partial_success: Some(partial) }.encode_to_vec();
        assert_eq!(post(&collector("200 OK\r\n", &answer)), Ok(3));
        assert_eq!(post(&collector("200 OK\r\n", b"no protobuf")), Ok(0));
    }

    #[test]
    fn nobody_is_followed_elsewhere() {
        let elsewhere = collector("200 OK\r\n", b"");
        let sent_on = collector(&format!("302 Found\r\nlocation: {elsewhere}\r\n"), b"");
        assert_eq!(post(&sent_on), Err("it answers 302 Found".to_owned()));
    }
}
