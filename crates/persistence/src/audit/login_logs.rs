//! The login logs.

use crate::audit::schema::login_logs;
use crate::period::{first_date, first_time, judged_row_by_row, last_time};
use crate::row_types::{DbInstant, DbTime, DbUuid};
use crate::tx::SqlTx;
use audit::{LoginLog, LoginLogId, LoginLogRepository};
use diesel::prelude::*;
use kernel::chrono::NaiveDate;
use kernel::{Instant, PageRequest, Period, Position, StoreError, UserId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = login_logs)]
struct LoginLogRow {
    id: DbUuid,
    user_id: i64,
    recorded_at: DbInstant,
    creation_date: NaiveDate,
    creation_time: DbTime,
    platform_os: String,
    successful: bool,
    description: String,
}

impl LoginLogRow {
    fn into_login_log(self) -> LoginLog {
        LoginLog {
            id: LoginLogId(self.id.0),
            user: UserId(self.user_id),
            recorded_at: self.recorded_at.0,
            creation_date: self.creation_date,
            creation_time: self.creation_time.0,
            platform_os: self.platform_os,
            successful: self.successful,
            description: self.description,
        }
    }
}

impl LoginLogRepository for SqlTx<'_> {
    fn insert_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::insert_into(login_logs::table)
                .values((
                    login_logs::id.eq(DbUuid(log.id.0)),
                    login_logs::user_id.eq(log.user.0),
                    login_logs::recorded_at.eq(DbInstant(log.recorded_at)),
                    login_logs::creation_date.eq(log.creation_date),
                    login_logs::creation_time.eq(DbTime(log.creation_time)),
                    login_logs::platform_os.eq(&log.platform_os),
                    login_logs::successful.eq(log.successful),
                    login_logs::description.eq(&log.description),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn find_login_log(&mut self, id: LoginLogId) -> Result<Option<LoginLog>, StoreError> {
        let row = self.run(|connection| {
            login_logs::table
                .filter(login_logs::id.eq(DbUuid(id.0)))
                .select(LoginLogRow::as_select())
                .get_result(connection)
                .optional()
        })?;
        Ok(row.map(LoginLogRow::into_login_log))
    }

    fn list_login_logs(&mut self, user: UserId, period: &Period, limit: u32) -> Result<Vec<LoginLog>, StoreError> {
        let rows = self.run(|connection| {
            login_logs::table
                .filter(login_logs::user_id.eq(user.0))
                .filter(login_logs::creation_date.between(first_date(period), period.end_date))
                .filter(login_logs::creation_time.between(first_time(period), last_time(period)))
                .order(login_logs::seq)
                .limit(limit.into())
                .select(LoginLogRow::as_select())
                .load(connection)
        })?;
        Ok(rows.into_iter().map(LoginLogRow::into_login_log).collect())
    }

    fn list_login_logs_after(
        &mut self,
        user: UserId,
        period: &Period,
        wanted: PageRequest,
    ) -> Result<Vec<(Position, LoginLog)>, StoreError> {
        let rows: Vec<(i64, LoginLogRow)> = self.run(|connection| {
            let within = login_logs::creation_date
                .between(first_date(period), period.end_date)
                .and(login_logs::creation_time.between(first_time(period), last_time(period)));
            login_logs::table
                .filter(login_logs::user_id.eq(user.0))
                .filter(login_logs::seq.gt(wanted.after.0))
                .filter(judged_row_by_row(within))
                .order(login_logs::seq)
                .limit(wanted.limit.into())
                .select((login_logs::seq, LoginLogRow::as_select()))
                .load(connection)
        })?;
        Ok(rows.into_iter().map(|(seq, row)| (Position(seq), row.into_login_log())).collect())
    }

    fn count_failed_logins(&mut self, user: UserId, after: Instant) -> Result<u32, StoreError> {
        let count = self.run(|connection| {
            login_logs::table
                .filter(login_logs::user_id.eq(user.0))
                .filter(login_logs::recorded_at.gt(DbInstant(after)))
                .filter(login_logs::successful.eq(false))
                .count()
                .get_result::<i64>(connection)
        })?;
        u32::try_from(count).map_err(StoreError::fault)
    }

    fn update_login_log(&mut self, log: &LoginLog) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::update(login_logs::table.filter(login_logs::id.eq(DbUuid(log.id.0))))
                .set((
                    login_logs::creation_date.eq(log.creation_date),
                    login_logs::creation_time.eq(DbTime(log.creation_time)),
                    login_logs::platform_os.eq(&log.platform_os),
                    login_logs::successful.eq(log.successful),
                    login_logs::description.eq(&log.description),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn delete_login_log(&mut self, id: LoginLogId) -> Result<bool, StoreError> {
        let rows = self.run(|connection| {
            diesel::delete(login_logs::table.filter(login_logs::id.eq(DbUuid(id.0)))).execute(connection)
        })?;
        Ok(rows > 0)
    }

    fn delete_login_logs_of(&mut self, user: UserId) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::delete(login_logs::table.filter(login_logs::user_id.eq(user.0))).execute(connection)
        })
        .map(drop)
    }
}
