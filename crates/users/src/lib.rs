#![doc = include_str!("../README.md")]

mod email;
mod error;
mod filter;
mod model;
mod ports;

pub use email::Email;
pub use error::UserError;
pub use filter::UserFilter;
pub use model::{NewUser, Role, User, UserState};
pub use ports::UserRepository;
