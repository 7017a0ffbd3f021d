//! What failed logins do to an account, as its owner and as administrators see it.

use super::{assert_answer, log_in, start_with_clock};
use crate::support::{Account, PASSWORD, TestApp, start_of_test};
use kernel::Instant;
use kernel::chrono::{DateTime, Utc};
use kernel::fakes::FixedClock;
use serde_json::{Value, json};
use std::sync::Arc;
use users::Role;

const ANN: &str = "ann@example.org";

async fn fail(app: &TestApp, times: usize) {
    for _ in 0..times {
        let reply = log_in(app, ANN, "wrong").await;
        assert_answer(&reply, 400, &json!({"detail": ["Credentials are incorrect"]}), "a failure");
    }
}

async fn right(app: &TestApp) -> u16 {
    log_in(app, ANN, PASSWORD).await.status
}

async fn shown_active(app: &TestApp, by: &Account, whom: &Account) -> Value {
    app.call("GET", &format!("/api/superadmin/user/{}/", whom.id), by).await.json()["is_active"].clone()
}

fn cast(role: Role) -> (TestApp, Arc<FixedClock>, Account, Account) {
    let (app, clock) = start_with_clock();
    let (ann, root) = (app.account("ann", role), app.account("root", Role::Superuser));
    (app, clock, ann, root)
}

#[actix_web::test]
async fn the_fourth_failure_locks_for_a_quarter_of_an_hour() {
    for role in [Role::User, Role::Staff, Role::Superuser] {
        let (app, clock, ann, root) = cast(role);
        fail(&app, 3).await;
        assert_eq!(right(&app).await, 200, "{role:?}");
        fail(&app, 1).await;
        let blocked = json!({"detail": "The account is blocked. Contact your administrator for further information."});
        assert_answer(&log_in(&app, ANN, PASSWORD).await, 403, &blocked, "locked");
        fail(&app, 1).await;
        assert_eq!(shown_active(&app, &root, &ann).await, json!(false));
        // Tokens that are out already go on working.
        assert_eq!(app.call("GET", "/api/management/expense/", &ann).await.status, 200);
        clock.advance_seconds(899);
        assert_eq!(right(&app).await, 403, "{role:?}");
        clock.advance_seconds(1);
        assert_eq!(shown_active(&app, &root, &ann).await, json!(true));
        assert_eq!(right(&app).await, 200, "{role:?}");
    }
}

#[actix_web::test]
async fn midnight_changes_nothing() {
    let (app, clock, ann, root) = cast(Role::User);
    let midnight: DateTime<Utc> = "2026-11-21T00:00:00Z".parse().unwrap();
    for seconds in [-60, -1, 0, 60] {
        clock.set(Instant::new(midnight).plus_seconds(seconds));
        fail(&app, 1).await;
    }
    assert_eq!(right(&app).await, 403);
    assert_eq!(shown_active(&app, &root, &ann).await, json!(false));
}

#[actix_web::test]
async fn failures_further_apart_than_three_minutes_are_forgiven() {
    let (app, clock, ..) = cast(Role::User);
    for _ in 0..8 {
        fail(&app, 1).await;
        clock.advance_seconds(61);
    }
    assert_eq!(right(&app).await, 200);
}

#[actix_web::test]
async fn either_way_of_activating_unlocks_and_resets_the_count() {
    for (path, status) in [("/api/superadmin/user/block/", 202), ("/api/superadmin/user/", 200)] {
        let (app, clock, ann, root) = cast(Role::User);
        fail(&app, 4).await;
        clock.advance_seconds(1);
        let reply = app.call_with("PUT", &format!("{path}{}/", ann.id), &root, &json!({"is_active": true})).await;
        assert_eq!(reply.status, status, "{path}");
        clock.advance_seconds(1);
        fail(&app, 3).await;
        assert_eq!(right(&app).await, 200, "{path}");
        fail(&app, 1).await;
        assert_eq!(right(&app).await, 403, "{path}");
    }
}

#[actix_web::test]
async fn every_failure_is_written_down() {
    let (app, _, ann, _) = cast(Role::Staff);
    fail(&app, 5).await;
    assert_eq!(right(&app).await, 403);
    let logs = app.call("GET", "/api/users/loginLog/", &ann).await.json();
    let logs = logs.as_array().unwrap();
    assert_eq!(logs.len(), 6);
    for log in logs {
        assert_eq!((&log["successful"], &log["description"]), (&json!(false), &json!("Login Failed")));
        assert_eq!(log["creation_date"], start_of_test().date().to_string());
        assert_eq!(log["creation_time"], "23:04:20");
    }
}
