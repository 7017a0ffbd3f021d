//! How fast this machine hashes passwords when it does nothing else: what logins are measured by.

use crate::report::{Outcome, Report};
use crate::{Failure, at_once};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

/// Hashes on all cores at this cost for so long.
pub(crate) fn measure(cost: u32, time: Duration) -> Result<Report, Failure> {
    let cores = available_parallelism()?.get();
    at_once(vec![cost; cores], time, hash)
}

fn hash(cost: u32, until: Instant) -> Outcome {
    let mut outcome = Outcome::default();
    let began = Instant::now();
    while Instant::now() < until {
        let sent = Instant::now();
        if let Err(error) = bcrypt::hash_with_salt("correct horse battery", cost, [7; 16]) {
            outcome.failure = Some(error.to_string());
            break;
        }
        outcome.times.push(sent.elapsed());
    }
    outcome.elapsed = began.elapsed();
    outcome
}
