//! Exact money: whole minor units inside, decimal text outside, no floating point anywhere.

use crate::{FieldFault, Raw};
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

    /// Reads an amount that a client sent, as a number or as numeric text, of any sign.
    ///
    /// # Errors
    /// `NotANumber`, or the first limit broken: ten digits in total, two decimals, eight whole digits.
    pub fn parse(raw: &Raw) -> Result<Self, FieldFault> {
        Decimal::parse(raw)?.to_money()
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
            Raw::Null | Raw::Bool(_) | Raw::List | Raw::Object => None,
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
    pub fn to_money(&self) -> Result<Money, FieldFault> {
        const DIGITS_MAX: i64 = 10;
        const DECIMALS_MAX: i64 = 2;
        let length = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        let decimals = self.exponent.min(0).saturating_neg();
        let total = length.saturating_add(self.exponent.max(0)).max(decimals);
        if total > DIGITS_MAX {
            return Err(FieldFault::TooManyDigits { max: 10 });
        }
        if decimals > DECIMALS_MAX {
            return Err(FieldFault::TooManyDecimals { max: 2 });
        }
        if total - decimals > DIGITS_MAX - DECIMALS_MAX {
            return Err(FieldFault::TooManyWholeDigits { max: 8 });
        }
        let shift = u32::try_from(self.exponent + DECIMALS_MAX).unwrap_or(0);
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
