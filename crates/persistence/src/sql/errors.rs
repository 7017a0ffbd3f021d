//! What a database error means to those above: a lost race, an absent database, or a fault.

use diesel::result::{ConnectionError, DatabaseErrorKind, Error};
use kernel::StoreError;

/// What a failed statement says to those above.
///
/// A broken key is a lost race here: every port that can be refused for good asks in a savepoint and looks at the refusal
/// first; for the others, somebody has just put or removed the row in question.
pub(super) fn store_error(error: Error) -> StoreError {
    if is_disconnect(&error) {
        return StoreError::unavailable(error);
    }
    match &error {
        Error::DatabaseError(kind, information) => match kind {
            DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation => StoreError::lost_race(error),
            _ if says(information.message(), &LOST_RACE) => StoreError::lost_race(error),
            _ if says(information.message(), &UNAVAILABLE) => StoreError::unavailable(error),
            _ => StoreError::fault(error),
        },
        Error::RollbackErrorOnCommit { rollback_error: _, commit_error } if is_disconnect(commit_error) => {
            StoreError::unavailable(error)
        }
        _ => StoreError::fault(error),
    }
}

/// What a connection that could not be opened says to those above.
pub(super) fn connection_error(error: ConnectionError) -> StoreError {
    StoreError::unavailable(error)
}

/// Whether the connection is gone; nothing can be said of the statement that was under way.
pub(super) fn is_disconnect(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _)
        | Error::BrokenTransactionManager => true,
        // libpq finds a connection that the server closed only when it waits for the answer, and says so in words.
        Error::DatabaseError(DatabaseErrorKind::Unknown, information) => says(information.message(), &DISCONNECTED),
        _ => false,
    }
}

// Diesel hides the codes of these, so their words must do. SQLite and libpq speak English; a PostgreSQL server may speak
// another language, and then these few are faults.
const LOST_RACE: [&str; 3] = ["database is locked", "database table is locked", "deadlock detected"];
const UNAVAILABLE: [&str; 7] = [
    "database or disk is full",
    "disk i/o error",
    "attempt to write a readonly database",
    "unable to open database file",
    "no space left on device",
    "could not extend file",
    "statement timeout",
];
const DISCONNECTED: [&str; 4] = [
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "could not receive data from server",
];

fn says(message: &str, words: &[&str]) -> bool {
    let message = message.to_lowercase();
    words.iter().any(|word| message.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Failure, Kind};

    fn unknown(message: &str) -> StoreError {
        store_error(Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())))
    }

    #[test]
    fn lost_races_are_worth_another_try() {
        assert!(unknown("database is locked").retryable());
        assert!(unknown("deadlock detected").retryable());
        for kind in [
            DatabaseErrorKind::SerializationFailure,
            DatabaseErrorKind::UniqueViolation,
            DatabaseErrorKind::ForeignKeyViolation,
        ] {
            assert!(store_error(Error::DatabaseError(kind, Box::new(String::new()))).retryable());
        }
    }

    #[test]
    fn an_absent_database_is_no_fault_of_ours() {
        for message in [
            "database or disk is full",
            "server closed the connection unexpectedly",
            "canceling statement due to statement timeout",
        ] {
            let error = unknown(message);
            assert_eq!((error.kind(), error.retryable()), (Kind::Unavailable, false), "{message}");
        }
    }

    #[test]
    fn everything_else_is() {
        assert_eq!(unknown("no such table: entries").kind(), Kind::Internal);
        assert_eq!(store_error(Error::NotFound).kind(), Kind::Internal);
    }
}
