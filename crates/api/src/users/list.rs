//! `GET /api/superadmin/user/`: users.

use super::view::{UserQuery, UserView};
use crate::openapi::{Detail, Refusals};
use crate::{Answer, Call, Reply};
use users::Role;

/// Users by number, the caller too. Staff and superusers may.
#[utoipa::path(
    get,
    path = "/api/superadmin/user/",
    operation_id = "list_users",
    tag = "Users",
    params(UserQuery),
    responses(
        (status = 200, description = "The users.", body = Vec<UserView>),
        (status = 400, description = "A date cannot be read, or the dates are reversed.", body = Detail,
            example = json!({"detail": "The data provided is not valid."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::Staff, |tx, _, call| {
        let users = auth::list_users(tx, call.query(), call.now())?;
        Reply::ok(&users.iter().map(|user| UserView::new(user, call.now())).collect::<Vec<_>>())
    })
    .await
}
