//! Entries as a table of comma-separated values (RFC 4180).

use actix_web::http::StatusCode;
use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};
use http::{Problem, wire};
use kernel::{FieldErrors, FieldFault, Form, Raw};
use ledger::{FaultyRow, FileRow, FiledEntry, RowFault};
use std::borrow::Cow;
use std::str;

/// The columns. They are called as in JSON; what a category and a subcategory are called comes beside their identifiers.
const COLUMNS: [&str; 11] = [
    "type",
    "external_id",
    "title",
    "description",
    "amount",
    "creation_date",
    "creation_time",
    "category",
    "category_name",
    "subcategory",
    "subcategory_name",
];

/// The columns that no file can do without.
const NEEDED: [&str; 6] = ["type", "title", "description", "amount", "creation_date", "creation_time"];

/// What spreadsheets take for the beginning of a formula, or may, and the mark that is put before it.
const DANGEROUS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', MARK];

/// Makes text of what follows it, in spreadsheets.
const MARK: char = '\'';

/// A cell that no spreadsheet takes for a formula. A cell that begins with the mark gets another one, so that
/// [`plain`] gives back every text.
fn neutral(text: &str) -> Cow<'_, str> {
    if text.starts_with(DANGEROUS) { format!("{MARK}{text}").into() } else { text.into() }
}

/// A cell without the mark that [`neutral`] puts there. A mark before anything else was always there.
fn plain(cell: &str) -> &str {
    cell.strip_prefix(MARK).filter(|text| text.starts_with(DANGEROUS)).unwrap_or(cell)
}

/// The names of the columns.
pub(super) fn header() -> Result<Vec<u8>, Problem> {
    written(&[COLUMNS.map(Cow::Borrowed)])
}

/// Entries as rows.
pub(super) fn rows(entries: &[FiledEntry]) -> Result<Vec<u8>, Problem> {
    written(&entries.iter().map(cells).collect::<Vec<_>>())
}

fn written(rows: &[[Cow<'_, str>; COLUMNS.len()]]) -> Result<Vec<u8>, Problem> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let unwritable = |error: &dyn std::error::Error| Problem::fault("api.unwritable_csv", error);
    for cells in rows {
        let cells = cells.each_ref().map(|cell| neutral(cell));
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(|error| unwritable(&error))?;
    }
    writer.into_inner().map_err(|error| unwritable(error.error()))
}

fn cells(filed: &FiledEntry) -> [Cow<'_, str>; COLUMNS.len()] {
    let entry = &filed.entry;
    [
        entry.side.as_str().into(),
        filed.external_id().into(),
        entry.title.as_str().into(),
        entry.description.as_str().into(),
        entry.amount.to_string().into(),
        entry.creation_date.to_string().into(),
        wire::time(entry.creation_time).into(),
        entry.category.to_string().into(),
        filed.category_name.as_str().into(),
        entry.subcategory.map(|id| id.to_string()).unwrap_or_default().into(),
        filed.subcategory_name.as_deref().unwrap_or_default().into(),
    ]
}

/// The rows of a file, read one by one.
pub(crate) struct Rows<'f> {
    reader: csv::Reader<&'f [u8]>,
    record: ByteRecord,
    /// The name of each column; `None` for one that says nothing to us.
    columns: Vec<Option<&'static str>>,
    number: u32,
    count_max: u32,
}

impl<'f> Rows<'f> {
    /// Reads the header. Columns may stand in any order; unknown ones are passed over.
    ///
    /// # Errors
    /// 400 when a column is missing, or there twice.
    pub(crate) fn open(file: &'f [u8], rows_max: u32) -> Result<Self, Problem> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
        let mut record = ByteRecord::new();
        let is_there = reader.read_byte_record(&mut record).map_err(|error| bad_header(&error.to_string()))?;
        if !is_there {
            return Err(bad_header("The file is empty."));
        }
        let columns: Vec<_> = record.iter().map(column).collect();
        for name in COLUMNS {
            let count = columns.iter().filter(|column| **column == Some(name)).count();
            if count > 1 {
                return Err(bad_header(&format!("The header has the column {name} more than once.")));
            }
            if count == 0 && NEEDED.contains(&name) {
                return Err(bad_header(&format!(
                    "The header has no column {name}. A file needs {}, and commas between them.",
                    NEEDED.join(", ")
                )));
            }
        }
        Ok(Self { reader, record, columns, number: 1, count_max: rows_max })
    }

    /// The cells of the record that was read last.
    fn cells(&self) -> Result<Form, FieldErrors<RowFault>> {
        if self.record.len() != self.columns.len() {
            let (expected, found) = (self.columns.len(), self.record.len());
            return Err(FieldErrors::one("row", RowFault::WrongLength { expected, found }));
        }
        let mut errors = FieldErrors::default();
        let mut cells = Vec::with_capacity(COLUMNS.len());
        for (column, cell) in self.columns.iter().zip(&self.record) {
            let Some(name) = *column else { continue };
            match str::from_utf8(cell) {
                Ok(cell) => cells.push((name, Raw::Text(plain(cell).to_owned()))),
                Err(_) => errors.add(name, RowFault::Field(FieldFault::NotText)),
            }
        }
        if errors.is_empty() { Ok(cells.into_iter().collect()) } else { Err(errors) }
    }
}

fn column(cell: &[u8]) -> Option<&'static str> {
    let cell = str::from_utf8(cell).ok()?.trim();
    COLUMNS.into_iter().find(|name| name.eq_ignore_ascii_case(cell))
}

fn bad_header(sentence: &str) -> Problem {
    Problem::refusal(StatusCode::BAD_REQUEST, "api.bad_csv_header", sentence)
}

