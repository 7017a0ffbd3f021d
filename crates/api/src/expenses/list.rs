//! `GET /api/management/expense/`: the caller's expenses.

use crate::entries::{ExpenseView, PeriodQuery};
use crate::openapi::Refusals;
use crate::{Answer, Call, Reply};
use ledger::Side;
use users::Role;

/// The caller's expenses, oldest insertion first. What is dated after today (UTC) stays hidden unless `end_date` asks for it.
#[utoipa::path(
    get,
    path = "/api/management/expense/",
    operation_id = "list_expenses",
    tag = "Expenses",
    params(PeriodQuery),
    responses(
        (status = 200, description = "The expenses.", body = Vec<ExpenseView>),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = crate::openapi::Detail,
            example = json!({"detail": "An error occurred while retrieving the data."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, caller, call| {
        let entries = ledger::list_entries(tx, Side::Expense, caller.id, call.query(), call.now().date())?;
        Reply::ok(&entries.iter().map(ExpenseView::from).collect::<Vec<_>>())
    })
    .await
}
