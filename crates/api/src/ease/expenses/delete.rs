//! `DELETE /api/management/expense/<uuid>/`: removes one of the caller's expenses.

use crate::ease::entries::ExpenseView;
use http::{Answer, Call, Reply};
use ledger::{EntryId, Side};

/// Removes one of the caller's expenses.
#[utoipa::path(
    delete,
    path = "/api/management/expense/{id}/",
    operation_id = "delete_expense",
    tag = "Expenses",
    params(("id" = String, Path, format = "uuid", description = "The expense.")),
    responses((status = 204, description = "It is gone."))
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let id = EntryId(call.uuid("id")?);
        call.require_match(|| Reply::ok(&ExpenseView::from(&ledger::get_entry(tx, Side::Expense, caller.id, id)?)))?;
        ledger::delete_entry(tx, Side::Expense, caller.id, id)?;
        Ok(Reply::no_content())
    })
    .await
}
