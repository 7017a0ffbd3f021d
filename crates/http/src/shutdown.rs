//! Tells requests and open sockets that the server is going down.

use std::future::pending;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// How far the way down a server is. It goes one way, and clones share it.
#[derive(Debug, Clone)]
pub struct Shutdown(watch::Sender<Stage>);

#[derive(Debug, Clone, Copy)]
enum Stage {
    Running,
    /// Requests are answered still, and balancers are told to send them elsewhere.
    Draining(Drain),
    /// Sockets end now.
    Ending,
}

/// The time in which a node hands over to the others.
#[derive(Debug, Clone, Copy)]
struct Drain {
    /// From here on sockets are told to go: by now balancers know that this node is not ready, so that whoever comes
    /// back comes to another one.
    half: Instant,
    end: Instant,
}

impl Drain {
    fn of(time: Duration, now: Instant) -> Self {
        Self { half: now + time / 2, end: now + time }
    }

    /// The moment for one socket, somewhere in what is left of the second half.
    fn turn(self, chance: u8, now: Instant) -> Instant {
        let first = self.half.max(now);
        first + self.end.saturating_duration_since(first) * u32::from(chance) / 256
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self(watch::Sender::new(Stage::Running))
    }
}

impl Shutdown {
    /// Begins to hand over, which takes `time`. A server that is going down already is not held up.
    pub fn drain(&self, time: Duration) {
        self.0.send_if_modified(|stage| {
            let was_running = matches!(stage, Stage::Running);
            if was_running {
                *stage = Stage::Draining(Drain::of(time, Instant::now()));
            }
            was_running
        });
    }

    /// Ends every socket.
    pub fn begin(&self) {
        self.0.send_replace(Stage::Ending);
    }

    /// Whether the server is going down.
    pub fn has_begun(&self) -> bool {
        !matches!(*self.0.borrow(), Stage::Running)
    }

    /// Waits until one socket has to end. While the server drains, `chance` spreads them, so that their clients do not come
    /// back all at once.
    pub async fn turn(&self, chance: u8) {
        let mut stages = self.0.subscribe();
        loop {
            let stage = *stages.borrow_and_update();
            let turn = async {
                match stage {
                    Stage::Running => pending().await,
                    Stage::Draining(drain) => sleep_until(drain.turn(chance, Instant::now())).await,
                    Stage::Ending => {}
                }
            };
            tokio::select! {
                () = turn => return,
                // The sender lives in `self`, so that there is always a next stage to wait for.
                _changed = stages.changed() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_hears_of_the_end_late_comers_too() {
        let shutdown = Shutdown::default();
        let clone = shutdown.clone();
        assert!(!clone.has_begun());
        let waiting = tokio::spawn(async move { clone.turn(255).await });
        shutdown.drain(Duration::from_secs(3600));
        shutdown.begin();
        waiting.await.unwrap();
        shutdown.turn(255).await;
        shutdown.drain(Duration::from_secs(3600));
        shutdown.turn(255).await;
    }

    #[tokio::test]
    async fn who_drains_says_so_and_sockets_have_their_turn_without_being_told_again() {
        let shutdown = Shutdown::default();
        shutdown.drain(Duration::from_millis(10));
        assert!(shutdown.has_begun());
        for chance in [0, 255] {
            shutdown.turn(chance).await;
        }
    }

    #[test]
    fn turns_are_spread_over_the_second_half_and_over_the_rest_for_who_comes_late() {
        let start = Instant::now();
        let drain = Drain::of(Duration::from_secs(10), start);
        let turn = |chance, after| drain.turn(chance, start + Duration::from_secs(after)) - start;
        assert_eq!(turn(0, 0), Duration::from_secs(5), "balancers have had their time");
        assert_eq!(turn(128, 0), Duration::from_millis(7500));
        assert!(turn(255, 0) > Duration::from_millis(9900) && turn(255, 0) < Duration::from_secs(10));
        assert_eq!(turn(128, 8), Duration::from_secs(9));
        assert_eq!(turn(128, 11), Duration::from_secs(11), "at once");
    }
}
