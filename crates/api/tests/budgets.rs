//! What one client may take, seen from the wire.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::desk::{Desk, open_chat};
use crate::support::{PASSWORD, Reply, TestApp};
use http::{AppState, BudgetRules, Budgets, SocketSlots};
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use throttle::{Allowance, FailureRule, LocalLoginFailures};
use tokio_tungstenite::tungstenite::Message;
use users::Role;

/// Comes back by one a second; nothing of it does while the clock stands still.
const fn slow(burst: u32) -> Allowance {
    Allowance { per_second: 1, burst }
}

const PLENTY: Allowance = Allowance { per_second: 1_000_000, burst: 1_000_000 };
const UNLIMITED: BudgetRules = BudgetRules { per_address: PLENTY, per_user: PLENTY, per_socket: PLENTY };
const EXPENSES: &str = "/api/management/expense/";

fn budgets(rules: BudgetRules) -> Budgets {
    Budgets::new(rules, Arc::new(LocalLoginFailures::new(FailureRule::default())), SocketSlots::new(3))
}

/// The clock of budgets that are to be used up.
fn stands_still() -> Instant {
    static START: OnceLock<Instant> = OnceLock::new();
    *START.get_or_init(Instant::now)
}

fn app(rules: BudgetRules) -> TestApp {
    TestApp::over(AppState { budgets: budgets(rules).by(stands_still), ..crate::support::state() })
}

/// Insists on the refusal of a budget.
fn is_throttled(reply: &Reply) {
    assert_eq!(reply.status, 429, "{}", reply.text);
    let seconds: u64 = reply.header("Retry-After").parse().unwrap();
    let detail = format!("Request was throttled. Expected available in {seconds} seconds.");
    assert_eq!(reply.json(), json!({ "detail": detail }));
    assert!(seconds >= 1);
    assert_eq!(reply.header("X-Error-Code"), "api.throttled");
}

#[actix_web::test]
async fn an_address_that_takes_too_much_is_told_when_to_come_again() {
    let app = app(BudgetRules { per_address: slow(5), ..UNLIMITED });
    for left in (0..5).rev() {
        let reply = app.send(app.request("GET", "/livez")).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("RateLimit-Policy"), "\"address\";q=5;w=5");
        assert_eq!(reply.header("RateLimit"), format!("\"address\";r={left};t={}", 5 - left));
    }
    let refused = app.send(app.request("GET", "/livez")).await;
    is_throttled(&refused);
    assert!(refused.header("RateLimit").starts_with("\"address\";r=0;t="));
    assert!(!refused.header("X-Request-Id").is_empty());
}

#[actix_web::test]
async fn a_user_has_one_budget_and_another_user_its_own() {
    let app = app(BudgetRules { per_user: slow(4), ..UNLIMITED });
    let (ann, bob) = (app.account("ann", Role::User), app.account("bob", Role::User));
    for _ in 0..4 {
        assert_eq!(app.call("GET", EXPENSES, &ann).await.status, 200);
    }
    is_throttled(&app.call("GET", EXPENSES, &ann).await);
    let reply = app.call("GET", EXPENSES, &bob).await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("RateLimit").contains("\"user\";r=3"), "{}", reply.header("RateLimit"));
    // A made-up token is nobody's: it takes nothing from anybody.
    let forged = app.send(app.request("GET", EXPENSES).bearer_auth(format!("{}x", bob.token))).await;
    assert_eq!((forged.status, forged.header("RateLimit").contains("user")), (401, false));
}

#[actix_web::test]
async fn what_costs_more_takes_more() {
    let app = app(BudgetRules { per_user: slow(10), ..UNLIMITED });
    let ann = app.account("ann", Role::User);
    let left = |reply: &Reply| reply.header("RateLimit").split("\"user\";r=").nth(1).unwrap().to_owned();
    assert!(left(&app.call("GET", EXPENSES, &ann).await).starts_with("9;"));
    assert!(left(&app.call_with("POST", EXPENSES, &ann, &json!({})).await).starts_with("7;"));
    assert!(left(&app.call_with("PUT", "/api/users/changepwd/", &ann, &json!({})).await).starts_with("2;"));
    is_throttled(&app.call_with("PUT", "/api/users/changepwd/", &ann, &json!({})).await);
    assert_eq!(app.call("GET", EXPENSES, &ann).await.status, 200, "what was refused cost nothing");
}

