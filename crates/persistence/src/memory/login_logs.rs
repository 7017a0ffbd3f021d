//! The login logs in memory.

use super::{List, State, count, length, part, require, require_absent};
use audit::{LoginLog, LoginLogId, LoginLogRepository};
use kernel::{Instant, PageRequest, Period, Position, StoreError, UserId};

impl LoginLogRepository for State {
    fn insert_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError> {
        require(self.users.contains_key(&log.user), "user")?;
        require_absent(self.login_logs.iter().any(|other| other.id == log.id), "login log")?;
        self.give_place(List::LoginLogs, log.id.0);
        self.login_logs.push(log.clone());
        Ok(())
    }

    fn find_login_log(&mut self, id: LoginLogId) -> Result<Option<LoginLog>, StoreError> {
        Ok(self.login_logs.iter().find(|log| log.id == id).cloned())
    }

    fn list_login_logs(&mut self, user: UserId, period: &Period, limit: u32) -> Result<Vec<LoginLog>, StoreError> {
        let own = self.login_logs.iter().filter(|log| log.user == user);
        let within = own.filter(|log| period.contains(log.creation_date, log.creation_time));
        Ok(within.take(length(limit)).cloned().collect())
    }

    fn list_login_logs_after(
        &mut self,
        user: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, LoginLog)>, StoreError> {
        let own = self.login_logs.iter().filter(|log| log.user == user);
        let within = own.filter(|log| period.contains(log.creation_date, log.creation_time));
        Ok(part(within, |log| self.position_of(List::LoginLogs, log.id.0), wanted))
    }

    fn count_failed_logins(&mut self, user: UserId, after: Instant) -> Result<u32, StoreError> {
        let failed = self.login_logs.iter().filter(|log| log.user == user && !log.successful);
        count(failed.filter(|log| log.recorded_at > after).count())
    }

    fn update_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError> {
        if let Some(stored) = self.login_logs.iter_mut().find(|stored| stored.id == log.id) {
            *stored = LoginLog { user: stored.user, recorded_at: stored.recorded_at, ..log.clone() };
        }
        Ok(())
    }

    fn delete_login_log(&mut self, id: LoginLogId) -> Result<bool, StoreError> {
        let before = self.login_logs.len();
        self.login_logs.retain(|log| log.id != id);
        Ok(self.login_logs.len() < before)
    }
}
