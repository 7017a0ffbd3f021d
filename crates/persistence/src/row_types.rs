//! Columns that the engines keep differently: identifiers, instants, times of day and money.
//!
//! | here | PostgreSQL | SQLite |
//! | --- | --- | --- |
//! | [`UuidSql`] | `uuid` | text, lower-case and hyphenated |
//! | [`InstantSql`] | `timestamptz` | text of 27 characters, so that its order is the order of time |
//! | [`TimeSql`] | `time` | text of 15 characters, for the same reason |
//! | [`MoneySql`] | `numeric(10,2)` | whole minor units |

use crate::connection::MultiBackend;
use bigdecimal::BigDecimal;
use diesel::backend::Backend;
use diesel::data_types::PgNumeric;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, HasSqlType, Numeric, SqlType, Text, Time, Timestamptz};
use diesel::sqlite::{Sqlite, SqliteValue};
use kernel::chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use kernel::{Instant, Money, Uuid};
use std::io::Write;

/// The column of an identifier.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Text"))]
pub struct UuidSql;

/// The column of a moment.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
pub struct InstantSql;

/// The column of a time of day.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1083, array_oid = 1183), sqlite_type(name = "Text"))]
pub struct TimeSql;

/// The column of an amount.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1700, array_oid = 1231), sqlite_type(name = "Long"))]
pub struct MoneySql;

/// An identifier in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = UuidSql)]
pub struct DbUuid(pub Uuid);

/// A moment in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = InstantSql)]
pub struct DbInstant(pub Instant);

/// A time of day in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = TimeSql)]
pub struct DbTime(pub NaiveTime);

/// An amount in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = MoneySql)]
pub struct DbMoney(pub Money);

/// Passes a column on to whichever engine is behind the connection.
macro_rules! bridge {
    ($($column:ident, $value:ident;)+) => {$(
        impl HasSqlType<$column> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$column>(lookup)
            }
        }

        impl ToSql<$column, MultiBackend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value(($column, self));
                Ok(IsNull::No)
            }
        }

        impl FromSql<$column, MultiBackend> for $value {
            fn from_sql(raw: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                raw.from_sql::<Self, $column>()
            }
        }
    )+};
}

bridge! {
    UuidSql, DbUuid;
    InstantSql, DbInstant;
    TimeSql, DbTime;
    MoneySql, DbMoney;
}

fn sqlite_text(raw: SqliteValue<'_, '_, '_>) -> deserialize::Result<String> {
    <String as FromSql<Text, Sqlite>>::from_sql(raw)
}

impl ToSql<UuidSql, Pg> for DbUuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<UuidSql, Pg> for DbUuid {
    fn from_sql(raw: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(raw.as_bytes()).map_err(|error| error.to_string())?))
    }
}

impl ToSql<UuidSql, Sqlite> for DbUuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_hyphenated().to_string());
        Ok(IsNull::No)
    }
}

impl FromSql<UuidSql, Sqlite> for DbUuid {
    fn from_sql(raw: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::try_parse(&sqlite_text(raw)?).map_err(|error| error.to_string())?))
    }
}

/// How SQLite keeps a moment: always UTC, always six digits of the second.
const INSTANT_FORMAT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

impl ToSql<InstantSql, Pg> for DbInstant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamptz, Pg>::to_sql(&self.0.as_datetime(), &mut out.reborrow())
    }
}

impl FromSql<InstantSql, Pg> for DbInstant {
    fn from_sql(raw: PgValue<'_>) -> deserialize::Result<Self> {
        <DateTime<Utc> as FromSql<Timestamptz, Pg>>::from_sql(raw).map(|at| Self(Instant::new(at)))
    }
}

impl ToSql<InstantSql, Sqlite> for DbInstant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_datetime().format(INSTANT_FORMAT).to_string());
        Ok(IsNull::No)
    }
}

impl FromSql<InstantSql, Sqlite> for DbInstant {
    fn from_sql(raw: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let at = NaiveDateTime::parse_from_str(&sqlite_text(raw)?, INSTANT_FORMAT)?;
        Ok(Self(Instant::new(at.and_utc())))
    }
}

/// How SQLite keeps a time of day: always six digits of the second.
const TIME_FORMAT: &str = "%H:%M:%S%.6f";

