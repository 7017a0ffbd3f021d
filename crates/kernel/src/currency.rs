//! Money of a named currency, counted in its smallest unit.

use crate::{FieldFault, Input, Money, Raw, Shape};
use std::fmt;

/// A currency. Each one has a hundred smallest units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    /// Indian rupees, in paise.
    Inr,
    /// United States dollars, in cents.
    Usd,
}

impl Currency {
    /// The codes of ISO 4217, as clients write them.
    pub const CODES: [&str; 2] = ["INR", "USD"];

    /// The code of ISO 4217.
    pub fn code(self) -> &'static str {
        match self {
            Self::Inr => "INR",
            Self::Usd => "USD",
        }
    }

    /// The currency of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Inr, Self::Usd].into_iter().find(|currency| currency.code() == code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Input for Currency {
    const SHAPE: Shape = Shape::Choice { about: "A currency.", words: &Self::CODES };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        Self::from_code(raw.as_text()?.trim()).ok_or(FieldFault::NotAChoice)
    }
}

/// An amount of a currency. A ledger's own [`Money`] has none: it is in whatever its owner counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CurrencyMoney {
    /// The currency.
    pub currency: Currency,
    /// How many of its smallest units.
    pub units: i64,
}

impl CurrencyMoney {
    /// The sum of two amounts of one currency, if it can be counted. Amounts of different currencies have none.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let units = self.units.checked_add(other.units)?;
        Some(Self { units, ..self }).filter(|_| self.currency == other.currency)
    }

    /// The amount as a ledger counts it, with two decimals and without a currency.
    pub fn to_money(self) -> Money {
        Money::from_minor(self.units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_currency_is_read_by_its_code_alone() {
        for code in Currency::CODES {
            assert_eq!(Currency::read(&Raw::Text(format!(" {code} "))).unwrap().to_string(), code);
        }
        for other in ["EUR", "inr", "", "INRUSD"] {
            assert_eq!(Currency::read(&Raw::Text(other.to_owned())), Err(FieldFault::NotAChoice));
        }
    }

    proptest! {
        #[test]
        fn only_amounts_of_one_currency_add_up(ours: i64, theirs: i64, is_same: bool) {
            let amount = |currency, units| CurrencyMoney { currency, units };
            let other = if is_same { Currency::Inr } else { Currency::Usd };
            let sum = amount(Currency::Inr, ours).checked_add(amount(other, theirs)).map(|sum| i128::from(sum.units));
            let exact = i128::from(ours) + i128::from(theirs);
            let is_countable = (i128::from(i64::MIN)..=i128::from(i64::MAX)).contains(&exact);
            prop_assert_eq!(sum, Some(exact).filter(|_| is_same && is_countable));
        }

        #[test]
        fn a_ledger_shows_hundredths(units in 0_i64..=50_000_000) {
            let shown = CurrencyMoney { currency: Currency::Inr, units }.to_money().to_string();
            let (whole, decimals) = shown.split_once('.').unwrap();
            prop_assert_eq!(decimals.len(), 2);
            prop_assert_eq!(whole.parse::<i64>().unwrap() * 100 + decimals.parse::<i64>().unwrap(), units);
        }
    }
}
