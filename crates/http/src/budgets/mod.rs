//! What one client may take of the server: requests, frames, sockets and failed logins.

mod charge;
mod login_attempt;
mod sockets;

pub use sockets::SocketSlots;

pub(crate) use charge::Charge;
pub use login_attempt::LoginAttempt;
pub use sockets::SocketSlot;

use kernel::UserId;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use throttle::{Allowance, Buckets, LoginFailures, Meter, RedisCounters};

/// How much each may take, unless budgets are off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetRules {
    /// Requests and frames from one network address, weighed by what they cost.
    pub per_address: Allowance,
    /// Requests and frames of one user, weighed by what they cost.
    pub per_user: Allowance,
    /// Frames of one socket.
    pub per_socket: Allowance,
}

impl Default for BudgetRules {
    fn default() -> Self {
        Self {
            per_address: Allowance { per_second: 500, burst: 5000 },
            per_user: Allowance { per_second: 200, burst: 2000 },
            per_socket: Allowance { per_second: 100, burst: 1000 },
        }
    }
}

/// What one client may take of the server.
pub struct Budgets {
    kept: Option<Kept>,
    per_socket: Option<Allowance>,
    now: fn() -> Instant,
    /// The sockets that each user has open; counted also when budgets are off.
    pub sockets: SocketSlots,
}

/// What is kept when budgets are on.
struct Kept {
    addresses: Buckets<IpAddr>,
    users: Buckets<UserId>,
    login_failures: Arc<dyn LoginFailures>,
}

impl fmt::Debug for Budgets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budgets").field("are_on", &self.kept.is_some()).finish_non_exhaustive()
    }
}

impl Budgets {
    /// Budgets by these rules.
    pub fn new(rules: BudgetRules, login_failures: Arc<dyn LoginFailures>, sockets: SocketSlots) -> Self {
        let addresses = Buckets::new("address", rules.per_address);
        let kept = Kept { addresses, users: Buckets::new("user", rules.per_user), login_failures };
        Self { kept: Some(kept), per_socket: Some(rules.per_socket), now: Instant::now, sockets }
    }

    /// The same budgets by another clock: how much requests have taken does not hang on how fast the machine is.
    #[must_use]
    pub fn by(self, now: fn() -> Instant) -> Self {
        Self { now, ..self }
    }

    /// No budgets: requests, frames and failed logins are not counted.
    pub fn off(sockets: SocketSlots) -> Self {
        Self { kept: None, per_socket: None, now: Instant::now, sockets }
    }

    /// Takes the cost of something from the budgets of whoever does it; both pay also when one of them refuses.
    pub(crate) fn charge(&self, network: IpAddr, user: Option<UserId>, cost: u32) -> Charge {
        let Some(kept) = &self.kept else { return Charge::default() };
        let now = (self.now)();
        let address = kept.addresses.charge(network, cost, now);
        let user = user.map(|user| kept.users.charge(user, cost, now));
        Charge(std::iter::once(address).chain(user).collect())
    }

    /// Tells other nodes what was taken here, and hears what was taken there. Called every second or so, on a thread that may
    /// wait.
    pub fn exchange(&self, counters: &RedisCounters) {
        if let Some(kept) = &self.kept {
            kept.addresses.exchange(counters);
            kept.users.exchange(counters);
        }
    }

    /// The budget of a socket that is being opened.
    pub(crate) fn meter(&self) -> Option<Meter> {
        self.per_socket.map(Meter::new)
    }

    /// Where failed logins are counted.
    pub(crate) fn login_failures(&self) -> Option<&Arc<dyn LoginFailures>> {
        self.kept.as_ref().map(|kept| &kept.login_failures)
    }
}
