//! What open sockets are told after a change is committed.

use super::{Cast, alter, block_path_of, cast, open_chat, path_of};
use crate::support::{Account, TestApp};
use bus::{Event, Signal, Subscription, Topic};
use futures_util::FutureExt;
use serde_json::{Value, json};

/// What was told so far.
fn told(heard: &mut Subscription) -> Vec<Event> {
    let next = || match heard.next().now_or_never() {
        Some(Signal::Event(event)) => Some(Event::clone(&event)),
        _ => None,
    };
    std::iter::from_fn(next).collect()
}

fn listen(app: &TestApp, whom: &Account) -> Subscription {
    app.state.bus.subscribe(&[Topic::User(whom.id)])
}

fn all_ended(whom: &Account) -> Event {
    Event::SessionsEnded { user: whom.id, except: None }
}

#[actix_web::test]
async fn blocking_deleting_and_another_rank_end_sessions() {
    let changes: [(&str, bool, Value); 5] = [
        ("PUT", true, json!({})),
        ("PUT", false, json!({"is_active": false})),
        ("PUT", false, json!({"is_staff": true})),
        ("PUT", false, json!({"is_superuser": true})),
        ("DELETE", false, json!({})),
    ];
    for (method, blocks, body) in changes {
        let Cast { app, user, root, .. } = cast();
        let mut heard = listen(&app, &user);
        let path = if blocks { block_path_of(&user) } else { path_of(&user) };
        assert!(app.call_with(method, &path, &root, &body).await.status < 300);
        assert_eq!(told(&mut heard), [all_ended(&user)], "{method} {body}");
    }
}

#[actix_web::test]
async fn other_changes_and_refusals_tell_nothing() {
    let Cast { app, user, staff, other, .. } = cast();
    let mut heard = app.state.bus.subscribe(&[Topic::User(user.id), Topic::User(other.id)]);
    for (path, by, body) in [
        (path_of(&user), &staff, json!({"first_name": "X", "email": "x@example.org", "is_active": true})),
        (block_path_of(&user), &staff, json!({"is_active": true})),
        (path_of(&user), &staff, json!({"is_superuser": true})),
        (block_path_of(&other), &staff, json!({})),
    ] {
        app.call_with("PUT", &path, by, &body).await;
    }
    assert_eq!(told(&mut heard), []);
}

#[actix_web::test]
async fn chats_of_an_administrator_that_goes_are_handed_over() {
    let changes: [(&str, bool, Value); 4] = [
        ("PUT", true, json!({})),
        ("PUT", false, json!({"is_active": false})),
        ("PUT", false, json!({"is_staff": false})),
        ("DELETE", false, json!({})),
    ];
    for (method, blocks, body) in changes {
        let Cast { app, user, staff, root, .. } = cast();
        let chat = open_chat(&app, 1, &user, &staff);
        let mut heard = app.state.bus.subscribe(&[Topic::Chat(chat)]);
        let path = if blocks { block_path_of(&staff) } else { path_of(&staff) };
        assert!(app.call_with(method, &path, &root, &body).await.status < 300);
        assert_eq!(told(&mut heard), [Event::ChatHandedOver { chat, from: staff.id }], "{method} {body}");
    }
}

#[actix_web::test]
async fn chats_that_nobody_can_take_are_closed_with_the_account() {
    let Cast { app, staff, other, root, twin, .. } = cast();
    for gone in [&other, &twin] {
        alter(&app, gone, users::User::block);
    }
    // The superuser's own chat finds nobody else; the administrator's chat goes with its customer.
    let (orphan, own) = (open_chat(&app, 1, &root, &staff), open_chat(&app, 2, &staff, &root));
    let mut heard = app.state.bus.subscribe(&[Topic::Chat(orphan), Topic::Chat(own)]);
    assert_eq!(app.call("DELETE", &path_of(&staff), &root).await.status, 204);
    assert_eq!(told(&mut heard), [Event::ChatClosed(own), Event::ChatClosed(orphan)]);
}
