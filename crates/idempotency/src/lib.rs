#![doc = include_str!("../README.md")]

mod error;
mod key;
mod model;
mod ports;
mod use_cases;

pub use error::IdempotencyError;
pub use key::Key;
pub use model::{Fingerprint, Kept, Recollection, Request, RequestId, Sender, StoredResponse};
pub use ports::ResponseRepository;
pub use use_cases::{begin_request, recall_response};
