//! The clauses of sums of the ledger.

use crate::Store;
use crate::contract::categories::sample::{add_category, add_subcategory, category};
use crate::contract::ledger::sample::{Household, add_household};
use crate::contract::sample::{always, november, read, text, time, write};
use crate::contract::users::sample::add_person;
use kernel::chrono::NaiveDate;
use kernel::{Money, Period, UserId};
use ledger::{Entry, Group, Grouping, Side, Sum};

fn record(store: &dyn Store, entry: &Entry) {
    assert!(write(store, |tx| Ok(tx.insert_entry(entry)?)));
}

/// Every sum, in an order of its own, with the amount in minor units.
fn sums(store: &dyn Store, owner: UserId, period: &Period, grouping: Grouping) -> Vec<(Group, &'static str, i64)> {
    let sums = read(store, |tx| tx.sum_entries(owner, period, grouping));
    let mut told: Vec<_> =
        sums.into_iter().map(|Sum { group, side, amount }| (group, side.as_str(), amount.minor())).collect();
    told.sort();
    told
}

fn category_group(number: u128) -> Group {
    let id = category(number).id;
    Group::Category { name: format!("category {number}"), hex_color: "#a0b1c2".to_owned(), id }
}

fn amount(home: &Household, side: Side, number: u128, minor: i64) -> Entry {
    let entry = if side == Side::Expense { home.expense(number) } else { home.income(number) };
    Entry { amount: Money::from_minor(minor), ..entry }
}

/// Nothing comes to nothing: a group without entries has no sum.
pub fn a_group_without_entries_has_no_sum(store: &dyn Store) {
    let home = add_household(store);
    for grouping in Grouping::ALL {
        assert_eq!(sums(store, home.owner, &always(), grouping), []);
    }
}

/// Sums are exact to the last cent, also where they are far more than one amount may be.
pub fn sums_are_exact(store: &dyn Store) {
    let home = add_household(store);
    for (number, minor) in (1..).zip([1, 10, 20, 29]) {
        record(store, &amount(&home, Side::Expense, number, minor));
    }
    for number in 11..=40 {
        record(store, &amount(&home, Side::Income, number, Money::MAX.minor()));
    }
    let all = [("expense", 60), ("income", 30 * Money::MAX.minor())];
    for (grouping, group) in [
        (Grouping::Category, category_group(1)),
        (Grouping::Day, Group::Time("2026-11-20".to_owned())),
        (Grouping::Month, Group::Time("2026-11".to_owned())),
        (Grouping::Year, Group::Time("2026".to_owned())),
    ] {
        let expected = all.map(|(side, minor)| (group.clone(), side, minor));
        assert_eq!(sums(store, home.owner, &always(), grouping), expected);
    }
}

/// Times are the beginnings of dates, from the first year to the last.
pub fn times_are_told_apart(store: &dyn Store) {
    let home = add_household(store);
    let dates =
        [(1, 1, 1), (2025, 11, 20), (2026, 1, 31), (2026, 11, 1), (2026, 11, 20), (2026, 11, 20), (9999, 12, 31)];
    for (number, (year, month, day)) in (1..).zip(dates) {
        let creation_date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        record(store, &Entry { creation_date, ..amount(&home, Side::Expense, number, 1) });
    }
    let told = |grouping| -> Vec<(String, i64)> {
        let sums = sums(store, home.owner, &always(), grouping).into_iter();
        let sums =
            sums.filter_map(|(group, _, minor)| if let Group::Time(time) = group { Some((time, minor)) } else { None });
        sums.collect()
    };
    let expected =
        |times: &[(&str, i64)]| times.iter().map(|(time, sum)| ((*time).to_owned(), *sum)).collect::<Vec<_>>();
    assert_eq!(told(Grouping::Year), expected(&[("0001", 1), ("2025", 1), ("2026", 4), ("9999", 1)]));
    assert_eq!(
        told(Grouping::Month),
        expected(&[("0001-01", 1), ("2025-11", 1), ("2026-01", 1), ("2026-11", 3), ("9999-12", 1)])
    );
    assert_eq!(
        told(Grouping::Day),
        expected(&[
            ("0001-01-01", 1),
            ("2025-11-20", 1),
            ("2026-01-31", 1),
            ("2026-11-01", 1),
            ("2026-11-20", 2),
            ("9999-12-31", 1)
        ])
    );
}

/// Categories are told apart by what they are, not by what they are called, and are called what they are called now.
pub fn categories_are_told_by_their_names_of_today(store: &dyn Store) {
    let home = add_household(store);
    let other = add_category(store, 2);
    record(store, &amount(&home, Side::Expense, 1, 5));
    record(store, &Entry { category: other, ..amount(&home, Side::Expense, 2, 7) });
    record(store, &Entry { category: other, ..amount(&home, Side::Income, 3, 9) });
    let renamed = categories::Category { name: category(1).name, hex_color: text("#ffffff"), ..category(2) };
    write(store, |tx| Ok(tx.update_category(&renamed)?));
    let renamed = Group::Category { name: "category 1".to_owned(), hex_color: "#ffffff".to_owned(), id: other };
    assert_eq!(
        sums(store, home.owner, &always(), Grouping::Category),
        [(category_group(1), "expense", 5), (renamed.clone(), "expense", 7), (renamed, "income", 9)]
    );
}

/// Incomes have no subcategory, and come together as what has none.
pub fn what_has_no_subcategory_comes_together(store: &dyn Store) {
    let home = add_household(store);
    let other = add_subcategory(store, 2, home.category);
    record(store, &amount(&home, Side::Expense, 1, 5));
    record(store, &Entry { subcategory: Some(other), ..amount(&home, Side::Expense, 2, 7) });
    record(store, &amount(&home, Side::Income, 3, 9));
    record(store, &amount(&home, Side::Income, 4, 1));
    let group = |number: u128, id| Group::Subcategory {
        name: format!("subcategory {number}"),
        hex_color: "#a0b1c2".to_owned(),
        id,
    };
    assert_eq!(
        sums(store, home.owner, &always(), Grouping::Subcategory),
        [
            (group(1, home.subcategory), "expense", 5),
            (group(2, other), "expense", 7),
            (Group::NoSubcategory, "income", 10)
        ]
    );
}

/// What is another's, or outside of the period, does not count.
pub fn a_sum_is_of_the_owner_and_the_period_alone(store: &dyn Store) {
    let home = add_household(store);
    let bob = add_person(store, "bob");
    record(store, &Entry { owner: bob, ..amount(&home, Side::Expense, 1, 1_000) });
    for (number, day, hour) in [(2, 9, 12), (3, 10, 12), (4, 11, 12), (5, 12, 12), (6, 11, 1)] {
        let entry = amount(&home, Side::Income, number, 1 << number);
        record(store, &Entry { creation_date: november(day), creation_time: time(hour, 0, 0, 0), ..entry });
    }
    let noon = Some(time(12, 0, 0, 0));
    let period = Period { start_date: Some(november(10)), end_date: november(11), start_time: noon, end_time: noon };
    for grouping in Grouping::ALL {
        let sums = sums(store, home.owner, &period, grouping);
        assert_eq!(sums.iter().map(|(_, _, minor)| minor).sum::<i64>(), (1 << 3) + (1 << 4), "{grouping:?}");
    }
}