#[actix_web::test]
async fn who_waits_as_long_as_told_is_let_in() {
    let budgets = budgets(BudgetRules { per_address: slow(1), ..UNLIMITED });
    let app = TestApp::over(AppState { budgets, ..crate::support::state() });
    // On a slow machine a second has passed between two requests, and the next one is let in.
    let (since, refused) = loop {
        let since = Instant::now();
        let reply = app.send(app.request("GET", "/livez")).await;
        if reply.status != 200 {
            break (since, reply);
        }
    };
    is_throttled(&refused);
    let wait = Duration::from_secs(refused.header("Retry-After").parse().unwrap());
    tokio::time::sleep_until((since + wait).into()).await;
    assert_eq!(app.send(app.request("GET", "/livez")).await.status, 200);
}

#[actix_web::test]
async fn errors_carry_the_budget_too_and_without_budgets_nothing_does() {
    let with = app(UNLIMITED);
    for (method, path) in [("GET", "/nowhere"), ("PATCH", EXPENSES), ("GET", EXPENSES), ("OPTIONS", EXPENSES)] {
        let reply = with.send(with.request(method, path)).await;
        assert!(reply.header("RateLimit").starts_with("\"address\";r="), "{method} {path}");
    }
    let without = TestApp::over(AppState { budgets: Budgets::off(SocketSlots::new(3)), ..crate::support::state() });
    assert_eq!(without.send(without.request("GET", "/livez")).await.header("RateLimit"), "");
}

async fn log_in(app: &TestApp, name: &str, password: &str) -> Reply {
    app.send(app.request("POST", "/api/users/login/").json(&json!({ "username": name, "password": password }))).await
}

