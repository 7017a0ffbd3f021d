//! What holds on every path: how answers look, what is too large or too slow, how the server starts, stops and logs.

mod answers;
mod budgets;
mod crowds;
mod limits;
mod logs;
mod metrics;
mod starting;
mod traces;
