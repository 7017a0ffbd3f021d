//! Taking over entries from a file, and giving them away.

use crate::{Household, NOTHING, add_category, add_subcategory, date, period, text};
use kernel::{FieldErrors, FieldFault, Form, PageRequest, Period, Position, Raw, UserId};
use ledger::{
    Entry, FaultyRow, FaultyRows, FileRow, ImportMode, Imported, LedgerError, RowFault, Side, export_entries,
    import_entries, list_entries,
};

impl Household {
    /// The cells of an expense, with some of them otherwise.
    fn row(&self, otherwise: &[(&'static str, &str)]) -> Form {
        let cells: Vec<_> = otherwise.iter().map(|(name, cell)| (*name, text(cell))).collect();
        self.form(&[vec![("type", text("expense"))], cells].concat())
    }

    /// Lets Ann import a file, which she may do in any number of rows.
    fn import(&self, rows: &[Form]) -> Result<Imported, LedgerError> {
        self.import_for(self.ann, rows, ImportMode::Commit)
    }

    fn import_for(&self, owner: UserId, rows: &[Form], mode: ImportMode) -> Result<Imported, LedgerError> {
        self.write(|tx| {
            let rows = (2..).zip(rows).map(|(number, cells)| Ok(FileRow { number, cells: cells.clone() }));
            import_entries(tx, &self.ids, owner, rows, mode)
        })
    }

    fn listed(&self, side: Side) -> Vec<Entry> {
        let all = Period::read(&Form::default(), date(9999, 12, 31)).unwrap();
        self.read(|tx| list_entries(tx, side, self.ann, &all, u32::MAX)).unwrap()
    }
}

fn created(created: u32, known: u32) -> Imported {
    Imported { created, known }
}

/// What is wrong, by row and column.
fn faults(refused: Result<Imported, LedgerError>) -> Vec<(u32, &'static str, RowFault)> {
    let Err(LedgerError::Rows(faulty)) = refused else {
        return vec![(0, "no rows at all", RowFault::Field(FieldFault::Required))];
    };
    let told = |row: &FaultyRow| {
        let problems = row.errors.iter().flat_map(|(name, problems)| problems.iter().map(move |it| (name, it.clone())));
        problems.map(|(name, problem)| (row.number, name, problem)).collect::<Vec<_>>()
    };
    faulty.rows.iter().flat_map(told).collect()
}

#[test]
fn rows_become_entries_of_both_sides_in_their_order() -> Result<(), LedgerError> {
    let home = Household::new();
    let rows = [
        home.row(&[("title", "one")]),
        home.row(&[("title", "two"), ("type", " income "), ("subcategory", "abc")]),
        home.row(&[("title", " three "), ("amount", "99999999.99")]),
    ];
    assert_eq!(home.import(&rows)?, created(3, 0));
    let titles = |side| home.listed(side).iter().map(|entry| entry.title.to_string()).collect::<Vec<_>>();
    assert_eq!(titles(Side::Expense), ["one", "three"]);
    assert_eq!(titles(Side::Income), ["two"]);
    assert_eq!(home.listed(Side::Income)[0].subcategory, None);
    assert!(home.read(|tx| list_entries(tx, Side::Expense, home.bob, &period(&Form::default())?, 9))?.is_empty());
    Ok(())
}

#[test]
fn the_same_file_twice_changes_nothing() -> Result<(), LedgerError> {
    let home = Household::new();
    let rows = [home.row(&[("external_id", "a")]), home.row(&[("external_id", "a"), ("type", "income")])];
    assert_eq!(home.import(&rows)?, created(2, 0));
    assert_eq!(home.import(&rows)?, created(0, 2));
    let more = [home.row(&[("external_id", "a"), ("title", "changed")]), home.row(&[("external_id", "b")])];
    assert_eq!(home.import(&more)?, created(1, 1));
    assert_eq!(home.listed(Side::Expense)[0].title.as_str(), "Bread", "what is known is left alone");
    assert_eq!(home.import_for(home.bob, &rows, ImportMode::Commit)?, created(2, 0), "names are their owner's");
    Ok(())
}

#[test]
fn what_is_known_on_one_side_is_new_on_the_other() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.row(&[("external_id", "a")]);
    let income = home.row(&[("external_id", "a"), ("type", "income")]);
    assert_eq!(home.import(std::slice::from_ref(&expense))?, created(1, 0));
    assert_eq!(home.import(&[expense, income])?, created(1, 1));
    assert_eq!(home.listed(Side::Income).len(), 1);
    Ok(())
}

#[test]
fn a_file_of_many_parts_is_counted_as_a_whole() -> Result<(), LedgerError> {
    let home = Household::new();
    let row = |number: u32| home.row(&[("external_id", &number.to_string())]);
    assert_eq!(home.import(&(0..1200).map(row).collect::<Vec<_>>())?, created(1200, 0));
    assert_eq!(home.import(&(100..1400).map(row).collect::<Vec<_>>())?, created(200, 1100));
    Ok(())
}

#[test]
fn an_income_is_not_asked_for_a_subcategory_and_a_row_of_neither_side_is() -> Result<(), LedgerError> {
    let home = Household::new();
    add_subcategory(&home.store, &home.ids, "milk", home.food);
    let ambiguous = |side| home.row(&[("type", side), ("subcategory", ""), ("subcategory_name", "milk")]);
    let nowhere = |side| home.row(&[("type", side), ("subcategory", NOTHING)]);
    assert_eq!(home.import(&[ambiguous("income"), nowhere("income")])?, created(2, 0));
    let expected = [
        (2, "type", RowFault::Field(FieldFault::NotAChoice)),
        (2, "subcategory_name", RowFault::Ambiguous),
        (3, "type", RowFault::Field(FieldFault::NotAChoice)),
        (3, "subcategory", RowFault::Field(FieldFault::Missing { id: NOTHING.to_owned() })),
    ];
    assert_eq!(faults(home.import(&[ambiguous("gift"), nowhere("gift")])), expected);
    Ok(())
}

#[test]
fn equal_rows_without_a_name_are_two_entries_each_time() -> Result<(), LedgerError> {
    let home = Household::new();
    let rows = [home.row(&[]), home.row(&[("external_id", " ")]), home.row(&[("external_id", "a")])];
    assert_eq!(home.import(&rows)?, created(3, 0));
    assert_eq!(home.import(&rows)?, created(2, 1));
    assert_eq!(home.listed(Side::Expense).len(), 5);
    Ok(())
}

#[test]
fn what_was_recorded_here_is_known_by_its_identifier() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    let row = home.row(&[("external_id", &expense.id.to_string())]);
    assert_eq!(home.import(std::slice::from_ref(&row))?, created(0, 1));
    home.write(|tx| ledger::delete_entry(tx, Side::Expense, home.ann, expense.id))?;
    assert_eq!(home.import(&[row])?, created(1, 0), "what was removed comes back");
    Ok(())
}

