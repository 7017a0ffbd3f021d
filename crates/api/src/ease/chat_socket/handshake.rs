//! Opens the socket.

use super::close::CloseCause;

use super::frames::TimestampForm;
use super::room::{Refusal, Room};
use super::session::Session;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, UPGRADE};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use bus::Topic;
use chat::ChatId;
use http::Client;
use http::Credentials;
use http::body::read_url_encoded;
use http::openapi::{Detail, Faults};
use http::protocol::{SentMethod, asks_for_websocket};
use http::sockets::{FrameLimit, Pace};
use http::{AppState, Problem};
use kernel::{FieldErrors, FieldFault, Form, Uuid};
use std::fmt::Display;
use std::time::Duration;

/// When a user that has all of its sockets open may look again: by then sockets of clients that are gone are noticed.
const PLACE_WAIT: Duration = Duration::from_secs(60);

/// Joins a support chat.
///
/// Upgrades to a WebSocket for the chat's customer and administrator; anybody else gets 403. Messages posted so far come
/// first, as one array; `after` resumes behind a `seq`. Frames and close codes are described in `docs/asyncapi.yaml`.
#[utoipa::path(
    get,
    path = "/ws/support/chat/{id}/",
    operation_id = "join_chat",
    tag = "Support chat",
    security(("token" = []), ("bearer" = []), ("socket_token" = [])),
    params(
        ("id" = String, Path, format = "uuid", description = "The chat."),
        ("after" = Option<i64>, Query, minimum = 0, description = "Send only messages with a larger `seq`."),
        ("ts" = Option<String>, Query, description = "`iso` for live timestamps in ISO form."),
    ),
    responses(
        (status = 101, description = "The socket is open."),
        (status = 400, description = "`after` is not a whole number, or the handshake is not valid.", body = Faults),
        (status = 403, description = "No valid access token, or not a member of the chat.", body = Detail),
        (status = 404, description = "The path holds no chat identifier.", body = Detail),
        (status = 426, description = "The request is no WebSocket handshake.", body = Detail),
        (status = 500, description = "A fault of the server.", body = Detail),
        (status = 503, description = "The service is busy or away.", body = Detail)
    )
)]
pub(crate) async fn open(
    request: HttpRequest,
    state: web::Data<AppState>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let chat = request.match_info().get("id").and_then(|text| Uuid::try_parse(text).ok()).map(ChatId);
    let chat = chat.ok_or_else(Problem::no_such_path)?;
    let query = read_url_encoded(request.query_string().as_bytes())?;
    let token = read_token(&request, &query).ok_or_else(Problem::forbidden)?;
    let room = Room { state: state.into_inner(), chat, token: token.into() };
    let caller = room.enter().await.map_err(refused)?;
    let after = read_after(&query)?;
    if !asks_for_upgrade(&request) {
        let problem = "This path speaks WebSocket only.";
        let problem = Problem::refusal(StatusCode::UPGRADE_REQUIRED, "api.upgrade_required", problem);
        return Err(problem.with_header(UPGRADE, HeaderValue::from_static("websocket")));
    }
    let network = Client::of(&request, &room.state.proxies).network();
    let Some(place) = room.state.budgets.sockets.take(caller.id) else {
        room.state.metrics.throttled("sockets");
        return Err(Problem::throttled(PLACE_WAIT));
    };
    let budget = Pace::new(&room.state, caller.id, network, place);
    // From here on nothing is missed: what happens before the history is read comes twice at most, and is dropped once.
    let signals = room.state.bus.subscribe(&[Topic::Chat(chat), Topic::User(caller.id)]);
    let frame_max = room.state.chat.frame_max_bytes;
    let limited = FrameLimit::new(payload.into_inner(), frame_max);
    let mut limited: Payload = Payload::Stream { payload: Box::pin(limited) };
    let payload = web::Payload::from_request(&request, &mut limited).await.map_err(|error| bad_handshake(&error))?;
    let (response, socket, stream) = actix_ws::handle(&request, payload).map_err(|error| bad_handshake(&error))?;
    let stream = stream.max_frame_size(frame_max).aggregate_continuations().max_continuation_size(frame_max);
    let session = Box::new(Session::new(room, caller, socket, signals, TimestampForm::read(&query), budget));
    actix_web::rt::spawn(session.run(stream, after));
    Ok(response)
}

/// Whether the request wants a WebSocket; a `HEAD` wants to know what a plain `GET` would be told.
fn asks_for_upgrade(request: &HttpRequest) -> bool {
    let is_head = request.extensions().get::<SentMethod>().is_some();
    !is_head && asks_for_websocket(request.headers())
}

fn bad_handshake(error: &dyn Display) -> Problem {
    let sentence = format!("The WebSocket handshake is not valid: {error}.");
    Problem::refusal(StatusCode::BAD_REQUEST, "api.bad_handshake", &sentence)
}

fn read_token(request: &HttpRequest, query: &Form) -> Option<String> {
    let in_query = query.get("token").and_then(|raw| raw.as_text().ok()).filter(|token| !token.is_empty());
    match in_query {
        Some(token) => Some(token.to_owned()),
        None => Credentials::read(request.headers()).token().ok().map(str::to_owned),
    }
}

fn read_after(query: &Form) -> Result<Option<i64>, Problem> {
    let Some(raw) = query.get("after") else { return Ok(None) };
    match raw.as_text().ok().and_then(|text| text.trim().parse::<i64>().ok()).filter(|after| *after >= 0) {
        Some(after) => Ok(Some(after)),
        None => Err(Problem::fields("api.fields", &FieldErrors::one("after", FieldFault::NotANumber))),
    }
}

fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Busy(problem) => problem,
        Refusal::Close(CloseCause::Fault) => Problem::fault_because("api.socket", "see above".to_owned()),
        Refusal::Close(_) => Problem::forbidden(),
    }
}
