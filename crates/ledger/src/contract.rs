//! The clauses that every adapter of the ports of this crate must keep.
