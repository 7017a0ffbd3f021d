//! The story of a support desk: who talks to whom, what sockets say and when they end.

mod closing;
mod desk;
mod doors;
mod handover;
mod resuming;
mod talking;
