//! The last number of each other node, to detect gaps and silence.

use kernel::Uuid;
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::Instant;

/// How many nodes are remembered. Each start of a process is a new node.
const REMEMBERED_MAX: usize = 1024;

/// A node that is silent for this long is dead. Nodes publish their number once a second.
const SILENCE_MAX: Duration = Duration::from_secs(5);

/// The other nodes.
#[derive(Debug, Default)]
pub(super) struct Peers(HashMap<Uuid, Peer>);

#[derive(Debug)]
struct Peer {
    /// The number of its last event.
    last: u64,
    heard_at: Instant,
}

/// What a number shows about the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrival {
    /// It is the next one.
    Next,
    /// It was received, or read from the store, before.
    Known,
    /// The ones in between are lost.
    AfterGap,
}

impl Peers {
    /// Notes the number of a node. A new node begins at 0; if its first event was before we listened, that counts as a gap,
    /// because we do not know what we missed.
    pub(super) fn note(&mut self, node: Uuid, number: u64, now: Instant) -> Arrival {
        if self.0.len() >= REMEMBERED_MAX && !self.0.contains_key(&node) {
            // Forgetting a node only costs a gap.
            self.0.clear();
        }
        let peer = self.0.entry(node).or_insert(Peer { last: 0, heard_at: now });
        let arrival = match number.checked_sub(peer.last) {
            None | Some(0) => Arrival::Known,
            Some(1) => Arrival::Next,
            Some(_) => Arrival::AfterGap,
        };
        *peer = Peer { last: number.max(peer.last), heard_at: now };
        arrival
    }

    /// Starts to listen again: earlier silence means nothing.
    pub(super) fn resume(&mut self, now: Instant) {
        self.0.values_mut().for_each(|peer| peer.heard_at = now);
    }

    /// Forgets silent nodes; returns whether there was one. It may have died between a commit and its event.
    pub(super) fn forget_silent(&mut self, now: Instant) -> bool {
        let before = self.0.len();
        self.0.retain(|_, peer| now.duration_since(peer.heard_at) <= SILENCE_MAX);
        self.0.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::Arrival::{AfterGap, Known, Next};
    use super::*;

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);

    #[test]
    fn each_node_counts_for_itself() {
        let (mut peers, now) = (Peers::default(), Instant::now());
        let heard = [(A, 1), (B, 1), (A, 2), (B, 3), (A, 2), (B, 2), (B, 4), (A, 9), (A, 10)];
        let arrivals = heard.map(|(node, number)| peers.note(node, number, now));
        assert_eq!(arrivals, [Next, Next, Next, AfterGap, Known, Known, Next, AfterGap, Next]);
    }

    #[test]
    fn who_was_there_before_us_may_have_said_something() {
        assert_eq!(Peers::default().note(A, 7, Instant::now()), AfterGap);
        assert_eq!(Peers::default().note(A, 0, Instant::now()), Known);
    }

    #[test]
    fn who_falls_silent_is_noticed_once() {
        let (mut peers, start) = (Peers::default(), Instant::now());
        peers.note(A, 1, start);
        let late = start + SILENCE_MAX;
        peers.note(B, 1, late);
        assert!(!peers.forget_silent(late));
        let later = late + Duration::from_millis(1);
        assert_eq!((peers.forget_silent(later), peers.forget_silent(later)), (true, false));
        assert_eq!(peers.note(B, 2, later), Next, "the other one is remembered");
        peers.resume(later + SILENCE_MAX * 2);
        assert!(!peers.forget_silent(later + SILENCE_MAX * 3), "while we were away, nobody was silent");
    }

    #[test]
    fn what_is_remembered_is_bounded_and_to_forget_is_a_gap() {
        let (mut peers, now) = (Peers::default(), Instant::now());
        for node in 0..5000 {
            peers.note(Uuid::from_u128(node), 1, now);
        }
        assert!(peers.0.len() <= REMEMBERED_MAX);
        assert_eq!(peers.note(Uuid::from_u128(0), 2, now), AfterGap);
    }
}
