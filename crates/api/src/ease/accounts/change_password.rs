//! `PUT /api/users/changepwd/`: changes the caller's password.

use super::message::Message;
use auth::{AuthError, PasswordChange};
use bus::Event;
use http::{Answer, Call, Reply, body};
use std::sync::Arc;

body! {
    /// A wish for another password.
    pub(crate) PasswordChangeBody = PasswordChange::fields();
}

/// Changes the caller's password. The token of this request lives on; every other login of the caller is over.
///
/// A wrong or missing current password is 400 with a bare list of one sentence.
#[utoipa::path(
    put,
    path = "/api/users/changepwd/",
    operation_id = "change_password",
    tag = "Accounts",
    request_body = PasswordChangeBody,
    responses(
        (status = 200, description = "The new password counts from now on.", body = Message,
            example = json!({"message": "Password changed successfully."}))
    )
)]
pub(crate) async fn change_password(call: Call) -> Answer {
    let (change, user) = call
        .read(|tx, caller, call| {
            let change = PasswordChange::read(&call.form()?);
            let user = tx.find_user(caller.id)?.ok_or(AuthError::UserGone)?;
            Ok((change, Arc::new(user)))
        })
        .await?;
    let (passwords, compared) = (Arc::clone(&call.state().passwords), Arc::clone(&user));
    let hash = call.state().hashing.run(move || change.hash(&passwords, &compared)).await??;
    call.write(move |tx, caller, _| {
        auth::change_password(tx, caller, &user, &hash)?;
        let told = Event::SessionsEnded { user: caller.id, except: Some(caller.session) };
        Ok(Reply::ok(&Message { message: "Password changed successfully." })?.telling([told]))
    })
    .await
}
