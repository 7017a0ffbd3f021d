//! The store in memory: the committed state, and transactions.

use crate::state::State;
use kernel::StoreError;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::{PoolLoad, Store, Tx, Verdict};

/// The most runs of a transaction that loses races.
const ATTEMPTS_MAX: u32 = 5;

/// Stores everything in memory, until the process ends. Writers take turns; readers do not wait for them.
#[derive(Debug, Default)]
pub struct MemoryStore {
    /// Locked only while the references to its parts are cloned or replaced.
    committed: Mutex<State>,
    /// Held while a transaction runs.
    turn: Mutex<()>,
}

impl MemoryStore {
    /// The committed state. It never changes: a writer clones what it changes.
    fn committed(&self) -> State {
        lock(&self.committed).clone()
    }
}

impl Store for MemoryStore {
    /// Runs on a clone, and discards changes.
    fn run_read(&self, work: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError> {
        work(&mut self.committed());
        Ok(())
    }

    fn run_write(&self, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
        let _turn = lock(&self.turn);
        for _ in 0..ATTEMPTS_MAX {
            let mut draft = self.committed();
            match work(&mut draft) {
                Verdict::Commit => {
                    *lock(&self.committed) = draft;
                    break;
                }
                Verdict::RollBack => break,
                Verdict::Retry => {}
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn pools(&self) -> Vec<PoolLoad> {
        Vec::new()
    }
}

/// The content of a lock. A panic cannot leave it half changed, because a commit is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;
    use kernel::{Instant, SessionId, Uuid};

    #[test]
    fn a_reader_sees_what_was_committed_while_a_transaction_runs() -> Result<(), StoreError> {
        let store: &dyn Store = &MemoryStore::default();
        let session = SessionId(Uuid::from_u128(1));
        let is_revoked = || store.read(|tx| tx.is_session_revoked(session));
        store.write(|tx| {
            tx.revoke_session(session, Instant::new(DateTime::UNIX_EPOCH))?;
            assert!(!is_revoked()?, "it was not committed yet");
            Ok::<_, StoreError>(())
        })?;
        assert!(is_revoked()?);
        Ok(())
    }
}
