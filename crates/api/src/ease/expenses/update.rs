//! `PUT /api/management/expense/<uuid>/`: changes one of the caller's expenses.

use crate::ease::entries::{ExpenseChangesBody, ExpenseView};
use http::{Answer, Call, Reply};
use ledger::{EntryChanges, EntryId, Side};

/// Changes whatever the body holds; a date or time that cannot be read is left as it was.
#[utoipa::path(
    put,
    path = "/api/management/expense/{id}/",
    operation_id = "update_expense",
    tag = "Expenses",
    params(("id" = String, Path, format = "uuid", description = "The expense.")),
    request_body = ExpenseChangesBody,
    responses((status = 202, description = "The expense as it is now.", body = ExpenseView<'_>, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn update(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let entry = ledger::get_entry(tx, Side::Expense, caller.id, EntryId(call.uuid("id")?))?;
        call.require_match(|| Reply::ok(&ExpenseView::from(&entry)))?;
        let changes = EntryChanges::read(Side::Expense, &call.form()?, tx)?;
        let entry = ledger::update_entry(tx, entry, changes)?;
        Ok(Reply::accepted(&ExpenseView::from(&entry))?.with_tag())
    })
    .await
}
