//! Changing an expense or an income.

use crate::{Household, NOTHING, date, number, problems, text};
use kernel::chrono::NaiveTime;
use kernel::{FieldFault, Form, Money, Raw, Text};
use ledger::{Entry, EntryChanges, LedgerError, Side, get_entry, update_entry};

/// Reads the entry and changes it, in one transaction.
fn change(home: &Household, entry: &Entry, sent: &[(&'static str, Raw)]) -> Result<Entry, LedgerError> {
    let form: Form = sent.iter().cloned().collect();
    home.write(|tx| {
        let entry = get_entry(tx, entry.side, entry.owner, entry.id)?;
        let changes = EntryChanges::read(entry.side, &form, tx)?;
        update_entry(tx, entry, changes)
    })
}

fn stored(home: &Household, entry: &Entry) -> Result<Entry, LedgerError> {
    home.read(|tx| get_entry(tx, entry.side, entry.owner, entry.id))
}

#[test]
fn only_what_was_sent_changes() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    let changed = change(&home, &expense, &[("title", text("Rolls")), ("categoryName", text("Food"))])?;
    assert_eq!(changed, Entry { title: Text::stored("Rolls".to_owned()), ..expense });
    assert_eq!(stored(&home, &changed)?, changed);
    Ok(())
}

#[test]
fn every_field_can_change() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    let sent = [
        ("title", text("Milk")),
        ("description", text("For the cat")),
        ("amount", number("7")),
        ("creation_date", text("2026-11-21")),
        ("creation_time", text("11:12:13.000014")),
        ("category", text(&home.wages.to_string())),
        ("subcategory", text(&home.milk.to_string())),
    ];
    let changed = change(&home, &expense, &sent)?;
    let expected = Entry {
        title: Text::stored("Milk".to_owned()),
        description: Text::stored("For the cat".to_owned()),
        amount: Money::from_minor(700),
        creation_date: date(2026, 11, 21),
        creation_time: NaiveTime::from_hms_micro_opt(11, 12, 13, 14).unwrap(),
        category: home.wages,
        subcategory: Some(home.milk),
        ..expense
    };
    assert_eq!(changed, expected);
    assert_eq!(stored(&home, &expected)?, expected);
    Ok(())
}

#[test]
fn the_owner_never_changes() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    assert_eq!(change(&home, &expense, &[("user", number(&home.bob.to_string()))])?, expense);
    Ok(())
}

#[test]
fn a_date_or_time_that_cannot_be_read_is_left_as_it_was() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    let swapped =
        [("creation_date", text("11:12:13")), ("creation_time", text("2026-11-21")), ("title", text("Rolls"))];
    let changed = change(&home, &expense, &swapped)?;
    assert_eq!(changed, Entry { title: Text::stored("Rolls".to_owned()), ..expense });
    let nulls = [("creation_date", Raw::Null), ("creation_time", Raw::List(Vec::new()))];
    assert_eq!(change(&home, &changed, &nulls)?, changed);
    Ok(())
}

#[test]
fn zero_and_less_are_refused_before_anything_else() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    for amount in [number("0"), text("-1")] {
        let refused = change(&home, &expense, &[("amount", amount), ("title", text(""))]);
        assert!(matches!(refused, Err(LedgerError::AmountNotPositive)));
    }
    assert_eq!(stored(&home, &expense)?, expense);
    Ok(())
}

#[test]
fn a_faulty_field_changes_nothing_at_all() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.expense();
    let missing = FieldFault::Missing { id: NOTHING.to_owned() };
    for (name, sent, problem) in [
        ("description", text(" "), FieldFault::Blank),
        ("amount", Raw::Null, FieldFault::Null),
        ("amount", text("1.222"), FieldFault::TooManyDecimals { max: 2 }),
        ("category", text(""), FieldFault::Null),
        ("category", text(NOTHING), missing.clone()),
        ("subcategory", text(NOTHING), missing),
    ] {
        let refused = change(&home, &expense, &[("title", text("Rolls")), (name, sent)]);
        assert_eq!(problems(refused), [(name, problem)]);
    }
    assert_eq!(stored(&home, &expense)?, expense);
    Ok(())
}

#[test]
fn an_income_ignores_a_subcategory() -> Result<(), LedgerError> {
    let home = Household::new();
    let income = home.record(Side::Income, &home.form(&[]))?;
    for sent in [text(&home.bread.to_string()), text(NOTHING), text("abc")] {
        assert_eq!(change(&home, &income, &[("subcategory", sent)])?, income);
    }
    Ok(())
}
