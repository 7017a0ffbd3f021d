//! Lists: in parts for clients that ask for parts, and whole for all others, however long they are.

use crate::call::Call;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};
use crate::streaming::Streamed;
use actix_web::body::BoxBody;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder};
use auth::Caller;
use futures_util::stream;
use kernel::{Page, PageRequest, Position};
use serde::Serialize;
use std::fmt;
use store::Tx;

/// Rows that are read and written out at a time.
const CHUNK: u32 = 1000;

/// Reads so many rows of the beginning of a list.
type ReadBeginning<Row> = fn(&mut dyn Tx, &Caller, &Call, u32) -> Result<Vec<Row>, Problem>;
/// Reads a part of a list.
type ReadPart<Row> = fn(&mut dyn Tx, &Caller, &Call, PageRequest) -> Result<Page<Row>, Problem>;

/// How to answer with a list of rows.
pub struct List<Row> {
    /// What it is called in cursors.
    pub name: &'static str,
    /// The list, or so many rows of its beginning when there are more.
    pub beginning: ReadBeginning<Row>,
    /// A part of the list, in the same order.
    pub part: ReadPart<Row>,
    /// Rows as clients read them; see [`array()`].
    pub written: fn(&Call, &[Row]) -> Result<Vec<u8>, Problem>,
    /// What to do with an answer that is ready, such as to give it a tag.
    pub finish: fn(&Call, Reply) -> Answer,
}

impl<Row> fmt::Debug for List<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A list as an answer.
#[derive(Debug)]
pub enum Listing {
    /// It fits into one chunk.
    Ready(Reply),
    /// It is longer. It has no tag, which would have to be known before the rows are.
    Long(Streamed),
}

/// Rows as a JSON array.
pub fn array<'rows, Row, View: Serialize>(
    rows: &'rows [Row],
    view: impl Fn(&'rows Row) -> View,
) -> Result<Vec<u8>, Problem> {
    Reply::written(&rows.iter().map(view).collect::<Vec<_>>())
}

impl Call {
    /// Answers with a list: a part of it, or all of it. What fits into one chunk is read by one statement and answered as a
    /// whole; what is longer is sent chunk by chunk. Rows that are there from the first chunk to the last come once and in
    /// order, whatever others do meanwhile.
    ///
    /// # Errors
    /// 401, 403, 400 for a limit or a cursor that is none, or what the list returns.
    pub async fn list<Row: 'static>(&self, list: &'static List<Row>) -> Result<Listing, Problem> {
        let ready = self.read(|tx, caller, call| call.ready_list(tx, caller, list)).await?;
        Ok(ready.map_or_else(|| Listing::Long(self.stream_list(list)), Listing::Ready))
    }

    /// The answer, unless the list is too long to be answered at once.
    fn ready_list<Row>(&self, tx: &mut dyn Tx, caller: &Caller, list: &List<Row>) -> Result<Option<Reply>, Problem> {
        let reply = if let Some(wanted) = self.wanted_page(list.name, caller)? {
            let page = (list.part)(tx, caller, self, wanted)?;
            let reply = Reply::of_json((list.written)(self, &page.rows)?);
            self.with_link(list.name, caller, page.next, reply)?
        } else {
            let rows = (list.beginning)(tx, caller, self, CHUNK + 1)?;
            if u32::try_from(rows.len()).map_or(true, |length| length > CHUNK) {
                return Ok(None);
            }
            Reply::of_json((list.written)(self, &rows)?)
        };
        (list.finish)(self, reply).map(Some)
    }

    /// The whole list, chunk by chunk. Each one is read as a request of its own would be: a caller who is blocked or logged
    /// out meanwhile gets no more.
    fn stream_list<Row: 'static>(&self, list: &'static List<Row>) -> Streamed {
        let call = self.clone();
        let chunks = stream::try_unfold(Some(Position::START), move |after| {
            let call = call.clone();
            async move {
                let Some(after) = after else { return Ok(None) };
                let read = call.read(move |tx, caller, call| {
                    let page = (list.part)(tx, caller, call, PageRequest { after, limit: CHUNK })?;
                    Ok((
                        joint((list.written)(call, &page.rows)?, after == Position::START, page.next.is_none()),
                        page.next,
                    ))
                });
                read.await.map(|(chunk, next)| Some((chunk, next)))
            }
        });
        Streamed::new(self, chunks).with_header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }
}

/// Makes a piece of a long array of an array.
fn joint(mut array: Vec<u8>, is_first: bool, is_last: bool) -> Bytes {
    let is_empty = array == b"[]";
    if !is_last {
        array.pop();
    }
    if !is_first {
        match array.first_mut() {
            // Nothing is left of what was there when the piece before was made.
            Some(_) if is_empty => drop(array.remove(0)),
            Some(bracket) => *bracket = b',',
            None => {}
        }
    }
    array.into()
}

impl Responder for Listing {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Ready(reply) => reply.respond_to(request),
            Self::Long(streamed) => streamed.respond_to(request),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_one_array() {
        let pieces = |pieces: &[&str]| {
            let last = pieces.len() - 1;
            let joint = |(at, piece): (usize, &&str)| joint(piece.as_bytes().to_vec(), at == 0, at == last);
            String::from_utf8(pieces.iter().enumerate().flat_map(joint).collect()).unwrap()
        };
        assert_eq!(pieces(&["[]"]), "[]");
        assert_eq!(pieces(&["[1,2]"]), "[1,2]");
        assert_eq!(pieces(&["[1,2]", "[3]", "[4]"]), "[1,2,3,4]");
        assert_eq!(pieces(&["[1,2]", "[]"]), "[1,2]");
    }
}
