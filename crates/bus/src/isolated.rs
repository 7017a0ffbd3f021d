//! The error of a node that is cut off from the others.

use thiserror::Error;

/// Events do not leave this node, or do not reach it. Events inside this node still work.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this node is cut off from the other ones: {reason}")]
pub struct Isolated {
    /// The reason, without addresses, passwords and messages.
    pub reason: String,
}
