//! Answers to requests that their clients named.

use crate::idempotency::schema::answers;
use crate::row_types::DbInstant;
use crate::tx::SqlTx;
use diesel::prelude::*;
use idempotency::{Fingerprint, Kept, Request, RequestId, ResponseRepository, StoredResponse};
use kernel::{Instant, StoreError, UserId};

/// What a row says of its request; the answer is missing only inside the transaction that puts it there.
#[derive(Queryable, Selectable)]
#[diesel(table_name = answers)]
struct AnswerRow {
    fingerprint: String,
    expires_at: DbInstant,
    status: Option<i64>,
    headers: Option<String>,
    body: Option<String>,
}

impl AnswerRow {
    fn into_kept(self) -> Result<Option<Kept>, StoreError> {
        let (Some(status), Some(headers), Some(body)) = (self.status, self.headers, self.body) else {
            return Ok(None);
        };
        let status = u16::try_from(status).map_err(StoreError::fault)?;
        Ok(Some(Kept {
            fingerprint: Fingerprint::stored(self.fingerprint),
            expires_at: self.expires_at.0,
            response: StoredResponse { status, headers, body },
        }))
    }
}

impl ResponseRepository for SqlTx<'_> {
    fn find_response(&mut self, id: &RequestId) -> Result<Option<Kept>, StoreError> {
        let row = self.run(|connection| {
            answers::table.find(id.as_str()).select(AnswerRow::as_select()).get_result(connection).optional()
        })?;
        row.map_or(Ok(None), AnswerRow::into_kept)
    }

    fn reserve_response(&mut self, request: &Request, expires_at: Instant) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::insert_into(answers::table)
                .values((
                    answers::id.eq(request.id.as_str()),
                    answers::owner.eq(request.owner.map(|owner| owner.0)),
                    answers::fingerprint.eq(request.fingerprint.as_str()),
                    answers::expires_at.eq(DbInstant(expires_at)),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn keep_response(&mut self, id: &RequestId, answer: &StoredResponse) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::update(answers::table.find(id.as_str()))
                .set((
                    answers::status.eq(i64::from(answer.status)),
                    answers::headers.eq(&answer.headers),
                    answers::body.eq(&answer.body),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn forget_expired_response(&mut self, id: &RequestId, now: Instant) -> Result<(), StoreError> {
        self.run(|connection| {
            let expired = answers::table.find(id.as_str()).filter(answers::expires_at.le(DbInstant(now)));
            diesel::delete(expired).execute(connection)
        })
        .map(drop)
    }

    fn delete_responses_of(&mut self, owner: UserId) -> Result<(), StoreError> {
        self.run(|connection| diesel::delete(answers::table.filter(answers::owner.eq(owner.0))).execute(connection))
            .map(drop)
    }

    fn purge_responses(&mut self, now: Instant, limit: u32) -> Result<u32, StoreError> {
        let rows = self.run(|connection| {
            let expired = answers::table
                .filter(answers::expires_at.le(DbInstant(now)))
                .order(answers::expires_at)
                .limit(limit.into())
                .select(answers::id)
                .load::<String>(connection)?;
            if expired.is_empty() {
                return Ok(0);
            }
            diesel::delete(answers::table.filter(answers::id.eq_any(expired))).execute(connection)
        })?;
        u32::try_from(rows).map_err(StoreError::fault)
    }
}
