//! The rules for amounts: exact, more than zero, at most two decimals and eight whole digits.

use crate::{Household, number, problems, text};
use kernel::{FieldFault, Form, Money, Raw};
use ledger::{EntryDraft, LedgerError, Side};
use proptest::prelude::*;

#[test]
fn zero_and_less_are_refused_before_anything_else() {
    let home = Household::new();
    for sent in [text("0"), text("0.00"), text("-0.01"), number("0"), number("-12.5"), text("-0"), text("-1e300")] {
        for form in [home.form(&[("amount", sent.clone())]), Form::from_iter([("amount", sent.clone())])] {
            for side in [Side::Expense, Side::Income] {
                let refused = home.record(side, &form);
                assert!(matches!(refused, Err(LedgerError::AmountNotPositive)), "{sent:?}: {refused:?}");
            }
        }
    }
}

#[test]
fn amounts_are_taken_up_to_the_largest_and_no_further() {
    let home = Household::new();
    let largest = home.expense_with(&[("amount", text("99999999.99"))]);
    assert_eq!(largest.amount, Money::MAX);
    assert_eq!(home.expense_with(&[("amount", number("0.01"))]).amount, Money::from_minor(1));
    for (sent, problem) in [
        (text("100000000"), FieldFault::TooManyWholeDigits { max: 8 }),
        (text("99999999.999"), FieldFault::TooManyDigits { max: 10 }),
        (number("1.222"), FieldFault::TooManyDecimals { max: 2 }),
        (number("0.30000000000000004"), FieldFault::TooManyDigits { max: 10 }),
    ] {
        let refused = home.record(Side::Expense, &home.form(&[("amount", sent.clone())]));
        assert_eq!(problems(refused), [("amount", problem)], "{sent:?}");
    }
}

/// Reads a draft in a transaction of its own.
fn draft(home: &Household, amount: &Raw) -> Result<EntryDraft, LedgerError> {
    home.read(|tx| EntryDraft::read(Side::Expense, &home.form(&[("amount", amount.clone())]), tx))
}

proptest! {
    #[test]
    fn every_amount_of_money_is_taken_exactly_as_text_and_as_a_number(minor in 1_i64..=9_999_999_999) {
        let home = Household::new();
        let money = Money::from_minor(minor);
        let written = money.to_string();
        prop_assert_eq!(draft(&home, &text(&written)).unwrap().amount.money(), money);
        prop_assert_eq!(draft(&home, &number(&written)).unwrap().amount.money(), money);
    }

    #[test]
    fn no_amount_of_zero_or_less_is_ever_taken(digits in "[0-9]{1,8}([.][0-9]{1,2})?") {
        let home = Household::new();
        let negative = format!("-{digits}");
        for sent in [text(&negative), number(&negative)] {
            prop_assert!(matches!(draft(&home, &sent), Err(LedgerError::AmountNotPositive)));
        }
    }

    #[test]
    fn whatever_is_sent_becomes_a_positive_amount_within_the_limit_or_is_refused(anything in ".{0,40}") {
        let home = Household::new();
        for sent in [text(&anything), number(&anything)] {
            if let Ok(draft) = draft(&home, &sent) {
                prop_assert!(draft.amount.money().is_positive() && draft.amount.money() <= Money::MAX);
            }
        }
    }

    #[test]
    fn nothing_is_rounded(whole in 0_u32..=99_999_999, decimals in "[0-9]{0,6}") {
        let home = Household::new();
        let sent = format!("{whole}.{decimals}");
        if let Ok(draft) = draft(&home, &text(&sent)) {
            prop_assert_eq!(draft.amount.money().to_string(), format!("{whole}.{decimals:0<2}"));
        }
    }
}
