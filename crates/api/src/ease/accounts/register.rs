//! `POST /api/users/register/`: opens an account for whoever asks.

use super::message::Message;
use auth::{AuthError, Registration};
use http::{Answer, Call, Reply, body};
use std::sync::Arc;

body! {
    /// What somebody registers with.
    pub(crate) RegistrationBody = Registration::fields();
}

/// Opens an account: active, without any right.
///
/// A taken address is 400 with `User already exists`; a malformed address and a weak password are both 400 with
/// `Credentials are incorrect`.
#[utoipa::path(
    post,
    path = "/api/users/register/",
    operation_id = "register",
    tag = "Accounts",
    request_body = RegistrationBody,
    responses(
        (status = 202, description = "The account is open.", body = Message,
            example = json!({"message": "Account registrated successfully!"}))
    )
)]
pub(crate) async fn register(call: Call) -> Answer {
    let registration = call
        .read_if_known(|tx, _, call| {
            let registration = Registration::read(&call.form()?)?;
            // Hashing is costly; the store refuses whoever slips through here. A repetition finds its own account.
            match tx.find_user_by_login(registration.email.as_str())? {
                Some(_) if !call.is_keyed() => Err(AuthError::Taken.into()),
                _ => Ok(Arc::new(registration)),
            }
        })
        .await?;
    let (passwords, chosen) = (Arc::clone(&call.state().passwords), Arc::clone(&registration));
    let hashed = call.state().hashing.run(move || passwords.hash(chosen.password.as_str())).await?;
    let hash = hashed.map_err(AuthError::from)?;
    let address = registration.email.as_str().to_owned();
    call.create_for_anyone(address, move |tx, call| {
        auth::register(tx, call.now(), &registration, &hash)?;
        Reply::accepted(&Message { message: "Account registrated successfully!" })
    })
    .await
}
