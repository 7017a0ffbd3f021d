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

#[cfg(any(test, fuzzing))]
pub(crate) use {chat_socket::read_draft, entry_files::Rows};

use actix_web::web::ServiceConfig;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

/// The routes of this surface. They are tried one after the other, so what is asked most comes first.
pub(crate) fn routes(config: &mut ServiceConfig) {
    expenses::routes(config);
    incomes::routes(config);
    categories::routes(config);
    subcategories::routes(config);
    summary::routes(config);
    entry_files::routes(config);
    chats::routes(config);
    chat_socket::routes(config);
    accounts::routes(config);
    users::routes(config);
    login_logs::routes(config);
}

/// The description of this surface's operations.
pub(crate) fn docs() -> Vec<Document> {
    vec![
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
    ]
}
