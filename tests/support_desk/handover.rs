//! Chats whose administrator goes are answered by another one.

use super::desk::{Desk, chats_of, open_chat, said};
use crate::support::{Client, Engine, Server, Socket};
use reqwest::StatusCode;
use serde_json::json;

on_both_engines! {
    the_chats_of_a_demoted_administrator_go_to_another,
    the_chats_of_a_blocked_administrator_go_to_another,
    the_chats_of_a_deleted_administrator_go_to_another,
    who_is_no_administrator_any_more_leaves_when_there_is_another,
    a_chat_without_any_administrator_left_goes_with_the_last_one,
    new_chats_go_to_whoever_has_the_fewest,
}

/// The code when the session of the socket's token has ended.
const SESSION_ENDED: u16 = 4001;
/// The code when the chat is gone.
const CHAT_CLOSED: u16 = 4005;
/// The code when another administrator answers the chat.
const HANDED_OVER: u16 = 4006;

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
        assert_eq!(admin.closed().await, SESSION_ENDED);
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

/// The superuser as a customer, whom only `sam` can answer: nobody answers itself.
async fn only_sam_can_answer(engine: Engine) -> (Server, Client, Client, String) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let sam = server.staff(&root, "Sam").await;
    let chat = open_chat(&root).await;
    assert_eq!(chats_of(&sam).await[0]["id"], chat);
    (server, root, sam, chat)
}

async fn who_is_no_administrator_any_more_leaves_when_there_is_another(engine: Engine) {
    let (server, root, sam, chat) = only_sam_can_answer(engine).await;
    root.put(&format!("/api/superadmin/user/{}/", sam.id), &json!({ "is_staff": false })).await.is(StatusCode::OK);
    // There is nobody else yet, so that the chat stays where it is.
    assert_eq!(open_chat(&root).await, chat);
    let sam = server.login(&sam.email).await;
    let mut former = Socket::join(&server, &chat, &sam).await;
    former.say("Until somebody else comes").await;
    former.hears("Until somebody else comes").await;
    let tim = server.staff(&root, "Tim").await;
    assert_eq!(open_chat(&root).await, chat);
    assert_eq!(former.closed().await, HANDED_OVER);
    assert_eq!(chats_of(&tim).await[0]["id"], chat);
    let mut next = Socket::join(&server, &chat, &tim).await;
    assert_eq!(said(&next.history().await), ["Until somebody else comes"]);
}

async fn a_chat_without_any_administrator_left_goes_with_the_last_one(engine: Engine) {
    let (server, root, sam, chat) = only_sam_can_answer(engine).await;
    let mut customer = Socket::join(&server, &chat, &root).await;
    root.delete(&format!("/api/superadmin/user/{}/", sam.id)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(customer.closed().await, CHAT_CLOSED);
    let refused = root.post("/api/chats/get-or-create/", &json!({})).await;
    refused.is_refused(StatusCode::NOT_FOUND, "No admins available");
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
