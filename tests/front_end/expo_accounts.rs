//! The app's screens for accounts: registering, logging in, and administering users.

use super::screens::{keys, list, register};
use crate::support::{Engine, PASSWORD, ROOT, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines! {
    the_app_registers_and_logs_in,
    the_app_administers_users,
    a_new_account_logs_in_once_somebody_pressed_activate,
    four_wrong_passwords_lock_the_login_and_nothing_else,
}

const BLOCKED: &str = "The account is blocked. Contact your administrator for further information.";

async fn the_app_registers_and_logs_in(engine: Engine) {
    let server = Server::fresh(engine);
    let welcome = json!({ "message": "Account registrated successfully!" });
    assert_eq!(register(&server, "Ann", " Ann@Example.org ", PASSWORD).await, welcome);
    let again = register(&server, "Ann", "ANN@example.org", PASSWORD).await;
    assert_eq!(again, json!({ "detail": "User already exists" }));
    for (email, password) in [("no address", PASSWORD), ("weak@example.org", "password"), ("b@example.org", "12345678")]
    {
        let refused = register(&server, "Ann", email, password).await;
        assert_eq!(refused, json!({ "detail": "Credentials are incorrect" }), "{email} {password}");
    }

    for os in ["web", "ios", "android"] {
        let body = json!({ "username": "Ann@Example.org", "password": format!(" {PASSWORD} "), "os": os });
        let data = server.stranger().post("/api/users/login/", &body).await.is(StatusCode::OK);
        assert_eq!(
            keys(&data),
            ["_id", "access", "email", "id", "is_active", "is_staff", "is_superuser", "refresh", "token", "username"]
        );
        assert_eq!((&data["is_superuser"], &data["is_staff"]), (&json!(false), &json!(false)));
        assert_eq!((&data["token"], &data["_id"]), (&data["access"], &data["id"]));
        assert_eq!((&data["username"], &data["email"]), (&json!("ann@example.org"), &json!("ann@example.org")));
        let token = data["token"].as_str().expect("a token");
        // The app writes `Token`, any other client `Bearer`.
        let ann = server.stranger().with_token(token);
        assert_eq!(list(&ann, "/api/management/expense/").await, Vec::<Value>::new());
        assert_eq!(list(&ann.as_bearer(), "/api/management/expense/").await, Vec::<Value>::new());
    }
    let wrong = server.stranger().try_login("ann@example.org", "not it at all").await;
    assert_eq!(wrong.is(StatusCode::BAD_REQUEST), json!({ "detail": ["Credentials are incorrect"] }));
    let unknown = server.stranger().try_login("nobody@example.org", PASSWORD).await;
    unknown.is_refused(StatusCode::NOT_FOUND, "User does not exist");
    let root = server.stranger().try_login(ROOT, PASSWORD).await.is(StatusCode::OK);
    assert_eq!(root["is_superuser"], true);
}

async fn the_app_administers_users(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let users = list(&root, "/api/superadmin/user/").await;
    let shown: Vec<_> = users.iter().map(|user| (&user["id"], &user["email"], &user["is_active"])).collect();
    let expected = [(root.id, &root.email), (ann.id, &ann.email)].map(|(id, email)| (json!(id), json!(email)));
    let expected: Vec<_> = expected.iter().map(|(id, email)| (id, email, &Value::Bool(true))).collect();
    assert_eq!(shown, expected, "everyone, by id");
    ann.get("/api/superadmin/user/").await.is(StatusCode::FORBIDDEN);

    let path = format!("/api/superadmin/user/{}/", ann.id);
    let user = root.get(&path).await.is(StatusCode::OK);
    assert_eq!(
        keys(&user).into_iter().filter(|key| *key != "is_operator").collect::<Vec<_>>(),
        ["_id", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "username"]
    );
    let form = json!({
        "first_name": "Anna", "last_name": "", "is_staff": true, "is_superuser": false, "is_active": true,
    });
    let saved = root.put(&path, &form).await.is(StatusCode::OK);
    assert_eq!(saved, json!({ "detail": "User ann@example.org updated successfully" }));
    let user = root.get(&path).await.is(StatusCode::OK);
    assert_eq!(
        (&user["first_name"], &user["last_name"], &user["is_staff"]),
        (&json!("Anna"), &json!(""), &json!(true))
    );
    // Staff now; but neither its own rank nor other people's may be raised by it.
    ann.put(&path, &json!({ "is_superuser": true })).await.is(StatusCode::FORBIDDEN);
    ann.delete(&format!("/api/superadmin/user/{}/", root.id)).await.is(StatusCode::FORBIDDEN);
    root.delete(&format!("/api/superadmin/user/{}/", root.id)).await.is(StatusCode::FORBIDDEN);

    root.delete(&path).await.is(StatusCode::NO_CONTENT);
    assert_eq!(list(&root, "/api/superadmin/user/").await.len(), 1);
    assert_eq!(ann.get("/api/management/expense/").await.is(StatusCode::UNAUTHORIZED)["code"], "user_not_found");
}

async fn a_new_account_logs_in_once_somebody_pressed_activate(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let form = json!({
        "first_name": "Sam", "last_name": "Staff", "email": "Sam@example.org", "password": PASSWORD, "is_staff": true,
    });
    let made = root.post("/api/superadmin/user/", &form).await.is(StatusCode::ACCEPTED);
    assert_eq!(
        (&made["email"], &made["is_active"], &made["is_staff"]),
        (&json!("sam@example.org"), &json!(false), &json!(true))
    );
    assert!(made.get("token").is_none());
    server.stranger().try_login("sam@example.org", PASSWORD).await.is_refused(StatusCode::FORBIDDEN, BLOCKED);

    let users = list(&root, "/api/superadmin/user/").await;
    let shown = users.iter().find(|user| user["email"] == "sam@example.org").expect("the new account");
    let button = format!("/api/superadmin/user/block/{}/", shown["id"]);
    let pressed = root.put(&button, &json!({ "is_active": true })).await.is(StatusCode::ACCEPTED);
    assert_eq!(pressed, json!({ "detail": "sam@example.org updated successfully to True" }));
    let sam = server.login("sam@example.org").await;
    assert_eq!(list(&sam, "/api/superadmin/user/").await.len(), 2);

    let pressed = root.put(&button, &json!({ "is_active": false })).await.is(StatusCode::ACCEPTED);
    assert_eq!(pressed, json!({ "detail": "sam@example.org updated successfully to False" }));
    assert_eq!(sam.get("/api/management/category/").await.is(StatusCode::UNAUTHORIZED)["code"], "user_inactive");
    server.stranger().try_login("sam@example.org", PASSWORD).await.is_refused(StatusCode::FORBIDDEN, BLOCKED);
    // A blocked account with a wrong password learns nothing.
    let wrong = server.stranger().try_login("sam@example.org", "not it at all").await;
    assert_eq!(wrong.is(StatusCode::BAD_REQUEST), json!({ "detail": ["Credentials are incorrect"] }));
}

async fn four_wrong_passwords_lock_the_login_and_nothing_else(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    for _ in 0..4 {
        let wrong = server.stranger().try_login(&ann.email, "not it at all").await;
        assert_eq!(wrong.is(StatusCode::BAD_REQUEST), json!({ "detail": ["Credentials are incorrect"] }));
    }
    server.stranger().try_login(&ann.email, PASSWORD).await.is_refused(StatusCode::FORBIDDEN, BLOCKED);
    let path = format!("/api/superadmin/user/{}/", ann.id);
    assert_eq!(root.get(&path).await.is(StatusCode::OK)["is_active"], false);
    // Who is in stays in.
    assert_eq!(list(&ann, "/api/management/expense/").await, Vec::<Value>::new());
    let unlock = format!("/api/superadmin/user/block/{}/", ann.id);
    root.put(&unlock, &json!({ "is_active": true })).await.is(StatusCode::ACCEPTED);
    server.login(&ann.email).await;
    assert_eq!(root.get(&path).await.is(StatusCode::OK)["is_active"], true);
}
