//! Answers that are kept, in a table.

mod answers;
mod schema;
