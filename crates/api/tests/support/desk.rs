//! A support desk: a customer with an open chat, and the administrator that answers it.

use super::socket::Socket;
use super::{Account, TestApp};
use serde_json::{Value, json};
use users::Role;

/// A customer with an open chat, and the administrator that answers it.
pub(crate) struct Desk {
    pub(crate) app: TestApp,
    pub(crate) customer: Account,
    pub(crate) admin: Account,
    pub(crate) chat: String,
}

impl Desk {
    /// A desk on a server of its own.
    pub(crate) async fn open() -> Self {
        Self::over(TestApp::start()).await
    }

    /// A desk on a server.
    pub(crate) async fn over(app: TestApp) -> Self {
        let admin = app.account("bob", Role::Staff);
        let customer = app.account("ann", Role::User);
        let chat = open_chat(&app, &customer).await;
        Self { app, customer, admin, chat }
    }

    /// The path of the chat's socket.
    pub(crate) fn path(&self, who: &Account, more: &str) -> String {
        format!("/ws/support/chat/{}/?token={}{more}", self.chat, who.token)
    }

    /// An open socket of a member.
    pub(crate) async fn socket(&self, who: &Account) -> Socket {
        Socket::open(&self.app, &self.path(who, "")).await.unwrap()
    }

    /// The status that refuses a handshake.
    pub(crate) async fn refusal(&self, path: &str) -> u16 {
        Socket::open(&self.app, path).await.err().unwrap()
    }
}

/// Gets or opens the customer's chat.
pub(crate) async fn open_chat(app: &TestApp, customer: &Account) -> String {
    let reply = app.call_with("POST", "/api/chats/get-or-create/", customer, &json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json().get("chat_id").and_then(Value::as_str).unwrap().to_owned()
}
