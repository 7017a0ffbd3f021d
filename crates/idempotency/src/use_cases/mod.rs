//! What can be done with keys: one file each.

mod begin_request;
mod recall_answer;

pub use begin_request::begin_request;
pub use recall_answer::recall_answer;
