//! Who may do what to whom.

use super::{Cast, USERS, assert_answer, block_path_of, cast, nobody, open_chat, path_of};
use crate::support::Account;
use serde_json::{Value, json};

fn forbidden() -> Value {
    json!({"detail": "You do not have permission to perform this action."})
}

#[actix_web::test]
async fn strangers_and_plain_users_are_refused_everywhere() {
    let Cast { app, user, other, .. } = cast();
    let (one, block) = (path_of(&other), block_path_of(&other));
    let not_given = json!({"detail": "Authentication credentials were not provided."});
    for (method, path) in [
        ("GET", USERS),
        ("POST", USERS),
        ("PATCH", USERS),
        ("GET", &one),
        ("PUT", &one),
        ("DELETE", &one),
        ("PUT", &block),
        ("GET", &block),
        ("GET", "/api/superadmin/user/abc/"),
    ] {
        let stranger = app.send(app.request(method, path).body("{")).await;
        assert_answer(&stranger, 401, &not_given, &format!("{method} {path}"));
        assert_answer(&app.call(method, path, &user).await, 403, &forbidden(), &format!("{method} {path}"));
    }
    assert_eq!(app.call("PUT", &path_of(&user), &user).await.status, 403);
}

#[actix_web::test]
async fn staff_reaches_plain_users_only() {
    let Cast { app, user, staff, other, root, .. } = cast();
    for whom in [&staff, &other, &root, &nobody()] {
        for (method, path) in
            [("GET", path_of(whom)), ("PUT", path_of(whom)), ("DELETE", path_of(whom)), ("PUT", block_path_of(whom))]
        {
            // Refused before the body is looked at.
            let request = app.request(method, &path).bearer_auth(&staff.token).body("{");
            assert_answer(&app.send(request).await, 403, &forbidden(), &format!("{method} {path}"));
        }
    }
    assert_eq!(app.call("GET", &path_of(&user), &staff).await.status, 200);
    assert_eq!(app.call_with("PUT", &path_of(&user), &staff, &json!({})).await.status, 200);
    assert_eq!(app.call_with("PUT", &block_path_of(&user), &staff, &json!({})).await.status, 202);
    assert_eq!(app.call("DELETE", &path_of(&user), &staff).await.status, 204);
}

#[actix_web::test]
async fn a_superuser_reaches_everybody_and_is_told_who_is_not_there() {
    let Cast { app, user, staff, root, twin, .. } = cast();
    for whom in [&user, &staff, &twin] {
        assert_eq!(app.call("GET", &path_of(whom), &root).await.status, 200);
        assert_eq!(app.call_with("PUT", &path_of(whom), &root, &json!({"first_name": "X"})).await.status, 200);
        assert_eq!(app.call_with("PUT", &block_path_of(whom), &root, &json!({})).await.status, 202);
        assert_eq!(app.call("DELETE", &path_of(whom), &root).await.status, 204);
    }
    let missing = json!({"detail": "Not found."});
    let nobody = nobody();
    for (method, path) in [
        ("GET", path_of(&nobody)),
        ("PUT", path_of(&nobody)),
        ("DELETE", path_of(&nobody)),
        ("PUT", block_path_of(&nobody)),
        ("DELETE", path_of(&user)),
    ] {
        assert_answer(&app.call(method, &path, &root).await, 404, &missing, &format!("{method} {path}"));
    }
}

#[actix_web::test]
async fn staff_reads_the_customers_of_its_chats_whatever_their_rank() {
    let Cast { app, staff, other, root, twin, .. } = cast();
    open_chat(&app, 1, &root, &staff);
    open_chat(&app, 2, &twin, &other);
    let read = app.call("GET", &path_of(&root), &staff).await;
    assert_eq!((read.status, &read.json()["username"]), (200, &json!("root@example.org")));
    assert_eq!(app.call("GET", &path_of(&twin), &staff).await.status, 403);
    assert_eq!(app.call_with("PUT", &path_of(&root), &staff, &json!({})).await.status, 403);
}

#[actix_web::test]
async fn nobody_takes_away_its_own_power() {
    let Cast { app, root, staff, .. } = cast();
    let attempts: [(&str, String, Value); 5] = [
        ("DELETE", path_of(&root), json!({})),
        ("PUT", block_path_of(&root), json!({"is_active": false})),
        ("PUT", block_path_of(&root), json!({})),
        ("PUT", path_of(&root), json!({"is_superuser": false})),
        ("PUT", path_of(&root), json!({"is_active": false})),
    ];
    for (method, path, body) in &attempts {
        assert_answer(&app.call_with(method, path, &root, body).await, 403, &forbidden(), &format!("{method} {body}"));
    }
    let shown = app.call("GET", &path_of(&root), &root).await.json();
    assert_eq!((&shown["is_superuser"], &shown["is_active"]), (&json!(true), &json!(true)));
    assert_eq!(app.call_with("PUT", &path_of(&root), &root, &json!({"first_name": "Ruth"})).await.status, 200);
    assert_eq!(app.call("GET", &path_of(&staff), &staff).await.status, 403);
}

#[actix_web::test]
async fn a_superuser_that_was_demoted_has_no_power_left() {
    let Cast { app, user, root, twin, .. } = cast();
    let body = json!({"is_superuser": false});
    assert_eq!(app.call_with("PUT", &path_of(&twin), &root, &body).await.status, 200);
    assert_eq!(app.call("GET", &path_of(&user), &twin).await.status, 403);
}

#[actix_web::test]
async fn a_number_that_is_none_leads_nowhere() {
    let Cast { app, staff, .. } = cast();
    let whoever = |path: &str| Account { email: path.to_owned(), ..staff.clone() };
    for path in ["abc", "-1", "1.5", "99999999999999999999", "block/abc"] {
        let reply = app.call("PUT", &format!("{USERS}{path}/"), &whoever(path)).await;
        assert_eq!((reply.status, &reply.json()["detail"]), (404, &json!("Not found.")), "{path}");
    }
}

#[actix_web::test]
async fn other_methods_are_not_allowed() {
    let Cast { app, user, staff, .. } = cast();
    for (method, path, allowed) in [
        ("PUT", USERS.to_owned(), "GET, HEAD, POST, OPTIONS"),
        ("POST", path_of(&user), "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("GET", block_path_of(&user), "PUT, OPTIONS"),
    ] {
        let reply = app.call(method, &path, &staff).await;
        assert_answer(&reply, 405, &json!({"detail": format!("Method \"{method}\" not allowed.")}), &path);
        assert_eq!(reply.header("allow"), allowed);
    }
}
