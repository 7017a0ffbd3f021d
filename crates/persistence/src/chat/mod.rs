//! Support chats, in tables.

mod chats;
mod rows;
mod schema;
