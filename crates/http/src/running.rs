//! Which named requests are being worked on right now.

use idempotency::RequestId;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The requests with an `Idempotency-Key` that this process is working on: never more than there are threads to do so.
#[derive(Debug, Clone, Default)]
pub struct RunningRequests(Arc<Mutex<HashSet<RequestId>>>);

impl RunningRequests {
    /// Notes that a request is being worked on; `None` when it is already.
    #[must_use]
    pub fn enter(&self, id: &RequestId) -> Option<Running> {
        self.ids().insert(id.clone()).then(|| Running { all: self.clone(), id: id.clone() })
    }

    fn ids(&self) -> MutexGuard<'_, HashSet<RequestId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is being worked on until this is dropped, also by a panic.
#[derive(Debug)]
pub struct Running {
    all: RunningRequests,
    id: RequestId,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.all.ids().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use idempotency::{Key, Request, Sender};
    use kernel::UserId;

    #[test]
    fn a_request_is_worked_on_once_at_a_time() {
        let [one, other] =
            ["1", "2"].map(|key| Request::new(Sender::User(UserId(1)), "POST /a", &Key::parse(key).unwrap(), b"").id);
        let all = RunningRequests::default();
        let running = all.enter(&one);
        assert!(running.is_some() && all.enter(&one).is_none());
        assert!(all.enter(&other).is_some());
        drop(running);
        assert!(all.enter(&one).is_some());
    }
}
