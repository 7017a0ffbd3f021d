//! `GET /api/management/expense/<uuid>/`: one of the caller's expenses.

use crate::ease::entries::ExpenseView;
use http::{Answer, Call, Reply};
use ledger::{EntryId, Side};

/// One of the caller's expenses. One that is missing and somebody else's look alike: 403.
#[utoipa::path(
    get,
    path = "/api/management/expense/{id}/",
    operation_id = "get_expense",
    tag = "Expenses",
    params(("id" = String, Path, format = "uuid", description = "The expense.")),
    responses((status = 200, description = "The expense.", body = ExpenseView<'_>, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, caller, call| {
        let entry = ledger::get_entry(tx, Side::Expense, caller.id, EntryId(call.uuid("id")?))?;
        call.unless_known(Reply::ok(&ExpenseView::from(&entry))?)
    })
    .await
}
