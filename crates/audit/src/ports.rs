//! What this crate asks of a store. Every method works inside one open transaction.

use crate::{LoginLog, LoginLogId, TrailEntry};
use kernel::{Instant, PageRequest, Period, Position, StoreError, UserId};

/// The login logs.
pub trait LoginLogRepository {
    /// Adds a row. The user MUST exist.
    fn insert_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError>;

    /// Finds a row.
    fn find_login_log(&mut self, id: LoginLogId) -> Result<Option<LoginLog>, StoreError>;

    /// The rows of one user within the period, oldest insertion first; the first `limit` of them when there are more.
    fn list_login_logs(&mut self, user: UserId, period: &Period, limit: u32) -> Result<Vec<LoginLog>, StoreError>;

    /// The first rows of one user within the period that stand after a position, with their positions, oldest insertion first; at
    /// most as many as wanted. Positions MUST be in the order of `list_login_logs` and MUST stay with their rows.
    fn list_login_logs_after(
        &mut self,
        user: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, LoginLog)>, StoreError>;

    /// How many rows of the user say that a login failed and were recorded after `after` (exclusive).
    fn count_failed_logins(&mut self, user: UserId, after: Instant) -> Result<u32, StoreError>;

    /// Stores what a row shows: date, time, platform, outcome, description. Identity, owner and `recorded_at` MUST stay.
    /// A row that is not there is left alone.
    fn update_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError>;

    /// Removes a row; `false` when it was not there.
    fn delete_login_log(&mut self, id: LoginLogId) -> Result<bool, StoreError>;

    /// Removes every row of the user.
    fn delete_login_logs_of(&mut self, user: UserId) -> Result<(), StoreError>;
}

/// The trail of administrative actions. There is no way to change or remove an entry.
pub trait TrailRepository {
    /// Adds an entry. It outlives the users that it names.
    fn append_trail(&mut self, entry: &TrailEntry) -> Result<(), StoreError>;

    /// The newest `limit` entries, newest first.
    fn list_trail(&mut self, limit: u32) -> Result<Vec<TrailEntry>, StoreError>;
}
