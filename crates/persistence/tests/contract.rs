//! The store on a database, on either engine, keeps every clause of the contract.

use persistence::SqlStore;
use std::ops::Deref;

mod sqlite {
    store::store_contract!(crate::contract::UnderTest::from(crate::support::sqlite_store()));
}

mod postgres {
    store::store_contract!(crate::contract::UnderTest::from(crate::support::postgres_store()));
}

/// A store, and what removes its database after it.
struct UnderTest<Database> {
    store: SqlStore,
    _database: Database,
}

impl<Database> From<(SqlStore, Database)> for UnderTest<Database> {
    fn from((store, database): (SqlStore, Database)) -> Self {
        Self { store, _database: database }
    }
}

impl<Database> Deref for UnderTest<Database> {
    type Target = SqlStore;

    fn deref(&self) -> &SqlStore {
        &self.store
    }
}
