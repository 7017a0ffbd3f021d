//! What all requests share.

use crate::budgets::Budgets;
use crate::client::TrustedProxies;
use crate::cors::Cors;
use crate::cursors::Cursors;
use crate::hashing::HashingPool;
use crate::hosts::AllowedHosts;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::readiness::Readiness;
use crate::running::RunningRequests;
use crate::shutdown::Shutdown;
use crate::traces::Traces;
use auth::{Passwords, Tokens};
use bus::Bus;
use kernel::{Clock, IdSource};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// What all requests share; made once by the binary, or by a test.
pub struct AppState {
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

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("limits", &self.limits).field("chat", &self.chat).finish_non_exhaustive()
    }
}

impl AppState {
    /// What is counted, as Prometheus reads it.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn expose_metrics(&self) -> Result<String, prometheus::Error> {
        self.metrics.expose(&self.store.pools(), self.hashing.load(), self.bus.counts())
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
