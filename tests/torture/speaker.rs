//! Somebody who talks on a socket of a server that dies again and again, and remembers what was heard.

use crate::support::{Chance, Client, Server, Socket};
use serde_json::{Value, json};
use std::cell::Cell;

/// The place of a message and what it says.
pub(super) type Said = (usize, String);

/// A member of a chat.
pub(super) struct Speaker {
    name: &'static str,
    member: Client,
    socket: Socket,
    chance: Chance,
    /// All that was heard, over one socket after the other; the first one has place 1.
    pub(super) heard: Vec<Said>,
    /// How many messages were said.
    said: u32,
}

impl Speaker {
    pub(super) async fn join(name: &'static str, server: &Server, chat: &str, member: Client, chance: Chance) -> Self {
        let socket = Socket::join_with(server, chat, &member, "&after=0").await;
        Self { name, member, socket, chance, heard: Vec::new(), said: 0 }
    }

    /// Says one thing after the other, and waits for each to come back, until the socket is gone.
    pub(super) async fn talk(&mut self, is_killed: &Cell<bool>) {
        while self.say_next().await {}
        assert!(is_killed.get(), "a living server let go of a socket");
    }

    /// Resumes on a server that was started again. The last message is mostly said again, as a careful client does that
    /// has not heard it, and a careless one that has; sometimes it is left as it is.
    pub(super) async fn come_back(&mut self, server: &Server, chat: &str) {
        self.member = self.member.at(server.address());
        let after = format!("&after={}", self.heard.len());
        self.socket = Socket::join_with(server, chat, &self.member, &after).await;
        if self.said > 0 && self.chance.percent(70) {
            assert!(self.say(self.said).await, "nobody kills the server now");
        }
        assert!(self.say_next().await, "nobody kills the server now");
    }

    /// Listens until this place was heard.
    pub(super) async fn hears_up_to(&mut self, place: usize) {
        while self.heard.len() < place {
            assert!(self.listen().await, "nobody kills the server now");
        }
    }

    /// What was said behind a place up to another one, as somebody who comes now is told.
    pub(super) async fn log(&self, server: &Server, chat: &str, after: usize, last: usize) -> Vec<Said> {
        let mut socket = Socket::join_with(server, chat, &self.member, &format!("&after={after}")).await;
        let mut log = Vec::new();
        while log.last().is_none_or(|(place, _)| *place < last) {
            log.extend(messages(&socket.try_frame().await.expect("nobody kills the server now")));
        }
        log
    }

    async fn say_next(&mut self) -> bool {
        self.said += 1;
        self.say(self.said).await
    }

    /// Says a message and waits until it was heard, by the speaker too; false when the socket is gone.
    async fn say(&mut self, number: u32) -> bool {
        let text = format!("{} {number}", self.name);
        if !self.socket.try_send(json!({ "message": text, "client_msg_id": text }).to_string()).await {
            return false;
        }
        // It is among the last ones, if it was heard.
        while !self.heard.iter().rev().any(|(_, heard)| *heard == text) {
            if !self.listen().await {
                return false;
            }
        }
        true
    }

    /// Listens to one frame; false when the socket is gone.
    async fn listen(&mut self) -> bool {
        let Some(frame) = self.socket.try_frame().await else { return false };
        for (place, message) in messages(&frame) {
            if let Some(known) = self.heard.get(place - 1) {
                // What is said again is told again to whoever says it.
                assert_eq!(*known, (place, message), "another message has taken the place");
            } else {
                assert_eq!(place, self.heard.len() + 1, "{} hears {message:?} too early", self.name);
                self.heard.push((place, message));
            }
        }
        true
    }
}

fn messages(frame: &Value) -> Vec<Said> {
    let said = |message: &Value| {
        let place = message["seq"].as_u64().and_then(|place| usize::try_from(place).ok());
        let place = place.unwrap_or_else(|| panic!("no message: {message}"));
        (place, message["message"].as_str().expect("text").to_owned())
    };
    frame.as_array().map_or_else(|| vec![said(frame)], |history| history.iter().map(said).collect())
}
