#![doc = include_str!("../README.md")]

mod error;
mod model;
mod ports;
mod use_cases;

pub use error::ChatError;
pub use model::{Chat, ChatId, ClientMessageId, Draft, Message, MessageId, NewMessage};
pub use ports::ChatRepository;
pub use use_cases::*;
