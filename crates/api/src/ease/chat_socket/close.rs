//! Why the server ends a socket, and the code that says so.

use actix_ws::{CloseCode, CloseReason};

/// Why the server ends a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CloseCause {
    /// 4001: the token was logged out or expired, or its user was blocked, deleted or given another rank or password.
    SessionEnded,
    /// 4005: the chat was closed.
    ChatClosed,
    /// 4006: the user is no longer a member; another administrator answers the chat.
    NotAMember,
    /// 4008: the client does not read.
    SlowReader,
    /// 4029: the client goes on sending more than it may.
    TooManyFrames,
    /// 1002: the client broke the protocol.
    Protocol,
    /// 1009: a frame is too large.
    FrameTooLarge,
    /// 1011: a fault of ours.
    Fault,
    /// 1012: the server restarts; connect again and resume with `?after=`.
    Restarting,
}

impl CloseCause {
    /// The code on the wire.
    pub(super) fn code(self) -> u16 {
        match self {
            Self::SessionEnded => 4001,
            Self::ChatClosed => 4005,
            Self::NotAMember => 4006,
            Self::SlowReader => 4008,
            Self::TooManyFrames => 4029,
            Self::Protocol => 1002,
            Self::FrameTooLarge => 1009,
            Self::Fault => 1011,
            Self::Restarting => 1012,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::SessionEnded => "session ended",
            Self::ChatClosed => "chat closed",
            Self::NotAMember => "not a member",
            Self::SlowReader => "reader too slow, resume with after",
            Self::TooManyFrames => "too many frames",
            Self::Protocol => "protocol error",
            Self::FrameTooLarge => "frame too large",
            Self::Fault => "server error",
            Self::Restarting => "restarting, resume with after",
        }
    }
}

impl From<CloseCause> for CloseReason {
    fn from(cause: CloseCause) -> Self {
        Self { code: CloseCode::from(cause.code()), description: Some(cause.words().to_owned()) }
    }
}
