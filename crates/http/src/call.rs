//! One request with its credentials, and the only way from it to the domains.

use crate::access::{Access, nobody};
use crate::blocking::blocking;
use crate::body::{Body, read_url_encoded};
use crate::client::Client;
use crate::conditions::Conditions;
use crate::credentials::Credentials;
use crate::policy::{BodyKind, Matched};
use crate::problem::Problem;
use crate::protocol::{Began, SentMethod, asks_for_websocket};
use crate::reply::{Answer, Reply};
use crate::request_name::RequestName;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::http::{Method, Uri};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use auth::Caller;
use futures_util::future::LocalBoxFuture;
use idempotency::{Request, Sender};
use kernel::{Form, Instant, Uuid};
use std::sync::Arc;
use std::time::Duration;
use store::Tx;
use tracing::Span;

/// One request. Its methods run the work of a handler on the blocking pool, after the caller was found out; what is wrong
/// with the body is told only when the work asks for it.
#[derive(Debug, Clone)]
pub struct Call(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    state: web::Data<AppState>,
    client: Client,
    method: Method,
    credentials: Credentials,
    access: Access,
    name: Option<RequestName>,
    conditions: Conditions,
    uri: Uri,
    path: Vec<(String, String)>,
    query: Form,
    body: Body,
    since: std::time::Instant,
    time_limit: Duration,
    now: Instant,
}

impl Call {
    /// What all requests share.
    pub fn state(&self) -> &AppState {
        &self.0.state
    }

    /// When the request was read.
    pub fn now(&self) -> Instant {
        self.0.now
    }

    /// The method that the client sent.
    pub fn method(&self) -> &Method {
        &self.0.method
    }

    /// Where the request comes from.
    pub fn client(&self) -> Client {
        self.0.client
    }

    /// The path as it was sent.
    pub fn path(&self) -> &str {
        self.0.uri.path()
    }

    /// The query as it was sent.
    pub fn query_text(&self) -> &str {
        self.0.uri.query().unwrap_or_default()
    }

    /// The query parameters.
    pub fn query(&self) -> &Form {
        &self.0.query
    }

    /// The fields of the body; none when it is empty.
    ///
    /// # Errors
    /// 415, 413, 408 or 400: see the contract's conventions.
    pub fn form(&self) -> Result<Form, Problem> {
        self.0.body.form()
    }

    /// The file of comma-separated values that was sent.
    ///
    /// # Errors
    /// 415, 413, 408 or 400.
    pub fn csv_file(&self) -> Result<&[u8], Problem> {
        self.0.body.csv_file()
    }

    /// The bytes of the body as they were sent, such as those that a webhook has signed.
    ///
    /// # Errors
    /// 413, 408 or 400 for a body that did not come whole.
    pub fn bytes(&self) -> Result<&[u8], Problem> {
        self.0.body.sent()
    }

    /// Whether the client has been told by now that it took too long.
    pub fn is_overdue(&self) -> bool {
        self.0.since.elapsed() > self.0.time_limit
    }

    /// Whether the client named the request, so that it can be repeated.
    pub fn is_keyed(&self) -> bool {
        self.0.name.is_some()
    }

    /// The request as its client named it, if it did.
    ///
    /// # Errors
    /// 400 for a malformed key, or when the body did not come whole.
    pub(crate) fn keyed(&self, sender: Sender) -> Result<Option<Request>, Problem> {
        let Some(name) = &self.0.name else { return Ok(None) };
        Ok(Some(name.request(sender, self.0.body.sent()?)?))
    }

    /// A part of the path that must be a uuid.
    ///
    /// # Errors
    /// 404 when it is none: such a path leads nowhere.
    pub fn uuid(&self, name: &str) -> Result<Uuid, Problem> {
        self.segment(name).and_then(crate::wire::path_uuid).ok_or_else(Problem::no_such_path)
    }

    /// A part of the path that must be a whole number.
    ///
    /// # Errors
    /// 404 when it is none: such a path leads nowhere.
    pub fn number(&self, name: &str) -> Result<i64, Problem> {
        let text = self.segment(name).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        text.and_then(|text| text.parse().ok()).ok_or_else(Problem::no_such_path)
    }

    /// A part of the path as it was sent.
    pub fn segment(&self, name: &str) -> Option<&str> {
        self.0.path.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// Refuses to change what is not, or no longer, what the client has read. `current` reads, in the transaction of the
    /// change, what a `GET` would answer; it runs only if the client made its request depend on that.
    ///
    /// # Errors
    /// 412 with the current tag, or what `current` returns.
    pub fn require_match<F>(&self, current: F) -> Result<(), Problem>
    where
        F: FnOnce() -> Answer,
    {
        if !self.0.conditions.is_any() {
            return Ok(());
        }
        let (_, tag) = current()?.tagged();
        let allowed = self.0.conditions.is_matched(&tag) && !self.0.conditions.is_known(&tag);
        if allowed { Ok(()) } else { Err(Problem::precondition_failed(tag.header())) }
    }

    /// The answer to a `GET` with its tag, or 304 when the client has it already.
    ///
    /// # Errors
    /// 412 when the client wants to read something else.
    pub fn unless_known(&self, reply: Reply) -> Answer {
        let (reply, tag) = reply.tagged();
        if !self.0.conditions.is_matched(&tag) {
            return Err(Problem::precondition_failed(tag.header()));
        }
        Ok(if self.0.conditions.is_known(&tag) { reply.not_modified() } else { reply })
    }

    /// Reads for whoever the operation is for.
    ///
    /// # Errors
    /// 401, 403, or what the work returns.
    pub async fn read<R, W>(&self, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: FnOnce(&mut dyn Tx, &Caller, &Self) -> Result<R, Problem> + Send + 'static,
    {
        self.read_if_known(|tx, caller, call| work(tx, caller.ok_or_else(nobody)?, call)).await
    }

    /// Reads for whoever the operation is for, known or not: an operation for anybody has no caller.
    ///
    /// # Errors
    /// 401, 403, or what the work returns.
    pub async fn read_if_known<R, W>(&self, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: FnOnce(&mut dyn Tx, Option<&Caller>, &Self) -> Result<R, Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.state().store.read(|tx| {
                let caller = call.admit_by(tx, call.0.access)?;
                work(tx, caller.as_ref(), &call)
            })
        })
        .await
    }

