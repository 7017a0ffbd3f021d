//! `GET /api/management/income/`: the caller's incomes.

use crate::entries::{IncomeView, PeriodQuery};
use crate::openapi::Refusals;
use crate::{Answer, Call, Reply};
use ledger::Side;
use users::Role;

/// The caller's incomes, oldest insertion first. What is dated after today (UTC) stays hidden unless `end_date` asks for it.
#[utoipa::path(
    get,
    path = "/api/management/income/",
    operation_id = "list_incomes",
    tag = "Incomes",
    params(PeriodQuery),
    responses(
        (status = 200, description = "The incomes.", body = Vec<IncomeView>),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = crate::openapi::Detail,
            example = json!({"detail": "An error occurred while retrieving the data."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, caller, call| {
        let entries = ledger::list_entries(tx, Side::Income, caller.id, call.query(), call.now().date())?;
        Reply::ok(&entries.iter().map(IncomeView::from).collect::<Vec<_>>())
    })
    .await
}
