//! What holds on every path.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{TestApp, state};
use kernel::{Clock, Instant};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use users::{Role, UserError};

const EXPENSES: &str = "/api/management/expense/";

#[actix_web::test]
async fn an_unknown_path_is_404_in_json() {
    let app = TestApp::start();
    for path in ["/nowhere", "/api/", "/admin/", "/adminsite/", "/api/management/", "/1/2"] {
        let reply = app.send(app.request("GET", path)).await;
        assert_eq!((reply.status, &reply.json()["detail"]), (404, &json!("Not found.")), "{path}");
        assert!(reply.json()["error 404"].as_str().unwrap().starts_with("Page not found."));
        assert_eq!(reply.header("content-type"), "application/json");
    }
}

#[actix_web::test]
async fn every_path_works_with_and_without_a_slash() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    for path in ["/api/management/expense", "/api/management/expense/", "/livez", "/livez/", "/readyz", "/"] {
        assert_eq!(app.call("GET", path, &ann).await.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn credentials_that_are_missing_or_bad_say_so() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let not_given = json!({"detail": "Authentication credentials were not provided."});
    let words = json!({"detail": "Authorization header must contain two space-delimited values", "code": "bad_authorization_header"});
    let not_valid = json!({
        "detail": "Given token not valid for any token type",
        "code": "token_not_valid",
        "messages": [{"token_class": "AccessToken", "token_type": "access", "message": "Token is invalid or expired"}],
    });
    for (header, expected) in [
        (String::new(), &not_given),
        (format!("Basic {}", ann.token), &not_given),
        (ann.token.clone(), &not_given),
        (format!("Token {} x", ann.token), &words),
        ("Bearer".to_owned(), &words),
        ("Token nonsense".to_owned(), &not_valid),
        (format!("Token {}", ann.refresh), &not_valid),
        (format!("Bearer {}x", ann.token), &not_valid),
    ] {
        let reply = app.send(app.request("GET", EXPENSES).header("Authorization", &header)).await;
        assert_eq!((reply.status, &reply.json()), (401, expected), "{header}");
        assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"api\"");
    }
    for scheme in ["Token", "bearer", "JWT ", "TOKEN   "] {
        let header = format!("{scheme} {}", ann.token);
        let reply = app.send(app.request("GET", EXPENSES).header("Authorization", header)).await;
        assert_eq!(reply.status, 200, "{scheme}");
    }
}

#[actix_web::test]
async fn the_token_of_a_blocked_or_deleted_user_opens_nothing() {
    let app = TestApp::start();
    let (ann, bob) = (app.account("ann", Role::User), app.account("bob", Role::User));
    let done: Result<(), UserError> = app.store().write(|tx| {
        let mut blocked = tx.find_user(ann.id)?.unwrap();
        blocked.block();
        tx.update_user(&blocked)?;
        tx.delete_user(bob.id)?;
        Ok(())
    });
    done.unwrap();
    for (who, expected) in [
        (&ann, json!({"detail": "User is inactive", "code": "user_inactive"})),
        (&bob, json!({"detail": "User not found", "code": "user_not_found"})),
    ] {
        let reply = app.call("GET", EXPENSES, who).await;
        assert_eq!((reply.status, reply.json()), (401, expected));
    }
}

#[actix_web::test]
async fn a_token_dies_after_six_hours() {
    let (app, clock) = TestApp::with_clock();
    let ann = app.account("ann", Role::User);
    clock.advance_seconds(6 * 3600 - 60);
    assert_eq!(app.call("GET", EXPENSES, &ann).await.status, 200);
    clock.advance_seconds(60);
    assert_eq!(app.call("GET", EXPENSES, &ann).await.json()["code"], json!("token_not_valid"));
}

#[actix_web::test]
async fn a_logged_out_token_is_refused_on_every_path() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    app.log_out(&ann);
    let expected = json!({"error": "Token has been blacklisted.", "detail": "Token has been blacklisted."});
    for path in [EXPENSES, "/nowhere", "/", "/api/docs/schema/", "/api/docs/schema/ui/"] {
        let reply = app.call("GET", path, &ann).await;
        assert_eq!((reply.status, reply.json()), (401, expected.clone()), "{path}");
    }
    assert_eq!(app.call("DELETE", "/api/docs/schema/", &ann).await.status, 401);
    assert_eq!(app.call("GET", "/livez", &ann).await.status, 200);
}

#[actix_web::test]
async fn checks_come_in_the_order_credentials_rank_method_media_type_body() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let path = "/api/management/category/";
    assert_eq!(app.send(app.request("PATCH", path).body("x")).await.status, 401);
    let refused = app.call("PATCH", path, &ann).await;
    assert_eq!(refused.json(), json!({"detail": "Method \"PATCH\" not allowed."}));
    assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD, POST, OPTIONS"));
    let request = app.request("POST", path).bearer_auth(&ann.token).header("Content-Type", "text/plain");
    assert_eq!(app.send(request.body("x")).await.status, 403);
    let request = app.request("POST", EXPENSES).bearer_auth(&ann.token).header("Content-Type", "text/plain");
    let reply = app.send(request.body("x")).await;
    assert_eq!(reply.json(), json!({"detail": "Unsupported media type \"text/plain\" in request."}));
    assert_eq!(reply.status, 415);
}

