//! `DELETE /api/management/expense/<uuid>/`: removes one of the caller's expenses.

use crate::openapi::Refusals;
use crate::{Answer, Call, Reply};
use ledger::{EntryId, Side};
use users::Role;

/// Removes one of the caller's expenses.
#[utoipa::path(
    delete,
    path = "/api/management/expense/{id}/",
    operation_id = "delete_expense",
    tag = "Expenses",
    params(("id" = String, Path, format = "uuid", description = "The expense.")),
    responses((status = 204, description = "It is gone."), Refusals)
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(Role::User, |tx, caller, call| {
        ledger::delete_entry(tx, Side::Expense, caller.id, EntryId(call.uuid("id")?))?;
        Ok(Reply::no_content())
    })
    .await
}
