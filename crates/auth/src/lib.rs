#![doc = include_str!("../README.md")]

mod authenticate;
mod error;
mod password_policy;
mod passwords;
mod ports;
pub mod roles;
mod tokens;
mod use_cases;

pub use authenticate::{Caller, authenticate, refuse_revoked};
pub use error::AuthError;
pub use password_policy::{ChosenPassword, NewPassword, Secret};
pub use passwords::{HashError, Passwords};
pub use ports::{AccountStatus, SessionRepository};
pub use tokens::{Claims, TokenPair, Tokens};
pub use use_cases::*;
