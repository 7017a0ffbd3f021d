//! When events do not leave this node.

use thiserror::Error;

/// Events do not leave this node, or do not reach it. What happens on this node is carried all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("this node is cut off from the other ones: {reason}")]
pub struct Isolated {
    /// Why, without addresses, passwords and what people say to each other.
    pub reason: String,
}
