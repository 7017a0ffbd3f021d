//! `GET /api/superadmin/user/`: users.

use super::view::{UserQuery, UserView};
use accounts::AccountError;
use http::lists::{List, Listing, array};
use http::openapi::Faults;
use http::paging::PageQuery;
use http::{Call, Problem};
use users::{User, UserFilter};

/// Users by number, the caller too. Staff and superusers may.
///
/// Without a `limit` the list is complete. One of more than 1000 rows is sent in chunks as the client takes them; when that
/// fails half-way, the connection ends without the end of the body.
#[utoipa::path(
    get,
    path = "/api/superadmin/user/",
    operation_id = "list_users",
    tag = "Users",
    params(UserQuery, PageQuery),
    responses(
        (status = 200, description = "The users.", body = Vec<UserView>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "A date cannot be read, or the dates are reversed.", body = Faults,
            example = json!({"detail": "The data provided is not valid."}))
    )
)]
pub(crate) async fn list(call: Call) -> Result<Listing, Problem> {
    call.list(&USERS).await
}

/// Whom the query asks for.
fn filter(call: &Call) -> Result<UserFilter, AccountError> {
    UserFilter::read(call.query(), call.now()).ok_or(AccountError::InvalidFilter)
}

static USERS: List<User> = List {
    name: "users",
    beginning: |tx, _, call, limit| Ok(accounts::list_users(tx, &filter(call)?, limit)?),
    part: |tx, _, call, wanted| Ok(accounts::page_users(tx, &filter(call)?, wanted)?),
    written: |call, rows| array(rows, |user| UserView::new(user, call.now())),
    finish: |_, reply| Ok(reply),
};
