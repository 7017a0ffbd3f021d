//! Users, in a table.

pub(crate) mod rows;
pub(crate) mod schema;
mod user_table;
