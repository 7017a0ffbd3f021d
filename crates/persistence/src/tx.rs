//! A connection in use, on which every port of every domain is implemented.

use crate::connection::SqlConnection;
use crate::errors::{connection_error, is_disconnect, outage_behind, store_error};
use crate::opener::{Link, Opener};
use diesel::{Connection, QueryResult};
use kernel::StoreError;

/// A connection in use, in a transaction or, for reading, outside of any.
pub(super) struct SqlTx<'c> {
    link: &'c mut Link,
    /// Set outside of transactions, where a statement on a dead connection may be repeated on a new one.
    reopen: Option<&'c Opener>,
    /// A statement failed, and not in a savepoint: PostgreSQL would answer COMMIT with success and store nothing.
    is_spoiled: bool,
    /// Why a statement failed, when the database is unavailable.
    outage: Option<&'static str>,
}

impl<'c> SqlTx<'c> {
    /// Works in the transaction that is open on `link`.
    pub(super) fn in_transaction(link: &'c mut Link) -> Self {
        Self { link, reopen: None, is_spoiled: false, outage: None }
    }

    /// Works without a transaction.
    pub(super) fn reading(link: &'c mut Link, opener: &'c Opener) -> Self {
        Self { link, reopen: Some(opener), is_spoiled: false, outage: None }
    }

    /// Whether the transaction can no longer be committed.
    pub(super) fn is_spoiled(&self) -> bool {
        self.is_spoiled
    }

    /// Why the database was unavailable, if it was.
    pub(super) fn outage(&self) -> Option<&'static str> {
        self.outage
    }

    /// Runs a statement that is expected to succeed.
    pub(super) fn run<T>(
        &mut self,
        mut statement: impl FnMut(&mut SqlConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        let first = statement(&mut self.link.connection);
        let outcome = match (first, self.reopen) {
            (Err(error), Some(opener)) if is_disconnect(&error) => {
                self.link.is_broken = true;
                *self.link = opener.open().map_err(connection_error)?;
                statement(&mut self.link.connection)
            }
            (first, _) => first,
        };
        outcome.map_err(|error| self.failed(error))
    }

    /// Runs a statement that may be refused, in a savepoint, so that the transaction stays usable after a refusal. An error that
    /// `refusal` does not recognise is an error like any other.
    pub(super) fn attempt<T, E: From<StoreError>>(
        &mut self,
        statement: impl FnOnce(&mut SqlConnection) -> QueryResult<T>,
        refusal: impl FnOnce(&diesel::result::Error) -> Option<E>,
    ) -> Result<T, E> {
        #[expect(clippy::disallowed_methods, reason = "inside the store's transaction this is a savepoint")]
        let outcome = self.link.connection.transaction(statement);
        outcome.map_err(|error| {
            if let Some(refusal) = refusal(&error) {
                return refusal;
            }
            self.failed(error).into()
        })
    }

    fn failed(&mut self, error: diesel::result::Error) -> StoreError {
        self.is_spoiled = true;
        self.link.is_broken |= is_disconnect(&error);
        let error = store_error(error);
        self.outage = self.outage.or(outage_behind(&error));
        error
    }
}
