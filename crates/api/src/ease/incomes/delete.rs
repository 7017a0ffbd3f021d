//! `DELETE /api/management/income/<uuid>/`: removes one of the caller's incomes.

use crate::ease::entries::IncomeView;
use http::{Answer, Call, Reply};
use ledger::{EntryId, Side};

/// Removes one of the caller's incomes.
#[utoipa::path(
    delete,
    path = "/api/management/income/{id}/",
    operation_id = "delete_income",
    tag = "Incomes",
    params(("id" = String, Path, format = "uuid", description = "The income.")),
    responses((status = 204, description = "It is gone."))
)]
pub(crate) async fn delete(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let id = EntryId(call.uuid("id")?);
        call.require_match(|| Reply::ok(&IncomeView::from(&ledger::get_entry(tx, Side::Income, caller.id, id)?)))?;
        ledger::delete_entry(tx, Side::Income, caller.id, id)?;
        Ok(Reply::no_content())
    })
    .await
}
