//! What comes in and goes out beside the files.

use ledger::{Imported, Rehearsal};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// In what form to export.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what clients send; the handler reads it")]
pub(crate) struct FormatQuery {
    /// `csv`, which is also meant when it is absent.
    #[param(pattern = "^(csv)?$", example = "csv")]
    format: Option<String>,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportView {
    /// Whether nothing was changed.
    dry_run: bool,
    /// Rows of the file, without the header.
    #[schema(example = 120)]
    rows: u32,
    /// Rows that became entries.
    #[schema(example = 100)]
    created: u32,
    /// Rows whose entries were there already; they were left as they are.
    #[schema(example = 20)]
    known: u32,
}

/// Whether to do it.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what clients send; the handler reads it")]
pub(crate) struct DryRunQuery {
    /// Says what would happen, and changes nothing.
    dry_run: Option<bool>,
}

/// A file in a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the first file of the form is read, whatever it is called")]
pub(crate) struct ImportForm {
    /// The file.
    #[schema(format = "binary")]
    file: String,
}

impl ImportView {
    pub(super) fn new(imported: Imported, rehearsal: Rehearsal) -> Self {
        let Imported { created, known } = imported;
        Self { dry_run: rehearsal == Rehearsal::Dry, rows: created.saturating_add(known), created, known }
    }
}
