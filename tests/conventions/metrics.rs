//! What the server says of itself to Prometheus, and where it does not say it.

use crate::support::{Client, Engine, Home, PASSWORD, Server, Socket};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::collections::BTreeSet;

on_both_engines! {
    metrics_count_by_route_and_name_nobody,
    metrics_are_not_on_the_public_listener,
    every_metric_is_in_the_guide_and_the_other_way_round,
    nothing_that_strangers_send_makes_more_metrics,
}

const EXPENSES: &str = "/api/management/expense/";

/// A server with metrics.
fn with_metrics(engine: Engine) -> Server {
    Home::new(engine).with_root().with("EASE_METRICS_LISTEN", "127.0.0.1:0").start()
}

async fn metrics_count_by_route_and_name_nobody(engine: Engine) {
    const STRANGE_ID: &str = "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10";
    let server = with_metrics(engine);
    let root = server.root().await;
    server.stranger().try_login(&root.email, "mistyped").await.is(StatusCode::BAD_REQUEST);
    server.stranger().try_login("nobody@example.org", PASSWORD).await.is(StatusCode::NOT_FOUND);
    root.get(EXPENSES).await.is(StatusCode::OK);
    root.get(&format!("{EXPENSES}{STRANGE_ID}/")).await.is(StatusCode::FORBIDDEN);
    for path in ["/nowhere/one", "/nowhere/two"] {
        root.get(path).await.is(StatusCode::NOT_FOUND);
    }
    let ann: Client = server.customer("Ann").await;
    let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let mut socket = Socket::join(&server, chat["chat_id"].as_str().expect("an id"), &ann).await;
    socket.say("Hello").await;
    socket.hears("Hello").await;

    let text = server.scrape().await;
    for line in [
        "ease_http_requests_total{method=\"GET\",route=\"/api/management/expense\",status=\"200\"} 1",
        "ease_http_requests_total{method=\"GET\",route=\"/api/management/expense/{id}\",status=\"403\"} 1",
        "ease_http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"} 2",
        "ease_http_request_duration_seconds_count{method=\"GET\",route=\"/api/management/expense\"} 1",
        "ease_http_requests_in_flight 0",
        "ease_logins_total{outcome=\"in\"} 2",
        "ease_logins_total{outcome=\"wrong_password\"} 1",
        "ease_logins_total{outcome=\"unknown\"} 1",
        "ease_sockets_open 1",
        "ease_chat_events_total{event=\"posted\"} 1",
        "ease_bus_events_published_total{bus=\"local\"} 1",
        "ease_bus_events_delivered_total{bus=\"local\"} 1",
        "ease_bus_events_missed_total{bus=\"local\"} 0",
        "ease_hashing_jobs{state=\"waiting\"} 0",
        "ease_build_info{version=\"",
        "ease_database_connections{pool=\"",
    ] {
        assert!(text.lines().any(|told| told.starts_with(line)), "{line} is not in:\n{text}");
    }
    for name in [STRANGE_ID, "nowhere", "example.org", chat["chat_id"].as_str().expect("an id")] {
        assert!(!text.contains(name), "{name} is in:\n{text}");
    }
}

async fn metrics_are_not_on_the_public_listener(engine: Engine) {
    let server = with_metrics(engine);
    server.stranger().get("/metrics").await.is(StatusCode::NOT_FOUND);
    let elsewhere =
        reqwest::get(format!("http://{}/api/management/expense/", server.metrics_address())).await.expect("an answer");
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    let without = Server::fresh(engine);
    assert!(!without.output().contains("Metrics:"));
}

/// A metric with its type and the names of its labels.
type Described = (String, String, BTreeSet<String>);

/// What a server tells of itself, without values.
fn told(text: &str) -> BTreeSet<Described> {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    types.map(|(name, kind)| (name.to_owned(), kind.to_owned(), labels_of(text, name))).collect()
}

/// The names of all labels of a metric, but for the one that a histogram has for its own use.
fn labels_of(text: &str, name: &str) -> BTreeSet<String> {
    let samples = text.lines().filter_map(|line| line.strip_prefix(name)?.split_once('{')?.1.rsplit_once('}'));
    let pairs = samples.flat_map(|(labels, _)| labels.split("\","));
    let names = pairs.filter_map(|pair| pair.split_once('=')).map(|(label, _)| label.to_owned());
    names.filter(|label| label != "le").collect()
}

/// The table of `docs/operations.md`.
fn documented() -> BTreeSet<Described> {
    let page = include_str!("../../docs/operations.md");
    let table = page.split("| Metric | Type | Labels |").nth(1).expect("the table").lines().skip(2);
    let rows = table.take_while(|line| line.starts_with('|'));
    let described = rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let labels = cells[3].split(',').map(|label| label.trim().trim_matches('`')).filter(|label| !label.is_empty());
        (cells[1].trim_matches('`').to_owned(), cells[2].to_owned(), labels.map(str::to_owned).collect())
    });
    described.collect()
}

async fn every_metric_is_in_the_guide_and_the_other_way_round(engine: Engine) {
    let server = with_metrics(engine);
    server.root().await;
    let (told, documented) = (told(&server.scrape().await), documented());
    let process = |metric: &&Described| !cfg!(target_os = "linux") && metric.0.starts_with("process_");
    let missing: Vec<_> = documented.difference(&told).filter(|metric| !process(metric)).collect();
    let unknown: Vec<_> = told.difference(&documented).collect();
    assert!(missing.is_empty(), "docs/operations.md has metrics that the server does not tell: {missing:#?}");
    assert!(unknown.is_empty(), "the server tells metrics that are not in docs/operations.md: {unknown:#?}");
}

async fn nothing_that_strangers_send_makes_more_metrics(engine: Engine) {
    let server = with_metrics(engine);
    let stranger = server.stranger();
    let knock = async |number: u32| {
        let method = Method::from_bytes(format!("KNOCK{number}").as_bytes()).expect("a method");
        stranger.send(stranger.request(method, &format!("/door/{number}"))).await;
        stranger.get(&format!("/door/{number}/key?number={number}")).await.is(StatusCode::NOT_FOUND);
        stranger.get(&format!("{EXPENSES}{number}-{number}/")).await.is(StatusCode::UNAUTHORIZED);
        let request = stranger.request(Method::GET, "/livez").header("x-request-id", format!("id-{number}"));
        stranger.send(request.header("user-agent", format!("agent-{number}"))).await.is(StatusCode::OK);
        stranger.try_login(&format!("nobody-{number}@example.org"), PASSWORD).await;
        let series = server.scrape().await;
        let series = series.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit_once(' '));
        series.map(|(series, _)| series.to_owned()).collect::<BTreeSet<_>>()
    };
    let before = knock(0).await;
    for number in 1..=8 {
        let more = knock(number).await;
        assert_eq!(more.difference(&before).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
