//! `POST /api/management/expense/`: records an expense.

use crate::ease::entries::{ExpenseBody, ExpenseView};
use http::{Answer, Call, Reply};
use ledger::{EntryDraft, Side};

/// Records an expense of the caller.
#[utoipa::path(
    post,
    path = "/api/management/expense/",
    operation_id = "create_expense",
    tag = "Expenses",
    request_body = ExpenseBody,
    responses((status = 202, description = "The new expense.", body = ExpenseView<'_>, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn create(call: Call) -> Answer {
    call.create(|tx, caller, call| {
        let ids = call.state().ids.as_ref();
        let draft = EntryDraft::read(Side::Expense, &call.form()?, tx)?;
        let entry = ledger::record_entry(tx, ids, caller.id, draft)?;
        Ok(Reply::accepted(&ExpenseView::from(&entry))?.with_tag())
    })
    .await
}
