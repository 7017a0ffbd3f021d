//! The store on a database: pools, transactions, and retries after a lost race.

use crate::connection::SqlConnection;
use crate::errors::{begin_error, connection_error, is_disconnect, outage_behind, store_error};
use crate::load::Waits;
use crate::migrations;
use crate::opener::{Link, Opener, Purpose, Slot, create_sqlite_file};
use crate::refusals::Refusals;
use crate::tx::SqlTx;
use crate::url::{DatabaseUrl, PoolOptions, Target};
use diesel::QueryResult;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use kernel::{Failure, StoreError};
use parking_lot::Mutex;
use r2d2::{NopErrorHandler, Pool, PooledConnection};
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};
use store::{PoolLoad, Store, Tx, Verdict};
use thiserror::Error;

/// The most attempts of a transaction that loses races, within the time limit of a request.
const ATTEMPTS_MAX: u32 = 100;
/// The longest pause before a retry.
const PAUSE_MAX_MS: u64 = 64;
/// How long a transaction that lost waits for its turn before it runs anyway.
const TURN_WAIT: Duration = Duration::from_secs(1);
/// How long a writer queues for a SQLite file. Each turn takes milliseconds.
const SQLITE_TURN_WAIT: Duration = Duration::from_secs(30);

/// The store on a SQLite or PostgreSQL database. Clones share their connections.
#[derive(Clone)]
pub struct SqlStore {
    url: DatabaseUrl,
    reader: Opener,
    readers: Pool<Opener>,
    writer: Opener,
    /// The same pool on PostgreSQL; one connection on SQLite, where writers take turns.
    writers: Pool<Opener>,
    reader_waits: Arc<Waits>,
    /// The same on PostgreSQL.
    writer_waits: Arc<Waits>,
    /// Held by one of the transactions that have lost a race.
    turn: Arc<Mutex<()>>,
    /// Changes that failed for a reason on the database's side.
    refusals: Arc<Refusals>,
}

impl fmt::Debug for SqlStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlStore").field("url", &self.url).finish_non_exhaustive()
    }
}

/// A slot of a pool that was taken, until it is dropped.
type Taken = PooledConnection<Opener>;

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file, or its directory, could not be created.
    #[error("cannot create the database file {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database does not answer.
    #[error("cannot open the database {url}")]
    Connect {
        /// Which one; it prints no password.
        url: DatabaseUrl,
        /// What the database says.
        source: diesel::ConnectionError,
    },
}

impl SqlStore {
    /// Opens a database; creates a missing SQLite file and its directory.
    ///
    /// # Errors
    /// When the file cannot be created, or the database does not answer.
    pub fn open(url: &DatabaseUrl, options: &PoolOptions) -> Result<Self, OpenError> {
        if let Target::Sqlite(path) = &url.0 {
            create_sqlite_file(path).map_err(|source| OpenError::File { path: path.clone(), source })?;
        }
        let opener = |purpose| Opener { target: url.0.clone(), purpose, statement_timeout: options.statement_timeout };
        let (reader, writer) = (opener(Purpose::Read), opener(Purpose::Write));
        // Once, to fail early and plainly. On SQLite it also sets the mode that the file remembers.
        drop(writer.open().map_err(|source| OpenError::Connect { url: url.clone(), source })?);
        let writers = match &url.0 {
            Target::Postgres(_) => pool(&writer, options.size, options.wait),
            Target::Sqlite(_) => pool(&writer, 1, options.wait.max(SQLITE_TURN_WAIT)),
        };
        let readers = match &url.0 {
            Target::Postgres(_) => writers.clone(),
            Target::Sqlite(_) => pool(&reader, options.size, options.wait),
        };
        let reader_waits = Arc::new(Waits::default());
        let writer_waits = match &url.0 {
            Target::Postgres(_) => Arc::clone(&reader_waits),
            Target::Sqlite(_) => Arc::new(Waits::default()),
        };
        let (turn, refusals) = Default::default();
        let url = url.clone();
        Ok(Self { url, reader, readers, writer, writers, reader_waits, writer_waits, turn, refusals })
    }

