//! What the protocol says of a request before any handler sees it.

use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, UPGRADE};
use std::time::Instant;

/// The method that the client sent, where the server goes on with another.
#[derive(Debug, Clone)]
pub struct SentMethod(pub(crate) Method);

/// When the head of the request was there: its time to be answered runs from here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Began(pub(crate) Instant);

/// Whether a request wants to go on as a WebSocket.
pub fn asks_for_websocket(headers: &HeaderMap) -> bool {
    headers.get(UPGRADE).is_some_and(|wanted| wanted.as_bytes().trim_ascii().eq_ignore_ascii_case(b"websocket"))
}
