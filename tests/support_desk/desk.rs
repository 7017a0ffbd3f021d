//! A support desk with one customer.

use crate::support::{Client, Engine, Home, Server, Socket};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// A server with a superuser who answers, and a customer with a chat.
pub(super) struct Desk {
    pub(super) server: Server,
    pub(super) root: Client,
    pub(super) ann: Client,
    pub(super) chat: String,
}

impl Desk {
    pub(super) async fn open(engine: Engine) -> Self {
        Self::open_in(Home::new(engine).with_root()).await
    }

    pub(super) async fn open_in(home: Home) -> Self {
        let server = home.start();
        let root = server.root().await;
        let ann = server.customer("Ann").await;
        let chat = open_chat(&ann).await;
        Self { server, root, ann, chat }
    }

    /// A new socket of a member.
    pub(super) async fn join(&self, member: &Client) -> Socket {
        Socket::join(&self.server, &self.chat, member).await
    }

    /// Sockets of the superuser and the customer, in a chat without messages.
    pub(super) async fn join_both(&self) -> (Socket, Socket) {
        (self.join(&self.root).await, self.join(&self.ann).await)
    }

    /// The status with which a handshake is refused.
    pub(super) async fn door(&self, path: &str) -> u16 {
        match Socket::open(self.server.address(), path).await {
            Ok(_) => 101,
            Err(refused) => {
                assert!(refused.body["detail"].is_string(), "{refused:?}");
                refused.status.as_u16()
            }
        }
    }

    /// The status with which a member's handshake is refused; 101 when it is not.
    pub(super) async fn door_for(&self, member: &Client) -> u16 {
        self.door(&format!("/ws/support/chat/{}/?token={}", self.chat, member.token)).await
    }
}

/// The customer's chat, as the apps ask for it.
pub(super) async fn open_chat(customer: &Client) -> String {
    let opened = customer.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    opened["chat_id"].as_str().expect("an id").to_owned()
}

/// The chats that an administrator answers.
pub(super) async fn chats_of(admin: &Client) -> Vec<Value> {
    let answer = admin.get("/api/chats/chat/").await;
    if answer.status == StatusCode::NOT_FOUND {
        answer.is_refused(StatusCode::NOT_FOUND, "No chat sessions found for the user.");
        return Vec::new();
    }
    answer.is(StatusCode::OK).as_array().expect("a list").clone()
}

/// What people said, in order.
pub(super) fn said(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["message"].as_str().expect("text")).collect()
}

/// The places of messages, in order.
pub(super) fn places(messages: &[Value]) -> Vec<i64> {
    messages.iter().map(|message| message["seq"].as_i64().expect("a number")).collect()
}
