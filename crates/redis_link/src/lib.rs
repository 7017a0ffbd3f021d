#![doc = include_str!("../README.md")]

mod address;
mod failure;

pub use address::{BadRedisUrl, RedisUrl, connect, try_out};
pub use failure::Failure;
