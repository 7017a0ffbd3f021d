//! How every answer looks. That each one names its request and may be read by any web page is checked with all of them.

use crate::support::{Engine, Home, Server};
use reqwest::{Method, StatusCode};
use serde_json::json;

on_both_engines! {
    a_preflight_needs_no_token,
    a_slash_at_the_end_is_optional,
    every_refusal_is_json,
    credentials_come_before_the_method_and_the_method_before_the_body,
    head_is_get_without_a_body_and_options_names_the_methods,
    a_request_keeps_the_name_it_came_with,
    problems_come_as_the_client_asks,
    only_allowed_hosts_are_answered,
    the_root_and_the_probes_answer_strangers,
}

const EXPENSES: &str = "/api/management/expense/";
const NO_CREDENTIALS: &str = "Authentication credentials were not provided.";

async fn a_preflight_needs_no_token(engine: Engine) {
    let server = Server::fresh(engine);
    let stranger = server.stranger();
    for path in [EXPENSES, "/api/users/login/", "/api/superadmin/user/1/"] {
        let preflight = stranger.request(Method::OPTIONS, path).header("Origin", "https://app.example.org");
        let preflight = preflight.header("Access-Control-Request-Method", "PUT");
        let answer = stranger.send(preflight.header("Access-Control-Request-Headers", "authorization")).await;
        assert!(answer.status.is_success(), "{answer:?}");
        for method in ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"] {
            assert!(answer.header("access-control-allow-methods").contains(method), "{answer:?}");
        }
        for header in ["accept", "authorization", "content-type"] {
            assert!(answer.header("access-control-allow-headers").contains(header), "{answer:?}");
        }
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{answer:?}");
    }
}

async fn a_slash_at_the_end_is_optional(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    for path in [EXPENSES, "/api/management/category/", "/api/superadmin/user/", "/api/superadmin/user/1/"] {
        let (with, without) = (root.get(path).await, root.get(path.trim_end_matches('/')).await);
        assert_eq!(with.is(StatusCode::OK), without.is(StatusCode::OK), "{path}");
    }
    let login = json!({ "username": root.email, "password": crate::support::PASSWORD });
    server.stranger().post("/api/users/login", &login).await.is(StatusCode::OK);
}

async fn every_refusal_is_json(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let stranger = server.stranger();
    for path in ["/nowhere", "/api/nowhere/", "/adminsite/", "/api/management/expense/x/y/"] {
        assert!(stranger.get(path).await.is(StatusCode::NOT_FOUND)["detail"].is_string(), "{path}");
    }
    for path in ["/api/superadmin/user/abc/", "/api/management/category/17/"] {
        root.get(path).await.is(StatusCode::NOT_FOUND);
    }
    let refused = stranger.get(EXPENSES).await;
    refused.is_refused(StatusCode::UNAUTHORIZED, NO_CREDENTIALS);
    assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"api\"");

    let refused = root.send(root.request(Method::PATCH, EXPENSES)).await;
    refused.is_refused(StatusCode::METHOD_NOT_ALLOWED, "Method \"PATCH\" not allowed.");
    assert!(refused.header("allow").contains("GET"), "{refused:?}");
    let text = root.request(Method::POST, EXPENSES).header("Content-Type", "text/plain").body("title=x");
    let sentence = "Unsupported media type \"text/plain\" in request.";
    root.send(text).await.is_refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence);
    let broken = root.request(Method::POST, EXPENSES).header("Content-Type", "application/json").body("{\"title\": ");
    let told = root.send(broken).await.is(StatusCode::BAD_REQUEST);
    assert!(told["detail"].as_str().is_some_and(|it| it.starts_with("JSON parse error - ")), "{told}");
    let told = root.post(EXPENSES, &json!([])).await.is(StatusCode::BAD_REQUEST);
    let sentence = "Invalid data. Expected a dictionary, but got list.";
    assert_eq!(told, json!({ "non_field_errors": [sentence] }));
    let html = root.request(Method::GET, "/nowhere").header("Accept", "text/html");
    root.send(html).await.is(StatusCode::NOT_FOUND);
}

