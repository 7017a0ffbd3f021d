//! `PUT /api/superadmin/user/block/<int>/`.

use super::{Cast, alter, assert_answer, block_path_of, cast, log_in};
use crate::support::PASSWORD;
use serde_json::{Value, json};
use users::UserState;

#[actix_web::test]
async fn blocking_and_activating_act_at_once() {
    let Cast { app, user, staff, .. } = cast();
    let path = block_path_of(&user);
    for (body, word, login) in [
        (json!({"is_active": false}), "False", 403),
        (json!({"is_active": true}), "True", 200),
        (json!({}), "False", 403),
        (json!({"is_active": "true"}), "True", 200),
        (json!({"is_active": "False"}), "False", 403),
    ] {
        let reply = app.call_with("PUT", &path, &staff, &body).await;
        let done = json!({"detail": format!("user@example.org updated successfully to {word}")});
        assert_answer(&reply, 202, &done, &body.to_string());
        assert_eq!(log_in(&app, "user@example.org", PASSWORD).await, login, "{body}");
        // The token from before the first blocking never lives again.
        assert_eq!(app.call("GET", "/api/management/expense/", &user).await.status, 401, "{body}");
    }
}

#[actix_web::test]
async fn without_a_body_it_blocks() {
    let Cast { app, user, staff, .. } = cast();
    let reply = app.call("PUT", &block_path_of(&user), &staff).await;
    assert_answer(&reply, 202, &json!({"detail": "user@example.org updated successfully to False"}), "no body");
}

#[actix_web::test]
async fn a_pending_account_is_activated() {
    let Cast { app, user, staff, .. } = cast();
    alter(&app, &user, |user| user.details.state = UserState::Pending);
    assert_eq!(log_in(&app, "user@example.org", PASSWORD).await, 403);
    assert_eq!(app.call_with("PUT", &block_path_of(&user), &staff, &json!({"is_active": true})).await.status, 202);
    assert_eq!(log_in(&app, "user@example.org", PASSWORD).await, 200);
}

#[actix_web::test]
async fn what_is_no_boolean_is_refused() {
    let Cast { app, user, staff, .. } = cast();
    for (value, sentence) in [
        (Value::Null, "This field may not be null."),
        (json!("perhaps"), "Must be a valid boolean."),
        (json!({}), "Must be a valid boolean."),
    ] {
        let reply = app.call_with("PUT", &block_path_of(&user), &staff, &json!({"is_active": value})).await;
        assert_answer(&reply, 400, &json!({"is_active": [sentence]}), sentence);
    }
    assert_eq!(app.call("GET", "/api/management/expense/", &user).await.status, 200);
}
