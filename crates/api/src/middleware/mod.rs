//! The conventions that hold on every path.

mod cors;
mod frame;
mod guard;
mod head;
mod hosts;
mod methods;
mod problem_json;
mod request_id;
mod trace_context;

pub use cors::Cors;
pub(crate) use frame::frame;
pub(crate) use guard::guard;
pub(crate) use head::limit_head;
pub use hosts::AllowedHosts;
pub(crate) use hosts::check_host;
pub(crate) use methods::{SentMethod, answer_preflights_and_heads, asks_for_websocket};
#[cfg(any(test, fuzzing))]
pub(crate) use trace_context::{TRACEPARENT, TRACESTATE, TraceContext};
