//! Whether the node is connected to the others.

use crate::Isolated;
use redis_link::RedisError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whether the node is connected to the others. Clones share their state.
#[derive(Debug, Clone)]
pub(super) struct Health(Arc<Mutex<Sides>>);

/// Why each direction does not work; `None` when it does.
#[derive(Debug)]
struct Sides {
    listening: Option<String>,
    publishing: Option<String>,
}

impl Default for Health {
    fn default() -> Self {
        let listening = Some("Redis was not reached yet".to_owned());
        Self(Arc::new(Mutex::new(Sides { listening, publishing: None })))
    }
}

impl Health {
    fn lock(&self) -> MutexGuard<'_, Sides> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether both directions work.
    pub(super) fn check(&self) -> Result<(), Isolated> {
        let sides = self.lock();
        match sides.listening.as_ref().or(sides.publishing.as_ref()) {
            None => Ok(()),
            Some(reason) => Err(Isolated { reason: reason.clone() }),
        }
    }

    /// Events of other nodes arrive, or why they do not.
    pub(super) fn listening(&self, state: Result<(), &RedisError>) {
        let changed = set(&mut self.lock().listening, state);
        match state {
            Ok(()) if changed => tracing::info!("events of other nodes arrive"),
            Err(error) if changed => {
                tracing::warn!(reason = error.0, "events of other nodes do not arrive; trying until they do");
            }
            Ok(()) | Err(_) => {}
        }
    }

    /// Events reach other nodes, or why they do not.
    pub(super) fn publishing(&self, state: Result<(), &RedisError>) {
        let changed = set(&mut self.lock().publishing, state);
        match state {
            Ok(()) if changed => tracing::info!("events reach other nodes again"),
            Err(error) if changed => {
                tracing::warn!(reason = error.0, "events do not reach other nodes; trying until they do");
            }
            Ok(()) | Err(_) => {}
        }
    }
}

/// Notes the state, and logs when the direction breaks or recovers. Another reason alone is not logged.
fn set(side: &mut Option<String>, state: Result<(), &RedisError>) -> bool {
    let before = side.replace(String::new());
    *side = state.err().map(|error| error.0.clone());
    before.is_some() != side.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_in_touch_when_both_sides_work() {
        let health = Health::default();
        assert!(health.check().is_err(), "nothing was reached yet");
        health.listening(Ok(()));
        assert_eq!(health.check(), Ok(()));
        health.publishing(Err(&RedisError::no_answer()));
        assert_eq!(health.check().unwrap_err().reason, "Redis does not answer");
        health.listening(Err(&RedisError::hung_up()));
        health.publishing(Ok(()));
        assert_eq!(health.check().unwrap_err().reason, "Redis has closed the connection");
    }
}
