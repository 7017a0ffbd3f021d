//! An OpenTelemetry collector as small as can be: it takes spans over HTTP and shows them, or behaves badly.

use super::PATIENCE;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// How a collector behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manners {
    /// It takes what it is sent.
    Polite,
    /// It answers 503.
    Refusing,
    /// It never answers.
    Hanging,
}

/// A running collector.
pub(crate) struct Collector {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Received>>,
    more: Condvar,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The request line and the headers.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Received {
    fn decoded(&self) -> ExportTraceServiceRequest {
        ExportTraceServiceRequest::decode(self.body.as_slice()).expect("OTLP in protobuf")
    }
}

impl Collector {
    /// Starts one on a free port; its thread ends with the tests.
    pub(crate) fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Seen::default());
        let collected = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let collected = Arc::clone(&collected);
                thread::spawn(move || serve(&stream, manners, &collected));
            }
        });
        Self { address, seen }
    }

    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` says.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that came so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.seen.requests.lock().expect("no thread panicked").clone()
    }

    /// Every span that came so far.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let requests = self.received();
        let resources = requests.iter().flat_map(|request| request.decoded().resource_spans);
        resources.flat_map(|spans| spans.scope_spans).flat_map(|spans| spans.spans).collect()
    }

    /// What is said of the server.
    pub(crate) fn resource(&self) -> Resource {
        let requests = self.received();
        let spans = requests.first().expect("a request").decoded().resource_spans;
        spans.into_iter().next().and_then(|spans| spans.resource).expect("a resource")
    }

    /// Waits for a span.
    pub(crate) fn wait_for(&self, what: &str, wanted: impl Fn(&Span) -> bool) -> Span {
        let mut requests = self.seen.requests.lock().expect("no thread panicked");
        loop {
            let count = requests.len();
            drop(requests);
            if let Some(span) = self.spans().into_iter().find(|span| wanted(span)) {
                return span;
            }
            let unchanged = |requests: &mut Vec<Received>| requests.len() == count;
            let locked = self.seen.requests.lock().expect("no thread panicked");
            let (changed, wait) =
                self.seen.more.wait_timeout_while(locked, PATIENCE, unchanged).expect("no thread panicked");
            assert!(!wait.timed_out(), "{what} did not come; what came is {:#?}", names(&changed));
            requests = changed;
        }
    }
}

fn names(requests: &[Received]) -> Vec<String> {
    let resources = requests.iter().flat_map(|request| request.decoded().resource_spans);
    resources.flat_map(|spans| spans.scope_spans).flat_map(|spans| spans.spans).map(|span| span.name).collect()
}

/// An attribute as text: numbers in digits, lists by their first member; empty when it is missing.
pub(crate) fn attribute(attributes: &[KeyValue], key: &str) -> String {
    fn text(value: &AnyValue) -> String {
        match value.value.as_ref().expect("a value") {
            Value::StringValue(text) => text.clone(),
            Value::IntValue(number) => number.to_string(),
            Value::ArrayValue(list) => list.values.first().map(text).unwrap_or_default(),
            other => panic!("{other:?}"),
        }
    }
    let found = attributes.iter().find(|attribute| attribute.key == key);
    found.and_then(|found| found.value.as_ref()).map(text).unwrap_or_default()
}

/// An id of a trace or a span, as headers and logs write it.
pub(crate) fn hex(id: &[u8]) -> String {
    id.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}

fn serve(stream: &TcpStream, manners: Manners, seen: &Seen) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader) {
        if manners == Manners::Polite {
            seen.requests.lock().expect("no thread panicked").push(request);
            seen.more.notify_all();
        }
        let status = match manners {
            Manners::Polite => "200 OK",
            Manners::Refusing => "503 Service Unavailable",
            Manners::Hanging => loop {
                thread::park();
            },
        };
        let answer = format!("HTTP/1.1 {status}\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n");
        let mut stream = stream;
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<Received> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let head = head.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).expect("a length");
    let mut body = vec![0; length.trim().parse().expect("a number")];
    reader.read_exact(&mut body).ok()?;
    Some(Received { head, body })
}
