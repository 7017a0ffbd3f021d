//! What all requests share.

use crate::budgets::Budgets;
use crate::client::TrustedProxies;
use crate::cursors::Cursors;
use crate::hashing::HashingPool;
use crate::metrics::Metrics;
use crate::readiness::Readiness;
use crate::running::RunningRequests;
use crate::shutdown::Shutdown;
use crate::traces::Traces;
use crate::{cors::Cors, hosts::AllowedHosts};
use auth::{Passwords, Tokens};
use bus::Bus;
use kernel::{Clock, IdSource};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// What all requests share; made once by the binary, or by a test.
pub struct Shell {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Carries events to open sockets.
    pub bus: Arc<dyn Bus>,
    /// Makes and reads tokens.
    pub tokens: Tokens,
    /// Makes and reads the cursors of lists.
    pub cursors: Cursors,
    /// Hashes and verifies passwords; slow, so only inside of `hashing`.
    pub passwords: Arc<Passwords>,
    /// When failed logins lock an account.
    pub lockout: audit::LockoutRule,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers.
    pub ids: Arc<dyn IdSource>,
    /// Threads for slow hashing, apart from those that answer everybody else.
    pub hashing: HashingPool,
    /// The requests with an `Idempotency-Key` that are being worked on.
    pub running: RunningRequests,
    /// Whether the store can do its work.
    pub readiness: Readiness,
    /// What is counted.
    pub metrics: Metrics,
    /// What is traced.
    pub traces: Traces,
    /// How large and how slow a request may be.
    pub limits: Limits,
    /// What one client may take of the server.
    pub budgets: Budgets,
    /// Whose word counts about where requests come from.
    pub proxies: TrustedProxies,
    /// Which hosts the server answers to.
    pub hosts: AllowedHosts,
    /// Which web origins may send credentials.
    pub cors: Cors,
    /// How the sockets of the support chat behave.
    pub chat: ChatSettings,
    /// Tells requests and open sockets that the server is going down.
    pub shutdown: Shutdown,
    /// The version that `/` tells.
    pub version: &'static str,
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shell").field("limits", &self.limits).field("chat", &self.chat).finish_non_exhaustive()
    }
}

impl Shell {
    /// What is counted, as Prometheus reads it.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn expose_metrics(&self) -> Result<String, prometheus::Error> {
        self.metrics.expose(&self.store.pools(), self.hashing.load(), self.bus.counts())
    }
}

/// How large and how slow a request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a body.
    pub body_max_bytes: usize,
    /// The most bytes of a multipart body.
    pub multipart_max_bytes: usize,
    /// The most bytes of a path with its query.
    pub target_max_bytes: usize,
    /// The most headers.
    pub headers_max: usize,
    /// The most bytes of all headers together.
    pub header_max_bytes: usize,
    /// The most bytes of a file to import, also as multipart.
    pub import_max_bytes: usize,
    /// The most rows of a file to import.
    pub import_rows_max: u32,
    /// How long an import may take, from the head of its request to its answer.
    pub import_timeout: Duration,
    /// How long a client may take to send a body.
    pub body_timeout: Duration,
    /// How long the server may take to answer.
    pub request_timeout: Duration,
}

impl Limits {
    /// How long the server may take to answer a request, by its path.
    pub(crate) fn time_of(&self, path: &str) -> Duration {
        if is_import(path) { self.import_timeout } else { self.request_timeout }
    }

    /// How large and how slow the body of a request may be, by its path.
    pub(crate) fn body_of(&self, path: &str) -> BodyLimits {
        if is_import(path) {
            let (plain_max_bytes, multipart_max_bytes) = (self.import_max_bytes, self.import_max_bytes);
            return BodyLimits {
                plain_max_bytes,
                multipart_max_bytes,
                timeout: self.import_timeout,
                files: Files::Kept,
            };
        }
        let (plain_max_bytes, multipart_max_bytes) = (self.body_max_bytes, self.multipart_max_bytes);
        BodyLimits { plain_max_bytes, multipart_max_bytes, timeout: self.body_timeout, files: Files::PassedOver }
    }
}

/// The path that takes files, which may be larger and take longer than other requests.
pub(crate) const IMPORT: &str = "/api/management/import";

/// Whether a path is that of the one route that takes files. It has no parameters, so that asking the router is not needed.
pub(crate) fn is_import(path: &str) -> bool {
    path.strip_suffix('/').unwrap_or(path) == IMPORT
}

/// How large and how slow a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BodyLimits {
    /// The most bytes.
    pub(crate) plain_max_bytes: usize,
    /// The most bytes of a multipart body.
    pub(crate) multipart_max_bytes: usize,
    /// How long a client may take to send it.
    pub(crate) timeout: Duration,
    /// What becomes of the files of a multipart body.
    pub(crate) files: Files,
}

/// What becomes of the files of a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Files {
    /// They are passed over.
    PassedOver,
    /// The first one is kept.
    Kept,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_max_bytes: 1024 * 1024,
            multipart_max_bytes: 16 * 1024 * 1024,
            import_max_bytes: 32 * 1024 * 1024,
            import_rows_max: 100_000,
            import_timeout: Duration::from_secs(120),
            target_max_bytes: 8 * 1024,
            headers_max: 64,
            header_max_bytes: 32 * 1024,
            body_timeout: Duration::from_secs(15),
            request_timeout: Duration::from_secs(30),
        }
    }
}

/// How the sockets of the support chat behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatSettings {
    /// The most messages that a socket is sent as history when it opens.
    pub history_max: u32,
    /// How often the server asks whether the other side is still there.
    pub heartbeat_interval: Duration,
    /// How long one frame may take to leave before the socket is cut.
    pub send_timeout: Duration,
    /// The most bytes of a frame that comes in.
    pub frame_max_bytes: usize,
}

impl Default for ChatSettings {
    fn default() -> Self {
        Self {
            history_max: 1000,
            heartbeat_interval: Duration::from_secs(25),
            send_timeout: Duration::from_secs(10),
            frame_max_bytes: 16 * 1024,
        }
    }
}