    /// Migrates the schema, and returns the migrations that ran. Two nodes may do it at the same time: one waits for the
    /// other.
    ///
    /// # Errors
    /// When the database does not answer, or a migration fails; that one leaves nothing behind.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let opener = Opener { purpose: Purpose::Migrate, ..self.writer.clone() };
        migrations::run(opener.open().map_err(connection_error)?.connection)
    }

    /// The pending migrations, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let mut slot = self.reader_waits.slot(&self.readers)?;
        SqlTx::reading(link(&mut slot, &self.reader)?, &self.reader).run(migrations::pending)
    }

    /// Runs `work` in a transaction, and again after lost races; the first time on this connection, if there is one.
    fn write_on(&self, slot: Option<Taken>, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
        let (since, mut turn) = (Instant::now(), None);
        let mut outcome = self.try_write(slot, work);
        for attempt in 1..ATTEMPTS_MAX {
            if !is_lost(&outcome) || since.elapsed() >= self.writer.statement_timeout {
                break;
            }
            sleep(pause(attempt));
            // Of many that want the same row at the same time, all but one lose. Those that lost go one after the other, so
            // that each meets few rivals, until it wins.
            turn = turn.or_else(|| self.turn.try_lock_for(TURN_WAIT));
            outcome = self.try_write(None, work);
        }
        // An error of the work is in the hands of whoever gave it.
        outcome.map(drop)
    }

    /// Runs `work` once in a transaction, and carries out its verdict.
    fn try_write(
        &self,
        slot: Option<Taken>,
        work: &mut dyn FnMut(&mut dyn Tx) -> Verdict,
    ) -> Result<Verdict, StoreError> {
        let mut outage = None;
        let outcome = self.in_transaction(slot, |link| {
            let mut tx = SqlTx::in_transaction(link);
            let verdict = work(&mut tx);
            outage = tx.outage();
            (verdict, tx.is_spoiled())
        });
        match outage.or(outcome.as_ref().err().and_then(outage_behind)) {
            Some(reason) => self.refusals.refused(reason),
            None if matches!(outcome, Ok(Verdict::Commit)) => self.refusals.made(),
            None => {}
        }
        outcome
    }

    /// Begins a transaction, runs the work, and ends it according to the verdict and whether a statement failed.
    fn in_transaction(
        &self,
        slot: Option<Taken>,
        work: impl FnOnce(&mut Link) -> (Verdict, bool),
    ) -> Result<Verdict, StoreError> {
        let mut slot = slot.map_or_else(|| self.writer_waits.slot(&self.writers), Ok)?;
        let link = link(&mut slot, &self.writer)?;
        begin(link, &self.writer)?;
        let (verdict, is_spoiled) = work(link);
        if verdict == Verdict::Commit && !is_spoiled {
            // Whatever the work answered: what could not be committed is not known to be stored.
            return match SqlConnection::commit_transaction(&mut link.connection) {
                Ok(()) => Ok(Verdict::Commit),
                Err(error) => {
                    link.is_broken |= is_disconnect(&error);
                    Err(store_error(error))
                }
            };
        }
        // A connection that cannot roll back is thrown away, and that rolls back.
        link.is_broken |= SqlConnection::rollback_transaction(&mut link.connection).is_err();
        match verdict {
            Verdict::Commit => {
                Err(StoreError::fault("a statement had failed in a transaction that was to be committed"))
            }
            Verdict::RollBack | Verdict::Retry => Ok(verdict),
        }
    }

    /// After a refused change: tests with a write without effect whether the database accepts changes again.
    fn check_changes(&self) -> Result<(), StoreError> {
        let Some(refusal) = self.refusals.look() else { return Ok(()) };
        let mut failure = None;
        self.in_transaction(None, |link| match migrations::touch(&mut link.connection) {
            Ok(_) => (Verdict::Commit, false),
            Err(error) => {
                failure = Some(store_error(error));
                (Verdict::RollBack, true)
            }
        })?;
        if let Some(error) = failure {
            return Err(error);
        }
        if let Some(reason) = refusal.outlasts_a_small_change() {
            return Err(StoreError::unavailable("a change was refused, and a smaller one is not").because(reason));
        }
        self.refusals.settle();
        Ok(())
    }
}

