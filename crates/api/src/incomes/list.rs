//! `GET /api/management/income/`: the caller's incomes.

use crate::entries::{IncomeView, PeriodQuery};
use crate::openapi::Refusals;
use crate::paging::PageQuery;
use crate::{Answer, Call};
use kernel::Page;
use ledger::Side;
use users::Role;

/// The caller's incomes, oldest insertion first. What is dated after today (UTC) stays hidden unless `end_date` asks for it.
#[utoipa::path(
    get,
    path = "/api/management/income/",
    operation_id = "list_incomes",
    tag = "Incomes",
    params(PeriodQuery, PageQuery),
    responses(
        (status = 200, description = "The incomes.", body = Vec<IncomeView<'_>>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = crate::openapi::Detail,
            example = json!({"detail": "An error occurred while retrieving the data."})),
        Refusals
    )
)]
pub(crate) async fn list(call: Call) -> Answer {
    call.read(Role::User, |tx, caller, call| {
        let (query, today) = (call.query(), call.now().date());
        let page = match call.wanted_page("incomes", caller)? {
            None => Page::whole(ledger::list_entries(tx, Side::Income, caller.id, query, today)?),
            Some(wanted) => ledger::page_entries(tx, Side::Income, caller.id, query, today, wanted)?,
        };
        call.page("incomes", caller, &page, IncomeView::from)
    })
    .await
}