    /// Changes something for whoever the operation is for, in one transaction. The work may run more than once; only what
    /// its last run returned counts. What the reply tells open sockets is published after the commit, by the thread that
    /// has committed: whoever asked may have gone away meanwhile, or have been told that it takes too long.
    ///
    /// # Errors
    /// 401, 403, or what the work returns.
    pub async fn write<W>(&self, work: W) -> Answer
    where
        W: Fn(&mut dyn Tx, &Caller, &Self) -> Answer + Send + 'static,
    {
        let call = self.clone();
        blocking(move || call.write_now(work)).await
    }

    /// What [`write`](Self::write) does, on a thread that may wait.
    pub(crate) fn write_now(&self, work: impl Fn(&mut dyn Tx, &Caller, &Self) -> Answer) -> Answer {
        let known = |tx: &mut dyn Tx| self.admit_by(tx, self.0.access)?.ok_or_else(nobody);
        let reply = self.state().store.checked_write(known, |tx, caller| work(tx, caller, self))?;
        Ok(self.told(reply))
    }

    /// Changes something for anybody, in one transaction, and tells nobody of it.
    ///
    /// # Errors
    /// 401 for a logged-out token, or what the work returns.
    pub async fn write_for_anyone<R, W>(&self, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: Fn(&mut dyn Tx, &Self) -> Result<R, Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.caller()?;
            call.state().store.write(|tx| work(tx, &call))
        })
        .await
    }

    /// Lets through whoever the operation is for, when nothing else is asked of the store.
    ///
    /// # Errors
    /// 401 or 403.
    pub async fn admit(&self) -> Result<(), Problem> {
        self.admit_to(self.0.access).await
    }

    /// Lets through whoever something is for.
    ///
    /// # Errors
    /// 401 or 403.
    pub(crate) async fn admit_to(&self, access: Access) -> Result<(), Problem> {
        if access.asks_store(&self.0.credentials) {
            let call = self.clone();
            blocking(move || call.state().store.read(|tx| call.admit_by(tx, access)).map(drop)).await?;
        }
        Ok(())
    }

    /// Who sends the request, where the operation asks for it.
    ///
    /// # Errors
    /// 401 or 403.
    pub(crate) fn caller(&self) -> Result<Option<Caller>, Problem> {
        if !self.0.access.asks_store(&self.0.credentials) {
            return Ok(None);
        }
        self.state().store.read(|tx| self.admit_by(tx, self.0.access))
    }

    /// Publishes what a committed change tells open sockets.
    pub(crate) fn told(&self, mut reply: Reply) -> Reply {
        for event in reply.take_events() {
            self.state().bus.publish(event);
        }
        reply
    }

    fn admit_by(&self, tx: &mut dyn Tx, access: Access) -> Result<Option<Caller>, Problem> {
        let caller = access.admit(tx, &self.state().tokens, &self.0.credentials, self.now())?;
        if let Some(caller) = &caller {
            Span::current().record("user", caller.id.0);
        }
        Ok(caller)
    }
}

impl FromRequest for Call {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        // Whoever tells the client that it took too long has begun to wait no earlier.
        let since = request.extensions().get::<Began>().map_or_else(std::time::Instant::now, |began| began.0);
        Box::pin(async move {
            let Some(state) = request.app_data::<web::Data<AppState>>().cloned() else {
                return Err(Problem::fault_because(
                    "api.no_state",
                    "the server was built without its state".to_owned(),
                ));
            };
            let policy = request.extensions().get::<Matched>().and_then(|matched| matched.policy);
            let limits = policy.map_or_else(|| state.limits.plain(), |policy| policy.limits(&state.limits));
            let kind = policy.map_or(BodyKind::Ignored, |policy| policy.body);
            let access = policy.map_or(Access::Anyone, |policy| policy.access);
            // What follows a wish for another protocol has no end of its own, so that it is nobody's body.
            let takes_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method())
                && !asks_for_websocket(request.headers());
            let credentials = Credentials::read(request.headers());
            let now = state.clock.now();
            // Whoever has no token of ours need not send a large file first to learn that.
            let is_stranger = || !credentials.token().is_ok_and(|token| state.tokens.read(token, now).is_ok());
            let body = if takes_body && !(kind == BodyKind::File && access.needs_caller() && is_stranger()) {
                Body::read(request.headers(), payload, kind, limits).await
            } else {
                Body::empty()
            };
            let path = request.match_info().iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
            let sent_method = request.extensions().get::<SentMethod>().map(|sent| sent.0.clone());
            let client = request.extensions().get::<Client>().copied();
            Ok(Self(Arc::new(Parts {
                client: client.unwrap_or_else(|| Client::of(&request, &state.proxies)),
                method: sent_method.unwrap_or_else(|| request.method().clone()),
                credentials,
                access,
                name: RequestName::read(&request),
                conditions: Conditions::read(request.headers()),
                uri: request.uri().clone(),
                path,
                query: read_url_encoded(request.query_string().as_bytes())?,
                body,
                since,
                time_limit: limits.answer_timeout,
                now,
                state,
            })))
        })
    }
}