impl Store for SqlStore {
    fn run_read(&self, work: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError> {
        let mut slot = self.reader_waits.slot(&self.readers)?;
        work(&mut SqlTx::reading(link(&mut slot, &self.reader)?, &self.reader));
        Ok(())
    }

    fn run_write(&self, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
        self.write_on(None, work)
    }

    fn run_checked_write(
        &self,
        check: &mut dyn FnMut(&mut dyn Tx) -> bool,
        work: &mut dyn FnMut(&mut dyn Tx) -> Verdict,
    ) -> Result<(), StoreError> {
        let mut slot = self.reader_waits.slot(&self.readers)?;
        if !check(&mut SqlTx::reading(link(&mut slot, &self.reader)?, &self.reader)) {
            return Ok(());
        }
        let shared = match &self.url.0 {
            Target::Postgres(_) => Some(slot),
            // Readers cannot write. Theirs is given back before the only writer is waited for.
            Target::Sqlite(_) => None,
        };
        self.write_on(shared, work)
    }

    fn check(&self) -> Result<(), StoreError> {
        match self.pending_migrations()?.as_slice() {
            [] => self.check_changes(),
            [first, ..] => Err(StoreError::unavailable(format!("migrations are pending, {first} is the first"))
                .because("migrations are pending")),
        }
    }

    fn pools(&self) -> Vec<PoolLoad> {
        match &self.url.0 {
            Target::Postgres(_) => vec![self.reader_waits.load("all", &self.readers)],
            Target::Sqlite(_) => {
                vec![self.reader_waits.load("readers", &self.readers), self.writer_waits.load("writers", &self.writers)]
            }
        }
    }
}

fn pool(opener: &Opener, size: u32, wait: Duration) -> Pool<Opener> {
    Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(0))
        .connection_timeout(wait)
        .test_on_check_out(false)
        // What it would print comes with the error of whoever waited in vain.
        .error_handler(Box::new(NopErrorHandler))
        .build_unchecked(opener.clone())
}

/// The connection in a slot, opened if there is none.
fn link<'p>(slot: &'p mut Slot, opener: &Opener) -> Result<&'p mut Link, StoreError> {
    let link = match slot.take() {
        Some(link) => link,
        None => opener.open().map_err(connection_error)?,
    };
    Ok(slot.insert(link))
}

/// Begins a write transaction, on a new connection if this one is dead.
fn begin(link: &mut Link, opener: &Opener) -> Result<(), StoreError> {
    let outcome = match begin_on(&mut link.connection) {
        Err(error) if is_disconnect(&error) => {
            link.is_broken = true;
            *link = opener.open().map_err(connection_error)?;
            begin_on(&mut link.connection)
        }
        outcome => outcome,
    };
    outcome.map_err(|error| {
        link.is_broken = true;
        begin_error(error)
    })
}

/// Diesel would send a plain BEGIN, with which two writers on SQLite could fail half-way.
fn begin_on(connection: &mut SqlConnection) -> QueryResult<()> {
    match connection {
        SqlConnection::Postgres(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")
        }
        SqlConnection::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")
        }
    }
}

/// Whether a race was lost, so that the same work may succeed in a new transaction.
fn is_lost(outcome: &Result<Verdict, StoreError>) -> bool {
    match outcome {
        Ok(verdict) => *verdict == Verdict::Retry,
        Err(error) => error.retryable(),
    }
}

/// A random pause that grows with the attempts, so that transactions that conflicted do not conflict again.
fn pause(attempt: u32) -> Duration {
    let bound = 1_u64.checked_shl(attempt).unwrap_or(PAUSE_MAX_MS).min(PAUSE_MAX_MS);
    // A new hasher has random keys, which is all the randomness that this takes.
    Duration::from_micros(RandomState::new().hash_one(attempt) % (bound * 1000))
}
