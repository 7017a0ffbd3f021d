//! The calls of the two real clients, as a front-end developer would play them, and what those clients read.

mod expo_accounts;
mod expo_books;
mod expo_support;
mod older;
mod screens;
