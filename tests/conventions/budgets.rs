//! Budgets as an operator sets them.

use crate::support::{Engine, Home, PASSWORD, PATIENCE, Server, Socket};
use reqwest::StatusCode;
use serde_json::json;
use tokio::time::timeout;

on_both_engines! {
    budgets_are_as_large_as_they_are_set,
    switched_off_nothing_is_counted,
    by_default_a_budget_is_a_hundred_times_a_client_that_asks_every_second,
}

async fn budgets_are_as_large_as_they_are_set(engine: Engine) {
    let home = Home::new(engine)
        .with_root()
        .with("EASE_RATE_LIMIT_USER_BURST", "12")
        .with("EASE_RATE_LIMIT_USER_PER_SECOND", "1")
        .with("EASE_LOGIN_FAILURES_PER_NAME", "2")
        .with("EASE_SOCKETS_PER_USER", "1");
    let server = home.start();
    let ann = server.customer("Ann").await;
    let chat = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    let chat = chat["chat_id"].as_str().expect("an id");
    let _socket = Socket::join(&server, chat, &ann).await;
    let path = format!("/ws/support/chat/{chat}/?token={}", ann.token);
    let refused = Socket::open(server.address(), &path).await.err().expect("a refusal");
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    for _ in 0..2 {
        server.stranger().try_login(&ann.email, "mistyped").await.is(StatusCode::BAD_REQUEST);
    }
    server.stranger().try_login(&ann.email, PASSWORD).await.is(StatusCode::TOO_MANY_REQUESTS);
    // However much comes back meanwhile: the budget is used up at some time.
    let refused = async {
        loop {
            let answer = ann.get("/api/management/expense/").await;
            if answer.status != StatusCode::OK {
                return answer;
            }
        }
    };
    let last = timeout(PATIENCE, refused).await.expect("nothing is counted");
    last.is(StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("ratelimit-policy").contains("\"user\";q=12;w=12"), "{last:?}");
}

async fn switched_off_nothing_is_counted(engine: Engine) {
    let home = Home::new(engine)
        .with_root()
        .with("EASE_RATE_LIMIT", "off")
        .with("EASE_RATE_LIMIT_ADDRESS_BURST", "1")
        .with("EASE_LOGIN_FAILURES_PER_NAME", "1");
    let server = home.start();
    for _ in 0..3 {
        server.stranger().try_login("nobody@example.org", PASSWORD).await.is(StatusCode::NOT_FOUND);
    }
    let answer = server.stranger().get("/livez").await;
    assert_eq!((answer.status, answer.header("ratelimit")), (StatusCode::OK, ""));
}

async fn by_default_a_budget_is_a_hundred_times_a_client_that_asks_every_second(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let answer = root.get("/api/management/expense/").await;
    let policy = answer.header("ratelimit-policy").to_owned();
    let per_second = policy.split(", ").map(|item| {
        let number = |name: &str| {
            let value = item.split(';').find_map(|part| part.strip_prefix(name)).expect("a number");
            value.parse::<u32>().expect("a number")
        };
        number("q=") / number("w=")
    });
    assert!(per_second.min().is_some_and(|least| least >= 100), "{policy}");
}
