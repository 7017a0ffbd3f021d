//! `POST /api/superadmin/user/`.

use super::{Cast, USERS, assert_answer, block_path_of, cast, log_in};
use serde_json::{Value, json};

fn bob() -> Value {
    json!({"email": " Bob@Example.org ", "first_name": "Bob", "last_name": "B", "password": " laskiaispulla "})
}

/// Bob's form with one field replaced.
fn but(field: &str, value: Value) -> Value {
    let mut body = bob();
    body[field] = value;
    body
}

#[actix_web::test]
async fn an_account_waits_until_somebody_activates_it() {
    let Cast { app, staff, twin, .. } = cast();
    let id = twin.id.0 + 1;
    let reply = app.call_with("POST", USERS, &staff, &bob()).await;
    let expected = format!(
        "{{\"id\":{id},\"_id\":{id},\"username\":\"bob@example.org\",\"email\":\"bob@example.org\",\"is_staff\":false,\
         \"is_active\":false,\"is_superuser\":false,\"is_operator\":false}}"
    );
    assert_eq!((reply.status, reply.text.as_str()), (202, expected.as_str()));
    assert_eq!(log_in(&app, "bob@example.org", "laskiaispulla").await, 403);
    let path = block_path_of(&crate::support::Account { id: kernel::UserId(id), ..twin });
    assert_eq!(app.call_with("PUT", &path, &staff, &json!({"is_active": true})).await.status, 202);
    assert_eq!(log_in(&app, "bob@example.org", "laskiaispulla").await, 200);
}

#[actix_web::test]
async fn flags_are_taken_as_booleans_or_their_words() {
    let Cast { app, root, .. } = cast();
    let mut body = bob();
    for (flag, value) in [
        ("is_staff", json!("True")),
        ("is_superuser", json!(true)),
        ("is_operator", json!("true")),
        ("is_active", json!("true")),
    ] {
        body[flag] = value;
    }
    let shown = app.call_with("POST", USERS, &root, &body).await.json();
    for flag in ["is_staff", "is_superuser", "is_operator", "is_active"] {
        assert_eq!(shown[flag], json!(true), "{flag}");
    }
    assert!(shown.get("token").is_none());
}

#[actix_web::test]
async fn staff_makes_staff_but_no_superusers_and_no_operators() {
    let Cast { app, staff, root, .. } = cast();
    let forbidden = json!({"detail": "You do not have permission to perform this action."});
    for flag in ["is_superuser", "is_operator"] {
        let asked = but(flag, json!(true));
        assert_answer(&app.call_with("POST", USERS, &staff, &asked).await, 403, &forbidden, flag);
        // Asking for too much comes before what else is wrong.
        let mut wrong = asked.clone();
        wrong["email"] = Value::Null;
        assert_answer(&app.call_with("POST", USERS, &staff, &wrong).await, 403, &forbidden, flag);
    }
    assert_eq!(app.call_with("POST", USERS, &staff, &but("is_superuser", json!(false))).await.status, 202);
    for (name, flag) in [("a", "is_superuser"), ("b", "is_operator")] {
        let mut asked = but(flag, json!(true));
        asked["email"] = json!(format!("{name}@example.org"));
        assert_eq!(app.call_with("POST", USERS, &root, &asked).await.json()[flag], json!(true));
    }
    let mut asked = but("is_staff", json!(true));
    asked["email"] = json!("c@example.org");
    assert_eq!(app.call_with("POST", USERS, &staff, &asked).await.json()["is_staff"], json!(true));
}

#[actix_web::test]
async fn a_weak_password_is_told_in_sentences() {
    let Cast { app, staff, .. } = cast();
    let short = "This password is too short. It must contain at least 8 characters.";
    let (common, numeric) = ("This password is too common.", "This password is entirely numeric.");
    for (password, sentences) in [
        (json!("kahvi"), vec![short]),
        (json!("Password"), vec![common]),
        (json!("73829164"), vec![numeric]),
        (json!(1234), vec![short, common, numeric]),
    ] {
        let reply = app.call_with("POST", USERS, &staff, &but("password", password)).await;
        assert_answer(&reply, 400, &json!({"detail": sentences}), "weak");
    }
}

#[actix_web::test]
async fn faulty_fields_are_told_by_name() {
    let Cast { app, staff, .. } = cast();
    let required = json!(["This field is required."]);
    let all = json!({"email": required, "first_name": required, "last_name": required, "password": required});
    assert_answer(&app.call_with("POST", USERS, &staff, &json!({})).await, 400, &all, "nothing");
    let long = "Ensure this field has no more than 150 characters.";
    let bad_name = "Enter a valid username: letters, digits and @ . + - _ only, and no address but your own.";
    for (field, value, sentence) in [
        ("email", json!(""), "This field may not be blank."),
        ("email", json!("bob"), "Enter a valid email address."),
        ("email", json!("USER@example.org"), "Somebody else uses this already."),
        ("email", json!(format!("{}@example.org", "a".repeat(150))), long),
        ("first_name", json!("a".repeat(151)), long),
        ("first_name", json!([]), "Not a valid string."),
        ("last_name", json!("\u{0}"), "Null characters are not allowed."),
        ("password", Value::Null, "This field may not be null."),
        ("password", json!(true), "Not a valid string."),
        ("is_staff", Value::Null, "This field may not be null."),
        ("is_active", json!("perhaps"), "Must be a valid boolean."),
        ("is_superuser", json!({}), "Must be a valid boolean."),
        ("username", json!("user@example.org"), bad_name),
        ("username", json!("a b"), bad_name),
        ("username", Value::Null, "This field may not be null."),
    ] {
        let reply = app.call_with("POST", USERS, &staff, &but(field, value)).await;
        assert_answer(&reply, 400, &json!({field: [sentence]}), &format!("{field} {sentence}"));
    }
    let list = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_answer(&app.call_with("POST", USERS, &staff, &json!([bob()])).await, 400, &list, "a list");
}

#[actix_web::test]
async fn a_user_name_may_be_chosen_and_logs_in() {
    let Cast { app, staff, .. } = cast();
    let mut body = but("username", json!("Bob.B"));
    body["is_active"] = json!(true);
    let shown = app.call_with("POST", USERS, &staff, &body).await.json();
    assert_eq!((&shown["username"], &shown["email"]), (&json!("Bob.B"), &json!("bob@example.org")));
    for name in ["bob.b", "BOB.B", "bob@example.org"] {
        assert_eq!(log_in(&app, name, "laskiaispulla").await, 200, "{name}");
    }
    let mut taken = but("username", json!("BOB.b"));
    taken["email"] = json!("carol@example.org");
    assert_eq!(app.call_with("POST", USERS, &staff, &taken).await.status, 400);
}
