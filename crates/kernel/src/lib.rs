#![doc = include_str!("../README.md")]

mod calendar;
mod clock;
mod currency;
mod failure;
#[cfg(feature = "fakes")]
pub mod fakes;
mod fault;
mod form;
mod id;
mod input;
mod instant;
mod money;
mod numbered_page;
mod page;
mod period;
mod raw;
mod raw_kind;
mod text;

pub use calendar::{CalendarDate, TimeOfDay, parse_date, parse_time};
pub use clock::{Clock, IdSource};
pub use currency::{Currency, CurrencyMoney};
pub use failure::{Failure, Kind, Retryable, StoreError};
pub use fault::{FieldErrors, FieldFault};
pub use form::{Fields, Form, describe};
pub use id::{CategoryId, SessionId, SubcategoryId, UserId, number_in_path};
pub use input::{Field, FieldShape, Input, Integer, Length, Presence, Several, Shape};
pub use instant::Instant;
pub use money::{Decimal, Digits, Money};
pub use numbered_page::{NumberedPage, PageNumber, Span};
pub use page::{Page, PageRequest, Position};
pub use period::{Period, PeriodError};
pub use raw::{Raw, SentFile};
pub use raw_kind::RawKind;
pub use text::{Blankable, Text};
// The values that ids and calendars are made of, so that adapters agree on their versions.
pub use chrono;
pub use uuid::Uuid;
