//! `POST /api/management/expense/`: records an expense.

use crate::ease::entries::{ExpenseBody, ExpenseView};
use http::openapi::{BodyRefusals, IdempotencyKey};
use http::{Answer, Call, Reply};
use ledger::Side;
use users::Role;

/// Records an expense of the caller.
#[utoipa::path(
    post,
    path = "/api/management/expense/",
    operation_id = "create_expense",
    tag = "Expenses",
    params(IdempotencyKey),
    request_body = ExpenseBody,
    responses((status = 202, description = "The new expense.", body = ExpenseView<'_>, headers(("ETag" = String, description = "Names this representation."))), BodyRefusals)
)]
pub(crate) async fn create(call: Call) -> Answer {
    call.create(Role::User, |tx, caller, call| {
        let ids = call.shell().ids.as_ref();
        let entry = ledger::record_entry(tx, ids, Side::Expense, caller.id, &call.form()?)?;
        Ok(Reply::accepted(&ExpenseView::from(&entry))?.with_tag())
    })
    .await
}
