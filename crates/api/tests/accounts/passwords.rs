//! `PUT /api/users/changepwd/`.

use super::{assert_answer, log_in, user, with_header};
use crate::support::{PASSWORD, TestApp};
use bus::{Event, Signal, Topic};
use futures_util::FutureExt;
use serde_json::{Value, json};
use users::Role;

const PATH: &str = "/api/users/changepwd/";
const NEW: &str = "laskiaispulla";

#[actix_web::test]
async fn the_token_that_changed_the_password_lives_on_and_all_others_die() {
    let app = TestApp::start();
    let mine = app.account("ann", Role::User);
    // Of the same second.
    let other = app.login(&user(&app, "ann@example.org"));
    let mut sockets = app.state.bus.subscribe(&[Topic::User(mine.id)]);
    let body = json!({"current_password": format!(" {PASSWORD} "), "new_password": format!(" {NEW} ")});
    let reply = app.call_with("PUT", PATH, &mine, &body).await;
    assert_answer(&reply, 200, &json!({"message": "Password changed successfully."}), "changed");
    let ended = Event::SessionsEnded { user: mine.id, except: Some(mine.session) };
    assert!(matches!(sockets.next().now_or_never(), Some(Signal::Event(event)) if *event == ended));
    assert_eq!(app.call("GET", "/api/management/expense/", &mine).await.status, 200);
    let refused = app.call("GET", "/api/management/expense/", &other).await;
    assert_eq!((refused.status, &refused.json()["code"]), (401, &json!("token_not_valid")));
    assert_eq!(log_in(&app, "ann@example.org", PASSWORD).await.status, 400);
    let later = log_in(&app, "ann@example.org", NEW).await;
    let header = format!("Token {}", later.json()["token"].as_str().unwrap());
    let request = with_header(app.request("GET", "/api/management/expense/"), &header);
    assert_eq!(app.send(request).await.status, 200);
}

#[actix_web::test]
async fn a_wrong_or_missing_current_password_comes_first() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    for body in [
        json!({"current_password": "wrong", "new_password": NEW}),
        json!({"current_password": "wrong", "new_password": "1"}),
        json!({"current_password": null, "new_password": NEW}),
        json!({"current_password": [], "new_password": NEW}),
        json!({"current_password": "", "new_password": NEW}),
        json!({"new_password": NEW}),
        json!({}),
    ] {
        let reply = app.call_with("PUT", PATH, &ann, &body).await;
        assert_answer(&reply, 400, &json!(["Current password is incorrect."]), &body.to_string());
    }
}

#[actix_web::test]
async fn what_is_wrong_with_the_new_password_is_told() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let short = "This password is too short. It must contain at least 8 characters.";
    let (common, numeric) = ("This password is too common.", "This password is entirely numeric.");
    for (new, sentences) in [
        (None, vec!["This field is required."]),
        (Some(Value::Null), vec!["This field may not be null."]),
        (Some(json!("")), vec!["This field may not be blank."]),
        (Some(json!({})), vec!["Not a valid string."]),
        (Some(json!(true)), vec!["Not a valid string."]),
        (Some(json!("a\u{0}bcdefgh")), vec!["Null characters are not allowed."]),
        (Some(json!("a".repeat(129))), vec!["Ensure this field has no more than 128 characters."]),
        (Some(json!("kahvi")), vec![short]),
        (Some(json!("PASSWORD")), vec![common]),
        (Some(json!(73_829_164)), vec![numeric]),
        (Some(json!("1234")), vec![short, common, numeric]),
    ] {
        let mut body = json!({"current_password": PASSWORD});
        if let Some(new) = new {
            body["new_password"] = new;
        }
        let reply = app.call_with("PUT", PATH, &ann, &body).await;
        assert_answer(&reply, 400, &json!({"new_password": sentences}), &body.to_string());
    }
    assert_eq!(log_in(&app, "ann@example.org", PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn a_body_that_is_no_object_and_a_stranger_are_refused() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let list = app.call_with("PUT", PATH, &ann, &json!([])).await;
    let expected = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_answer(&list, 400, &expected, "a list");
    let stranger = app.send(app.request("PUT", PATH).body("{")).await;
    assert_answer(&stranger, 401, &json!({"detail": "Authentication credentials were not provided."}), "nobody");
    assert_eq!(app.call("GET", PATH, &ann).await.status, 405);
}
