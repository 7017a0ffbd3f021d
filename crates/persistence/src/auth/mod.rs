//! Ended sessions, in a table.

mod schema;
mod sessions;
