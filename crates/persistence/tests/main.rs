//! What only a database can show: on SQLite files, and on databases of the PostgreSQL server of `TEST_DATABASE_URL`.

mod contract;
mod deletion;
mod migrations;
mod outages;
mod plans;
mod repetition;
mod schema;
mod serialization;
mod support;
