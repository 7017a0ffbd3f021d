//! Lists in parts, for clients that ask for them: `limit` and `cursor` in the query, `Link` in the answer.

use crate::call::Call;
use crate::problem::Problem;
use crate::query;
use crate::reply::{Answer, Reply};
use actix_web::http::header::{HeaderValue, LINK};
use auth::Caller;
use kernel::{Field, FieldErrors, FieldFault, Fields, Input, PageRequest, Position, Raw, Shape, describe};

const LIMIT_MAX: i64 = 1000;

const LIMIT: Field<RowLimit> =
    Field::new("limit", "How many rows to answer with; all of them when it is absent.").example("100");
const CURSOR: Field<SentCursor> =
    Field::new("cursor", "Where the part begins: as the `Link` header of the part before it says. Needs a `limit`.")
        .example("n2vXb7m1o9Qm0Yy4u8aZQe3kq1Wm5d0c");

query! {
    /// Which part of a list to answer with.
    pub PageQuery = describe(read_part);
}

/// How many rows, and from where on.
fn read_part(fields: &mut Fields<'_>) -> (Option<RowLimit>, Option<SentCursor>) {
    (fields.optional(&LIMIT), fields.optional(&CURSOR))
}

/// How many rows of a list a client wants.
struct RowLimit(u32);

impl Input for RowLimit {
    const SHAPE: Shape = Shape::Integer { min: 1, max: LIMIT_MAX };

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        let text = raw.as_text().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let limit =
            text.and_then(|text| text.parse().ok()).filter(|limit| (1..=LIMIT_MAX).contains(&i64::from(*limit)));
        limit.map(Self).ok_or(FieldFault::NotInRange { min: 1, max: LIMIT_MAX })
    }
}

/// A cursor as a client holds it; it is good for one list and one caller.
struct SentCursor(String);

impl Input for SentCursor {
    const SHAPE: Shape = Shape::Pattern("^[A-Za-z0-9_-]{32}$");

    fn read(raw: &Raw) -> Result<Self, FieldFault> {
        raw.as_text().map(|text| Self(text.to_owned())).or(Err(FieldFault::BadCursor))
    }
}

impl Call {
    /// Which part of the list the client wants; `None` for all of it. A cursor is good for the list and the caller that it
    /// was made for.
    ///
    /// # Errors
    /// 400 for a limit that is none and a cursor that is none.
    pub fn wanted_page(&self, list: &str, caller: &Caller) -> Result<Option<PageRequest>, Problem> {
        let refuse = |errors: &FieldErrors| Problem::fields("api.unreadable_page", errors);
        let mut fields = self.query().fields();
        let (limit, cursor) = read_part(&mut fields);
        fields.finish().map_err(|errors| refuse(&errors))?;
        let limit = match (limit, &cursor) {
            (Some(limit), _) => limit.0,
            (None, None) => return Ok(None),
            (None, Some(_)) => return Err(refuse(&FieldErrors::one(LIMIT.name(), FieldFault::Required))),
        };
        let after = match cursor {
            None => Position::START,
            Some(cursor) => {
                let opened = self.state().cursors.open(list, caller.id, &cursor.0);
                opened.ok_or_else(|| refuse(&FieldErrors::one(CURSOR.name(), FieldFault::BadCursor)))?
            }
        };
        Ok(Some(PageRequest { after, limit }))
    }

    /// The answer with a part of a list, with the address of the next part when there is one. The address has no host,
    /// because a proxy in front of the server may be known by another name.
    pub fn with_link(&self, list: &str, caller: &Caller, next: Option<Position>, reply: Reply) -> Answer {
        let Some(position) = next else { return Ok(reply) };
        let cursor = self.state().cursors.seal(list, caller.id, position);
        let link = next_link(self.path(), self.query_text(), &cursor);
        let link = HeaderValue::from_str(&link).map_err(|error| Problem::fault("api.unwritable_link", &error))?;
        Ok(reply.with_header(LINK, link))
    }
}

/// The address of the next part: this one's, filters and all, with another cursor.
fn next_link(path: &str, query: &str, cursor: &str) -> String {
    // What cannot be read was refused when the request came in.
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let kept = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| *name != "cursor");
    let all: Vec<_> = kept.chain([("cursor", cursor)]).collect();
    let query = serde_urlencoded::to_string(all).unwrap_or_default();
    format!("<{path}?{query}>; rel=\"next\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_part_is_asked_for_with_the_same_filters() {
        assert_eq!(
            next_link("/api/x/", "limit=2&start_date=2026-11-01&cursor=old&end_date=&type=a%26b+%3E", "new"),
            "</api/x/?limit=2&start_date=2026-11-01&end_date=&type=a%26b+%3E&cursor=new>; rel=\"next\""
        );
    }

    #[test]
    fn a_limit_is_a_whole_number_from_1_to_1000() {
        for (sent, limit) in [("1", Some(1)), ("1000", Some(1000)), ("007", Some(7))] {
            assert_eq!(RowLimit::read(&Raw::Text(sent.to_owned())).ok().map(|read| read.0), limit);
        }
        for sent in ["", "0", "1001", "-1", "+1", "1.0", "1e2", " 1", "x", "99999999999999999999"] {
            assert!(RowLimit::read(&Raw::Text(sent.to_owned())).is_err(), "{sent}");
        }
    }
}
