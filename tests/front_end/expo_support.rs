//! The app's screens for the support chat.

use super::screens::list;
use crate::support::{Engine, Server, Socket};
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines! {
    the_app_chats,
    the_app_lists_chats_with_the_names_of_their_customers,
}

/// What the chat screen shows of a frame: who said what. An array is history, an object with a message is live, and
/// anything else is only logged.
fn shown(frame: &Value) -> Vec<(&str, &str)> {
    let messages = match frame {
        Value::Array(history) => history.as_slice(),
        live if live["message"].as_str().is_some_and(|text| !text.is_empty()) => std::slice::from_ref(live),
        _ => &[],
    };
    let read = |message: &'_ Value, key: &str| message[key].is_string();
    assert!(messages.iter().all(|it| read(it, "user") && read(it, "message") && read(it, "timestamp")), "{frame}");
    messages.iter().filter_map(|it| Some((it["user"].as_str()?, it["message"].as_str()?))).collect()
}

async fn the_app_chats(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    // The screen insists on 200.
    let answer = ann.post("/api/chats/get-or-create/", &json!({})).await;
    assert_eq!(answer.status.as_u16(), 200);
    let data = answer.json();
    let chat = data["chat_id"].as_str().expect("an id");
    let mut customer = Socket::join(&server, chat, &ann).await;
    customer.say("Hello?").await;
    assert_eq!(shown(&customer.frame().await), [("Ann", "Hello?")]);
    let mut admin = Socket::join(&server, chat, &root).await;
    assert_eq!(shown(&admin.frame().await), [(ann.email.as_str(), "Hello?")]);
    admin.say("Good morning").await;
    assert_eq!(shown(&customer.frame().await), [(root.email.as_str(), "Good morning")]);
    // An empty message never leaves the screen; were it to, the answer shows nothing.
    customer.say("").await;
    assert_eq!(shown(&customer.frame().await), []);
}

async fn the_app_lists_chats_with_the_names_of_their_customers(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let refused = root.get("/api/chats/chat/").await;
    refused.is_refused(StatusCode::NOT_FOUND, "No chat sessions found for the user.");
    let names = ["Ann", "Ben", "Cat"];
    for name in names {
        let customer = server.customer(name).await;
        customer.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    }
    let sam = server.staff(&root, "Sam").await;
    root.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
    // One refused name would empty the whole list.
    let mut shown = Vec::new();
    for admin in [&root, &sam] {
        for chat in list(admin, "/api/chats/chat/").await {
            assert!(chat["id"].is_string());
            let customer = admin.get(&format!("/api/superadmin/user/{}/", chat["customer"])).await.is(StatusCode::OK);
            shown.push(customer["username"].as_str().expect("text").to_owned());
        }
    }
    assert_eq!(shown, ["ann@example.org", "ben@example.org", "cat@example.org", root.email.as_str()]);
}
