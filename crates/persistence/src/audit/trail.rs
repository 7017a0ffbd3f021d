//! The trail of administrative actions.

use crate::audit::schema::trail;
use crate::row_types::DbInstant;
use crate::tx::SqlTx;
use audit::{Action, TrailEntry, TrailRepository};
use diesel::prelude::*;
use kernel::{StoreError, UserId};

impl TrailRepository for SqlTx<'_> {
    fn append_trail(&mut self, entry: &TrailEntry) -> Result<(), StoreError> {
        self.run(|connection| {
            diesel::insert_into(trail::table)
                .values((
                    trail::at.eq(DbInstant(entry.at)),
                    trail::actor.eq(entry.actor.map(|actor| actor.0)),
                    trail::action.eq(entry.action.as_str()),
                    trail::subject.eq(entry.subject.0),
                    trail::details.eq(&entry.details),
                ))
                .execute(connection)
        })
        .map(drop)
    }

    fn list_trail(&mut self, limit: u32) -> Result<Vec<TrailEntry>, StoreError> {
        let rows = self.run(|connection| {
            trail::table
                .order(trail::seq.desc())
                .limit(limit.into())
                .select((trail::at, trail::actor, trail::action, trail::subject, trail::details))
                .load::<(DbInstant, Option<i64>, String, i64, String)>(connection)
        })?;
        let entries = rows.into_iter().map(|(at, actor, action, subject, details)| {
            let action =
                Action::from_word(&action).ok_or_else(|| StoreError::fault("an unknown action in the trail"))?;
            Ok(TrailEntry { at: at.0, actor: actor.map(UserId), action, subject: UserId(subject), details })
        });
        entries.collect()
    }
}
