//! `POST /api/superadmin/user/`: opens an account for somebody else.

use super::view::{NewUserView, UserBody};
use accounts::NewAccount;
use auth::AuthError;
use http::{Answer, Call, Reply};
use std::sync::Arc;

/// Opens an account. Unless it is asked to be active, it waits until an administrator activates it.
///
/// A weak password is 400 with a list of sentences under `detail`, everything else is told by field.
#[utoipa::path(
    post,
    path = "/api/superadmin/user/",
    operation_id = "create_user",
    tag = "Users",
    request_body = UserBody,
    responses((status = 202, description = "The new user.", body = NewUserView))
)]
pub(crate) async fn create(call: Call) -> Answer {
    let account = call.read(|_, caller, call| Ok(NewAccount::read(caller, &call.form()?)?)).await?;
    let passwords = Arc::clone(&call.state().passwords);
    let hashed = call.state().hashing.run(move || passwords.hash(account.password.as_str())).await?;
    let hash = hashed.map_err(AuthError::from)?;
    call.create(move |tx, caller, call| {
        // Read anew, because the caller may have lost rank while the password was hashed.
        let account = NewAccount::read(caller, &call.form()?)?;
        let user = accounts::create_user(tx, caller, call.now(), &account, &hash)?;
        Reply::accepted(&NewUserView::new(&user, call.now()))
    })
    .await
}
