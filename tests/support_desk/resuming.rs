//! Who comes back hears what was said meanwhile: all of it, once, in order.

use super::desk::{Desk, places, said};
use crate::support::{Engine, Home, Socket};
use serde_json::Value;

on_both_engines! {
    two_talk_while_a_third_comes_and_goes,
    history_is_bounded_and_after_gives_the_rest,
    messages_survive_a_restart_and_a_power_cut,
}

/// What a socket is sent from here on until a message with this place; history and live frames alike.
async fn until(socket: &mut Socket, last: i64) -> Vec<Value> {
    let mut messages = Vec::new();
    while places(&messages).last() != Some(&last) {
        match socket.frame().await {
            Value::Array(history) => messages.extend(history),
            live => messages.push(live),
        }
    }
    messages
}

async fn two_talk_while_a_third_comes_and_goes(engine: Engine) {
    const ROUNDS: i64 = 8;
    let desk = Desk::open(engine).await;
    let (mut admin, mut customer) = desk.join_both().await;
    let mut seen: Vec<i64> = Vec::new();
    for round in 1..=ROUNDS {
        // The third comes in while the two are talking, so that history and live frames meet in the middle.
        customer.say(&format!("question {round}")).await;
        let after = seen.last().copied().unwrap_or(0);
        let path = format!("/ws/support/chat/{}/?token={}&after={after}", desk.chat, desk.ann.token);
        let mut third = Socket::open(desk.server.address(), &path).await.expect("the handshake is refused");
        admin.say(&format!("answer {round}")).await;
        seen.extend(places(&until(&mut third, round * 2).await));
        third.leave().await;
    }
    assert_eq!(seen, (1..=ROUNDS * 2).collect::<Vec<_>>(), "nothing is lost, doubled or out of order");
    // The two have heard the same.
    assert_eq!(places(&until(&mut admin, ROUNDS * 2).await), seen);
    assert_eq!(places(&until(&mut customer, ROUNDS * 2).await), seen);
}

async fn history_is_bounded_and_after_gives_the_rest(engine: Engine) {
    let desk = Desk::open_in(Home::new(engine).with_root().with("EASE_CHAT_HISTORY_MAX", "5")).await;
    let mut customer = desk.join(&desk.ann).await;
    for number in 1..=12 {
        customer.say(&number.to_string()).await;
    }
    until(&mut customer, 12).await;
    let last = desk.join(&desk.root).await.history().await;
    assert_eq!(said(&last), ["8", "9", "10", "11", "12"]);
    let mut all = Socket::join_with(&desk.server, &desk.chat, &desk.root, "&after=0").await;
    let pages = [all.history().await, all.history().await, all.history().await];
    assert_eq!(pages.each_ref().map(Vec::len), [5, 5, 2]);
    assert_eq!(places(&pages.concat()), (1..=12).collect::<Vec<_>>());
    // Who has seen everything is sent nothing, and hears what comes next; also one who claims to have seen more.
    for after in ["12", "999"] {
        let mut up_to_date = Socket::join_with(&desk.server, &desk.chat, &desk.ann, &format!("&after={after}")).await;
        up_to_date.send("nonsense".to_owned()).await;
        assert_eq!(up_to_date.error_code().await, "chat.not_an_object", "this is the first frame");
        up_to_date.leave().await;
    }
}

async fn messages_survive_a_restart_and_a_power_cut(engine: Engine) {
    let home = Home::new(engine).with_root();
    let server = home.start();
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let chat = super::desk::open_chat(&ann).await;
    let mut socket = Socket::join(&server, &chat, &ann).await;
    socket.say("before the restart").await;
    socket.hears("before the restart").await;
    server.stop().await;

    let server = home.start();
    let mut socket = Socket::join_with(&server, &chat, &ann, "&after=0").await;
    assert_eq!(said(&socket.history().await), ["before the restart"]);
    socket.say("before the power cut").await;
    socket.hears("before the power cut").await;
    server.cut_off();

    let server = home.start();
    let mut socket = Socket::join(&server, &chat, &root).await;
    assert_eq!(said(&socket.history().await), ["before the restart", "before the power cut"]);
    socket.say("and on it goes").await;
    assert_eq!(socket.hears("and on it goes").await["seq"], 3);
}
