//! How many sockets each user has open.

use kernel::UserId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts the sockets that each user has open on this node.
#[derive(Debug, Clone)]
pub struct SocketSlots {
    per_user: usize,
    taken: Arc<Mutex<HashMap<UserId, usize>>>,
}

/// The place of one open socket, until it is dropped.
#[derive(Debug)]
pub struct SocketSlot {
    user: UserId,
    places: SocketSlots,
}

impl SocketSlots {
    /// Room for so many sockets of each user.
    pub fn new(per_user: usize) -> Self {
        Self { per_user, taken: Arc::default() }
    }

    /// A place for one more socket, if there is one.
    pub fn take(&self, user: UserId) -> Option<SocketSlot> {
        let mut taken = self.lock();
        let count = taken.entry(user).or_default();
        if *count >= self.per_user {
            return None;
        }
        *count += 1;
        Some(SocketSlot { user, places: self.clone() })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SocketSlot {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Some(count) = taken.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_has_its_own_places_and_gets_them_back() {
        let places = SocketSlots::new(2);
        let (ann, bob) = (UserId(1), UserId(2));
        let first = places.take(ann).unwrap();
        let _second = places.take(ann).unwrap();
        assert!(places.take(ann).is_none());
        assert!(places.take(bob).is_some());
        drop(first);
        assert!(places.take(ann).is_some());
        assert_eq!(places.lock().len(), 1, "who has no socket is not remembered");
    }
}
