//! Chats whose administrator goes are answered by another one.

use super::desk::{Desk, chats_of, open_chat, said};
use crate::support::{Client, Engine, Socket};
use reqwest::StatusCode;
use serde_json::json;

on_both_engines! {
    the_chats_of_a_demoted_administrator_go_to_another,
    the_chats_of_a_blocked_administrator_go_to_another,
    the_chats_of_a_deleted_administrator_go_to_another,
    new_chats_go_to_whoever_has_the_fewest,
}

/// Two administrators with a chat each; the one of `sam` is with `ben`.
struct Two {
    desk: Desk,
    sam: Client,
    ben: Client,
    chat: String,
}

impl Two {
    async fn open(engine: Engine) -> Self {
        let desk = Desk::open(engine).await;
        let sam = desk.server.staff(&desk.root, "Sam").await;
        let ben = desk.server.customer("Ben").await;
        let chat = open_chat(&ben).await;
        assert_eq!(chats_of(&sam).await[0]["id"], chat, "the superuser has one already");
        Self { desk, sam, ben, chat }
    }

    /// Takes the administrator away with two sockets open, and insists that the chat goes on without it.
    async fn lose_sam(&self, how: impl AsyncFnOnce(&Client, i64)) {
        let mut admin = Socket::join(&self.desk.server, &self.chat, &self.sam).await;
        let mut customer = Socket::join(&self.desk.server, &self.chat, &self.ben).await;
        customer.say("Hello Sam").await;
        admin.hears("Hello Sam").await;
        customer.hears("Hello Sam").await;
        how(&self.desk.root, self.sam.id).await;
        // Both are true of the administrator: its login has ended, and the chat is somebody else's.
        let code = admin.closed().await;
        assert!([4001, 4006].contains(&code), "{code}");
        let path = format!("/ws/support/chat/{}/?token={}", self.chat, self.sam.token);
        assert_eq!(self.desk.door(&path).await, 403);

        assert_eq!(open_chat(&self.ben).await, self.chat, "the customer keeps its chat");
        assert_eq!(chats_of(&self.desk.root).await.len(), 2);
        let mut next = Socket::join(&self.desk.server, &self.chat, &self.desk.root).await;
        assert_eq!(said(&next.history().await), ["Hello Sam"]);
        next.say("I take over").await;
        // The customer's socket never noticed.
        customer.hears("I take over").await;
    }
}

async fn the_chats_of_a_demoted_administrator_go_to_another(engine: Engine) {
    let two = Two::open(engine).await;
    two.lose_sam(async |root: &Client, sam: i64| {
        root.put(&format!("/api/superadmin/user/{sam}/"), &json!({ "is_staff": false })).await.is(StatusCode::OK);
    })
    .await;
    two.sam.get("/api/chats/chat/").await.is(StatusCode::FORBIDDEN);
}

async fn the_chats_of_a_blocked_administrator_go_to_another(engine: Engine) {
    let two = Two::open(engine).await;
    two.lose_sam(async |root: &Client, sam: i64| {
        let block = format!("/api/superadmin/user/block/{sam}/");
        root.put(&block, &json!({})).await.is(StatusCode::ACCEPTED);
    })
    .await;
    assert_eq!(two.sam.get("/api/chats/chat/").await.is(StatusCode::UNAUTHORIZED)["code"], "user_inactive");
}

async fn the_chats_of_a_deleted_administrator_go_to_another(engine: Engine) {
    let two = Two::open(engine).await;
    two.lose_sam(async |root: &Client, sam: i64| {
        root.delete(&format!("/api/superadmin/user/{sam}/")).await.is(StatusCode::NO_CONTENT);
    })
    .await;
    assert_eq!(two.sam.get("/api/chats/chat/").await.is(StatusCode::UNAUTHORIZED)["code"], "user_not_found");
}

async fn new_chats_go_to_whoever_has_the_fewest(engine: Engine) {
    let two = Two::open(engine).await;
    let tim = two.desk.server.staff(&two.desk.root, "Tim").await;
    for name in ["Cat", "Dan", "Eve", "Fay"] {
        open_chat(&two.desk.server.customer(name).await).await;
    }
    for admin in [&two.desk.root, &two.sam, &tim] {
        assert_eq!(chats_of(admin).await.len(), 2, "{}", admin.email);
    }
}
