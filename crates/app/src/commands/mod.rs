//! What each command of the command line does.

mod check;
mod configuration;
mod create_superuser;
mod health_check;
mod migrate;
mod openapi;
mod serve;
mod trail;

pub(crate) use check::check;
pub(crate) use configuration::configuration;
pub(crate) use create_superuser::create_superuser;
pub(crate) use health_check::{health_check, reachable};
pub(crate) use migrate::migrate;
pub(crate) use openapi::openapi;
pub(crate) use serve::serve;
pub(crate) use trail::trail;
