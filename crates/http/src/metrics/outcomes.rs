//! How things can end, each with its label.

/// How a login ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginOutcome {
    /// With tokens.
    In,
    /// The password was wrong.
    WrongPassword,
    /// Nobody has the login name.
    Unknown,
    /// The account is blocked or locked.
    Blocked,
    /// There were too many failures before.
    Throttled,
}

impl LoginOutcome {
    pub(super) const ALL: [Self; 5] = [Self::In, Self::WrongPassword, Self::Unknown, Self::Blocked, Self::Throttled];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::WrongPassword => "wrong_password",
            Self::Unknown => "unknown",
            Self::Blocked => "blocked",
            Self::Throttled => "throttled",
        }
    }
}

/// What became of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanOutcome {
    /// The collector took it.
    Exported,
    /// Too many waited for the collector.
    Dropped,
    /// The collector was away, too slow, or refused it.
    Failed,
}

impl SpanOutcome {
    pub(super) const ALL: [Self; 3] = [Self::Exported, Self::Dropped, Self::Failed];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Exported => "exported",
            Self::Dropped => "dropped",
            Self::Failed => "failed",
        }
    }
}

/// How an answer ended whose body was made while it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEnd {
    /// All of it was sent.
    Complete,
    /// A part of it could not be made.
    Cut,
    /// The client went away, or the server.
    Abandoned,
}

impl StreamEnd {
    pub(super) const ALL: [Self; 3] = [Self::Complete, Self::Cut, Self::Abandoned];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Cut => "cut",
            Self::Abandoned => "abandoned",
        }
    }
}
