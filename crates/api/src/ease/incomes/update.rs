//! `PUT /api/management/income/<uuid>/`: changes one of the caller's incomes.

use crate::ease::entries::{IncomeChangesBody, IncomeView};
use http::{Answer, Call, Problem, Reply};
use ledger::{EntryChanges, EntryId, Side};

/// Changes whatever the body holds; a date or time that cannot be read is left as it was.
#[utoipa::path(
    put,
    path = "/api/management/income/{id}/",
    operation_id = "update_income",
    tag = "Incomes",
    params(("id" = String, Path, format = "uuid", description = "The income.")),
    request_body = IncomeChangesBody,
    responses((status = 202, description = "The income as it is now.", body = IncomeView<'_>, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn update(call: Call) -> Answer {
    call.write(|tx, caller, call| {
        let entry = ledger::get_entry(tx, Side::Income, caller.id, EntryId(call.uuid("id")?))?;
        call.require_match(|| Reply::ok(&IncomeView::from(&entry)))?;
        let changes = EntryChanges::read(Side::Income, &call.form()?, tx)
            .map_err(|error| Problem::from(error).reworded("ledger.amount_not_positive", "Couldn`t get amount"))?;
        let entry = ledger::update_entry(tx, entry, changes)?;
        Ok(Reply::accepted(&IncomeView::from(&entry))?.with_tag())
    })
    .await
}
