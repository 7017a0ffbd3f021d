#![doc = include_str!("../README.md")]

#[cfg(feature = "contract")]
pub mod contract;
mod pool_load;

pub use pool_load::PoolLoad;

use audit::{LoginLogRepository, TrailRepository};
use auth::SessionRepository;
use categories::{CategoryRepository, SubcategoryRepository};
use chat::ChatRepository;
use idempotency::ResponseRepository;
use kernel::{Retryable, StoreError};
use ledger::LedgerRepository;
use std::cell::RefCell;
use users::UserRepository;

/// Every port of every domain, on one connection.
pub trait Tx:
    ResponseRepository
    + CategoryRepository
    + ChatRepository
    + LedgerRepository
    + LoginLogRepository
    + SessionRepository
    + SubcategoryRepository
    + TrailRepository
    + UserRepository
{
}

impl<T> Tx for T where
    T: ResponseRepository
        + CategoryRepository
        + ChatRepository
        + LedgerRepository
        + LoginLogRepository
        + SessionRepository
        + SubcategoryRepository
        + TrailRepository
        + UserRepository
{
}

/// What to do with a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Keep the changes.
    Commit,
    /// Undo the changes.
    RollBack,
    /// Undo the changes, and run the work again in a new transaction.
    Retry,
}

/// The storage of everything. Callers use the methods `read` and `write` of `dyn Store`.
pub trait Store: Send + Sync {
    /// Runs `work` once, outside of any transaction: each statement sees the latest committed state. `work` MUST NOT
    /// change anything; a store refuses changes if it can.
    ///
    /// # Errors
    /// When no connection is available.
    fn run_read(&self, work: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError>;

    /// Runs `work` in a serializable transaction and carries out its verdict. On `Retry`, and when the commit loses a
    /// race, it runs `work` again, a bounded number of times. The changes of a `work` that panics MUST be undone.
    ///
    /// # Errors
    /// When no connection is available, or the transaction could not be begun or ended. `Ok` means that the last verdict
    /// was carried out.
    fn run_write(&self, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError>;

    /// Runs `check` as `run_read` would and, when it returns `true`, `work` as `run_write` would. A store whose readers and
    /// writers share their connections uses one for both.
    ///
    /// # Errors
    /// Those of `run_read` and `run_write`.
    fn run_checked_write(
        &self,
        check: &mut dyn FnMut(&mut dyn Tx) -> bool,
        work: &mut dyn FnMut(&mut dyn Tx) -> Verdict,
    ) -> Result<(), StoreError> {
        let mut goes_on = false;
        self.run_read(&mut |tx| goes_on = check(tx))?;
        if goes_on { self.run_write(work) } else { Ok(()) }
    }

    /// Whether the storage answers, has the newest schema, and, after it refused a change for a reason on its side, accepts
    /// changes again.
    ///
    /// # Errors
    /// What is wrong with it.
    fn check(&self) -> Result<(), StoreError>;

    /// The load of each connection pool; a store without connections has none.
    fn pools(&self) -> Vec<PoolLoad>;
}

impl dyn Store + '_ {
    /// Reads. Each statement sees the latest committed state.
    ///
    /// # Errors
    /// What `work` returns, or that no connection is available.
    pub fn read<R, E: From<StoreError>>(&self, work: impl FnOnce(&mut dyn Tx) -> Result<R, E>) -> Result<R, E> {
        let mut work = Some(work);
        let mut outcome = None;
        self.run_read(&mut |tx| outcome = work.take().map(|work| work(tx)))?;
        outcome.unwrap_or_else(|| Err(never_ran().into()))
    }

    /// Changes something: commits on `Ok`, rolls back on `Err`, and runs again after a lost race. `work` may run more than
    /// once, so it must have no effect outside its transaction.
    ///
    /// # Errors
    /// What `work` returned last, or that its transaction could not be begun or ended. Then nothing was changed; if the
    /// connection broke during the commit, the outcome is unknown.
    pub fn write<R, E>(&self, mut work: impl FnMut(&mut dyn Tx) -> Result<R, E>) -> Result<R, E>
    where
        E: Retryable + From<StoreError>,
    {
        let mut outcome = None;
        self.run_write(&mut |tx| {
            let result = work(tx);
            let verdict = verdict_of(&result);
            outcome = Some(result);
            verdict
        })?;
        outcome.unwrap_or_else(|| Err(never_ran().into()))
    }

    /// Changes something if a check lets it. The check runs once, before the transaction and outside of it; what it returns
    /// is handed to the work.
    ///
    /// # Errors
    /// What `check` returns, and those of [`write`](#method.write).
    pub fn checked_write<C, R, E>(
        &self,
        check: impl FnOnce(&mut dyn Tx) -> Result<C, E>,
        mut work: impl FnMut(&mut dyn Tx, &C) -> Result<R, E>,
    ) -> Result<R, E>
    where
        E: Retryable + From<StoreError>,
    {
        let (mut check, checked, mut outcome) = (Some(check), RefCell::new(None), None);
        self.run_checked_write(
            &mut |tx| {
                let result = check.take().map(|check| check(tx));
                let goes_on = matches!(result, Some(Ok(_)));
                checked.replace(result);
                goes_on
            },
            &mut |tx| {
                let checked = checked.borrow();
                let Some(Ok(checked)) = checked.as_ref() else { return Verdict::RollBack };
                let result = work(tx, checked);
                let verdict = verdict_of(&result);
                outcome = Some(result);
                verdict
            },
        )?;
        match (checked.into_inner(), outcome) {
            (Some(Err(refused)), _) => Err(refused),
            (_, Some(outcome)) => outcome,
            (_, None) => Err(never_ran().into()),
        }
    }
}

/// What to do with a transaction whose work returned this.
fn verdict_of<R, E: Retryable>(result: &Result<R, E>) -> Verdict {
    match result {
        Ok(_) => Verdict::Commit,
        Err(error) if error.is_retryable() => Verdict::Retry,
        Err(_) => Verdict::RollBack,
    }
}

fn never_ran() -> StoreError {
    StoreError::fault("the store never ran the work")
}
