//! `POST /api/users/login/`.

use super::{alter, assert_answer, blacklisted, log_in, post, start_with_clock, user, with_header};
use crate::support::{PASSWORD, TestApp};
use serde_json::{Value, json};
use users::{Role, UserState};

const PATH: &str = "/api/users/login/";

#[actix_web::test]
async fn a_login_answers_these_keys_in_this_order() {
    let app = TestApp::start();
    let boss = app.account("boss", Role::Staff);
    let reply = log_in(&app, " BOSS@Example.org ", &format!(" {PASSWORD} ")).await;
    let (body, id) = (reply.json(), boss.id);
    let expected = format!(
        "{{\"refresh\":{},\"access\":{},\"id\":{id},\"_id\":{id},\"username\":\"boss@example.org\",\
         \"email\":\"boss@example.org\",\"is_staff\":true,\"is_active\":true,\"is_superuser\":false,\"token\":{}}}",
        body["refresh"], body["access"], body["access"]
    );
    assert_eq!((reply.status, reply.text.as_str()), (200, expected.as_str()));
    let token = body["token"].as_str().unwrap();
    let logs = app.send(with_header(app.request("GET", "/api/users/loginLog/"), &format!("Bearer {token}"))).await;
    let log = &logs.json()[0];
    assert_eq!((&log["user"], &log["platform_OS"], &log["successful"]), (&json!(id.0), &json!("web"), &json!(true)));
    assert_eq!(log["description"], "Login Successful");
}

#[actix_web::test]
async fn every_login_has_fresh_tokens_a_log_and_a_moment() {
    let (app, clock) = start_with_clock();
    app.account("boss", Role::Staff);
    let one = log_in(&app, "boss@example.org", PASSWORD).await.json();
    clock.advance_seconds(1);
    let other = log_in(&app, "boss@example.org", PASSWORD).await.json();
    assert!(one["access"] != other["access"] && one["refresh"] != other["refresh"]);
    assert_eq!(user(&app, "boss@example.org").last_login, Some(kernel::Clock::now(clock.as_ref())));
    let header = format!("Token {}", other["token"].as_str().unwrap());
    let logs = app.send(with_header(app.request("GET", "/api/users/loginLog/"), &header)).await;
    assert_eq!(logs.json().as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn refusals_tell_these_words() {
    let app = TestApp::start();
    app.account("ann", Role::User);
    let wrong = json!({"detail": ["Credentials are incorrect"]});
    assert_answer(&log_in(&app, "ann@example.org", "wrong").await, 400, &wrong, "wrong password");
    let unknown = json!({"detail": "User does not exist"});
    assert_answer(&log_in(&app, "bob@example.org", PASSWORD).await, 404, &unknown, "nobody");
    let blocked = json!({"detail": "The account is blocked. Contact your administrator for further information."});
    for state in [UserState::Blocked, UserState::Pending] {
        alter(&app, "ann@example.org", |user| user.details.state = state);
        assert_answer(&log_in(&app, "ann@example.org", PASSWORD).await, 403, &blocked, "right password");
        assert_answer(&log_in(&app, "ann@example.org", "wrong").await, 400, &wrong, "wrong password");
    }
}

#[actix_web::test]
async fn faulty_fields_are_told_by_name() {
    let app = TestApp::start();
    for (body, expected) in [
        (json!({}), json!({"username": ["This field is required."], "password": ["This field is required."]})),
        (
            json!({"username": "", "password": " "}),
            json!({"username": ["This field may not be blank."], "password": ["This field may not be blank."]}),
        ),
        (
            json!({"username": null, "password": null}),
            json!({"username": ["This field may not be null."], "password": ["This field may not be null."]}),
        ),
        (
            json!({"username": true, "password": [1]}),
            json!({"username": ["Not a valid string."], "password": ["Not a valid string."]}),
        ),
        (json!({"username": "a\u{0}b", "password": "x"}), json!({"username": ["Null characters are not allowed."]})),
        (json!([]), json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]})),
    ] {
        assert_answer(&post(&app, PATH, &body).await, 400, &expected, &body.to_string());
    }
    let unsupported = app.send(app.request("POST", PATH).header("Content-Type", "text/plain").body("x")).await;
    assert_answer(&unsupported, 415, &json!({"detail": "Unsupported media type \"text/plain\" in request."}), "text");
    let broken = app.send(app.request("POST", PATH).header("Content-Type", "application/json").body("{")).await;
    assert!(broken.status == 400 && broken.text.starts_with("{\"detail\":\"JSON parse error - "), "{}", broken.text);
}