async fn credentials_come_before_the_method_and_the_method_before_the_body(engine: Engine) {
    let server = Server::fresh(engine);
    let (stranger, ann) = (server.stranger(), server.customer("Ann").await);
    let patch = stranger.send(stranger.request(Method::PATCH, EXPENSES).json(&json!([]))).await;
    patch.is_refused(StatusCode::UNAUTHORIZED, NO_CREDENTIALS);
    let patch = ann.request(Method::PATCH, "/api/superadmin/user/").header("Content-Type", "text/plain").body("x");
    ann.send(patch).await.is(StatusCode::FORBIDDEN);
    let patch = ann.request(Method::PATCH, EXPENSES).header("Content-Type", "text/plain").body("x");
    ann.send(patch).await.is(StatusCode::METHOD_NOT_ALLOWED);

    let words = stranger.request(Method::GET, EXPENSES).header("Authorization", format!("Token {} x", ann.token));
    let refused = stranger.send(words).await.is(StatusCode::UNAUTHORIZED);
    assert_eq!(refused["code"], "bad_authorization_header");
    for header in ["Basic cm9vdDpyb290".to_owned(), ann.token.clone()] {
        let request = stranger.request(Method::GET, EXPENSES).header("Authorization", header);
        stranger.send(request).await.is(StatusCode::UNAUTHORIZED);
    }
    let refused = stranger.with_token("a.b.c").get(EXPENSES).await.is(StatusCode::UNAUTHORIZED);
    let expected = json!({
        "detail": "Given token not valid for any token type", "code": "token_not_valid",
        "messages": [{
            "token_class": "AccessToken", "token_type": "access", "message": "Token is invalid or expired",
        }],
    });
    assert_eq!(refused, expected);
}

async fn head_is_get_without_a_body_and_options_names_the_methods(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let (get, head) = (root.get(EXPENSES).await, root.send(root.request(Method::HEAD, EXPENSES)).await);
    assert_eq!((head.status, head.text.as_str()), (get.status, ""));
    assert_eq!(head.header("content-type"), get.header("content-type"));
    let refused = server.stranger();
    let refused = refused.send(refused.request(Method::HEAD, EXPENSES)).await;
    assert_eq!((refused.status, refused.text.as_str()), (StatusCode::UNAUTHORIZED, ""));
    let options = root.send(root.request(Method::OPTIONS, EXPENSES)).await;
    assert!(options.status.is_success());
    for method in ["GET", "HEAD", "POST", "OPTIONS"] {
        assert!(options.header("allow").contains(method), "{options:?}");
    }
}

async fn a_request_keeps_the_name_it_came_with(engine: Engine) {
    let server = Server::fresh(engine);
    let stranger = server.stranger();
    let named = stranger.request(Method::GET, "/livez").header("X-Request-Id", "order-17");
    assert_eq!(stranger.send(named).await.header("x-request-id"), "order-17");
    let ugly = stranger.request(Method::GET, "/livez").header("X-Request-Id", "no <b>names</b> like that");
    let made = stranger.send(ugly).await;
    assert!(!made.header("x-request-id").contains('<'), "{made:?}");
    let other = stranger.get("/livez").await;
    assert_ne!(made.header("x-request-id"), other.header("x-request-id"));
    for (header, value) in
        [("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"), ("cache-control", "no-store")]
    {
        assert_eq!(stranger.get("/api/nowhere/").await.header(header), value, "{header}");
    }
}

async fn problems_come_as_the_client_asks(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let asked = root.request(Method::POST, EXPENSES).header("Accept", "application/problem+json").json(&json!({}));
    // Read without the checks of this crate's client, which expects the usual form.
    let response = reqwest::Client::new().execute(asked.build().expect("a request")).await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: serde_json::Value = response.json().await.expect("JSON");
    assert_eq!((&problem["status"], &problem["title"]), (&json!(400), &json!("Bad Request")));
    let errors = problem["errors"].as_array().expect("errors");
    let title = json!({ "pointer": "#/title", "detail": "This field is required." });
    assert!(errors.contains(&title), "{problem}");
}

async fn only_allowed_hosts_are_answered(engine: Engine) {
    let home = Home::new(engine).with_root().with("ALLOWED_HOSTS", "ease.example.org .example.com");
    let server = home.start();
    let stranger = server.stranger();
    for (host, status) in [
        ("ease.example.org", StatusCode::UNAUTHORIZED),
        ("EASE.example.org:8000", StatusCode::UNAUTHORIZED),
        ("a.example.com", StatusCode::UNAUTHORIZED),
        ("evil.example.net", StatusCode::BAD_REQUEST),
        ("127.0.0.1", StatusCode::BAD_REQUEST),
    ] {
        let answer = stranger.send(stranger.request(Method::GET, EXPENSES).header("Host", host)).await;
        let refused = answer.is(status);
        assert!(status != StatusCode::BAD_REQUEST || refused["detail"] == "Invalid host.", "{host}: {refused}");
    }
    assert!(stranger.get("/livez").await.status.is_success(), "probes ask by address");
}

async fn the_root_and_the_probes_answer_strangers(engine: Engine) {
    let server = Server::fresh(engine);
    let stranger = server.stranger();
    let index = stranger.get("/").await.is(StatusCode::OK);
    assert!(index["name"].is_string() && index["version"].is_string() && index["docs"].is_string(), "{index}");
    for path in ["/livez", "/readyz"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::OK, "{path}");
    }
}
