//! The surface of the ledger: records, categories, accounts, users, login logs and the support chat.

mod accounts;
mod categories;
mod chat_socket;
mod chats;
mod entries;
mod entry_files;
mod expenses;
mod incomes;
mod login_logs;
mod subcategories;
mod summary;
mod users;
mod words;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use {chat_socket::read_draft, entry_files::Rows};

use http::Surface;
use utoipa::OpenApi;

/// The surface, what is asked most first.
pub(crate) fn surface() -> Surface {
    let endpoints = [
        expenses::endpoints(),
        incomes::endpoints(),
        categories::endpoints(),
        subcategories::endpoints(),
        summary::endpoints(),
        entry_files::endpoints(),
        chats::endpoints(),
        chat_socket::endpoints(),
        accounts::endpoints(),
        users::endpoints(),
        login_logs::endpoints(),
    ];
    let documents = vec![
        accounts::Docs::openapi(),
        login_logs::Docs::openapi(),
        users::Docs::openapi(),
        expenses::Docs::openapi(),
        incomes::Docs::openapi(),
        categories::Docs::openapi(),
        subcategories::Docs::openapi(),
        summary::Docs::openapi(),
        entry_files::Docs::openapi(),
        chats::Docs::openapi(),
    ];
    Surface { endpoints: endpoints.into_iter().flatten().collect(), words: words::WORDS, documents }
}
