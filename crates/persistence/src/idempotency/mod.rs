//! Answers that are kept, in a table.

mod responses;
mod schema;
