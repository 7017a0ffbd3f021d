//! What is counted of a running server, in the text format of Prometheus. No label carries an id, an address or anything
//! else that a client could make up: the number of series is bounded by what is in the code.

use crate::hashing::HashingLoad;
use actix_web::http::{Method, StatusCode};
use prometheus::{
    Error, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};
use std::fmt;
use std::time::Duration;

/// The route of requests that no route takes.
const UNMATCHED: &str = "unmatched";

/// Bounds of the time histogram in seconds: answers take milliseconds, logins a good part of a second.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

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
    connections: IntGaugeVec,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// How a login ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoginOutcome {
    /// With tokens.
    In,
    /// The password was wrong.
    WrongPassword,
    /// Nobody has the login name.
    Unknown,
    /// The account is blocked or locked.
    Blocked,
    /// There were too many failures before.
    Throttled,
}

impl LoginOutcome {
    fn label(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::WrongPassword => "wrong_password",
            Self::Unknown => "unknown",
            Self::Blocked => "blocked",
            Self::Throttled => "throttled",
        }
    }
}

impl Metrics {
    /// Nothing counted yet, for this version of the server.
    ///
    /// # Errors
    /// When two metrics have the same name, which a test rules out.
    pub fn new(version: &str) -> Result<Self, Error> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        let gauge = |name: &str, help: &str| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        let gauges = |name: &str, help: &str, labels: &[&str]| {
            let gauges = IntGaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(gauges.clone())).map(|()| gauges)
        };
        let seconds = HistogramOpts::new("ease_http_request_duration_seconds", "Time from a request to its answer.");
        let seconds = HistogramVec::new(seconds.buckets(SECONDS.to_vec()), &["method", "route"])?;
        registry.register(Box::new(seconds.clone()))?;
        gauges("ease_build_info", "The version that runs; always 1.", &["version"])?
            .with_label_values(&[version])
            .set(1);
        Ok(Self {
            requests: counter("ease_http_requests_total", "Requests answered.", &["method", "route", "status"])?,
            seconds,
            in_flight: gauge("ease_http_requests_in_flight", "Requests that are being answered.")?,
            throttled: counter("ease_throttled_total", "Requests and frames refused by a budget.", &["budget"])?,
            logins: counter("ease_logins_total", "Logins, by how they ended.", &["outcome"])?,
            sockets: gauge("ease_sockets_open", "Sockets of the support chat that are open.")?,
            sockets_closed: counter("ease_sockets_closed_total", "Sockets that ended, by close code.", &["code"])?,
            frames: counter("ease_socket_frames_total", "Frames of sockets, by direction.", &["direction"])?,
            chat_events: counter("ease_chat_events_total", "Events that sockets were told of.", &["event"])?,
            hashing: gauges("ease_hashing_jobs", "Passwords that wait for hashing or are being hashed.", &["state"])?,
            connections: gauges("ease_database_connections", "Database connections.", &["pool", "state"])?,
            registry,
        })
    }

    /// Notes how many connections of a pool work and how many wait for work.
    pub fn set_connections(&self, pool: &str, busy: u32, idle: u32) {
        self.connections.with_label_values(&[pool, "busy"]).set(busy.into());
        self.connections.with_label_values(&[pool, "idle"]).set(idle.into());
    }

    /// Everything, as Prometheus reads it.
    ///
    /// # Errors
    /// When two metrics have the same name, which a test rules out.
    pub(crate) fn expose(&self, hashing: HashingLoad) -> Result<String, Error> {
        self.hashing.with_label_values(&["waiting"]).set(hashing.waiting);
        self.hashing.with_label_values(&["running"]).set(hashing.running);
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
    pub(crate) fn throttled(&self, budget: &'static str) {
        self.throttled.with_label_values(&[budget]).inc();
    }

    /// A login ended.
    pub(crate) fn login(&self, outcome: LoginOutcome) {
        self.logins.with_label_values(&[outcome.label()]).inc();
    }

    /// A socket was opened. It counts as open until what is given back is dropped.
    pub(crate) fn socket_opened(&self) -> Counted {
        Counted::one_more(&self.sockets)
    }

    /// A socket ended with this code; without one the client went away.
    pub(crate) fn socket_closed(&self, code: Option<u16>) {
        let code = code.map(|code| code.to_string());
        self.sockets_closed.with_label_values(&[code.as_deref().unwrap_or("none")]).inc();
    }

    /// A frame came in.
    pub(crate) fn frame_received(&self) {
        self.frame("in").inc();
    }

    /// A frame went out.
    pub(crate) fn frame_sent(&self) {
        self.frame("out").inc();
    }

    /// A socket was told of an event.
    pub(crate) fn chat_event(&self, event: &'static str) {
        self.chat_events.with_label_values(&[event]).inc();
    }

    fn frame(&self, direction: &str) -> IntCounter {
        self.frames.with_label_values(&[direction])
    }
}

/// One of those that a gauge counts, until it is dropped.
#[derive(Debug)]
pub(crate) struct Counted(IntGauge);

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
        metrics.expose(HashingLoad::default()).unwrap()
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
    fn a_socket_counts_until_it_is_dropped() {
        let metrics = Metrics::new("x").unwrap();
        let open = metrics.socket_opened();
        assert!(text(&metrics).contains("ease_sockets_open 1"));
        drop(open);
        assert!(text(&metrics).contains("ease_sockets_open 0"));
    }
}
