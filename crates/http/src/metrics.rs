//! What is counted of a running server, in the text format of Prometheus.
//!
//! No label carries an id, an address or anything
//! else that a client could make up: the number of series is bounded by what is in the code.

mod bus_events;
mod families;
mod outcomes;
mod pools;

pub use outcomes::SpanOutcome;
pub use outcomes::{LoginOutcome, StreamEnd};

use crate::hashing::HashingLoad;
use actix_web::http::{Method, StatusCode};
use bus::BusCounts;
use bus_events::BusMetrics;
use families::Families;
use pools::PoolMetrics;
use prometheus::{
    Error, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};
use std::fmt;
use std::time::Duration;
use store::PoolLoad;

/// The route of requests that no route takes.
const UNMATCHED: &str = "unmatched";

/// Bounds of the time histogram in seconds: answers take milliseconds, logins a good part of a second.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// The directions of frames.
const IN: &str = "in";
const OUT: &str = "out";

/// In place of a close code: the client went away without one.
const GONE: &str = "none";

/// The budgets that can refuse something.
const BUDGETS: [&str; 4] = ["address", "user", "socket", "sockets"];

/// What sockets can be told.
const EVENTS: [&str; 6] = ["posted", "chat_closed", "chat_handed_over", "session_ended", "sessions_ended", "missed"];

/// What is counted. Clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    in_flight: IntGauge,
    throttled: IntCounterVec,
    logins: IntCounterVec,
    sockets: IntGauge,
    sockets_closed: IntCounterVec,
    frames: IntCounterVec,
    chat_events: IntCounterVec,
    hashing: IntGaugeVec,
    pools: PoolMetrics,
    bus: BusMetrics,
    spans: IntCounterVec,
    streams: IntCounterVec,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    /// Nothing counted yet, for this version of the server. What has few labels is there from the start, at 0, so that its
    /// first change is seen as one.
    ///
    /// # Errors
    /// When two metrics have the same name, which a test rules out.
    pub fn new(version: &str) -> Result<Self, Error> {
        let families = Families::default();
        let seconds = HistogramOpts::new("ease_http_request_duration_seconds", "Time from a request to its answer.");
        let seconds = HistogramVec::new(seconds.buckets(SECONDS.to_vec()), &["method", "route"])?;
        families
            .gauges("ease_build_info", "The version that runs; always 1.", "version")?
            .with_label_values(&[version])
            .set(1);
        #[cfg(target_os = "linux")]
        families.add_process()?;
        let requests = Opts::new("ease_http_requests_total", "Requests answered.");
        let metrics = Self {
            requests: families.add(IntCounterVec::new(requests, &["method", "route", "status"])?)?,
            seconds: families.add(seconds)?,
            in_flight: families.gauge("ease_http_requests_in_flight", "Requests that are being answered.")?,
            throttled: families.counters("ease_throttled_total", "What was refused by a budget.", "budget")?,
            logins: families.counters("ease_logins_total", "Logins, by how they ended.", "outcome")?,
            sockets: families.gauge("ease_sockets_open", "Sockets of the support chat that are open.")?,
            sockets_closed: families.counters("ease_sockets_closed_total", "Sockets that ended.", "code")?,
            frames: families.counters("ease_socket_frames_total", "Frames of sockets.", "direction")?,
            chat_events: families.counters("ease_chat_events_total", "Events that sockets were told of.", "event")?,
            hashing: families.gauges(
                "ease_hashing_jobs",
                "Passwords that are being hashed, or wait for it.",
                "state",
            )?,
            pools: PoolMetrics::new(&families)?,
            bus: BusMetrics::new(&families)?,
            spans: families.counters("ease_trace_spans_total", "Spans, by what became of them.", "outcome")?,
            streams: families.counters("ease_streams_total", "Answers made while they were sent.", "end")?,
            registry: families.into_registry(),
        };
        metrics.begin_at_zero();
        Ok(metrics)
    }

    fn begin_at_zero(&self) {
        let begin = |family: &IntCounterVec, labels: &[&str]| {
            for label in labels {
                drop(family.with_label_values(&[label]));
            }
        };
        begin(&self.throttled, &BUDGETS);
        begin(&self.logins, &LoginOutcome::ALL.map(LoginOutcome::label));
        begin(&self.sockets_closed, &[GONE]);
        begin(&self.frames, &[IN, OUT]);
        begin(&self.chat_events, &EVENTS);
        begin(&self.streams, &StreamEnd::ALL.map(StreamEnd::label));
        begin(&self.spans, &SpanOutcome::ALL.map(SpanOutcome::label));
    }

    /// So many spans had this end.
    pub fn spans(&self, outcome: SpanOutcome, count: u64) {
        self.spans.with_label_values(&[outcome.label()]).inc_by(count);
    }

    /// Everything, as Prometheus reads it.
    ///
    /// # Errors
    /// When two metrics have the same name, which a test rules out.
    pub(crate) fn expose(&self, pools: &[PoolLoad], hashing: HashingLoad, bus: BusCounts) -> Result<String, Error> {
        for load in pools {
            self.pools.set(load);
        }
        self.hashing.with_label_values(&["waiting"]).set(hashing.waiting);
        self.hashing.with_label_values(&["running"]).set(hashing.running);
        self.bus.set(bus);
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }

    /// A request came in. It counts as being answered until what is given back is dropped.
    pub(crate) fn request_begins(&self) -> Counted {
        Counted::one_more(&self.in_flight)
    }

    /// A request was answered.
    pub(crate) fn answered(&self, method: &Method, route: Option<&str>, status: StatusCode, took: Duration) {
        let (method, route) = (method_label(method), route.unwrap_or(UNMATCHED));
        self.requests.with_label_values(&[method, route, status.as_str()]).inc();
        self.seconds.with_label_values(&[method, route]).observe(took.as_secs_f64());
    }

    /// A budget refused a request or a frame.
    pub fn throttled(&self, budget: &'static str) {
        self.throttled.with_label_values(&[budget]).inc();
    }

    /// A login ended.
    pub fn login(&self, outcome: LoginOutcome) {
        self.logins.with_label_values(&[outcome.label()]).inc();
    }

    /// An answer that was made while it was sent has ended.
    pub(crate) fn streamed(&self, end: StreamEnd) {
        self.streams.with_label_values(&[end.label()]).inc();
    }

    /// A socket was opened. It counts as open until what is given back is dropped.
    pub fn socket_opened(&self) -> Counted {
        Counted::one_more(&self.sockets)
    }

    /// A socket ended with this code; without one the client went away.
    pub fn socket_closed(&self, code: Option<u16>) {
        let code = code.map(|code| code.to_string());
        self.sockets_closed.with_label_values(&[code.as_deref().unwrap_or(GONE)]).inc();
    }

    /// A frame came in.
    pub fn frame_received(&self) {
        self.frame(IN).inc();
    }

    /// A frame went out.
    pub fn frame_sent(&self) {
        self.frame(OUT).inc();
    }

    /// A socket was told of an event.
    pub fn chat_event(&self, event: &'static str) {
        self.chat_events.with_label_values(&[event]).inc();
    }

    fn frame(&self, direction: &str) -> IntCounter {
        self.frames.with_label_values(&[direction])
    }
}

