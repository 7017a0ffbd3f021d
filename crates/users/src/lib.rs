#![doc = include_str!("../README.md")]

mod email;
mod error;
mod filter;
mod model;
mod ports;

pub use email::Email;
pub use error::UserError;
pub use filter::UserFilter;
pub use model::{Role, User, UserDetails, UserState};
pub use ports::UserRepository;
