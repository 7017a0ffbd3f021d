//! The calls of the two real clients, as a front-end developer would play them, and what those clients read; and the
//! calls for a screen that none of them has yet.

mod expo_accounts;
mod expo_books;
mod expo_support;
mod login_logs;
mod older;
mod screens;
