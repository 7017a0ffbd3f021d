//! `PUT` and `DELETE /api/superadmin/user/<int>/`.

use super::{Cast, USERS, alter, assert_answer, cast, log_in, path_of, stored};
use crate::support::PASSWORD;
use kernel::UserId;
use serde_json::{Value, json};
use users::{Role, UserState};

#[actix_web::test]
async fn what_is_absent_stays() {
    let Cast { app, user, staff, .. } = cast();
    let before = stored(&app, user.id);
    let done = json!({"detail": "User user@example.org updated successfully"});
    for (body, name) in
        [(json!({}), "user"), (json!({"first_name": " Ulla "}), "Ulla"), (json!({"first_name": ""}), "")]
    {
        assert_answer(&app.call_with("PUT", &path_of(&user), &staff, &body).await, 200, &done, &body.to_string());
        let mut expected = before.clone();
        name.clone_into(&mut expected.details.first_name);
        assert_eq!(stored(&app, user.id), expected);
    }
}

#[actix_web::test]
async fn the_five_fields_that_clients_send_are_stored() {
    let Cast { app, user, root, .. } = cast();
    let body = json!({"first_name": "A", "last_name": "B", "is_staff": true, "is_superuser": true, "is_active": false});
    assert_eq!(app.call_with("PUT", &path_of(&user), &root, &body).await.status, 200);
    let details = stored(&app, user.id).details;
    assert_eq!((details.first_name.as_str(), details.last_name.as_str()), ("A", "B"));
    assert!(details.is_staff && details.is_superuser && details.state == UserState::Blocked);
    assert_eq!(log_in(&app, "user@example.org", PASSWORD).await, 403);
}

#[actix_web::test]
async fn an_address_is_lower_cased_and_the_account_is_found_again() {
    let Cast { app, user, staff, .. } = cast();
    let body = json!({"email": " Wow!O'Hara@Example.org "});
    let reply = app.call_with("PUT", &path_of(&user), &staff, &body).await;
    assert_answer(&reply, 200, &json!({"detail": "User wow!o'hara@example.org updated successfully"}), "moved");
    let shown = app.call("GET", &path_of(&user), &staff).await.json();
    assert_eq!(
        (&shown["email"], &shown["username"]),
        (&json!("wow!o'hara@example.org"), &json!("wow!o'hara@example.org"))
    );
    assert_eq!(log_in(&app, "WOW!o'hara@example.org", PASSWORD).await, 200);
    assert_eq!(log_in(&app, "user@example.org", PASSWORD).await, 404);
}

#[actix_web::test]
async fn a_chosen_user_name_stays_when_the_address_moves() {
    let Cast { app, user, staff, .. } = cast();
    for body in [json!({"username": "uu"}), json!({"email": "new@example.org"})] {
        assert_eq!(app.call_with("PUT", &path_of(&user), &staff, &body).await.status, 200);
    }
    let shown = app.call("GET", &path_of(&user), &staff).await.json();
    assert_eq!((&shown["username"], &shown["email"]), (&json!("uu"), &json!("new@example.org")));
}

#[actix_web::test]
async fn whatever_is_wrong_names_the_user_and_changes_nothing() {
    let Cast { app, user, staff, .. } = cast();
    let before = stored(&app, user.id);
    let error = json!({"detail": "Error updating user user@example.org ..."});
    for (field, value) in [
        ("email", json!("nowhere")),
        ("email", json!("")),
        ("email", json!("STAFF@example.org")),
        ("email", Value::Null),
        ("username", json!("staff@example.org")),
        ("first_name", Value::Null),
        ("first_name", json!("a".repeat(151))),
        ("last_name", json!("a\u{0}")),
        ("last_name", json!(true)),
        ("is_staff", json!("perhaps")),
        ("is_superuser", json!([])),
        ("is_active", Value::Null),
    ] {
        let body = json!({"last_name": "Changed", field: value});
        assert_answer(&app.call_with("PUT", &path_of(&user), &staff, &body).await, 400, &error, &body.to_string());
    }
    let list = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_answer(&app.call_with("PUT", &path_of(&user), &staff, &json!([])).await, 400, &list, "a list");
    assert_eq!(stored(&app, user.id), before);
}

#[actix_web::test]
async fn staff_raises_nobody_to_superuser_or_operator() {
    let Cast { app, user, staff, .. } = cast();
    let forbidden = json!({"detail": "You do not have permission to perform this action."});
    for right in ["is_superuser", "is_operator"] {
        let reply = app.call_with("PUT", &path_of(&user), &staff, &json!({right: true})).await;
        assert_answer(&reply, 403, &forbidden, right);
        assert_eq!(app.call_with("PUT", &path_of(&user), &staff, &json!({right: false})).await.status, 200);
    }
    assert_eq!(app.call_with("PUT", &path_of(&user), &staff, &json!({"is_staff": true})).await.status, 200);
    assert_eq!(stored(&app, user.id).role(), Role::Staff);
    // It outranks staff no more.
    assert_eq!(app.call("GET", &path_of(&user), &staff).await.status, 403);
}

#[actix_web::test]
async fn a_superuser_gives_and_takes_every_right() {
    let Cast { app, user, root, .. } = cast();
    for right in ["is_staff", "is_superuser", "is_operator"] {
        for value in [true, false] {
            assert_eq!(app.call_with("PUT", &path_of(&user), &root, &json!({right: value})).await.status, 200);
            assert_eq!(app.call("GET", &path_of(&user), &root).await.json()[right], json!(value), "{right}");
        }
    }
}

#[actix_web::test]
async fn a_locked_account_that_is_sent_back_as_shown_stays_as_it_was() {
    let Cast { app, user, staff, .. } = cast();
    alter(&app, &user, |user| user.lock(super::start_of_test().plus_seconds(60)));
    let before = stored(&app, user.id);
    assert_eq!(app.call_with("PUT", &path_of(&user), &staff, &json!({"is_active": false})).await.status, 200);
    assert_eq!(stored(&app, user.id), before);
    assert_eq!(app.call("GET", "/api/management/expense/", &user).await.status, 200);
}

#[actix_web::test]
async fn a_deleted_user_is_gone_with_all_that_was_its_own() {
    let Cast { app, user, root, .. } = cast();
    log_in(&app, "user@example.org", PASSWORD).await;
    let reply = app.call("DELETE", &path_of(&user), &root).await;
    assert_eq!((reply.status, reply.text.as_str(), reply.header("content-length")), (204, "", ""));
    assert_eq!(log_in(&app, "user@example.org", PASSWORD).await, 404);
    assert_eq!(app.call("GET", "/api/management/expense/", &user).await.json()["code"], "user_not_found");
    let listed = app.call("GET", USERS, &root).await.json();
    assert!(listed.as_array().unwrap().iter().all(|shown| shown["id"] != json!(user.id.0)));
    let again = json!({"email": "user@example.org", "first_name": "", "last_name": "", "password": PASSWORD});
    let reborn = app.call_with("POST", USERS, &root, &again).await.json();
    assert!(UserId(reborn["id"].as_i64().unwrap()) > user.id);
}
