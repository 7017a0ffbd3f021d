//! The configuration: environment over file over defaults, checked as a whole before anything starts.

mod budgets;
mod errors;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod http;
mod keys;
mod layers;
mod model;
mod reader;
mod reference;
mod secret;
#[cfg(test)]
mod tests;
mod traces;

pub(crate) use budgets::BudgetsConfig;
pub(crate) use layers::Sources;
pub(crate) use model::{
    AccountsConfig, Config, FirstSuperuser, LogConfig, LogFormat, StopLimits, StorageConfig, cores,
};
pub(crate) use reference::reference_page;
pub(crate) use secret::Secret;
pub(crate) use traces::TracesConfig;