#[test]
fn every_fault_of_every_row_is_told_and_nothing_is_stored() {
    let home = Household::new();
    let rows = [
        home.row(&[("external_id", "a")]),
        home.row(&[("title", ""), ("amount", "1.234"), ("creation_date", "20.11.2026")]),
        home.row(&[("type", "gift"), ("amount", "0")]),
        home.row(&[("type", ""), ("category", NOTHING), ("external_id", &"x".repeat(256))]),
        home.row(&[("external_id", "a"), ("category", "abc")]),
        home.row(&[("external_id", "a"), ("type", "income")]),
    ];
    let expected = [
        (3, "title", RowFault::Field(FieldFault::Blank)),
        (3, "amount", RowFault::Field(FieldFault::TooManyDecimals { max: 2 })),
        (3, "creation_date", RowFault::Field(FieldFault::BadDate)),
        (4, "type", RowFault::Field(FieldFault::NotAChoice)),
        (4, "amount", RowFault::Field(FieldFault::NotPositive)),
        (5, "type", RowFault::Field(FieldFault::Blank)),
        (5, "external_id", RowFault::Field(FieldFault::TooLong { max: 255 })),
        (5, "category", RowFault::Field(FieldFault::Missing { id: NOTHING.to_owned() })),
        (6, "category", RowFault::Field(FieldFault::NotAUuid { sent: "abc".to_owned() })),
        (6, "external_id", RowFault::Repeated { row: 2 }),
    ];
    assert_eq!(faults(home.import(&rows)), expected);
    assert_eq!(home.listed(Side::Expense), []);
}

#[test]
fn a_fault_after_many_good_rows_undoes_them() {
    let home = Household::new();
    let mut rows = vec![home.row(&[]); 1200];
    rows.push(home.row(&[("amount", "x")]));
    assert_eq!(faults(home.import(&rows)), [(1202, "amount", RowFault::Field(FieldFault::NotANumber))]);
    assert_eq!(home.listed(Side::Expense), []);
    assert_eq!(home.import(&rows[..1200]).unwrap(), created(1200, 0));
}

#[test]
fn faults_are_told_up_to_a_hundred_rows() {
    let home = Household::new();
    let rows = vec![home.row(&[("amount", "x")]); 101];
    let told = |rows| match home.import(rows) {
        Err(LedgerError::Rows(FaultyRows { rows, may_be_more })) => (rows.len(), may_be_more),
        _ => (0, false),
    };
    assert_eq!(told(&rows[..100]), (100, false));
    assert_eq!(told(&rows), (100, true));
}

