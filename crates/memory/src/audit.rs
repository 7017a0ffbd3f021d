//! The login logs, and the trail of administrative actions, in memory.

use crate::checks::{count, length, require, require_absent};
use crate::state::State;
use audit::{LoginLog, LoginLogId, LoginLogRepository, TrailEntry, TrailRepository};
use kernel::{Instant, PageRequest, Period, Position, StoreError, UserId};
use std::sync::Arc;

fn is_within(log: &LoginLog, user: UserId, period: &Period) -> bool {
    log.user == user && period.contains(log.creation_date, log.creation_time)
}

impl LoginLogRepository for State {
    fn insert_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError> {
        require(self.users.contains(log.user), "user")?;
        require_absent(self.audit.login_logs.contains(log.id), "login log")?;
        Arc::make_mut(&mut self.audit).login_logs.insert(log.id, log.clone());
        Ok(())
    }

    fn find_login_log(&mut self, id: LoginLogId) -> Result<Option<LoginLog>, StoreError> {
        Ok(self.audit.login_logs.get(id).cloned())
    }

    fn list_login_logs(&mut self, user: UserId, period: &Period, limit: u32) -> Result<Vec<LoginLog>, StoreError> {
        Ok(self.audit.login_logs.list(|log| is_within(log, user, period), limit).cloned().collect())
    }

    fn list_login_logs_after(
        &mut self,
        user: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, LoginLog)>, StoreError> {
        let part = self.audit.login_logs.part(|log| is_within(log, user, period), wanted);
        Ok(part.map(|(position, log)| (position, log.clone())).collect())
    }

    fn count_failed_logins(&mut self, user: UserId, after: Instant) -> Result<u32, StoreError> {
        let failed = self.audit.login_logs.rows().filter(|log| log.user == user && !log.successful);
        count(failed.filter(|log| log.recorded_at > after).count())
    }

    fn update_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError> {
        if let Some(stored) = Arc::make_mut(&mut self.audit).login_logs.get_mut(log.id) {
            *stored = LoginLog { user: stored.user, recorded_at: stored.recorded_at, ..log.clone() };
        }
        Ok(())
    }

    fn delete_login_log(&mut self, id: LoginLogId) -> Result<bool, StoreError> {
        Ok(Arc::make_mut(&mut self.audit).login_logs.remove(id))
    }

    fn delete_login_logs_of(&mut self, user: UserId) -> Result<(), StoreError> {
        Arc::make_mut(&mut self.audit).login_logs.retain(|log| log.user != user);
        Ok(())
    }
}

impl TrailRepository for State {
    fn append_trail(&mut self, entry: &TrailEntry) -> Result<(), StoreError> {
        Arc::make_mut(&mut self.audit).trail.push(entry.clone());
        Ok(())
    }

    fn list_trail(&mut self, limit: u32) -> Result<Vec<TrailEntry>, StoreError> {
        Ok(self.audit.trail.iter().rev().take(length(limit)).cloned().collect())
    }
}