#[actix_web::test]
async fn bodies_that_cannot_be_read_are_told_apart() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let send = |body: String| {
        let request = app.request("POST", EXPENSES).bearer_auth(&ann.token).header("Content-Type", "application/json");
        app.send(request.body(body))
    };
    let broken = send("{\"title\": ".to_owned()).await;
    assert_eq!(broken.status, 400);
    assert!(broken.json()["detail"].as_str().unwrap().starts_with("JSON parse error - "));
    let list = send("[1]".to_owned()).await;
    let expected = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_eq!((list.status, list.json()), (400, expected));
    let empty = send(String::new()).await;
    assert_eq!(empty.json()["title"], json!(["This field is required."]));
    let huge = send(format!("{{\"title\": \"{}\"}}", "x".repeat(1024 * 1024))).await;
    assert_eq!((huge.status, huge.json()), (413, json!({"detail": "Request body too large."})));
}

#[actix_web::test]
async fn forms_are_bodies_too() {
    let app = TestApp::start();
    let boss = app.account("boss", Role::Staff);
    let path = "/api/management/category/";
    let fields = [("name", "Food"), ("description", "x"), ("type", "expense"), ("hexColor", "#fff")];
    let encoded = app.send(app.request("POST", path).bearer_auth(&boss.token).form(&fields)).await;
    assert_eq!((encoded.status, &encoded.json()["name"]), (202, &json!("Food")));
    let part = |(name, value)| format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let mut parts = fields.map(part).concat();
    parts += "--cut\r\nContent-Disposition: form-data; name=\"name\"; filename=\"a.txt\"\r\n\r\nfile\r\n--cut--\r\n";
    let request = app.request("POST", path).bearer_auth(&boss.token);
    let request = request.header("Content-Type", "multipart/form-data; boundary=cut");
    let multipart = app.send(request.body(parts)).await;
    assert_eq!((multipart.status, &multipart.json()["name"]), (202, &json!("Food")));
}

#[actix_web::test]
async fn every_answer_carries_cors_and_security_headers() {
    let app = TestApp::start();
    for (method, path) in [("GET", "/"), ("GET", "/nowhere"), ("GET", EXPENSES), ("OPTIONS", EXPENSES)] {
        let stranger = app.send(app.request(method, path).header("Origin", "https://elsewhere.example")).await;
        assert_eq!(stranger.header("access-control-allow-origin"), "*", "{method} {path}");
        assert_eq!(stranger.header("access-control-allow-credentials"), "");
        assert_eq!(stranger.header("vary"), "Origin");
        assert!(stranger.header("access-control-expose-headers").contains("X-Request-Id"));
        assert_eq!(stranger.header("x-content-type-options"), "nosniff");
        assert_eq!(stranger.header("referrer-policy"), "no-referrer");
        assert_eq!(stranger.header("x-frame-options"), "DENY");
        assert_eq!(stranger.header("cache-control"), "no-store");
        let own = app.send(app.request(method, path).header("Origin", "https://ease.example.org")).await;
        assert_eq!(own.header("access-control-allow-origin"), "https://ease.example.org");
        assert_eq!(own.header("access-control-allow-credentials"), "true");
    }
}

#[actix_web::test]
async fn a_preflight_needs_no_token() {
    let app = TestApp::start();
    for path in [EXPENSES, "/nowhere"] {
        let request = app.request("OPTIONS", path).header("Origin", "http://localhost:8081");
        let reply = app.send(request.header("Access-Control-Request-Method", "PUT")).await;
        assert_eq!((reply.status, reply.text.as_str()), (204, ""));
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("access-control-allow-methods"), "DELETE, GET, OPTIONS, PATCH, POST, PUT");
        assert!(reply.header("access-control-allow-headers").starts_with("accept, authorization, content-type"));
    }
}

#[actix_web::test]
async fn options_says_what_is_allowed_and_head_is_get_without_its_body() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let options = app.send(app.request("OPTIONS", EXPENSES)).await;
    assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, POST, OPTIONS"));
    let root = app.send(app.request("OPTIONS", "/")).await;
    assert_eq!((root.status, root.header("allow")), (204, "GET, HEAD, OPTIONS"));
    assert_eq!(app.send(app.request("POST", "/")).await.json(), json!({"detail": "Method \"POST\" not allowed."}));
    let head = app.call("HEAD", EXPENSES, &ann).await;
    assert_eq!((head.status, head.text.as_str(), head.header("content-length")), (200, "", "2"));
    assert_eq!(app.send(app.request("HEAD", EXPENSES)).await.status, 401);
    assert_eq!(app.send(app.request("HEAD", "/nowhere")).await.status, 404);
}

