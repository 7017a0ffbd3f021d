//! `GET /api/management/expense/<uuid>/`: one of the caller's expenses.

use crate::ease::entries::ExpenseView;
use http::openapi::{IfNoneMatch, NotModified, Refusals};
use http::{Answer, Call, Reply};
use ledger::{EntryId, Side};
use users::Role;

/// One of the caller's expenses. One that is missing and somebody else's look alike: 403.
#[utoipa::path(
    get,
    path = "/api/management/expense/{id}/",
    operation_id = "get_expense",
    tag = "Expenses",
    params(("id" = String, Path, format = "uuid", description = "The expense."), IfNoneMatch),
    responses((status = 200, description = "The expense.", body = ExpenseView<'_>, headers(("ETag" = String, description = "Names this representation."))), NotModified, Refusals)
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(Role::User, |tx, caller, call| {
        let entry = ledger::get_entry(tx, Side::Expense, caller.id, EntryId(call.uuid("id")?))?;
        call.unless_known(Reply::ok(&ExpenseView::from(&entry))?)
    })
    .await
}
