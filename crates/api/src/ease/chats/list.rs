//! `GET /api/chats/chat/`: lists the caller's chats.

use super::view::ChatView;
use chat::Chat;
use http::lists::{List, Listing, array};
use http::openapi::{Detail, Faults};
use http::paging::PageQuery;
use http::{Call, Problem};

/// Lists the chats that the caller answers, in the order in which they were opened.
///
/// Without a `limit` the list is complete. One of more than 1000 rows is sent in chunks as the client takes them; when that
/// fails half-way, the connection ends without the end of the body.
#[utoipa::path(
    get,
    path = "/api/chats/chat/",
    operation_id = "list_chats",
    tag = "Support chat",
    params(PageQuery),
    responses(
        (status = 200, description = "The caller's chats.", body = Vec<ChatView>, headers(("Link" = String, description = "With a `limit`: the address of the next part, as `rel=\"next\"`; absent on the last one."))),
        (status = 400, description = "The limit or the cursor cannot be read.", body = Faults,
            example = json!({"limit": ["A whole number from 1 to 1000 is required."]})),
        (
            status = 404,
            description = "The caller answers no chat.",
            body = Detail,
            example = json!({ "detail": "No chat sessions found for the user." })
        )
    )
)]
pub(crate) async fn list(call: Call) -> Result<Listing, Problem> {
    call.list(&CHATS).await
}

static CHATS: List<Chat> = List {
    name: "chats",
    beginning: |tx, caller, _, limit| Ok(chat::list_chats(tx, caller.id, limit)?),
    part: |tx, caller, _, wanted| Ok(chat::page_chats(tx, caller.id, wanted)?),
    written: |_, rows| array(rows, ChatView::from),
    finish: |_, reply| Ok(reply),
};
