//! What can be done with keys: one file each.

mod begin_request;
mod recall_response;

pub use begin_request::begin_request;
pub use recall_response::recall_response;
