#![doc = include_str!("../README.md")]

mod address;
mod failure;

pub use address::{BadRedisUrl, RedisUrl, connect};
pub use failure::Failure;
