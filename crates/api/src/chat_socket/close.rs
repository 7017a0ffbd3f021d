//! Why the server ends a socket, and the code that says so.

use actix_ws::{CloseCode, CloseReason};

/// The code for a reader that does not keep up: the client should connect again and resume with `?after=`.
pub const SLOW_READER: u16 = 4008;

/// Why the server ends a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseCause {
    /// 4001: the token was logged out or expired, or its user was blocked, deleted or given another rank or password.
    SessionEnded,
    /// 4005: the chat was closed.
    ChatClosed,
    /// 4006: the user is no longer a member; another administrator answers the chat.
    NotAMember,
    /// 4008: the client does not read.
    SlowReader,
    /// 1002, 1007 or 1009: the client broke the protocol.
    Protocol(CloseCodeNumber),
    /// 1011: a fault of ours.
    Fault,
    /// 1012: the server restarts; connect again and resume with `?after=`.
    Restarting,
}

/// A code that RFC 6455 defines.
type CloseCodeNumber = u16;

impl CloseCause {
    /// The code on the wire.
    pub fn code(self) -> u16 {
        match self {
            Self::SessionEnded => 4001,
            Self::ChatClosed => 4005,
            Self::NotAMember => 4006,
            Self::SlowReader => SLOW_READER,
            Self::Protocol(code) => code,
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
            Self::Protocol(_) => "protocol error",
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
