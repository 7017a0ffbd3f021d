//! The conventions that hold on every path.

mod check_host;
mod frame;
mod guard;
mod head;
mod methods;
mod problem_json;
mod request_id;
mod trace_context;

pub use check_host::check_host;
pub use frame::frame;
pub use guard::guard;
pub use head::limit_head;
pub use methods::answer_preflights_and_heads;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use trace_context::{TRACEPARENT, TRACESTATE, TraceContext};
