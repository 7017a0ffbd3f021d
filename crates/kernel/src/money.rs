//! Exact money: whole minor units inside, decimal text outside, no floating point anywhere.

use crate::{FieldFault, Raw};
use std::cmp::Ordering;
use std::fmt;

/// An amount in minor units (cents). The wire and the columns hold it with two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

impl Money {
    /// The most that one amount may be: 99999999.99, ten digits with two decimals.
    pub const MAX: Self = Self(9_999_999_999);

    /// Takes an amount in minor units.
    pub fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.0
    }

    /// Whether the amount is more than zero.
    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Reads an amount of a ledger that a client sent, as a number or as numeric text, of any sign.
    ///
    /// # Errors
    /// `NotANumber`, or the first limit broken: ten digits in total, two decimals, eight whole digits.
    pub fn parse(raw: &Raw) -> Result<Self, FieldFault> {
        Decimal::parse(raw)?.to_money(Digits::LEDGER)
    }

    /// The sum, if it can be counted.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The amount times `numerator / denominator`, exactly, and then rounded to a minor unit: half to even. `None` for what
    /// cannot be counted, and for a denominator of zero.
    pub fn times(self, numerator: i64, denominator: i64) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let quotient = product.checked_div_euclid(denominator)?;
        let rest = product.checked_rem_euclid(denominator)?;
        // What is left is never below zero; a negative denominator turns the next step around.
        let step = denominator.signum();
        let is_up = match (2 * rest).cmp(&denominator.abs()) {
            Ordering::Less => false,
            Ordering::Equal => quotient % 2 != 0,
            Ordering::Greater => true,
        };
        i64::try_from(if is_up { quotient + step } else { quotient }).ok().map(Self)
    }
}

impl fmt::Display for Money {
    /// Writes the amount with exactly two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let minor = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", minor / 100, minor % 100)
    }
}

/// How many digits an amount may have. Two of them are decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    total: u8,
}

impl Digits {
    /// Those of a ledger: ten, which is up to 99999999.99.
    pub const LEDGER: Self = Self { total: 10 };
    /// Those of payables: eleven, which is up to 999999999.99.
    pub const PAYABLES: Self = Self { total: 11 };
}

/// A decimal number as it was written: its digits and where the point stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Without leading zeros; at least one digit.
    digits: String,
    /// The power of ten that the digits are multiplied with.
    exponent: i64,
}

impl Decimal {
    const TEXT_MAX: usize = 1000;

    /// Reads a number, or text that holds one.
    ///
    /// # Errors
    /// [`FieldFault::NotANumber`].
    pub fn parse(raw: &Raw) -> Result<Self, FieldFault> {
        match raw {
            Raw::Number(text) => Self::from_text(text).map(Self::shortest),
            Raw::Text(text) => Self::from_text(text.trim()),
            Raw::Null | Raw::Bool(_) | Raw::List(_) | Raw::Object(_) | Raw::File(_) => None,
        }
        .ok_or(FieldFault::NotANumber)
    }

    /// Whether the number is more than zero.
    pub fn is_positive(&self) -> bool {
        !self.negative && self.digits != "0"
    }

