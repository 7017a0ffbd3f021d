//! What ports check, and sizes as the ports write them.

use kernel::StoreError;

/// A row that is referred to must exist; otherwise another transaction has removed it.
pub(crate) fn require(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Ok(()) } else { Err(StoreError::lost_race(format!("the {what} is not there"))) }
}

/// A unique row must not exist; otherwise another transaction has added it.
pub(crate) fn require_absent(is_there: bool, what: &str) -> Result<(), StoreError> {
    if is_there { Err(StoreError::lost_race(format!("the {what} is there already"))) } else { Ok(()) }
}

/// The length of a list, which is far below the limit.
pub(crate) fn count(length: usize) -> Result<u32, StoreError> {
    u32::try_from(length).map_err(StoreError::fault)
}

/// A limit as the length of a list.
pub(crate) fn length(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
