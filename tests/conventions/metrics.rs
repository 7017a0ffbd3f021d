//! What the server says of itself to Prometheus, and where it does not say it.

use crate::support::{Client, Engine, Home, PASSWORD, Server, Socket};
use reqwest::StatusCode;
use serde_json::json;
use std::net::SocketAddr;

on_both_engines! {
    metrics_count_by_route_and_name_nobody,
    metrics_are_not_on_the_public_listener,
}

const EXPENSES: &str = "/api/management/expense/";

/// A server with metrics, and where they are.
fn with_metrics(engine: Engine) -> (Server, SocketAddr) {
    let server = Server::alone_in(Home::new(engine).with_root().with("EASE_METRICS_LISTEN", "127.0.0.1:0"));
    let output = server.output();
    let line = output.lines().find_map(|line| line.strip_prefix("Metrics:   http://"));
    let address = line.and_then(|line| line.strip_suffix("/metrics")).expect("the address of the metrics");
    let address = address.parse().expect("an address");
    (server, address)
}

async fn scrape(metrics: SocketAddr) -> String {
    let answer = reqwest::get(format!("http://{metrics}/metrics")).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    answer.text().await.expect("text")
}

async fn metrics_count_by_route_and_name_nobody(engine: Engine) {
    const STRANGE_ID: &str = "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10";
    let (server, metrics) = with_metrics(engine);
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

    let text = scrape(metrics).await;
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
    let (server, metrics) = with_metrics(engine);
    server.stranger().get("/metrics").await.is(StatusCode::NOT_FOUND);
    let elsewhere = reqwest::get(format!("http://{metrics}/api/management/expense/")).await.expect("an answer");
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    let without = Server::fresh(engine);
    assert!(!without.output().contains("Metrics:"));
}