/// One of those that a gauge counts, until it is dropped.
#[derive(Debug)]
pub struct Counted(IntGauge);

impl Counted {
    fn one_more(gauge: &IntGauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Methods are free text on the wire: those that nobody serves are one.
fn method_label(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => {
            method.as_str()
        }
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(metrics: &Metrics) -> String {
        metrics.expose(&[], HashingLoad::default(), BusCounts::default()).unwrap()
    }

    #[test]
    fn clones_count_together() {
        let metrics = Metrics::new("1.2.3").unwrap();
        let clone = metrics.clone();
        clone.login(LoginOutcome::WrongPassword);
        clone.login(LoginOutcome::WrongPassword);
        metrics.login(LoginOutcome::WrongPassword);
        assert!(text(&metrics).contains("ease_logins_total{outcome=\"wrong_password\"} 3"));
        assert!(text(&metrics).contains("ease_build_info{version=\"1.2.3\"} 1"));
    }

    #[test]
    fn what_clients_make_up_is_one_series() {
        let metrics = Metrics::new("x").unwrap();
        for method in ["BREW", "WHISK"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            metrics.answered(&method, None, StatusCode::NOT_FOUND, Duration::from_millis(3));
        }
        let line = "ease_http_requests_total{method=\"other\",route=\"unmatched\",status=\"404\"} 2";
        assert!(text(&metrics).contains(line), "{}", text(&metrics));
    }

    #[test]
    fn what_is_counted_elsewhere_is_taken_over_as_it_stands() {
        let metrics = Metrics::new("x").unwrap();
        let (mut load, mut bus) = (PoolLoad { name: "all", ..PoolLoad::default() }, BusCounts::default());
        for times in 1..=2 {
            load.taken += 2 * times;
            load.waited += Duration::from_millis(750);
            bus.delivered += 5 * times;
            let text = metrics.expose(&[load], HashingLoad::default(), bus).unwrap();
            let (taken, delivered) = (load.taken, bus.delivered);
            assert!(text.contains(&format!("ease_database_waits_total{{pool=\"all\"}} {taken}\n")), "{text}");
            assert!(
                text.contains(&format!("ease_bus_events_delivered_total{{bus=\"local\"}} {delivered}\n")),
                "{text}"
            );
        }
        assert!(text(&metrics).contains("ease_database_wait_seconds_total{pool=\"all\"} 1.5\n"));
    }

    #[test]
    fn a_socket_counts_until_it_is_dropped() {
        let metrics = Metrics::new("x").unwrap();
        let open = metrics.socket_opened();
        assert!(text(&metrics).contains("ease_sockets_open 1"));
        drop(open);
        assert!(text(&metrics).contains("ease_sockets_open 0"));
    }
}
