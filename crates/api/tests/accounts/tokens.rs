//! Which tokens open doors.

use super::{alter, assert_answer, start_with_clock, user, with_header};
use crate::support::{Account, TestApp};
use serde_json::{Value, json};
use users::{Role, User};

const EXPENSES: &str = "/api/management/expense/";

// These were made with Python's hmac module, for user 1 and the secret of these tests, without session and version as
// the previous system made them: one that is good, and others with one thing wrong.
const OLD: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzk1MjM3NDYwLCJpYXQiOjE3OTUyMTU4NjAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6MX0.XAs801FpuxyYJQHDtDh3-0W-7CbRDkz2zDFDhFMuYrs";
const OLD_EXPIRED: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzk1MjE1ODYwLCJpYXQiOjE3OTUyMDAwMDAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6MX0.w_Yvfddj-iuah_iuj5b2V_qV8UjycmbOBPd_UODuDX0";
const OLD_REFRESH: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6MTc5NTIzNzQ2MCwiaWF0IjoxNzk1MjE1ODYwLCJqdGkiOiIwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZiIsInVzZXJfaWQiOjF9.cQV7WGOgy8uy8qk8Cf3p8ejlM9WZO0R5hGKF6rRMWeQ";
const OTHER_SECRET: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzk1MjM3NDYwLCJpYXQiOjE3OTUyMTU4NjAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6MX0.CUH5zp21uIK28oSF6Iqnf-Ch82ILQGQcfOYVrJpVHDY";
const UNSIGNED: &str = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNzk1MjM3NDYwLCJpYXQiOjE3OTUyMTU4NjAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6MX0.";

fn not_valid() -> Value {
    json!({
        "detail": "Given token not valid for any token type",
        "code": "token_not_valid",
        "messages": [{"token_class": "AccessToken", "token_type": "access", "message": "Token is invalid or expired"}],
    })
}

async fn get(app: &TestApp, token: &str) -> crate::support::Reply {
    app.send(with_header(app.request("GET", EXPENSES), &format!("Token {token}"))).await
}

/// A server whose user 1 is Ann.
fn start() -> (TestApp, Account) {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    assert_eq!(ann.id.0, 1);
    (app, ann)
}

#[actix_web::test]
async fn a_token_of_the_previous_system_works_until_it_is_logged_out() {
    let (app, ann) = start();
    assert_eq!(get(&app, OLD).await.status, 200);
    let header = format!("Bearer {OLD}");
    assert_eq!(app.send(with_header(app.request("GET", "/api/users/logout/"), &header)).await.status, 200);
    assert_answer(&get(&app, OLD).await, 401, &super::blacklisted(), "logged out");
    assert_eq!(get(&app, &ann.token).await.status, 200);
}

#[actix_web::test]
async fn a_new_password_ends_tokens_of_the_previous_system() {
    let (app, _) = start();
    alter(&app, "ann@example.org", |user| user.set_password("another".to_owned(), None));
    assert_answer(&get(&app, OLD).await, 401, &not_valid(), "an old token");
}

#[actix_web::test]
async fn forged_expired_and_refresh_tokens_open_nothing() {
    let (app, ann) = start();
    for token in [OLD_EXPIRED, OLD_REFRESH, OTHER_SECRET, UNSIGNED, &ann.refresh, "a.b.c"] {
        assert_answer(&get(&app, token).await, 401, &not_valid(), token);
    }
    assert_answer(&get(&app, &"0a".repeat(20)).await, 401, &json!({"detail": "Invalid token."}), "an opaque key");
}

#[actix_web::test]
async fn a_token_lives_for_six_hours() {
    let (app, clock) = start_with_clock();
    let ann = app.account("ann", Role::User);
    clock.advance_seconds(6 * 60 * 60 - 1);
    assert_eq!(get(&app, &ann.token).await.status, 200);
    clock.advance_seconds(1);
    assert_answer(&get(&app, &ann.token).await, 401, &not_valid(), "expired");
}

#[actix_web::test]
async fn blocked_pending_and_deleted_users_are_told_what_they_are() {
    let (app, ann) = start();
    let root = app.account("root", Role::Superuser);
    let inactive = json!({"detail": "User is inactive", "code": "user_inactive"});
    alter(&app, "ann@example.org", |user| user.details.state = users::UserState::Pending);
    assert_answer(&get(&app, &ann.token).await, 401, &inactive, "pending");
    alter(&app, "ann@example.org", User::block);
    assert_answer(&get(&app, &ann.token).await, 401, &inactive, "blocked");
    alter(&app, "ann@example.org", |user| user.activate(crate::support::start_of_test()));
    assert_answer(&get(&app, &ann.token).await, 401, &not_valid(), "let in again");
    let fresh = app.login(&user(&app, "ann@example.org"));
    assert_eq!(get(&app, &fresh.token).await.status, 200);
    assert_eq!(app.call("DELETE", "/api/superadmin/user/1/", &root).await.status, 204);
    let gone = json!({"detail": "User not found", "code": "user_not_found"});
    assert_answer(&get(&app, &fresh.token).await, 401, &gone, "deleted");
}
