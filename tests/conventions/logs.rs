//! What the server says of its clients: enough to find a fault, and none of their secrets.

use crate::support::{Engine, Home, PASSWORD, Socket};
use reqwest::StatusCode;
use serde_json::json;

on_both_engines! {
    no_secret_is_ever_logged,
    json_logs_are_one_object_a_line,
    a_line_names_the_client_that_a_trusted_proxy_names,
    a_line_names_the_trace_that_its_client_named,
}

async fn no_secret_is_ever_logged(engine: Engine) {
    const NEW_PASSWORD: &str = "a brand new passphrase";
    const WRONG_PASSWORD: &str = "mistyped passphrase";
    const MESSAGE: &str = "my account number is 4711";
    const TITLE: &str = "a very private purchase";
    // The server may say all it wants to.
    let home = Home::new(engine).with_root().with("EASE_LOG_LEVEL", "trace");
    let server = home.start();
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    server.stranger().try_login(&ann.email, WRONG_PASSWORD).await.is(StatusCode::BAD_REQUEST);
    let change = json!({ "current_password": PASSWORD, "new_password": NEW_PASSWORD });
    ann.put("/api/users/changepwd/", &change).await.is(StatusCode::OK);
    ann.post("/api/management/expense/", &json!({ "title": TITLE, "amount": "x" })).await.is(StatusCode::BAD_REQUEST);
    ann.get("/api/management/expense/?start_date=private-query").await.is(StatusCode::BAD_REQUEST);
    let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let mut socket = Socket::join(&server, chat["chat_id"].as_str().expect("an id"), &ann).await;
    socket.say(MESSAGE).await;
    socket.hears(MESSAGE).await;
    socket.send(format!("broken {MESSAGE}")).await;
    socket.error_code().await;
    ann.get("/api/users/logout/").await.is(StatusCode::OK);
    assert_eq!(socket.closed().await, 4001);
    let refused = server.stranger().with_token(&format!("{}x", root.token));
    refused.get("/api/management/expense/").await.is(StatusCode::UNAUTHORIZED);
    // A broken query on a socket's path, and one to nowhere.
    server.stranger().get(&format!("/ws/support/chat/x/?token={}", root.token)).await.is(StatusCode::NOT_FOUND);
    server.stranger().get(&format!("/nowhere?token={}", root.token)).await.is(StatusCode::NOT_FOUND);

    let (_, _, output) = server.stop().await;
    let requests = output.lines().filter(|line| line.contains("answered")).count();
    assert!(requests > 10, "there is a line for each request:\n{output}");
    let secrets = [PASSWORD, NEW_PASSWORD, WRONG_PASSWORD, MESSAGE, TITLE, "private-query", "s3cret-key"];
    let key = std::fs::read_to_string(home.sqlite_file().with_extension("db.secret-key")).unwrap_or_default();
    let key = Some(key.trim()).filter(|key| !key.is_empty());
    assert!(engine == Engine::Postgres || key.is_some(), "the key of a server on SQLite is kept beside its file");
    for secret in secrets.into_iter().chain(key).chain([root.token.as_str(), ann.token.as_str()]) {
        let line = output.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret:?} is in the logs");
    }
    // Parts of tokens would do for somebody who looks for them.
    for token in [&root.token, &ann.token] {
        let signature = token.rsplit('.').next().expect("a signature");
        assert!(!output.contains(signature), "a signature is in the logs");
    }
}

async fn json_logs_are_one_object_a_line(engine: Engine) {
    let home = Home::new(engine).with_root().with("EASE_LOG_FORMAT", "json");
    let server = home.start();
    let named = server.stranger();
    let request = named.request(reqwest::Method::GET, "/api/nowhere/").header("X-Request-Id", "find-me-17");
    named.send(request).await.is(StatusCode::NOT_FOUND);
    let (_, _, output) = server.stop().await;
    let lines = output.lines().filter(|line| line.starts_with('{'));
    let entries: Vec<serde_json::Value> = lines.map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let answered = entries.iter().find(|entry| entry.to_string().contains("find-me-17")).expect("the request's line");
    assert_eq!((&answered["status"], &answered["method"]), (&json!(404), &json!("GET")), "{answered}");
}

async fn a_line_names_the_client_that_a_trusted_proxy_names(engine: Engine) {
    for (trusted, client) in [("127.0.0.0/8", "192.0.2.7"), ("", "127.0.0.1")] {
        let home = Home::new(engine).with("EASE_LOG_FORMAT", "json").with("EASE_TRUSTED_PROXIES", trusted);
        let server = home.start();
        let stranger = server.stranger();
        let request = stranger.request(reqwest::Method::GET, "/api/nowhere/");
        stranger.send(request.header("X-Forwarded-For", "203.0.113.1, 192.0.2.7")).await.is(StatusCode::NOT_FOUND);
        let (_, _, output) = server.stop().await;
        let line = output.lines().find(|line| line.contains("answered")).expect("the request's line");
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(line["client"], client, "{line}");
    }
}

async fn a_line_names_the_trace_that_its_client_named(engine: Engine) {
    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    let home = Home::new(engine).with("EASE_LOG_FORMAT", "json");
    let server = home.start();
    let stranger = server.stranger();
    let request = stranger.request(reqwest::Method::GET, "/livez");
    let request = request.header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"));
    let answer = stranger.send(request).await;
    let passed_on = answer.header("traceparent");
    assert!(passed_on.starts_with(&format!("00-{TRACE}-")) && !passed_on.contains("00f067aa0ba902b7"), "{passed_on}");
    assert_eq!(stranger.get("/livez").await.header("traceparent"), "");
    let (_, _, output) = server.stop().await;
    let mut lines = output.lines().filter(|line| line.contains("answered"));
    let line = lines.next().expect("the request's line");
    assert!(line.contains(TRACE) && line.contains("00f067aa0ba902b7"), "{line}");
    assert!(lines.next().is_some_and(|line| !line.contains("trace")), "{output}");
}