#[actix_web::test]
async fn failed_logins_for_one_name_are_slowed_down_whoever_has_it() {
    let (app, clock) = TestApp::with_clock();
    app.account("ann", Role::User);
    for name in ["ann@example.org", "nobody@example.org"] {
        for _ in 0..10 {
            assert!([400, 404].contains(&log_in(&app, name, "wrong").await.status));
        }
        // The right password, and another way to write the name, are no way around it.
        for written in [name.to_owned(), format!(" {} ", name.to_uppercase())] {
            let refused = log_in(&app, &written, PASSWORD).await;
            is_throttled(&refused);
            assert_eq!(refused.header("Retry-After"), "300");
        }
    }
    app.account("bob", Role::User);
    assert_eq!(log_in(&app, "bob@example.org", PASSWORD).await.status, 200);
    clock.advance_seconds(20 * 60);
    assert_eq!(log_in(&app, "ann@example.org", PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn failed_logins_from_one_address_are_slowed_down_for_all_names() {
    let (app, clock) = TestApp::with_clock();
    app.account("ann", Role::User);
    for number in 0..60 {
        assert_eq!(log_in(&app, &format!("nobody{number}@example.org"), "wrong").await.status, 404);
    }
    is_throttled(&log_in(&app, "ann@example.org", PASSWORD).await);
    clock.advance_seconds(300);
    assert_eq!(log_in(&app, "ann@example.org", PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn many_guesses_at_once_get_no_further_than_one_after_the_other() {
    let app = TestApp::start();
    app.account("ann", Role::User);
    let guesses = (0..40).map(|_| log_in(&app, "ann@example.org", "wrong"));
    let statuses: Vec<u16> = futures_util::future::join_all(guesses).await.iter().map(|reply| reply.status).collect();
    let tried = statuses.iter().filter(|status| **status == 400).count();
    assert_eq!(tried, 10, "{statuses:?}");
}

#[actix_web::test]
async fn frames_pay_from_the_same_budget_as_requests() {
    let desk = Desk::over(app(BudgetRules { per_user: slow(6), ..UNLIMITED })).await;
    let mut socket = desk.socket(&desk.customer).await;
    // Opening the chat cost 2 and the handshake nothing; frames take the rest.
    for number in 0..4 {
        socket.send(&json!({ "message": number.to_string() }).to_string()).await;
        assert_eq!(socket.json().await["message"], number.to_string());
    }
    socket.send(&json!({ "message": "too much" }).to_string()).await;
    let refused = socket.json().await;
    assert_eq!(refused["code"], "api.throttled");
    assert!(refused["error"].as_str().unwrap().starts_with("Request was throttled."));
    is_throttled(&desk.app.call("GET", EXPENSES, &desk.customer).await);
    assert_eq!(desk.app.call("GET", EXPENSES, &desk.admin).await.status, 200);
}

#[actix_web::test]
async fn a_socket_that_sends_too_fast_is_warned_and_then_closed() {
    let desk = Desk::over(app(BudgetRules { per_socket: slow(2), ..UNLIMITED })).await;
    let mut socket = desk.socket(&desk.customer).await;
    let mut other = desk.socket(&desk.admin).await;
    for _ in 0..60 {
        socket.send("not JSON").await;
    }
    let mut codes = Vec::new();
    let closed = loop {
        match socket.raw().await {
            Message::Text(text) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                codes.push(frame["code"].as_str().unwrap().to_owned());
            }
            Message::Close(frame) => break u16::from(frame.unwrap().code),
            _ => {}
        }
    };
    assert_eq!(closed, 4029);
    assert_eq!(codes.iter().filter(|code| *code == "api.throttled").count(), 20, "{codes:?}");
    other.send(&json!({ "message": "still here" }).to_string()).await;
    assert_eq!(other.json().await["message"], "still here");
}

#[actix_web::test]
async fn pings_are_frames_as_well() {
    let desk = Desk::over(app(BudgetRules { per_socket: slow(2), ..UNLIMITED })).await;
    let mut socket = desk.socket(&desk.customer).await;
    for _ in 0..60 {
        socket.send_raw(Message::Ping(vec![1].into())).await;
    }
    assert_eq!(socket.close_code().await, 4029);
}

#[actix_web::test]
async fn a_user_has_so_many_sockets_and_gets_a_place_back() {
    let desk = Desk::over(app(UNLIMITED)).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(desk.socket(&desk.customer).await);
    }
    assert_eq!(desk.refusal(&desk.path(&desk.customer, "")).await, 429);
    let mut admin = desk.socket(&desk.admin).await;
    // The server is done with a socket when it has answered the close frame.
    let mut leaving = open.pop().unwrap();
    leaving.send_raw(Message::Close(None)).await;
    while !matches!(leaving.raw().await, Message::Close(_)) {}
    desk.socket(&desk.customer).await;
    admin.send(&json!({ "message": "welcome back" }).to_string()).await;
    assert_eq!(admin.json().await["message"], "welcome back");
}

#[actix_web::test]
async fn a_client_behind_a_trusted_proxy_has_a_budget_of_its_own() {
    let proxies = http::TrustedProxies::parse(["127.0.0.1"]).unwrap();
    let budgets = budgets(BudgetRules { per_address: slow(1), ..UNLIMITED }).by(stands_still);
    let app = TestApp::over(AppState { proxies, budgets, ..crate::support::state() });
    let from =
        |address: &str| app.request("GET", "/livez").header("X-Forwarded-For", format!("203.0.113.9, {address}"));
    assert_eq!(app.send(from("192.0.2.1")).await.status, 200);
    is_throttled(&app.send(from("192.0.2.1")).await);
    assert_eq!(app.send(from("192.0.2.2")).await.status, 200);
}

#[actix_web::test]
async fn a_throttled_chat_request_leaves_nothing_behind() {
    let app = app(BudgetRules { per_user: slow(1), ..UNLIMITED });
    let ann = app.account("ann", Role::User);
    app.account("bob", Role::Staff);
    app.call("GET", EXPENSES, &ann).await;
    is_throttled(&app.call_with("POST", "/api/chats/get-or-create/", &ann, &json!({})).await);
    let chat = app.store().read(|tx| tx.find_chat_of_customer(ann.id));
    assert_eq!(chat.unwrap(), None);
    let cat = app.account("cat", Role::User);
    assert!(!open_chat(&app, &cat).await.is_empty());
}
