//! `GET /api/management/income/`: the caller's incomes.

use crate::ease::entries::{IncomeView, PeriodQuery, period};
use http::lists::{List, Listing, array};
use http::openapi::Faults;
use http::paging::PageQuery;
use http::{Call, Problem};
use ledger::{Entry, Side};

/// The caller's incomes, oldest insertion first. What is dated after today (UTC) stays hidden unless `end_date` asks for it.
///
/// Without a `limit` the list is complete. One of more than 1000 rows is sent in chunks as the client takes them; when that
/// fails half-way, the connection ends without the end of the body.
#[utoipa::path(
    get,
    path = "/api/management/income/",
    operation_id = "list_incomes",
    tag = "Incomes",
    params(PeriodQuery, PageQuery),
    responses(
        (status = 200, description = "The incomes.", body = Vec<IncomeView<'_>>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "A filter cannot be read, or is reversed.", body = Faults,
            example = json!({"detail": "An error occurred while retrieving the data."}))
    )
)]
pub(crate) async fn list(call: Call) -> Result<Listing, Problem> {
    call.list(&INCOMES).await
}

static INCOMES: List<Entry> = List {
    name: "incomes",
    beginning: |tx, caller, call, limit| Ok(ledger::list_entries(tx, Side::Income, caller.id, &period(call)?, limit)?),
    part: |tx, caller, call, wanted| Ok(ledger::page_entries(tx, Side::Income, caller.id, &period(call)?, wanted)?),
    written: |_, rows| array(rows, IncomeView::from),
    finish: |_, reply| Ok(reply),
};
