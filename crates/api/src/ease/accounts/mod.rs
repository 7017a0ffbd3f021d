//! Accounts: opening one's own, logging in and out, changing the password.

mod change_password;
mod login;
mod logout;
mod register;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use serde::Serialize;
use users::Role;
use utoipa::{OpenApi, ToSchema};

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(Endpoint::public("/api/users/login").post(login::login))
        .service(Endpoint::public("/api/users/register").post(register::register))
        .service(Endpoint::new("/api/users/logout", Role::User).get(logout::logout))
        .service(Endpoint::new("/api/users/changepwd", Role::User).put(change_password::change_password));
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(login::login, register::register, logout::logout, change_password::change_password),
    tags((name = "Accounts", description = "One's own account."))
)]
pub(crate) struct Docs;

/// One sentence that says what was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Message {
    /// The sentence.
    message: &'static str,
}
