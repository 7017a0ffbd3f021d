//! Accounts: opening one's own, logging in and out, changing the password.

mod change_password;
mod login;
mod logout;
mod message;
mod register;

use http::{Access, Endpoint, Policy};
use utoipa::OpenApi;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let (anyone, own) = (Policy::of(Access::Anyone), Policy::of(Access::Owner));
    vec![
        Endpoint::new("/api/users/login").post(anyone.fields().hashing(), login::login),
        Endpoint::new("/api/users/register").post(anyone.fields().hashing().repeatable(), register::register),
        Endpoint::new("/api/users/logout").get(own, logout::logout),
        Endpoint::new("/api/users/changepwd").put(own.fields().hashing(), change_password::change_password),
    ]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(login::login, register::register, logout::logout, change_password::change_password),
    tags((name = "Accounts", description = "One's own account."))
)]
pub(crate) struct Docs;
