#![doc = include_str!("../README.md")]

mod error;
mod rights;
mod use_cases;

pub use error::AccountError;
pub use use_cases::*;
