//! `GET /api/users/logout/`.

use super::{assert_answer, blacklisted, with_header};
use crate::support::TestApp;
use bus::{Event, Signal, Topic};
use futures_util::FutureExt;
use serde_json::json;
use users::Role;

const PATH: &str = "/api/users/logout/";

#[actix_web::test]
async fn a_logged_out_token_is_dead_on_every_path() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let other = app.login(&super::user(&app, "ann@example.org"));
    let mut sockets = app.state.bus.subscribe(&[Topic::User(ann.id)]);
    assert_answer(&app.call("GET", PATH, &ann).await, 200, &json!({"message": "Logout successful."}), "logout");
    let ended = Event::SessionEnded { user: ann.id, session: ann.session };
    assert!(matches!(sockets.next().now_or_never(), Some(Signal::Event(event)) if *event == ended));
    for (method, path) in [
        ("GET", PATH),
        ("GET", "/api/management/expense/"),
        ("POST", "/api/chats/get-or-create/"),
        ("GET", "/api/superadmin/user/"),
        ("PATCH", "/api/superadmin/user/"),
        ("POST", "/api/users/register/"),
        ("POST", "/api/users/login/"),
        ("GET", "/api/users/login/"),
        ("GET", "/nowhere"),
    ] {
        for header in [format!("Token {}", ann.token), format!("Token  {}", ann.token), format!("jwt {}", ann.refresh)]
        {
            let reply = app.send(with_header(app.request(method, path), &header)).await;
            assert_answer(&reply, 401, &blacklisted(), &format!("{method} {path}"));
        }
    }
    assert_eq!(app.call("GET", "/api/management/expense/", &other).await.status, 200);
}

#[actix_web::test]
async fn only_a_get_with_a_token_logs_out() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let stranger = app.send(app.request("GET", PATH)).await;
    let expected = json!({"detail": "Authentication credentials were not provided."});
    assert_answer(&stranger, 401, &expected, "no token");
    let post = app.call("POST", PATH, &ann).await;
    assert_answer(&post, 405, &json!({"detail": "Method \"POST\" not allowed."}), "POST");
    assert_eq!(app.call("GET", "/api/management/expense/", &ann).await.status, 200);
}

#[actix_web::test]
async fn a_head_logs_out_as_a_get_does() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let head = app.call("HEAD", PATH, &ann).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_answer(&app.call("GET", "/api/management/expense/", &ann).await, 401, &blacklisted(), "after a HEAD");
}