#[actix_web::test]
async fn a_number_is_its_text() {
    let app = TestApp::start();
    app.account("ann", Role::User);
    let hash = app.state.passwords.hash("1234").unwrap();
    alter(&app, "ann@example.org", |user| user.details.password_hash = hash);
    let reply = post(&app, PATH, &json!({"username": "ann@example.org", "password": 1234})).await;
    assert_eq!(reply.status, 200);
}

#[actix_web::test]
async fn the_platform_is_optional_and_cut() {
    let app = TestApp::start();
    app.account("boss", Role::Staff);
    let mut expected = Vec::new();
    for (os, kept) in [
        (None, String::new()),
        (Some(Value::Null), String::new()),
        (Some(json!("  ")), String::new()),
        (Some(json!([])), String::new()),
        (Some(json!("ä".repeat(60))), "ä".repeat(50)),
    ] {
        let mut body = json!({"username": "boss@example.org", "password": PASSWORD});
        if let Some(os) = os {
            body["os"] = os;
        }
        let reply = post(&app, PATH, &body).await;
        assert_eq!(reply.status, 200, "{body}");
        expected.push(json!(kept));
        let header = format!("Token {}", reply.json()["token"].as_str().unwrap());
        let logs = app.send(with_header(app.request("GET", "/api/users/loginLog/"), &header)).await.json();
        let kept: Vec<_> = logs.as_array().unwrap().iter().map(|log| log["platform_OS"].clone()).collect();
        assert_eq!(kept, expected);
    }
}

#[actix_web::test]
async fn credentials_do_not_matter_unless_they_were_logged_out() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let send = |header: String| {
        let body = json!({"username": "ann@example.org", "password": PASSWORD});
        app.send(with_header(app.request("POST", PATH), &header).json(&body))
    };
    for header in ["Token nonsense", "Token a b", "Token", "Basic YTpi", &format!("Token {}", ann.refresh)] {
        assert_eq!(send(header.to_owned()).await.status, 200, "{header}");
    }
    app.log_out(&ann);
    for scheme in ["Token", "bEARER", "JWT  "] {
        assert_answer(&send(format!("{scheme} {}", ann.token)).await, 401, &blacklisted(), scheme);
    }
}

#[actix_web::test]
async fn a_hash_of_the_previous_system_opens_and_is_replaced() {
    let app = TestApp::start();
    app.account("ann", Role::User);
    // Made with Python's hashlib.pbkdf2_hmac("sha256", b"korvapuusti", b"saltsalt", 1000).
    let old = "pbkdf2_sha256$1000$saltsalt$TzIMtiukAqCItOMJCPQehLZjEHgGZdjTs5Vb6ZcxQjY=";
    alter(&app, "ann@example.org", |user| old.clone_into(&mut user.details.password_hash));
    assert_eq!(log_in(&app, "ann@example.org", "korvapuust").await.status, 400);
    assert_eq!(user(&app, "ann@example.org").details.password_hash, old);
    assert_eq!(log_in(&app, "ann@example.org", "korvapuusti").await.status, 200);
    assert!(user(&app, "ann@example.org").details.password_hash.starts_with("$2"));
    assert_eq!(log_in(&app, "ann@example.org", "korvapuusti").await.status, 200);
}

#[actix_web::test]
async fn a_form_logs_in_too_and_nothing_but_post_does() {
    let app = TestApp::start();
    app.account("ann", Role::User);
    let form = [("username", "ann@example.org"), ("password", PASSWORD)];
    assert_eq!(app.send(app.request("POST", "/api/users/login").form(&form)).await.status, 200);
    for method in ["GET", "PUT", "DELETE", "PATCH"] {
        let reply = app.send(app.request(method, PATH)).await;
        assert_answer(&reply, 405, &json!({"detail": format!("Method \"{method}\" not allowed.")}), method);
        assert_eq!(reply.header("allow"), "POST, OPTIONS");
    }
}
