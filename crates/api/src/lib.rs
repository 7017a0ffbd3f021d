#![doc = include_str!("../README.md")]

mod ease;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod openapi;
mod routes;
mod shared;

pub use openapi::openapi;
pub use routes::app;
