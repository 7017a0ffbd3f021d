//! `POST /api/management/import/`: takes over expenses and incomes from a file.

use super::table;
use super::view::{DRY_RUN, DryRunQuery, ImportForm, ImportView};
use actix_web::http::StatusCode;
use auth::Caller;
use http::openapi::Faults;
use http::{Answer, Call, Problem, Reply, sentences};
use kernel::Failure;
use ledger::{FaultyRows, ImportMode, LedgerError, RowFault};
use serde_json::{Value, json};
use store::Tx;

/// Records every row of a file as an entry of the caller: all of them, or none.
///
/// The first row names the columns, in any order: `type` (`expense` or `income`), `title`, `description`, `amount`,
/// `creation_date` and `creation_time` are needed, under the rules of a single entry; so is `category` or `category_name`,
/// and for an expense `subcategory` or `subcategory_name`. A name is asked when there is no such identifier here, and must
/// be one thing's alone. A row whose `external_id` names an entry of the caller on the same side is known and left alone, so
/// that the same file may be sent again; rows without one are always new. Files that were exported can be imported.
///
/// A file has up to 100000 rows and 32 MiB, unless the server is set up otherwise.
#[utoipa::path(
    post,
    path = "/api/management/import/",
    operation_id = "import_entries",
    tag = "Import and export",
    params(DryRunQuery),
    request_body(content((String = "text/csv", example = "type,external_id,title,description,amount,creation_date,creation_time,category_name\r\nincome,2026-117,Pay,November,2500.00,2026-11-20,10:11:12,Pay\r\n"), (ImportForm = "multipart/form-data"))),
    responses(
        (status = 200, description = "What would happen, for a dry run.", body = ImportView),
        (status = 202, description = "What happened.", body = ImportView),
        (status = 400, description = "What is wrong with the first hundred faulty rows; nothing was imported. Row 1 is the header; `field` is `row` for what is wrong with a row as a whole.", body = Faults,
            example = json!({"detail": "1 row is faulty. Nothing was imported.", "errors": [{"row": 3, "field": "amount", "detail": "A valid number is required."}], "more": false}))
    )
)]
pub(crate) async fn import(call: Call) -> Answer {
    let mode = read_mode(&call);
    if matches!(mode, Ok(ImportMode::Commit)) {
        return call.create(|tx, caller, call| run(tx, caller, call, ImportMode::Commit)).await;
    }
    call.read(|tx, caller, call| run(tx, caller, call, mode?)).await
}

/// Whether the query asks for a dry run; empty text does not.
fn read_mode(call: &Call) -> Result<ImportMode, Problem> {
    let mut fields = call.query().fields();
    let is_dry = fields.filter(&DRY_RUN).unwrap_or(false);
    fields.finish().map_err(|errors| Problem::fields("api.unreadable_dry_run", &errors))?;
    Ok(if is_dry { ImportMode::DryRun } else { ImportMode::Commit })
}

fn run(tx: &mut dyn Tx, caller: &Caller, call: &Call, mode: ImportMode) -> Answer {
    let file = call.csv_file()?;
    let rows = table::Rows::open(file, call.state().limits.import_rows_max)?;
    // Whoever was told that it took too long must not find it done.
    let rows = rows.take_while(|_| !call.is_overdue());
    let imported = match ledger::import_entries(tx, call.state().ids.as_ref(), caller.id, rows, mode) {
        Err(LedgerError::Rows(faulty)) => return Err(refusal(&faulty)),
        imported => imported?,
    };
    if call.is_overdue() {
        return Err(Problem::busy("api.too_slow", 1));
    }
    let view = ImportView::new(imported, mode);
    match mode {
        ImportMode::DryRun => Reply::ok(&view),
        ImportMode::Commit => Reply::accepted(&view),
    }
}

/// Every sentence about every faulty row.
fn refusal(faulty: &FaultyRows) -> Problem {
    let mut errors = Vec::<Value>::new();
    for row in &faulty.rows {
        for (field, faults) in row.errors.iter() {
            let told = |fault: &RowFault| json!({ "row": row.number, "field": field, "detail": sentence(fault) });
            errors.extend(faults.iter().map(told));
        }
    }
    let detail = match (faulty.rows.len(), faulty.may_be_more) {
        (count, true) => format!("More than {count} rows are faulty. Nothing was imported."),
        (1, false) => "1 row is faulty. Nothing was imported.".to_owned(),
        (count, false) => format!("{count} rows are faulty. Nothing was imported."),
    };
    let body = json!({ "detail": detail, "errors": errors, "more": faulty.may_be_more });
    let code = LedgerError::Rows(FaultyRows::default()).code();
    Problem::with_body(StatusCode::BAD_REQUEST, code, body)
}

/// The sentence for what is wrong with a row.
fn sentence(fault: &RowFault) -> String {
    match fault {
        RowFault::Field(fault) => sentences::for_field(fault),
        RowFault::Ambiguous => "Several things are called so. Give the identifier beside the name.".to_owned(),
        RowFault::Repeated { row } => format!("Row {row} has the same value."),
        RowFault::WrongLength { expected, found } => {
            format!("The row has {found} cells, and the header has {expected}.")
        }
        RowFault::TooManyRows { max } => format!("A file may have no more than {max} rows below its header."),
    }
}
