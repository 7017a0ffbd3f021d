//! The support chat over HTTP.

use crate::support::TestApp;
use crate::support::desk::{Desk, open_chat};
use serde_json::json;
use users::Role;

#[actix_web::test]
async fn a_customer_gets_the_same_chat_until_it_is_closed() {
    let Desk { app, customer, admin, chat } = Desk::open().await;
    assert_eq!(open_chat(&app, &customer).await, chat);
    let reply = app.call("POST", &format!("/api/chats/{chat}/close/"), &admin).await;
    assert_eq!((reply.status, reply.json()), (202, json!({ "message": format!("chat {chat} closed") })));
    assert_ne!(open_chat(&app, &customer).await, chat);
}

#[actix_web::test]
async fn the_body_of_get_or_create_is_ignored() {
    let desk = Desk::open().await;
    let request = desk.app.request("POST", "/api/chats/get-or-create").header("Content-Type", "text/plain");
    let request = request.header("Authorization", format!("Bearer {}", desk.customer.token)).body("{{{");
    let reply = desk.app.send(request).await;
    assert_eq!((reply.status, reply.json()), (200, json!({ "chat_id": desk.chat })));
}

#[actix_web::test]
async fn the_body_of_close_is_ignored() {
    let Desk { app, admin, chat, .. } = Desk::open().await;
    let request = app.request("POST", &format!("/api/chats/{chat}/close/")).header("Content-Type", "text/plain");
    let reply = app.send(request.bearer_auth(&admin.token).body("{{{")).await;
    assert_eq!((reply.status, reply.json()), (202, json!({ "message": format!("chat {chat} closed") })));
}

#[actix_web::test]
async fn without_an_administrator_there_is_no_chat() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let reply = app.call("POST", "/api/chats/get-or-create/", &ann).await;
    assert_eq!((reply.status, reply.json()), (404, json!({ "detail": "No admins available" })));
}

#[actix_web::test]
async fn an_administrator_never_answers_itself() {
    let app = TestApp::start();
    let bob = app.account("bob", Role::Staff);
    assert_eq!(app.call("POST", "/api/chats/get-or-create/", &bob).await.status, 404);
    let eve = app.account("eve", Role::Superuser);
    let chat = open_chat(&app, &bob).await;
    let listed = app.call("GET", "/api/chats/chat/", &eve).await.json();
    assert_eq!((&listed[0]["id"], &listed[0]["customer"]), (&json!(chat), &json!(bob.id.0)));
}

#[actix_web::test]
async fn administrators_list_the_chats_that_they_answer() {
    let Desk { app, customer, admin, chat } = Desk::open().await;
    let reply = app.call("GET", "/api/chats/chat/", &admin).await;
    let row = json!({
        "id": chat, "is_active": true, "created_at": "2026-11-20T23:04:20.827822Z",
        "customer": customer.id.0, "admin": admin.id.0,
    });
    assert_eq!((reply.status, reply.json()), (200, json!([row])));
    let eve = app.account("eve", Role::Superuser);
    let reply = app.call("GET", "/api/chats/chat/", &eve).await;
    assert_eq!((reply.status, reply.json()), (404, json!({ "detail": "No chat sessions found for the user." })));
    assert_eq!(app.call("GET", "/api/chats/chat/", &customer).await.status, 403);
}

#[actix_web::test]
async fn a_chat_is_closed_by_its_administrator_or_a_superuser_only() {
    let Desk { app, customer, chat, .. } = Desk::open().await;
    let path = format!("/api/chats/{chat}/close/");
    let other = app.account("carl", Role::Staff);
    assert_eq!(app.call("POST", &path, &customer).await.status, 403);
    assert_eq!(app.call("POST", &path, &other).await.status, 403);
    let eve = app.account("eve", Role::Superuser);
    assert_eq!(app.call("POST", &path, &eve).await.status, 202);
    assert_eq!(app.call("POST", &path, &eve).await.status, 404);
    assert_eq!(app.call("POST", "/api/chats/7/close/", &eve).await.status, 404);
    assert_eq!(app.call("POST", "/api/chats/7/close/", &customer).await.status, 403);
    assert_eq!(app.send(app.request("POST", &path)).await.status, 401);
}
