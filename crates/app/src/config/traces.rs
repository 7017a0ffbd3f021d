//! The settings of tracing, with the names and meanings of OpenTelemetry.

use super::reader::Reader;
use opentelemetry_sdk::trace::Sampler;
use percent_encoding::percent_decode_str;
use std::fmt;
use std::time::Duration;
use ureq::http::{HeaderName, HeaderValue, Uri};

const ENDPOINT: &str = "otel_exporter_otlp_endpoint";
const TRACES_ENDPOINT: &str = "otel_exporter_otlp_traces_endpoint";
const HEADERS: &str = "otel_exporter_otlp_headers";
const RESOURCE: &str = "otel_resource_attributes";
const SAMPLER: &str = "otel_traces_sampler";
const SAMPLER_ARG: &str = "otel_traces_sampler_arg";

/// The settings of tracing.
pub(crate) struct TracesConfig {
    /// Where spans are sent; it may contain a secret.
    pub(crate) collector: Uri,
    /// Headers that are sent along, mostly secrets.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// How long one request to the collector may take.
    pub(crate) timeout: Duration,
    /// The name under which the collector knows this server.
    pub(crate) service_name: String,
    /// Further attributes of this server.
    pub(crate) resource: Vec<(String, String)>,
    /// Which requests are traced.
    pub(crate) sampler: Sampler,
}

impl fmt::Debug for TracesConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TracesConfig").field("sampler", &self.sampler).finish_non_exhaustive()
    }
}

impl TracesConfig {
    /// Reads and checks the settings; `None` when no collector is configured.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.text("otel_exporter_otlp_protocol").as_deref() != Some("http/protobuf") {
            let only = "must be http/protobuf, which collectors speak on port 4318; there is no other protocol here";
            reader.refuse("otel_exporter_otlp_protocol", only);
        }
        let collector = collector(reader);
        let headers = headers(reader);
        let timeout = Duration::from_millis(reader.number("otel_exporter_otlp_timeout", 1, 60_000));
        let service_name = reader.text("otel_service_name").unwrap_or_default();
        let resource = pairs(reader, RESOURCE);
        let sampler = sampler(reader);
        Some(Self { collector: collector?, headers, timeout, service_name, resource, sampler })
    }
}

/// The address for traces, or else the general one followed by the path for traces.
fn collector(reader: &mut Reader<'_>) -> Option<Uri> {
    let mut address = |key: &str, path: &str| {
        let text = reader.secret(key)?;
        let uri = text.reveal().trim();
        let uri = if path.is_empty() { uri.parse() } else { format!("{}{path}", uri.trim_end_matches('/')).parse() };
        let uri = uri.ok().filter(|uri: &Uri| matches!(uri.scheme_str(), Some("http" | "https")));
        if uri.is_none() {
            reader.refuse(key, "must be an address such as http://127.0.0.1:4318, with http or https");
        }
        uri
    };
    let everything = address(ENDPOINT, "/v1/traces");
    address(TRACES_ENDPOINT, "").or(everything)
}

fn headers(reader: &mut Reader<'_>) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = Vec::new();
    for (name, value) in pairs(reader, HEADERS) {
        match (name.parse(), HeaderValue::try_from(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                headers.push((name, value));
            }
            _ => reader.refuse(HEADERS, "must name headers of HTTP, with values that a header can have"),
        }
    }
    headers
}

/// `name=value` pairs, separated by commas, with percent-encoded values, as OpenTelemetry specifies.
fn pairs(reader: &mut Reader<'_>, key: &str) -> Vec<(String, String)> {
    let Some(text) = reader.secret(key) else { return Vec::new() };
    let members = text.reveal().split(',').map(str::trim).filter(|member| !member.is_empty());
    let pairs = members.map(|member| {
        let (name, value) = member.split_once('=')?;
        let value = percent_decode_str(value.trim()).decode_utf8().ok()?;
        Some((name.trim().to_owned(), value.into_owned())).filter(|(name, _)| !name.is_empty())
    });
    pairs.collect::<Option<Vec<_>>>().unwrap_or_else(|| {
        reader.refuse(key, "must be name=value pairs with commas between them, values percent-encoded");
        Vec::new()
    })
}

fn sampler(reader: &mut Reader<'_>) -> Sampler {
    let ratio = match reader.text(SAMPLER_ARG).map(|text| text.parse::<f64>()) {
        None => 1.0,
        Some(Ok(ratio)) if (0.0..=1.0).contains(&ratio) => ratio,
        Some(_) => {
            reader.refuse(SAMPLER_ARG, "must be a number from 0 to 1, such as 0.25");
            1.0
        }
    };
    let parent_based = |root: Sampler| Sampler::ParentBased(Box::new(root));
    match reader.text(SAMPLER).as_deref() {
        Some("always_on") => Sampler::AlwaysOn,
        Some("always_off") => Sampler::AlwaysOff,
        Some("traceidratio") => Sampler::TraceIdRatioBased(ratio),
        Some("parentbased_always_on") => parent_based(Sampler::AlwaysOn),
        Some("parentbased_always_off") => parent_based(Sampler::AlwaysOff),
        Some("parentbased_traceidratio") => parent_based(Sampler::TraceIdRatioBased(ratio)),
        _ => {
            let names = "must be always_on, always_off, traceidratio, or one of these with parentbased_ before it";
            reader.refuse(SAMPLER, names);
            Sampler::AlwaysOff
        }
    }
}