impl ToSql<TimeSql, Pg> for DbTime {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Time, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<TimeSql, Pg> for DbTime {
    fn from_sql(raw: PgValue<'_>) -> deserialize::Result<Self> {
        <NaiveTime as FromSql<Time, Pg>>::from_sql(raw).map(Self)
    }
}

impl ToSql<TimeSql, Sqlite> for DbTime {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.format(TIME_FORMAT).to_string());
        Ok(IsNull::No)
    }
}

impl FromSql<TimeSql, Sqlite> for DbTime {
    fn from_sql(raw: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(Self(NaiveTime::parse_from_str(&sqlite_text(raw)?, TIME_FORMAT)?))
    }
}

/// Decimals of an amount.
const SCALE: i64 = 2;

impl ToSql<MoneySql, Pg> for DbMoney {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Numeric, Pg>::to_sql(&to_decimal(self.0), &mut out.reborrow())
    }
}

impl FromSql<MoneySql, Pg> for DbMoney {
    fn from_sql(raw: PgValue<'_>) -> deserialize::Result<Self> {
        let numeric = <PgNumeric as FromSql<Numeric, Pg>>::from_sql(raw)?;
        Ok(Self(from_numeric(&numeric).ok_or("not an amount of money")?))
    }
}

impl ToSql<MoneySql, Sqlite> for DbMoney {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.minor());
        Ok(IsNull::No)
    }
}

impl FromSql<MoneySql, Sqlite> for DbMoney {
    fn from_sql(raw: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        <i64 as FromSql<BigInt, Sqlite>>::from_sql(raw).map(|minor| Self(Money::from_minor(minor)))
    }
}

fn to_decimal(money: Money) -> BigDecimal {
    BigDecimal::new(money.minor().into(), SCALE)
}

/// Reads a column exactly, without the detour over a number of any length, as lists have one in every row; `None` when it
/// has more than two decimals, or does not fit.
fn from_numeric(numeric: &PgNumeric) -> Option<Money> {
    /// What one of PostgreSQL's digits counts to.
    const BASE: i128 = 10_000;
    let (sign, weight, digits) = match numeric {
        PgNumeric::Positive { weight, digits, scale: _ } => (1, weight, digits),
        PgNumeric::Negative { weight, digits, scale: _ } => (-1, weight, digits),
        PgNumeric::NaN => return None,
    };
    let number =
        digits.iter().try_fold(0_i128, |number, digit| number.checked_mul(BASE)?.checked_add((*digit).into()))?;
    let minor = number.checked_mul(100)?;
    // The weight belongs to the first digit, and the number is read as if it belonged to the last.
    let power = i32::from(*weight) + 1 - i32::try_from(digits.len()).ok()?;
    let factor = BASE.checked_pow(power.unsigned_abs());
    let minor = match factor {
        _ if minor == 0 => 0,
        Some(factor) if power >= 0 => minor.checked_mul(factor)?,
        Some(factor) if minor % factor == 0 => minor / factor,
        Some(_) | None => return None,
    };
    i64::try_from(sign * minor).ok().map(Money::from_minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(digits: i64, scale: i64) -> Option<i64> {
        from_numeric(&PgNumeric::from(&BigDecimal::new(digits.into(), scale))).map(Money::minor)
    }

    #[test]
    fn amounts_survive_the_way_to_a_decimal_and_back() {
        for minor in [0, 1, 99, 100, 1250, 1_000_000, 99_999_999, 9_999_999_999, -5, -123_456_789, i64::MAX, i64::MIN] {
            let money = Money::from_minor(minor);
            assert_eq!(from_numeric(&PgNumeric::from(&to_decimal(money))), Some(money));
        }
    }

    #[test]
    fn a_decimal_in_another_scale_is_read_if_it_is_an_amount() {
        assert_eq!(read(1, -6), Some(100_000_000));
        assert_eq!(read(5000, 4), Some(50));
        assert_eq!(read(-5000, 4), Some(-50));
        assert_eq!(read(0, 9), Some(0));
        assert_eq!(read(1230, 4), None);
        assert_eq!(read(1, 3), None);
        assert_eq!(read(i64::MAX, 0), None);
        assert_eq!(read(i64::MAX, -200), None);
        assert_eq!(from_numeric(&PgNumeric::NaN), None);
    }
}
