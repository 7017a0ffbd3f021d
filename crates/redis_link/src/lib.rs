#![doc = include_str!("../README.md")]

mod address;
mod error;

pub use address::{BadRedisUrl, RedisUrl, connect, try_out};
pub use error::RedisError;
