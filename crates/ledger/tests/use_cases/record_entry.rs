//! Recording an expense or an income.

use crate::{Household, NOTHING, date, number, period, problems, text};
use kernel::chrono::NaiveTime;
use kernel::{CalendarDate, CategoryId, FieldFault, Form, Money, Raw, Text, TimeOfDay, Uuid};
use ledger::{Amount, EntryDraft, Filing, LedgerError, Side, get_entry, list_entries, record_entry};

#[test]
fn an_expense_is_stored_as_it_was_sent() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.record(Side::Expense, &home.form(&[("title", text(" Bread "))]))?;
    assert_eq!((expense.title.as_str(), expense.description.as_str()), ("Bread", "For the week"));
    assert_eq!((expense.side, expense.owner, expense.amount), (Side::Expense, home.ann, Money::from_minor(1250)));
    assert_eq!(expense.creation_date, date(2026, 11, 20));
    assert_eq!(Some(expense.creation_time), NaiveTime::from_hms_opt(10, 11, 12));
    assert_eq!((expense.category, expense.subcategory), (home.food, Some(home.bread)));
    assert_eq!(home.read(|tx| get_entry(tx, Side::Expense, home.ann, expense.id))?, expense);
    Ok(())
}

#[test]
fn an_income_has_no_subcategory_whatever_is_sent() -> Result<(), LedgerError> {
    let home = Household::new();
    for sent in [text(&home.bread.to_string()), text(""), text("abc"), text(NOTHING), Raw::Null] {
        let income = home.record(Side::Income, &home.form(&[("subcategory", sent)]))?;
        assert_eq!((income.side, income.subcategory), (Side::Income, None));
    }
    Ok(())
}

#[test]
fn a_subcategory_need_not_belong_to_the_category() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.record(Side::Expense, &home.form(&[("category", text(&home.wages.to_string()))]))?;
    assert_eq!((expense.category, expense.subcategory), (home.wages, Some(home.bread)));
    Ok(())
}

#[test]
fn the_owner_is_the_caller_whatever_is_sent() -> Result<(), LedgerError> {
    let home = Household::new();
    let expense = home.record(Side::Expense, &home.form(&[("user", number(&home.bob.to_string()))]))?;
    assert_eq!(expense.owner, home.ann);
    Ok(())
}

#[test]
fn every_missing_field_is_told_and_nothing_is_stored() -> Result<(), LedgerError> {
    let home = Household::new();
    let fields = ["title", "description", "amount", "creation_date", "creation_time", "category", "subcategory"];
    let required = fields.map(|name| (name, FieldFault::Required));
    assert_eq!(problems(home.record(Side::Expense, &Form::default())), required);
    assert_eq!(problems(home.record(Side::Income, &Form::default())), required[..6]);
    let query = Form::from_iter([("end_date", text("9999-12-31"))]);
    assert!(home.read(|tx| list_entries(tx, Side::Expense, home.ann, &period(&query)?, u32::MAX))?.is_empty());
    Ok(())
}

#[test]
fn each_faulty_field_is_told_with_its_own_problem() {
    let home = Household::new();
    for (name, sent, problem) in [
        ("title", text(" "), FieldFault::Blank),
        ("title", text(&"t".repeat(101)), FieldFault::TooLong { max: 100 }),
        ("description", Raw::List(Vec::new()), FieldFault::NotText),
        ("description", text("a\0b"), FieldFault::HasNul),
        ("amount", text("abc"), FieldFault::NotANumber),
        ("amount", Raw::Bool(true), FieldFault::NotANumber),
        ("amount", Raw::Null, FieldFault::Null),
        ("creation_date", text("20-11-2026"), FieldFault::BadDate),
        ("creation_date", text("2026-02-29"), FieldFault::BadDate),
        ("creation_time", text("25:00:00"), FieldFault::BadTime),
        ("creation_time", text("10"), FieldFault::BadTime),
        ("category", text(""), FieldFault::Null),
        ("category", number("7"), FieldFault::NotAUuid { sent: "7".to_owned() }),
        ("subcategory", Raw::Null, FieldFault::Null),
        ("subcategory", text("abc"), FieldFault::NotAUuid { sent: "abc".to_owned() }),
    ] {
        let refused = home.record(Side::Expense, &home.form(&[(name, sent.clone())]));
        assert_eq!(problems(refused), [(name, problem)], "{sent:?}");
    }
}

#[test]
fn references_to_nothing_are_told_beside_every_other_problem() {
    let home = Household::new();
    let missing = FieldFault::Missing { id: NOTHING.to_owned() };
    let otherwise = [("title", text("")), ("category", text(NOTHING)), ("subcategory", text(NOTHING))];
    let refused = home.record(Side::Expense, &home.form(&otherwise));
    let expected = [("title", FieldFault::Blank), ("category", missing.clone()), ("subcategory", missing.clone())];
    assert_eq!(problems(refused), expected);
    let refused = home.record(Side::Expense, &home.form(&[("subcategory", text(NOTHING))]));
    assert_eq!(problems(refused), [("subcategory", missing)]);
}

#[test]
fn a_draft_needs_no_form_and_is_never_wrong() -> Result<(), LedgerError> {
    let home = Household::new();
    let draft = |filing| EntryDraft {
        title: Text::new("Bread").unwrap(),
        description: Text::new("For the week").unwrap(),
        amount: Amount::new(Money::from_minor(1250)).unwrap(),
        creation_date: CalendarDate::new(date(2026, 11, 20)).unwrap(),
        creation_time: TimeOfDay::new(NaiveTime::MIN).unwrap(),
        filing,
    };
    let expense = Filing::Expense { category: home.food, subcategory: home.bread };
    let recorded = home.write(|tx| record_entry(tx, &home.ids, home.ann, draft(expense)))?;
    assert_eq!(home.read(|tx| get_entry(tx, Side::Expense, home.ann, recorded.id))?, recorded);
    let nothing = CategoryId(Uuid::from_u128(255));
    let refused = home.write(|tx| record_entry(tx, &home.ids, home.ann, draft(Filing::Income { category: nothing })));
    assert_eq!(problems(refused), [("category", FieldFault::Missing { id: nothing.to_string() })]);
    assert_eq!(Amount::new(Money::from_minor(0)), Err(FieldFault::NotPositive));
    assert_eq!(Amount::new(Money::from_minor(10_000_000_000)), Err(FieldFault::TooManyDigits { max: 10 }));
    Ok(())
}
