//! What comes in and goes out beside the files.

use http::{body, query};
use kernel::{Field, FieldFault, Input, Raw, Shape, describe};
use ledger::{ImportMode, Imported};
use serde::Serialize;
use utoipa::ToSchema;

pub(super) const FORMAT: Field<Format> =
    Field::new("format", "`csv`, which is also meant when it is absent.").example("csv");
pub(super) const DRY_RUN: Field<bool> = Field::new("dry_run", "Says what would happen, and changes nothing.");
const FILE: Field<AnyFile> = Field::new("file", "The file.");

query! {
    /// In what form to export.
    pub(crate) FormatQuery = describe(|fields| fields.filter(&FORMAT));
    /// Whether to do it.
    pub(crate) DryRunQuery = describe(|fields| fields.filter(&DRY_RUN));
}

body! {
    /// A file in a form.
    pub(crate) ImportForm = describe(|fields| fields.required(&FILE));
}

/// The only form there is.
pub(super) struct Format;

impl Input for Format {
    const SHAPE: Shape = Shape::Pattern("^(csv)?$");

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        match raw.as_text().map(str::trim) {
            Ok("csv") => Ok(Self),
            _ => Err(FieldFault::NotAChoice),
        }
    }
}

/// A file of whatever name: the first one of a form is read, whatever it is called.
struct AnyFile;

impl Input for AnyFile {
    const SHAPE: Shape = Shape::File;

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        if matches!(raw, Raw::File(_)) { Ok(Self) } else { Err(FieldFault::NotAFile) }
    }
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

impl ImportView {
    pub(super) fn new(imported: Imported, mode: ImportMode) -> Self {
        let Imported { created, known } = imported;
        Self { dry_run: mode == ImportMode::DryRun, rows: created.saturating_add(known), created, known }
    }
}
