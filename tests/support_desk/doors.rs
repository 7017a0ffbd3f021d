//! Who gets in.

use super::desk::{Desk, open_chat};
use crate::support::{Engine, Socket};
use reqwest::StatusCode;
use serde_json::json;

on_both_engines! {
    only_the_two_of_a_chat_get_in,
    a_dead_token_opens_no_socket,
    a_path_without_a_chat_leads_nowhere,
    without_an_administrator_there_is_no_chat,
}

async fn only_the_two_of_a_chat_get_in(engine: Engine) {
    let desk = Desk::open(engine).await;
    let ben = desk.server.customer("Ben").await;
    let sam = desk.server.staff(&desk.root, "Sam").await;
    for (stranger, who) in [(&ben, "another customer"), (&sam, "another administrator")] {
        assert_eq!(desk.door_for(stranger).await, 403, "{who}");
    }
    for member in [&desk.ann, &desk.root] {
        assert_eq!(desk.door_for(member).await, 101);
    }
    // The slash at the end is optional here too, and the header is as good as the query.
    assert_eq!(desk.door(&format!("/ws/support/chat/{}?token={}", desk.chat, desk.ann.token)).await, 101);
}

async fn a_dead_token_opens_no_socket(engine: Engine) {
    let desk = Desk::open(engine).await;
    let path = format!("/ws/support/chat/{}/", desk.chat);
    for (query, what) in [
        (String::new(), "no token"),
        ("?token=".to_owned(), "an empty token"),
        ("?token=a.b.c".to_owned(), "nonsense"),
        (format!("?token={}x", desk.ann.token), "a token that was tampered with"),
    ] {
        assert_eq!(desk.door(&format!("{path}{query}")).await, 403, "{what}");
    }
    let login = desk.server.stranger().try_login(&desk.ann.email, crate::support::PASSWORD).await.is(StatusCode::OK);
    let refresh = login["refresh"].as_str().expect("a token");
    assert_eq!(desk.door(&format!("{path}?token={refresh}")).await, 403, "a refresh token");

    let other_login = desk.server.login(&desk.ann.email).await;
    other_login.get("/api/users/logout/").await.is(StatusCode::OK);
    assert_eq!(desk.door_for(&other_login).await, 403, "a token that was logged out");
    assert_eq!(desk.door_for(&desk.ann).await, 101, "another login lives on");

    let block = format!("/api/superadmin/user/block/{}/", desk.ann.id);
    desk.root.put(&block, &json!({ "is_active": false })).await.is(StatusCode::ACCEPTED);
    assert_eq!(desk.door_for(&desk.ann).await, 403, "a blocked user");
    desk.root.delete(&format!("/api/superadmin/user/{}/", desk.ann.id)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(desk.door_for(&desk.ann).await, 403, "a deleted user");
}

async fn a_path_without_a_chat_leads_nowhere(engine: Engine) {
    let desk = Desk::open(engine).await;
    let token = &desk.ann.token;
    for path in ["/ws/support/chat/17/", "/ws/support/chat/not-a-uuid/", "/ws/support/chatbot/", "/ws/chat/"] {
        assert_eq!(desk.door(&format!("{path}?token={token}")).await, 404, "{path}");
    }
    let no_chat = "/ws/support/chat/0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10/";
    assert_eq!(desk.door(&format!("{no_chat}?token={token}")).await, 403);
    let path = format!("/ws/support/chat/{}/?token={token}", desk.chat);
    assert_eq!(desk.ann.get(&path).await.status, StatusCode::UPGRADE_REQUIRED);
    let Err(refused) = Socket::open(desk.server.address(), &format!("{path}&after=x")).await else {
        panic!("`after` must be a number");
    };
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

async fn without_an_administrator_there_is_no_chat(engine: Engine) {
    let server = crate::support::Server::fresh(engine);
    let root = server.root().await;
    // Nobody answers itself.
    let refused = root.post("/api/chats/get-or-create/", &json!({})).await;
    refused.is_refused(StatusCode::NOT_FOUND, "No admins available");
    let sam = server.staff(&root, "Sam").await;
    let chat = open_chat(&root).await;
    assert_eq!(super::desk::chats_of(&sam).await[0]["id"], chat);
}
