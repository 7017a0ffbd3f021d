#![doc = include_str!("../README.md")]

mod clock;
mod failure;
#[cfg(feature = "fakes")]
pub mod fakes;
mod form;
mod id;
mod instant;
mod money;
mod page;
mod period;
mod text;

pub use clock::{Clock, IdSource};
pub use failure::{Failure, Kind, Retryable, StoreError};
pub use form::{FieldErrors, FieldFault, Fields, Form, Raw};
pub use id::{CategoryId, SessionId, SubcategoryId, UserId};
pub use instant::{Instant, parse_date, parse_time};
pub use money::{Decimal, Money};
pub use page::{Page, PageRequest, Position};
pub use period::{Period, PeriodError};
pub use text::Text;
// The values that ids and calendars are made of, so that adapters agree on their versions.
pub use chrono;
pub use uuid::Uuid;
