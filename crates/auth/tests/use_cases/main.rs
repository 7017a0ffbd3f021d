//! The use cases over a store in memory: what they keep, what they refuse, and what a refusal leaves untouched.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod lockout;
mod login;
mod passwords;
mod register;
mod sessions;
mod world;
