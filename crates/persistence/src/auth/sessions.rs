//! Sessions that ended before their tokens did.

use crate::auth::schema::revoked_sessions;
use crate::row_types::{DbInstant, DbUuid};
use crate::tx::SqlTx;
use crate::users::rows::stored_state;
use crate::users::schema::users;
use ::users::Role;
use auth::{AccountStatus, SessionRepository};
use diesel::dsl::exists;
use diesel::prelude::*;
use kernel::{Instant, SessionId, StoreError, UserId};

/// What every request asks of its caller.
#[derive(Queryable)]
struct AccountStatusRow {
    email: String,
    is_staff: bool,
    is_superuser: bool,
    state: String,
    token_version: i64,
    kept_session: Option<DbUuid>,
    session_revoked: bool,
}

impl SessionRepository for SqlTx<'_> {
    fn find_account_status(&mut self, user: UserId, session: SessionId) -> Result<Option<AccountStatus>, StoreError> {
        let revoked = exists(revoked_sessions::table.filter(revoked_sessions::session.eq(DbUuid(session.0))));
        let row = self.run(|connection| {
            users::table
                .find(user.0)
                .select((
                    users::email,
                    users::is_staff,
                    users::is_superuser,
                    users::state,
                    users::token_version,
                    users::kept_session,
                    revoked,
                ))
                .get_result::<AccountStatusRow>(connection)
                .optional()
        })?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(AccountStatus {
            role: Role::of(row.is_staff, row.is_superuser),
            state: stored_state(&row.state)?,
            email: row.email,
            token_version: row.token_version,
            kept_session: row.kept_session.map(|session| SessionId(session.0)),
            session_revoked: row.session_revoked,
        }))
    }

    fn is_session_revoked(&mut self, session: SessionId) -> Result<bool, StoreError> {
        self.run(|connection| {
            diesel::select(exists(revoked_sessions::table.find(DbUuid(session.0)))).get_result(connection)
        })
    }

    fn revoke_session(&mut self, session: SessionId, expires_at: Instant) -> Result<(), StoreError> {
        // Somebody who ends it in between makes this a lost race, and the next try finds it ended.
        if self.is_session_revoked(session)? {
            return Ok(());
        }
        self.run(|connection| {
            diesel::insert_into(revoked_sessions::table)
                .values((
                    revoked_sessions::session.eq(DbUuid(session.0)),
                    revoked_sessions::expires_at.eq(DbInstant(expires_at)),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn purge_revoked_sessions(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let rows = self.run(|connection| {
            let expired = revoked_sessions::table
                .filter(revoked_sessions::expires_at.lt(DbInstant(now)))
                .order(revoked_sessions::expires_at)
                .limit(limit.into())
                .select(revoked_sessions::session)
                .load::<DbUuid>(connection)?;
            if expired.is_empty() {
                return Ok(0);
            }
            diesel::delete(revoked_sessions::table.filter(revoked_sessions::session.eq_any(expired)))
                .execute(connection)
        })?;
        u32::try_from(rows).map_err(StoreError::fault)
    }
}
