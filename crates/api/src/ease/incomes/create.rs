//! `POST /api/management/income/`: records an income.

use crate::ease::entries::{IncomeBody, IncomeView};
use http::{Answer, Call, Reply};
use ledger::{EntryDraft, Side};

/// Records an income of the caller.
#[utoipa::path(
    post,
    path = "/api/management/income/",
    operation_id = "create_income",
    tag = "Incomes",
    request_body = IncomeBody,
    responses((status = 202, description = "The new income.", body = IncomeView<'_>, headers(("ETag" = String, description = "Names this representation."))))
)]
pub(crate) async fn create(call: Call) -> Answer {
    call.create(|tx, caller, call| {
        let ids = call.state().ids.as_ref();
        let draft = EntryDraft::read(Side::Income, &call.form()?, tx)?;
        let entry = ledger::record_entry(tx, ids, caller.id, draft)?;
        Ok(Reply::accepted(&IncomeView::from(&entry))?.with_tag())
    })
    .await
}
