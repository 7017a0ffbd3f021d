//! `GET /api/management/export/`: the caller's expenses and incomes as one file.

use super::table;
use super::view::{FORMAT, FormatQuery};
use crate::ease::entries::{PeriodQuery, period};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use actix_web::web::Bytes;
use auth::Caller;
use futures_util::{StreamExt, stream};
use http::streaming::Streamed;
use http::{Call, Problem};
use kernel::{PageRequest, Position};
use ledger::Side;
use store::Tx;

/// Rows that are read and written out at a time.
const CHUNK: u32 = 1000;

/// What comes next: the side, and the position after which to go on.
type Next = Option<(Side, Position)>;

/// The caller's expenses and then incomes as comma-separated values, each oldest insertion first.
///
/// The file can be imported again, here or elsewhere. Cells that a spreadsheet could take for a formula begin with `'`, which an
/// import takes away. It is sent in chunks as the client takes them; when that fails half-way, the connection ends without the
/// end of the body.
#[utoipa::path(
    get,
    path = "/api/management/export/",
    operation_id = "export_entries",
    tag = "Import and export",
    params(FormatQuery, PeriodQuery),
    responses(
        (status = 200, description = "The file.", body = String, content_type = "text/csv",
            headers(("Content-Disposition" = String, description = "A name for the file.")),
            example = "type,external_id,title,description,amount,creation_date,creation_time,category,category_name,subcategory,subcategory_name\r\nincome,0f4f64ab-9a59-4d9b-8c5e-3a1f0b7c2d11,Pay,November,2500.00,2026-11-20,10:11:12,3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a,Pay,,\r\n"),
        (status = 400, description = "A filter cannot be read, or is reversed; or there is no such format.",
            example = json!({"format": ["Not a valid choice."]}))
    )
)]
pub(crate) async fn export(call: Call) -> Result<Streamed, Problem> {
    let beginning = call.read(|tx, caller, call| {
        read_format(call)?;
        let (rows, next) = chunk(tx, caller, call, (Side::Expense, Position::START))?;
        Ok(([table::header()?, rows].concat(), next))
    });
    let (beginning, next) = beginning.await?;
    let rest = call.clone();
    let rest = stream::try_unfold(next, move |next| read_on(rest.clone(), next));
    let file = stream::once(async { Ok(Bytes::from(beginning)) }).chain(rest);
    let name = format!("attachment; filename=\"ease-{}.csv\"", call.now().date());
    let name = HeaderValue::from_str(&name).map_err(|error| Problem::fault("api.unwritable_name", &error))?;
    let media_type = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    Ok(Streamed::new(&call, file).with_header(CONTENT_TYPE, media_type).with_header(CONTENT_DISPOSITION, name))
}

fn read_format(call: &Call) -> Result<(), Problem> {
    let mut fields = call.query().fields();
    fields.filter(&FORMAT);
    fields.finish().map_err(|errors| Problem::fields("api.unknown_format", &errors))
}

/// Reads the next chunk as a request of its own would: a caller who is blocked or logged out meanwhile gets no more.
async fn read_on(call: Call, next: Next) -> Result<Option<(Bytes, Next)>, Problem> {
    let Some(next) = next else { return Ok(None) };
    let read = call.read(move |tx, caller, call| chunk(tx, caller, call, next));
    read.await.map(|(rows, next)| Some((rows.into(), next)))
}

fn chunk(
    tx: &mut dyn Tx,
    caller: &Caller,
    call: &Call,
    (side, after): (Side, Position),
) -> Result<(Vec<u8>, Next), Problem> {
    let wanted = PageRequest { after, limit: CHUNK };
    let page = ledger::export_entries(tx, side, caller.id, &period(call)?, wanted)?;
    let next = match (page.next, side) {
        (Some(position), _) => Some((side, position)),
        (None, Side::Expense) => Some((Side::Income, Position::START)),
        (None, Side::Income) => None,
    };
    Ok((table::rows(&page.rows)?, next))
}
