//! How fast a socket may send: the same budgets as for requests, and one of its own.

use crate::budgets::SocketSlot;
use crate::state::AppState;
use kernel::UserId;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use throttle::Meter;

/// What a frame takes of its client's budgets.
const FRAME_COST: u32 = 1;
/// Refusals that a client may take no notice of before its socket is closed.
const REFUSALS_MAX: u32 = 20;
/// A client that kept to its budgets for this long has taken notice.
const FORGIVEN_AFTER: Duration = Duration::from_secs(10);

/// What one socket may send.
#[derive(Debug)]
pub struct Pace {
    user: UserId,
    network: IpAddr,
    meter: Option<Meter>,
    refusals: u32,
    refused: Instant,
    /// The socket's place among those of its user.
    _place: SocketSlot,
}

/// Whether a frame may be acted on.
#[derive(Debug)]
pub enum Pacing {
    /// It may.
    Go,
    /// Not before so long.
    Wait(Duration),
    /// The client was told so often enough.
    Stop,
}

impl Pace {
    /// The pace of a socket that this user opened from this network.
    pub fn new(state: &AppState, user: UserId, network: IpAddr, place: SocketSlot) -> Self {
        let meter = state.budgets.meter();
        Self { user, network, meter, refusals: 0, refused: Instant::now(), _place: place }
    }

    /// A frame came in.
    pub fn frame(&mut self, state: &AppState) -> Pacing {
        let Some(meter) = &mut self.meter else { return Pacing::Go };
        let too_fast = meter.take(FRAME_COST).map(|wait| ("socket", wait));
        let refused = too_fast.or_else(|| {
            let charge = state.budgets.charge(self.network, Some(self.user), FRAME_COST);
            charge.refused_by().and_then(|status| status.wait.map(|wait| (status.name, wait)))
        });
        let Some((budget, wait)) = refused else { return Pacing::Go };
        state.metrics.throttled(budget);
        if self.refused.elapsed() > FORGIVEN_AFTER {
            self.refusals = 0;
        }
        self.refused = Instant::now();
        self.refusals += 1;
        if self.refusals > REFUSALS_MAX { Pacing::Stop } else { Pacing::Wait(wait) }
    }
}