    fn from_text(text: &str) -> Option<Self> {
        if text.len() > Self::TEXT_MAX {
            return None;
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let written = format!("{whole}{decimals}");
        if written.is_empty() || !written.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = written.trim_start_matches('0');
        let exponent = i64::from(power).checked_sub(i64::try_from(decimals.len()).ok()?)?;
        let digits = if digits.is_empty() { "0" } else { digits };
        Some(Self { negative, digits: digits.to_owned(), exponent })
    }

    /// Drops zeros at the end of the decimals: a JSON number has no trailing zeros of its own.
    fn shortest(mut self) -> Self {
        while self.exponent < 0 && self.digits.len() > 1 && self.digits.ends_with('0') {
            self.digits.pop();
            self.exponent += 1;
        }
        if self.digits == "0" {
            self.exponent = 0;
        }
        self
    }

    /// The number as money.
    ///
    /// # Errors
    /// The first limit broken, in the contract's order: total digits, decimals, whole digits.
    pub fn to_money(&self, digits: Digits) -> Result<Money, FieldFault> {
        const DECIMALS_MAX: u8 = 2;
        let (total_max, whole_max) = (digits.total, digits.total.saturating_sub(DECIMALS_MAX));
        let length = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        let decimals = self.exponent.min(0).saturating_neg();
        let total = length.saturating_add(self.exponent.max(0)).max(decimals);
        if total > total_max.into() {
            return Err(FieldFault::TooManyDigits { max: total_max.into() });
        }
        if decimals > DECIMALS_MAX.into() {
            return Err(FieldFault::TooManyDecimals { max: DECIMALS_MAX.into() });
        }
        if total - decimals > whole_max.into() {
            return Err(FieldFault::TooManyWholeDigits { max: whole_max.into() });
        }
        let shift = u32::try_from(self.exponent + i64::from(DECIMALS_MAX)).unwrap_or(0);
        let minor = self.digits.parse::<i64>().ok().zip(10_i64.checked_pow(shift));
        let minor = minor.and_then(|(digits, factor)| digits.checked_mul(factor)).ok_or(FieldFault::NotANumber)?;
        Ok(Money(if self.negative { -minor } else { minor }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Result<Money, FieldFault> {
        Money::parse(&Raw::Number(text.to_owned()))
    }

    fn text(text: &str) -> Result<Money, FieldFault> {
        Money::parse(&Raw::Text(text.to_owned()))
    }

    #[test]
    fn numbers_are_judged_by_their_shortest_form() {
        assert_eq!(number("12.50"), Ok(Money(1250)));
        assert_eq!(number("1.230"), Ok(Money(123)));
        assert_eq!(number("1e2"), Ok(Money(10_000)));
        assert_eq!(number("100.0"), Ok(Money(10_000)));
        assert_eq!(number("0.30000000000000004"), Err(FieldFault::TooManyDigits { max: 10 }));
        assert_eq!(number("1.222"), Err(FieldFault::TooManyDecimals { max: 2 }));
    }

    #[test]
    fn text_is_judged_as_written() {
        assert_eq!(text(" 12.50 "), Ok(Money(1250)));
        assert_eq!(text("1.230"), Err(FieldFault::TooManyDecimals { max: 2 }));
        assert_eq!(text("007"), Ok(Money(700)));
        assert_eq!(text(".5"), Ok(Money(50)));
        for bad in ["", " ", "abc", "NaN", "Infinity", "1,5", "1.2.3", "--1", "1e", "e5", ".", "0x10", "１"] {
            assert_eq!(text(bad), Err(FieldFault::NotANumber), "{bad}");
        }
    }

    #[test]
    fn limits_are_checked_in_the_contracts_order() {
        assert_eq!(text("99999999.99"), Ok(Money::MAX));
        assert_eq!(text("123456789.12"), Err(FieldFault::TooManyDigits { max: 10 }));
        assert_eq!(text("1234567.123"), Err(FieldFault::TooManyDecimals { max: 2 }));
        assert_eq!(text("123456789"), Err(FieldFault::TooManyWholeDigits { max: 8 }));
        assert_eq!(text("1e9"), Err(FieldFault::TooManyWholeDigits { max: 8 }));
        assert_eq!(text("1e2147483647"), Err(FieldFault::TooManyDigits { max: 10 }));
        assert_eq!(text("1e-2147483648"), Err(FieldFault::TooManyDigits { max: 10 }));
    }

    #[test]
    fn payables_take_one_digit_more() {
        let read = |text: &str| Decimal::parse(&Raw::Text(text.to_owned())).unwrap().to_money(Digits::PAYABLES);
        assert_eq!(read("999999999.99"), Ok(Money(99_999_999_999)));
        assert_eq!(read("1234567890.12"), Err(FieldFault::TooManyDigits { max: 11 }));
        assert_eq!(read("1234567890"), Err(FieldFault::TooManyWholeDigits { max: 9 }));
        assert_eq!(read("1.230"), Err(FieldFault::TooManyDecimals { max: 2 }));
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        // A discount of a thousandth a day.
        for (value, days, expected) in [
            ("1000.00", 16, "984.00"),
            ("1100.00", 15, "1083.50"),
            ("10.50", 1, "10.49"),
            ("5.00", 1, "5.00"),
            ("15.00", 1, "14.98"),
            ("25.00", 1, "24.98"),
            ("35.00", 1, "34.96"),
            ("0.50", 1, "0.50"),
            ("0.01", 10, "0.01"),
        ] {
            assert_eq!(text(value).unwrap().times(1000 - days, 1000).unwrap().to_string(), expected, "{value}");
        }
        let greatest = Money(99_999_999_999).times(1000 - 16, 1000).unwrap();
        assert_eq!(greatest.to_string(), "983999999.99");
        assert_eq!((Money(1).times(1, 0), Money(i64::MAX).times(2, 1)), (None, None));
    }

    #[test]
    fn signs_are_kept() {
        assert_eq!(text("-0.05").unwrap().to_string(), "-0.05");
        assert!(!Decimal::parse(&Raw::Text("-0".to_owned())).unwrap().is_positive());
        assert!(!Decimal::parse(&Raw::Text("0.00".to_owned())).unwrap().is_positive());
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(minor in -9_999_999_999_i64..=9_999_999_999) {
            let money = Money::from_minor(minor);
            prop_assert_eq!(text(&money.to_string()), Ok(money));
            prop_assert_eq!(number(&money.to_string()), Ok(money));
        }

        #[test]
        fn a_share_is_the_nearest_amount_and_of_two_the_even_one(
            minor: i64, numerator in -2_000_000_i64..2_000_000, denominator in prop_oneof![-2000_i64..0, 1_i64..2000],
        ) {
            let exact = i128::from(minor) * i128::from(numerator);
            // The neighbours of what a division that cuts finds, each with how far off it is.
            let cut = exact / i128::from(denominator);
            let off = |whole: &i128| (whole * i128::from(denominator) - exact).abs();
            let nearest = (cut - 1..=cut + 1).min_by_key(|whole| (off(whole), whole % 2 != 0)).unwrap();
            let share = Money(minor).times(numerator, denominator);
            prop_assert_eq!(share, i64::try_from(nearest).ok().map(Money));
        }

        #[test]
        fn a_range_holds_what_its_digits_can_write(minor in -999_999_999_999_i64..=999_999_999_999) {
            for (digits, greatest) in [(Digits::LEDGER, 9_999_999_999), (Digits::PAYABLES, 99_999_999_999)] {
                let read = Decimal::parse(&Raw::Text(Money(minor).to_string())).unwrap().to_money(digits);
                prop_assert_eq!(read.ok(), Some(Money(minor)).filter(|_| minor.abs() <= greatest));
            }
        }

        #[test]
        fn whatever_a_client_sends_is_within_the_limits_or_refused(anything in ".{0,60}") {
            for money in [text(&anything), number(&anything)].into_iter().flatten() {
                prop_assert!((-Money::MAX.minor()..=Money::MAX.minor()).contains(&money.minor()));
            }
        }

        #[test]
        fn numeric_text_is_within_the_limits_or_refused(anything in "[-+]?[0-9]{0,30}[.]?[0-9]{0,30}([eE][-+]?[0-9]{1,12})?") {
            for money in [text(&anything), number(&anything)].into_iter().flatten() {
                prop_assert!((-Money::MAX.minor()..=Money::MAX.minor()).contains(&money.minor()));
            }
        }
    }
}
