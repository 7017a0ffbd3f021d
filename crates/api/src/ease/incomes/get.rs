//! `GET /api/management/income/<uuid>/`: one of the caller's incomes.

use crate::ease::entries::IncomeView;
use http::{Answer, Call, Reply};
use ledger::{EntryId, Side};

/// One of the caller's incomes. One that is missing and somebody else's look alike: 403.
#[utoipa::path(
    get,
    path = "/api/management/income/{id}/",
    operation_id = "get_income",
    tag = "Incomes",
    params(("id" = String, Path, format = "uuid", description = "The income.")),
    responses((status = 200, description = "The income.", body = IncomeView<'_>, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, caller, call| {
        let entry = ledger::get_entry(tx, Side::Income, caller.id, EntryId(call.uuid("id")?))?;
        call.unless_known(Reply::ok(&IncomeView::from(&entry))?)
    })
    .await
}