impl Iterator for Rows<'_> {
    type Item = Result<FileRow, FaultyRow>;

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.number.checked_add(1)?;
        let faulty = |errors| Some(Err(FaultyRow { number, errors }));
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(_) => return faulty(FieldErrors::one("row", RowFault::Field(FieldFault::NotText))),
        }
        if self.number > self.count_max {
            self.number = u32::MAX;
            return faulty(FieldErrors::one("row", RowFault::TooManyRows { max: self.count_max }));
        }
        self.number = number;
        match self.cells() {
            Ok(cells) => Some(Ok(FileRow { number, cells })),
            Err(errors) => faulty(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzzing;
    use proptest::prelude::*;

    /// A row of a file with such a header, in which every cell is the same.
    fn file(cell: &[u8]) -> Vec<u8> {
        let mut file = header().unwrap();
        let quoted = [b"\"", cell, b"\""].concat();
        file.extend(vec![quoted; COLUMNS.len()].join(&b','));
        file
    }

    #[test]
    fn what_may_be_a_formula_becomes_text_and_comes_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠SUM(A1)", "'＠SUM(A1)"),
            ("'=1", "''=1"),
            ("'", "''"),
            ("'tis", "''tis"),
            ("1=1", "1=1"),
            ("", ""),
        ] {
            assert_eq!((neutral(text).as_ref(), plain(cell)), (cell, text));
        }
        assert_eq!(plain("'tis"), "'tis", "as somebody wrote it");
    }

    #[test]
    fn a_header_may_be_in_any_order_and_case_with_a_byte_order_mark() {
        let file =
            "\u{feff}Amount, TITLE ,other,type,description,creation_date,creation_time\r\n1,t,x,income,d,a,b\r\n";
        let rows: Vec<_> = Rows::open(file.as_bytes(), 10).unwrap().collect();
        let row = rows[0].as_ref().unwrap();
        assert_eq!((rows.len(), row.number), (1, 2));
        assert_eq!(row.cells.get("amount"), Some(&Raw::Text("1".to_owned())));
        assert_eq!(row.cells.get("title"), Some(&Raw::Text("t".to_owned())));
        assert_eq!(row.cells.get("other"), None);
    }

    #[test]
    fn a_header_that_will_not_do_says_why() {
        for (file, words) in [
            ("", "empty"),
            ("type;title;description", "no column type"),
            ("type,title,description,creation_date,creation_time", "no column amount"),
            ("type,title,description,amount,creation_date,creation_time,Title", "title more than once"),
        ] {
            let problem = Rows::open(file.as_bytes(), 10).err().unwrap();
            assert!(problem.sentence().contains(words), "{file}: {}", problem.sentence());
        }
    }

    #[test]
    fn only_what_every_row_needs_must_be_in_the_header() {
        let opened = |names: &[&str]| Rows::open(names.join(",").as_bytes(), 10).map(drop).map_err(|it| it.sentence());
        let needed = ["type", "title", "description", "amount", "creation_date", "creation_time"];
        assert_eq!(opened(&needed), Ok(()));
        for name in needed {
            let others: Vec<_> = needed.into_iter().filter(|other| *other != name).collect();
            let sentence = opened(&others).unwrap_err();
            assert!(sentence.starts_with(&format!("The header has no column {name}. ")), "{sentence}");
        }
    }

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let rows: Vec<_> =
            Rows::open(b"type,title,description,amount,creation_date,creation_time\n1,2,3,4,5,6\n1\n1,2,3,4,5,6", 2)
                .unwrap()
                .collect();
        assert!(rows[0].is_ok());
        let problem = |at: usize| rows[at].as_ref().unwrap_err().clone();
        let wrong_length = FieldErrors::one("row", RowFault::WrongLength { expected: 6, found: 1 });
        assert_eq!(problem(1), FaultyRow { number: 3, errors: wrong_length });
        let too_many = FieldErrors::one("row", RowFault::TooManyRows { max: 2 });
        assert_eq!(problem(2), FaultyRow { number: 4, errors: too_many });
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn lines_with_nothing_in_them_are_no_rows() {
        let file = b"type,title,description,amount,creation_date,creation_time\n\n1,2,3,4,5,6\r\n\r\n\n1\n\n";
        let numbers: Vec<_> =
            Rows::open(file, 10).unwrap().map(|row| row.map_or_else(|row| row.number, |row| row.number)).collect();
        assert_eq!(numbers, [2, 3]);
    }

    proptest! {
        #[test]
        fn every_text_survives_the_way_out_and_back(text in "[=+@'\t\r\n＝－-]{0,3}\\PC{0,20}") {
            let line = written(&[COLUMNS.map(|_| Cow::Borrowed(text.as_str()))]).unwrap();
            let file = [header().unwrap(), line].concat();
            let rows: Vec<_> = Rows::open(&file, 10).unwrap().collect();
            prop_assert_eq!(rows.len(), 1);
            for name in COLUMNS {
                prop_assert_eq!(rows[0].as_ref().unwrap().cells.get(name), Some(&Raw::Text(text.clone())));
            }
        }

        #[test]
        fn no_cell_begins_like_a_formula(text in "\\PC{0,20}") {
            let cell = neutral(&text);
            prop_assert!(cell.starts_with(MARK) || !cell.starts_with(DANGEROUS));
        }

        #[test]
        fn any_bytes_are_rows_or_faults(bytes in proptest::collection::vec(any::<u8>(), 0..200), rows_max in 0_u32..5) {
            for file in [bytes.clone(), [header().unwrap(), bytes.clone()].concat(), file(&bytes)] {
                fuzzing::table(&file, rows_max);
            }
        }
    }
}
