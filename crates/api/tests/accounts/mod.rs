//! Accounts over HTTP: registering, logging in and out, changing the password, and what ends a token.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod lockout;
mod login;
mod logout;
mod passwords;
mod register;
mod tokens;

use crate::support::{Reply, TestApp, start_of_test, state};
use kernel::fakes::FixedClock;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::sync::Arc;
use users::User;

/// A server, and the clock that it looks at.
fn start_with_clock() -> (TestApp, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(start_of_test()));
    let mut state = state();
    state.clock = Arc::<FixedClock>::clone(&clock);
    (TestApp::over(state), clock)
}

/// Posts a body without credentials.
async fn post(app: &TestApp, path: &str, body: &Value) -> Reply {
    app.send(app.request("POST", path).json(body)).await
}

/// Tries to log in.
async fn log_in(app: &TestApp, username: &str, password: &str) -> Reply {
    post(app, "/api/users/login/", &json!({"username": username, "password": password, "os": "web"})).await
}

/// The user as the store has it.
fn user(app: &TestApp, email: &str) -> User {
    let found: Result<_, kernel::StoreError> = app.store().read(|tx| tx.find_user_by_login(email));
    found.unwrap().unwrap()
}

/// Changes a user behind the back of every rule.
fn alter(app: &TestApp, email: &str, change: impl FnOnce(&mut User)) {
    let mut changed = user(app, email);
    change(&mut changed);
    let done: Result<(), users::UserError> = app.store().write(|tx| tx.update_user(&changed));
    done.unwrap();
}

fn with_header(request: RequestBuilder, header: &str) -> RequestBuilder {
    request.header("Authorization", header)
}

fn blacklisted() -> Value {
    json!({"error": "Token has been blacklisted.", "detail": "Token has been blacklisted."})
}

/// Checks an answer, status and body.
#[track_caller]
fn assert_answer(reply: &Reply, status: u16, body: &Value, what: &str) {
    assert_eq!((reply.status, &reply.json()), (status, body), "{what}");
    assert_eq!(reply.header("content-type"), "application/json", "{what}");
}
