//! Maps database errors to `StoreError`: a lost race, an unavailable database, or a fault.

use diesel::result::{ConnectionError, DatabaseErrorKind, Error};
use kernel::StoreError;

/// Maps the error of a statement.
///
/// A violated key is a lost race here. A port for which it is a final refusal runs the statement in a savepoint and checks for it
/// first; for the others, somebody has just inserted or removed the row in question.
pub(super) fn store_error(error: Error) -> StoreError {
    if is_disconnect(&error) {
        return StoreError::unavailable(error).because(UNREACHABLE);
    }
    match &error {
        _ if is_lost_race(&error) => StoreError::lost_race(error),
        Error::DatabaseError(_, information) => match outage(information.message()) {
            Some(reason) => StoreError::unavailable(error).because(reason),
            None => StoreError::fault(error),
        },
        Error::RollbackErrorOnCommit { rollback_error: _, commit_error } if is_disconnect(commit_error) => {
            StoreError::unavailable(error).because(UNREACHABLE)
        }
        _ => StoreError::fault(error),
    }
}

/// Whether another transaction won a race.
pub(super) fn is_lost_race(error: &Error) -> bool {
    let Error::DatabaseError(kind, information) = error else { return false };
    matches!(
        kind,
        DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
    ) || says(information.message(), &LOST_RACE)
}

/// Whether a row could not be removed because another one refers to it.
pub(super) fn is_in_use(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))
}

/// Maps the error of a connection that could not be opened.
pub(super) fn connection_error(error: ConnectionError) -> StoreError {
    // These are words of libpq, not of the server.
    let is_silent = says(&error.to_string(), &["timeout expired"]);
    StoreError::unavailable(error).because(if is_silent { SILENT } else { UNREACHABLE })
}

/// Maps the error of a transaction that could not be begun.
///
/// It is no race: another process holds the SQLite file for longer than we wait, or the PostgreSQL server has become a standby.
pub(super) fn begin_error(error: Error) -> StoreError {
    let known = store_error(error);
    match known.reason() {
        Some(_) => known,
        None => StoreError::unavailable(known).because(READ_ONLY),
    }
}

/// Whether the connection is broken; the outcome of the running statement is unknown.
pub(super) fn is_disconnect(error: &Error) -> bool {
    matches!(
        error,
        Error::BrokenTransactionManager
            | Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _)
    )
}

const UNREACHABLE: &str = "it cannot be reached";
/// The reason that readiness reports for a failed check.
const SILENT: &str = "it does not answer";
const READ_ONLY: &str = "it takes no changes";
const FULL: &str = "its disk is full";
const BROKEN_DISK: &str = "its disk fails";
const SLOW: &str = "it takes too long";
const UNKNOWN: &str = "it does not do what it should";

// Diesel hides the codes of these, so their words must do. SQLite speaks English, and a PostgreSQL server is asked to when
// a connection is opened; where it may not, these few are faults.
const LOST_RACE: [&str; 3] = ["database is locked", "database table is locked", "deadlock detected"];
const OUTAGES: [(&str, &str); 10] = [
    ("database or disk is full", FULL),
    ("no space left on device", FULL),
    ("disk quota exceeded", FULL),
    ("could not extend file", FULL),
    ("disk i/o error", BROKEN_DISK),
    ("unable to open database file", BROKEN_DISK),
    ("attempt to write a readonly database", READ_ONLY),
    ("statement timeout", SLOW),
    ("lock timeout", SLOW),
    ("out of memory", "it is out of memory"),
];

/// Why the storage is unavailable for everybody, if it is.
pub(super) fn outage_behind(error: &StoreError) -> Option<&'static str> {
    error.is_outage().then(|| error.reason().unwrap_or(UNKNOWN))
}

/// Whether it is about disk space or the disk itself, which small changes may meet less often than large ones.
pub(super) fn is_of_the_disk(reason: &str) -> bool {
    [FULL, BROKEN_DISK].contains(&reason)
}

/// Why the storage is unavailable, if the message says so.
fn outage(message: &str) -> Option<&'static str> {
    OUTAGES.iter().find(|(words, _)| says(message, &[words])).map(|(_, reason)| *reason)
}

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
        let locked = Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new("database is locked".to_owned()));
        let closed = store_error(Error::DatabaseError(DatabaseErrorKind::ClosedConnection, Box::new(String::new())));
        for (error, reason) in [
            (closed, "it cannot be reached"),
            (begin_error(locked), "it takes no changes"),
            (unknown("database or disk is full"), "its disk is full"),
            (unknown("disk I/O error"), "its disk fails"),
            (unknown("canceling statement due to statement timeout"), "it takes too long"),
        ] {
            assert_eq!((error.kind(), error.retryable(), error.reason()), (Kind::Unavailable, false, Some(reason)));
        }
    }

    #[test]
    fn a_server_that_is_silent_is_told_from_one_that_is_not_there() {
        for (words, reason) in [
            ("connection to server at \"10.0.0.1\", port 5432 failed: Connection refused", "it cannot be reached"),
            ("connection to server at \"10.0.0.1\", port 5432 failed: timeout expired", "it does not answer"),
        ] {
            let error = connection_error(ConnectionError::BadConnection(words.to_owned()));
            assert_eq!((error.kind(), error.reason()), (Kind::Unavailable, Some(reason)));
        }
    }

    #[test]
    fn everything_else_is() {
        assert_eq!(unknown("no such table: entries").kind(), Kind::Internal);
        assert_eq!(store_error(Error::NotFound).kind(), Kind::Internal);
    }
}
