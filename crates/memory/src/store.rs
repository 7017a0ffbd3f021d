//! The store in memory: what was committed, and how a transaction comes to be committed.

use crate::state::State;
use kernel::StoreError;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::{PoolLoad, Store, Tx, Verdict};

/// How often a transaction that lost a race is run before its error stands.
const ATTEMPTS_MAX: u32 = 5;

/// Keeps everything in memory, and forgets it with the process. Writers take turns; readers do not wait for them.
#[derive(Debug, Default)]
pub struct MemoryStore {
    /// Locked only for as long as it takes to copy or to replace the references to its parts.
    committed: Mutex<State>,
    /// Held for as long as a transaction runs.
    turn: Mutex<()>,
}

impl MemoryStore {
    /// What was committed last. Nobody changes it any more: whoever writes copies what it changes.
    fn committed(&self) -> State {
        lock(&self.committed).clone()
    }
}

impl Store for MemoryStore {
    /// Hands out a copy, and throws away whatever is changed in it.
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

/// What a lock guards. It is whole whatever panics, because a commit is one assignment.
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