#[actix_web::test]
async fn other_hosts_are_refused_but_for_probes() {
    let mut state = state();
    state.hosts = http::AllowedHosts::parse("ease.example.org");
    let app = TestApp::over(state);
    let reply = app.send(app.request("GET", "/")).await;
    assert_eq!((reply.status, reply.json()), (400, json!({"detail": "Invalid host."})));
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(app.send(app.request("GET", "/").header("Host", "ease.example.org:80")).await.status, 200);
    assert_eq!(app.send(app.request("GET", "/readyz/")).await.status, 200);
}

#[actix_web::test]
async fn a_request_has_one_name_in_and_out() {
    let app = TestApp::start();
    let named = app.send(app.request("GET", "/nowhere").header("X-Request-Id", "my-request.1")).await;
    assert_eq!(named.header("x-request-id"), "my-request.1");
    for bad in ["a b", &"x".repeat(129), "<script>"] {
        let reply = app.send(app.request("GET", "/").header("X-Request-Id", bad)).await;
        assert_eq!(reply.header("x-request-id").len(), 36, "{bad}");
    }
}

#[actix_web::test]
async fn errors_are_problem_json_for_those_who_ask() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let request = app.request("POST", EXPENSES).bearer_auth(&ann.token).header("X-Request-Id", "r1");
    let reply = app.send(request.header("Accept", "application/problem+json").json(&json!({}))).await;
    assert_eq!((reply.status, reply.header("content-type")), (400, "application/problem+json"));
    let body = reply.json();
    assert_eq!(
        (&body["status"], &body["code"], &body["title"]),
        (&json!(400), &json!("ledger.fields"), &json!("Bad Request"))
    );
    assert_eq!((&body["type"], &body["request_id"]), (&json!("urn:ease:problem:ledger.fields"), &json!("r1")));
    let title = json!({"pointer": "#/title", "detail": "This field is required."});
    assert!(body["errors"].as_array().unwrap().contains(&title));
    assert_eq!(reply.header("x-error-code"), "ledger.fields");
}

/// A clock that breaks whatever asks it.
struct BrokenClock;

impl Clock for BrokenClock {
    #[expect(clippy::panic, reason = "the panic is what is tested")]
    fn now(&self) -> Instant {
        panic!("the spring is broken")
    }
}

#[actix_web::test]
async fn a_panic_is_an_answer_without_its_words() {
    let mut state = state();
    state.clock = Arc::new(BrokenClock);
    let app = TestApp::over(state);
    for _ in 0..2 {
        let reply = app.send(app.request("GET", EXPENSES)).await;
        assert_eq!((reply.status, &reply.json()["detail"]), (500, &json!("A server error occurred.")));
        assert!(reply.json()["error 500"].is_string() && !reply.text.contains("spring"));
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("x-error-code"), "api.panic");
    }
}

/// Announces a body that never comes, and gives back the first line of the answer.
async fn status_of_a_stalled_body(app: &TestApp) -> String {
    let ann = app.account("ann", Role::User);
    let mut stream = TcpStream::connect(&app.address).await.unwrap();
    let head = format!(
        "POST {EXPENSES} HTTP/1.1\r\nHost: x\r\nAuthorization: Token {}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n",
        ann.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).lines().next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_body_that_stalls_is_given_up() {
    let mut state = state();
    state.limits.body_timeout = Duration::from_millis(20);
    assert_eq!(status_of_a_stalled_body(&TestApp::over(state)).await, "HTTP/1.1 408 Request Timeout");
}

#[actix_web::test]
async fn a_request_that_takes_too_long_is_answered_all_the_same() {
    let mut state = state();
    state.limits.request_timeout = Duration::from_millis(20);
    assert_eq!(status_of_a_stalled_body(&TestApp::over(state)).await, "HTTP/1.1 503 Service Unavailable");
}

#[actix_web::test]
async fn the_description_is_yaml_or_json_and_has_a_page() {
    let app = TestApp::start();
    let yaml = app.send(app.request("GET", "/api/docs/schema/")).await;
    assert_eq!((yaml.status, yaml.header("content-type")), (200, "application/yaml"));
    assert!(yaml.text.starts_with("openapi: 3.1.0"));
    for request in [
        app.request("GET", "/api/docs/schema?format=json"),
        app.request("GET", "/api/docs/schema/").header("Accept", "application/json"),
    ] {
        let json = app.send(request).await;
        assert!(json.json()["paths"]["/api/management/expense/"]["post"]["requestBody"].is_object());
        assert!(json.json()["components"]["securitySchemes"]["token"].is_object());
    }
    for (path, base) in [("/api/docs/schema/ui", "./ui/"), ("/api/docs/schema/ui/", "./")] {
        let page = app.send(app.request("GET", path)).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.text.contains(&format!("<base href=\"{base}\">")), "{}", page.text);
    }
    let start = app.send(app.request("GET", "/api/docs/schema/ui/swagger-initializer.js")).await;
    assert!(start.text.contains("/api/docs/schema/?format=json"));
    assert_eq!(app.send(app.request("GET", "/api/docs/schema/ui/nothing.js")).await.status, 404);
}
