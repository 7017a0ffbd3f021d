//! What the server tells an OpenTelemetry collector, and that a bad collector is nobody's trouble.

use crate::support::{Collector, Engine, Home, Manners, PASSWORD, Socket, attribute, hex};
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode as SpanStatus;
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::time::Duration;

on_both_engines! {
    a_request_is_a_span_below_its_clients,
    an_unsampled_trace_stays_at_home,
    a_frame_is_a_span_below_the_handshake,
    no_secret_is_ever_exported,
    a_bad_collector_is_nobodys_trouble,
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";
const EXPENSES: &str = "/api/management/expense";

/// Where nobody listens; a port that was free a moment ago may be another server's.
const CLOSED: &str = "http://127.0.0.1:1";

/// Longer than any request or stop takes on a busy machine, and shorter than what the exporter waits for a collector.
const UNHINDERED: Duration = Duration::from_secs(30);

fn traced(engine: Engine, collector: &Collector) -> Home {
    let home = Home::new(engine).with_root().with("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url());
    home.with("EASE_LOG_FORMAT", "json").with("OTEL_EXPORTER_OTLP_TIMEOUT", "60000")
}

/// The request's line in the log.
fn line(output: &str, request_id: &str) -> serde_json::Value {
    let found = output.lines().find(|line| line.contains("answered") && line.contains(request_id));
    serde_json::from_str(found.expect("the request's line")).expect("JSON")
}

async fn a_request_is_a_span_below_its_clients(engine: Engine) {
    let collector = Collector::start(Manners::Polite);
    let home = traced(engine, &collector)
        .with("OTEL_SERVICE_NAME", "ease-eu")
        .with("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging")
        .with("OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=k%2Dey");
    let server = home.start();
    let root = server.root().await;
    let request = root.request(Method::GET, &format!("{EXPENSES}/?start_date=2026-01-01"));
    let request = request.header("traceparent", format!("00-{TRACE}-{PARENT}-01")).header("x-request-id", "find-me");
    let answer = root.send(request.header("tracestate", "rojo=1,congo=2")).await;
    assert_eq!((answer.status, answer.header("tracestate")), (StatusCode::OK, "rojo=1,congo=2"));

    let span = collector.wait_for("the request's span", |span| {
        hex(&span.trace_id) == TRACE && span.kind == i32::from(SpanKind::Server)
    });
    assert_eq!((span.name.as_str(), hex(&span.parent_span_id).as_str()), ("GET /api/management/expense", PARENT));
    assert_eq!(span.trace_state, "rojo=1,congo=2");
    assert_eq!(answer.header("traceparent"), format!("00-{TRACE}-{}-01", hex(&span.span_id)));
    for (key, value) in [
        ("http.request.method", "GET"),
        ("http.route", EXPENSES),
        ("http.response.status_code", "200"),
        ("http.response.header.x-request-id", "find-me"),
        ("url.scheme", "http"),
        ("server.address", "127.0.0.1"),
    ] {
        assert_eq!(attribute(&span.attributes, key), value, "{key} of {span:#?}");
    }
    assert_eq!(span.attributes.len(), 6, "{span:#?}");
    assert!(span.end_time_unix_nano > span.start_time_unix_nano);

    let read = collector
        .wait_for("a reading of the store", |read| read.name == "store read" && read.parent_span_id == span.span_id);
    let system = if engine == Engine::Sqlite { "sqlite" } else { "postgresql" };
    assert_eq!((hex(&read.trace_id).as_str(), attribute(&read.attributes, "db.system.name").as_str()), (TRACE, system));
    let resource = collector.resource().attributes;
    assert_eq!(attribute(&resource, "service.name"), "ease-eu");
    assert_eq!(attribute(&resource, "deployment.environment.name"), "staging");
    assert!(!attribute(&resource, "service.instance.id").is_empty());
    let head = &collector.received()[0].head;
    assert!(head.starts_with("post /v1/traces http/1.1\r\n") && head.contains("\r\nx-api-key: k-ey\r\n"), "{head}");

    // Nobody named a trace: it begins here, and the log names it all the same.
    let request = server.stranger().request(Method::GET, "/nowhere/at/all").header("x-request-id", "on-my-own");
    let answer = server.stranger().send(request).await;
    assert_eq!((answer.status, answer.header("traceparent")), (StatusCode::NOT_FOUND, ""));
    let own = |span: &Span| attribute(&span.attributes, "http.response.header.x-request-id") == "on-my-own";
    let own = collector.wait_for("the other span", own);
    assert_eq!((own.name.as_str(), own.parent_span_id.as_slice()), ("GET", [].as_slice()));
    // The client's fault is no failure of the server.
    assert_eq!(own.status.expect("a status").code, i32::from(SpanStatus::Unset));
    let (_, _, output) = server.stop().await;
    let (named, unnamed) = (line(&output, "find-me"), line(&output, "on-my-own"));
    let told = |line: &serde_json::Value, key: &str| line["span"][key].as_str().unwrap_or_default().to_owned();
    assert_eq!((told(&named, "trace"), told(&named, "parent")), (TRACE.to_owned(), PARENT.to_owned()));
    assert_eq!(told(&named, "span"), hex(&span.span_id));
    assert_eq!((told(&unnamed, "trace"), told(&unnamed, "span")), (hex(&own.trace_id), hex(&own.span_id)));
    assert!(!output.contains("k-ey") && !output.contains("k%2Dey"), "a header for the collector is in the log");
}

async fn an_unsampled_trace_stays_at_home(engine: Engine) {
    let collector = Collector::start(Manners::Polite);
    let server = traced(engine, &collector).start();
    let stranger = server.stranger();
    let request = stranger.request(Method::GET, "/readyz").header("traceparent", format!("00-{TRACE}-{PARENT}-00"));
    let answer = stranger.send(request).await;
    answer.is(StatusCode::OK);
    let passed_on = answer.header("traceparent");
    assert!(passed_on.starts_with(&format!("00-{TRACE}-")) && passed_on.ends_with("-00"), "{passed_on}");
    assert!(!passed_on.contains(PARENT), "{passed_on}");
    stranger.get("/livez").await.is(StatusCode::OK);
    // A stop sends what waits, in its order.
    let (_, _, output) = server.stop().await;
    let spans = collector.spans();
    assert!(spans.iter().any(|span| span.name == "GET /livez"), "{spans:#?}");
    assert!(!spans.iter().any(|span| hex(&span.trace_id) == TRACE), "{spans:#?}");
    assert!(output.contains(TRACE), "the log names the trace all the same:\n{output}");
}

async fn a_frame_is_a_span_below_the_handshake(engine: Engine) {
    let collector = Collector::start(Manners::Polite);
    let server = traced(engine, &collector).start();
    server.root().await;
    let ann = server.customer("Ann").await;
    let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let mut socket = Socket::join(&server, chat["chat_id"].as_str().expect("an id"), &ann).await;
    socket.say("Hello").await;
    socket.hears("Hello").await;
    socket.send("no JSON".to_owned()).await;
    socket.error_code().await;
    let handshake = collector.wait_for("the handshake", |span| span.name == "GET /ws/support/chat/{id}");
    assert_eq!(attribute(&handshake.attributes, "http.response.status_code"), "101");
    let below = |span: &Span| span.name == "chat frame" && span.parent_span_id == handshake.span_id;
    let bad = collector
        .wait_for("the bad frame", |span| below(span) && !attribute(&span.attributes, "error.type").is_empty());
    assert_eq!(bad.trace_id, handshake.trace_id);
    let frame = collector.wait_for("the frame", |span| below(span) && span.span_id != bad.span_id);
    assert_eq!((frame.trace_id.as_slice(), frame.kind), (handshake.trace_id.as_slice(), i32::from(SpanKind::Server)));
    let write = |span: &Span| span.name == "store write" && span.parent_span_id == frame.span_id;
    collector.wait_for("the transaction of the message", write);
}

async fn no_secret_is_ever_exported(engine: Engine) {
    const WRONG_PASSWORD: &str = "mistyped passphrase";
    const MESSAGE: &str = "my account number is 4711";
    const TITLE: &str = "a very private purchase";
    let collector = Collector::start(Manners::Polite);
    let home = traced(engine, &collector);
    let server = home.start();
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    server.stranger().try_login(&ann.email, WRONG_PASSWORD).await.is(StatusCode::BAD_REQUEST);
    let entry = ann.post(&format!("{EXPENSES}/"), &json!({ "title": TITLE, "amount": "x" })).await;
    entry.is(StatusCode::BAD_REQUEST);
    ann.get(&format!("{EXPENSES}/?start_date=private-query")).await.is(StatusCode::BAD_REQUEST);
    let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let chat = chat["chat_id"].as_str().expect("an id");
    let mut socket = Socket::join(&server, chat, &ann).await;
    socket.say(MESSAGE).await;
    socket.hears(MESSAGE).await;
    server.stranger().get(&format!("/nowhere?token={}", root.token)).await.is(StatusCode::NOT_FOUND);
    let strange = server.stranger();
    let request = strange.request(Method::from_bytes(b"PRIVATE").expect("a method"), "/private-path");
    strange.send(request.header("host", "private-host/x")).await;
    server.stop().await;

    assert!(collector.spans().len() > 20, "{:#?}", collector.spans());
    let key = std::fs::read_to_string(home.sqlite_file().with_extension("db.secret-key")).unwrap_or_default();
    let key = Some(key.trim()).filter(|key| !key.is_empty());
    let secrets = [
        PASSWORD,
        WRONG_PASSWORD,
        MESSAGE,
        TITLE,
        "private-",
        "PRIVATE",
        "s3cret-key",
        "eyJ",
        "token=",
        chat,
        &ann.email,
    ];
    for secret in secrets.into_iter().chain(key) {
        for request in collector.received() {
            let found = request.body.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
            assert!(!found && !request.head.contains(secret), "{secret:?} was exported");
        }
    }
}

async fn a_bad_collector_is_nobodys_trouble(engine: Engine) {
    let (refusing, hanging) = (Collector::start(Manners::Refusing), Collector::start(Manners::Hanging));
    for (endpoint, hangs) in [(CLOSED.to_owned(), false), (refusing.url(), false), (hanging.url(), true)] {
        let home = Home::new(engine).with_root().with("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint);
        let home = home.with("EASE_METRICS_LISTEN", "127.0.0.1:0").with("EASE_RATE_LIMIT", "off");
        let home = home.with("OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
        let server = home.start();
        let stranger = server.stranger();
        // More than there is room for: those of a collector that hangs are dropped, and counted.
        let crowd = (0..16).map(|_| {
            let stranger = stranger.clone();
            tokio::spawn(async move {
                for _ in 0..150 {
                    let answer = tokio::time::timeout(UNHINDERED, stranger.get("/livez")).await;
                    answer.expect("a collector held up a request").is(StatusCode::OK);
                }
            })
        });
        for client in crowd.collect::<Vec<_>>() {
            client.await.expect("no client panicked");
        }
        let lost = if hangs { "dropped" } else { "failed" };
        server.counts_up(&format!("ease_trace_spans_total{{outcome=\"{lost}\"}}")).await;
        let (status, took, output) = server.stop().await;
        assert!(status.success() && took < UNHINDERED, "{endpoint}: {status} after {took:?}\n{output}");
        let told = output.lines().filter(|line| line.contains("spans do not reach the collector")).count();
        assert_eq!(told, usize::from(!hangs), "one line for each outage:\n{output}");
    }
}
