//! `GET /api/management/summary/`: what the caller's expenses and incomes come to.

use super::view::{GroupQuery, SummaryView};
use crate::ease::entries::{PeriodQuery, period};
use http::openapi::Faults;
use http::{Answer, Call, Reply};
use ledger::Grouping;

/// What the caller's expenses and incomes come to, as a whole and group by group.
///
/// Sums are exact. Groups without entries are absent; times come from the first to the last, categories by name. What is dated
/// after today (UTC) counts only if `end_date` asks for it.
#[utoipa::path(
    get,
    path = "/api/management/summary/",
    operation_id = "summarise_entries",
    tag = "Summary",
    params(PeriodQuery, GroupQuery),
    responses(
        (status = 200, description = "The sums.", body = SummaryView),
        (status = 400, description = "A filter cannot be read, or is reversed; or there is no such grouping.", body = Faults,
            example = json!({"group_by": ["Not a valid choice."]}))
    )
)]
pub(crate) async fn get(call: Call) -> Answer {
    call.read(|tx, caller, call| {
        let (period, grouping) = (period(call)?, Grouping::read(call.query())?);
        let summary = ledger::summarise_entries(tx, caller.id, &period, grouping)?;
        Reply::ok(&SummaryView::from(&summary))
    })
    .await
}