#[test]
fn what_the_reader_of_the_file_found_is_told_with_the_rest() {
    let home = Household::new();
    let short = FieldErrors::one("row", RowFault::WrongLength { expected: 7, found: 1 });
    let refused = home.write(|tx| {
        let good = FileRow { number: 2, cells: home.row(&[]) };
        let bad = FileRow { number: 4, cells: home.row(&[("title", "")]) };
        let rows = [Ok(good), Err(FaultyRow { number: 3, errors: short.clone() }), Ok(bad)];
        import_entries(tx, &home.ids, home.ann, rows.into_iter(), ImportMode::Commit)
    });
    let wrong = RowFault::WrongLength { expected: 7, found: 1 };
    assert_eq!(faults(refused), [(3, "row", wrong), (4, "title", RowFault::Field(FieldFault::Blank))]);
}

#[test]
fn a_rehearsal_says_the_same_and_stores_nothing() -> Result<(), LedgerError> {
    let home = Household::new();
    home.import(&[home.row(&[("external_id", "a")])])?;
    let rows = [home.row(&[("external_id", "a")]), home.row(&[]), home.row(&[("external_id", "b")])];
    assert_eq!(home.import_for(home.ann, &rows, ImportMode::DryRun)?, created(2, 1));
    assert_eq!(home.listed(Side::Expense).len(), 1);
    let faulty = [home.row(&[("amount", "x")])];
    assert_eq!(faults(home.import_for(home.ann, &faulty, ImportMode::DryRun)).len(), 1);
    Ok(())
}

#[test]
fn a_name_stands_for_an_identifier_that_is_not_here() -> Result<(), LedgerError> {
    let home = Household::new();
    let by_name = [("category_name", "food"), ("subcategory_name", " milk ")];
    for elsewhere in ["", NOTHING] {
        let cells = [&by_name[..], &[("category", elsewhere), ("subcategory", elsewhere)]].concat();
        home.import(&[home.row(&cells)])?;
        let last = home.listed(Side::Expense).pop().unwrap();
        assert_eq!((last.category, last.subcategory), (home.food, Some(home.milk)));
    }
    // An identifier that is here decides, whatever the names are.
    let cells = [("category_name", "wages"), ("subcategory_name", "milk")];
    home.import(&[home.row(&cells)])?;
    let last = home.listed(Side::Expense).pop().unwrap();
    assert_eq!((last.category, last.subcategory), (home.food, Some(home.bread)));
    Ok(())
}

#[test]
fn a_subcategory_is_looked_for_in_its_category_first() -> Result<(), LedgerError> {
    let home = Household::new();
    let other = add_subcategory(&home.store, &home.ids, "milk", home.wages);
    let cells = |category| {
        home.row(&[("category", ""), ("category_name", category), ("subcategory", ""), ("subcategory_name", "milk")])
    };
    home.import(&[cells("wages"), cells("food")])?;
    let found: Vec<_> = home.listed(Side::Expense).iter().map(|entry| entry.subcategory).collect();
    assert_eq!(found, [Some(other), Some(home.milk)]);
    add_category(&home.store, &home.ids, "fun");
    assert_eq!(faults(home.import(&[cells("fun")])), [(2, "subcategory_name", RowFault::Ambiguous)]);
    Ok(())
}

#[test]
fn a_name_that_leads_nowhere_or_to_several_is_told() {
    let home = Household::new();
    add_category(&home.store, &home.ids, "food");
    let named = |category, name| home.row(&[("category", category), ("category_name", name)]);
    let rows =
        [named("", "food"), named("", "nothing"), named(NOTHING, "Food"), named("abc", "wages"), named("", "a\0")];
    let expected = [
        (2, "category_name", RowFault::Ambiguous),
        (3, "category", RowFault::Field(FieldFault::Null)),
        (4, "category", RowFault::Field(FieldFault::Missing { id: NOTHING.to_owned() })),
        (5, "category", RowFault::Field(FieldFault::NotAUuid { sent: "abc".to_owned() })),
        (6, "category", RowFault::Field(FieldFault::Null)),
    ];
    assert_eq!(faults(home.import(&rows)), expected);
}

#[test]
fn what_leaves_says_all_that_comes_back() -> Result<(), LedgerError> {
    let home = Household::new();
    home.expense();
    home.import(&[home.row(&[("external_id", "a"), ("creation_date", "2027-01-01")])])?;
    let export = |query: &Form, today| {
        let all = PageRequest { after: Position::START, limit: 9 };
        home.read(|tx| export_entries(tx, Side::Expense, home.ann, &Period::read(query, today)?, all))
            .map(|page| page.rows)
    };
    let filed = export(&Form::default(), date(2027, 1, 1))?;
    let names: Vec<_> = filed.iter().map(ledger::FiledEntry::external_id).collect();
    assert_eq!(names, [filed[0].entry.id.to_string(), "a".to_owned()]);
    assert_eq!((filed[0].category_name.as_str(), filed[0].subcategory_name.as_deref()), ("food", Some("bread")));
    assert_eq!(export(&Form::default(), date(2026, 12, 31))?.len(), 1, "the future is hidden");
    let reversed = Form::from_iter([("start_date", Raw::Text("2030-01-01".to_owned()))]);
    assert!(matches!(export(&reversed, date(2026, 12, 31)), Err(LedgerError::Filter(_))));
    Ok(())
}
