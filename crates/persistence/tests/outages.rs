//! A database that stops to work in the middle of something.
#![expect(clippy::unwrap_used, reason = "what cannot be prepared fails the test")]

use crate::support;
use kernel::{Failure, Kind, SessionId, StoreError, Uuid};
use kernel::{Instant, chrono::DateTime};
use persistence::{PoolOptions, SqlStore};
use std::time::Duration;
use store::Store;

const SESSION: SessionId = SessionId(Uuid::nil());

fn later() -> Instant {
    Instant::new(DateTime::from_timestamp(4_000_000_000, 0).unwrap())
}

fn is_stored(store: &dyn Store) -> bool {
    store.read::<_, StoreError>(|tx| tx.is_session_revoked(SESSION)).unwrap()
}

mod postgres {
    use super::*;
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, PgConnection};

    #[test]
    fn a_transaction_that_stands_still_is_ended_by_the_server() {
        let (_, database) = support::postgres_store();
        let options = PoolOptions { size: 2, statement_timeout: Duration::from_secs(1), ..PoolOptions::default() };
        let store = SqlStore::open(&database.url.parse().unwrap(), &options).unwrap();
        let store: &dyn Store = &store;
        let mut rival = PgConnection::establish(&database.url).unwrap();
        let outcome = store.write::<_, StoreError>(|tx| {
            tx.revoke_session(SESSION, later())?;
            // It waits for the server to end the transaction, as a node does that is gone or stands still.
            rival
                .batch_execute(
                    "DO $$ BEGIN WHILE EXISTS (SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND \
                     datname = current_database() AND pid <> pg_backend_pid()) LOOP PERFORM pg_sleep(0.02), \
                     pg_stat_clear_snapshot(); END LOOP; END $$",
                )
                .map_err(StoreError::fault)
        });
        assert_eq!(outcome.unwrap_err().kind(), Kind::Unavailable);
        assert!(!is_stored(store), "nothing is half applied");
        store.write::<_, StoreError>(|tx| tx.revoke_session(SESSION, later())).unwrap();
        assert!(is_stored(store));
    }

    #[test]
    fn a_server_that_refuses_is_told_of_at_once_and_used_again_at_once() {
        let (store, database) = support::postgres_store();
        let store: &dyn Store = &store;
        let mut server = support::server();
        let name = database.url.rsplit_once('/').unwrap().1.to_owned();
        support::execute(&mut server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        let close = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity";
        support::execute(&mut server, &format!("{close} WHERE datname = '{name}'"));
        let error = store.check().unwrap_err();
        assert_eq!((error.kind(), error.reason()), (Kind::Unavailable, Some("it cannot be reached")));
        let refused = store.write::<_, StoreError>(|tx| tx.revoke_session(SESSION, later())).unwrap_err();
        assert_eq!(refused.reason(), Some("it cannot be reached"));
        support::execute(&mut server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
        store.write::<_, StoreError>(|tx| tx.revoke_session(SESSION, later())).unwrap();
        store.check().unwrap();
    }
}

mod sqlite {
    use super::*;
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};

    #[test]
    fn a_file_that_took_no_change_is_not_ready_until_it_does() {
        let (store, file) = support::sqlite_store();
        let store: &dyn Store = &store;
        let mut rival = SqliteConnection::establish(file.url.trim_start_matches("sqlite://")).unwrap();
        rival.batch_execute("BEGIN IMMEDIATE").unwrap();
        store.check().unwrap();
        let refused = store.write::<_, StoreError>(|tx| tx.revoke_session(SESSION, later())).unwrap_err();
        assert_eq!((refused.kind(), refused.reason()), (Kind::Unavailable, Some("it takes no changes")));
        assert_eq!(store.check().unwrap_err().reason(), Some("it takes no changes"));
        rival.batch_execute("COMMIT").unwrap();
        store.check().unwrap();
        assert!(!is_stored(store));
    }
}
