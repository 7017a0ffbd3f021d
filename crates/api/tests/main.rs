//! The API over HTTP and WebSocket, driven as its clients drive it, over a store in memory.

mod accounts;
mod authorisation;
mod budgets;
mod categories;
mod chat_socket;
mod chats;
mod conventions;
mod description;
mod entries;
mod entry_files;
mod going_down;
mod idempotency;
mod login_logs;
mod long_lists;
mod lost_updates;
mod paging;
mod request_log;
mod slow_reader;
mod socket_authorisation;
mod summary;
mod support;
mod users;
