//! What most operations on accounts answer.

use serde::Serialize;
use utoipa::ToSchema;

/// One sentence that says what was done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Message {
    /// The sentence.
    pub(super) message: &'static str,
}
