//! `POST /api/users/register/`.

use super::{assert_answer, blacklisted, log_in, post, user, with_header};
use crate::support::TestApp;
use futures_util::future::join_all;
use serde_json::{Value, json};
use users::{Role, UserState};

const PATH: &str = "/api/users/register/";

fn ann() -> Value {
    json!({"first_name": "Ann", "last_name": "A", "email": " Ann@Example.org ", "password": " korvapuusti "})
}

/// Ann's form with one field replaced.
fn but(field: &str, value: Value) -> Value {
    let mut body = ann();
    body[field] = value;
    body
}

#[actix_web::test]
async fn a_new_account_can_log_in_and_has_no_right() {
    let app = TestApp::start();
    let mut body = ann();
    for flag in ["is_staff", "is_superuser", "is_operator"] {
        body[flag] = json!(true);
    }
    body["is_active"] = json!(false);
    let reply = post(&app, PATH, &body).await;
    assert_answer(&reply, 202, &json!({"message": "Account registrated successfully!"}), "registered");
    let login = log_in(&app, "ann@example.org", "korvapuusti").await;
    assert_eq!(login.status, 200);
    let shown = login.json();
    assert_eq!((&shown["email"], &shown["username"]), (&json!("ann@example.org"), &json!("ann@example.org")));
    assert_eq!((&shown["is_staff"], &shown["is_superuser"]), (&json!(false), &json!(false)));
    let details = user(&app, "ann@example.org").details;
    assert_eq!((details.first_name.as_str(), details.last_name.as_str()), ("Ann", "A"));
    assert_eq!((details.state, details.is_operator), (UserState::Active, false));
}

#[actix_web::test]
async fn a_taken_address_is_refused_whatever_its_case() {
    let app = TestApp::start();
    app.account("ann", Role::User);
    assert_answer(&post(&app, PATH, &ann()).await, 400, &json!({"detail": "User already exists"}), "taken");
}

#[actix_web::test]
async fn of_simultaneous_registrations_one_wins() {
    let app = TestApp::start();
    let body = ann();
    let replies = join_all((0..6).map(|_| post(&app, PATH, &body))).await;
    let won = replies.iter().filter(|reply| reply.status == 202).count();
    let lost = replies.iter().filter(|reply| reply.json() == json!({"detail": "User already exists"})).count();
    assert_eq!((won, lost), (1, 5));
}

#[actix_web::test]
async fn a_bad_address_and_a_weak_password_read_the_same() {
    let app = TestApp::start();
    for (field, value) in [
        ("email", json!("ann")),
        ("email", json!("ann@example")),
        ("email", json!(7)),
        ("password", json!("short")),
        ("password", json!("Password")),
        ("password", json!("qwerty123")),
        ("password", json!("73829164")),
        ("password", json!(73_829_164)),
    ] {
        let reply = post(&app, PATH, &but(field, value.clone())).await;
        assert_answer(&reply, 400, &json!({"detail": "Credentials are incorrect"}), &format!("{field} {value}"));
    }
}

#[actix_web::test]
async fn addresses_that_the_rule_takes_can_log_in() {
    let app = TestApp::start();
    for email in ["o'hara@example.org", "wow!@example.org", "a+b@example.org"] {
        assert_eq!(post(&app, PATH, &but("email", json!(email))).await.status, 202, "{email}");
        assert_eq!(log_in(&app, email, "korvapuusti").await.status, 200, "{email}");
    }
}

#[actix_web::test]
async fn faulty_fields_are_told_by_name() {
    let app = TestApp::start();
    let required = json!(["This field is required."]);
    let all = json!({"first_name": required, "last_name": required, "email": required, "password": required});
    assert_answer(&post(&app, PATH, &json!({})).await, 400, &all, "nothing");
    for (field, value, sentence) in [
        ("first_name", Value::Null, "This field may not be null."),
        ("first_name", json!("a".repeat(151)), "Ensure this field has no more than 150 characters."),
        ("last_name", json!("a\u{0}b"), "Null characters are not allowed."),
        ("last_name", json!(false), "Not a valid string."),
        ("email", json!(""), "This field may not be blank."),
        (
            "email",
            json!(format!("{}@example.org", "a".repeat(150))),
            "Ensure this field has no more than 150 characters.",
        ),
        ("email", json!({}), "Not a valid string."),
        ("password", json!("  "), "This field may not be blank."),
        ("password", json!([]), "Not a valid string."),
        ("password", json!("a".repeat(129)), "Ensure this field has no more than 128 characters."),
    ] {
        let reply = post(&app, PATH, &but(field, value)).await;
        assert_answer(&reply, 400, &json!({field: [sentence]}), &format!("{field} {sentence}"));
    }
    let list = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_answer(&post(&app, PATH, &json!([ann()])).await, 400, &list, "a list");
}

#[actix_web::test]
async fn names_may_be_blank_and_limits_count_characters() {
    let app = TestApp::start();
    let blank = json!({"first_name": " ", "last_name": "ä".repeat(150), "email": "ann@example.org", "password": "ä".repeat(128)});
    assert_eq!(post(&app, PATH, &blank).await.status, 202);
    assert_eq!(log_in(&app, "ann@example.org", &"ä".repeat(128)).await.status, 200);
    assert_eq!(log_in(&app, "ann@example.org", &"ä".repeat(127)).await.status, 400);
}

#[actix_web::test]
async fn credentials_do_not_matter_unless_they_were_logged_out() {
    let app = TestApp::start();
    let bob = app.account("bob", Role::User);
    let send = |header: String| app.send(with_header(app.request("POST", PATH), &header).json(&ann()));
    app.log_out(&bob);
    assert_answer(&send(format!("Token {}", bob.token)).await, 401, &blacklisted(), "logged out");
    assert_eq!(send("Token nonsense".to_owned()).await.status, 202);
}
