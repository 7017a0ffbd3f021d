//! One request with its credentials, and the only way from it to the domains.

use crate::body::{Body, read_url_encoded};
use crate::client::Client;
use crate::conditions::Conditions;
use crate::credentials::Credentials;
use crate::problem::Problem;
use crate::protocol::{SentMethod, asks_for_websocket};
use crate::reply::{Answer, Reply};
use crate::request_name::RequestName;
use crate::state::Shell;
use crate::state::is_import;
use actix_web::dev::Payload;
use actix_web::http::{Method, Uri};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use auth::{Caller, roles};
use bus::Event;
use futures_util::future::LocalBoxFuture;
use idempotency::{Request, Sender};
use kernel::{Form, Instant, Uuid};
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;
use std::sync::Arc;
use std::time::Duration;
use store::Tx;
use tracing::Span;
use users::Role;

/// One request. Its methods run the work of a handler on the blocking pool, after the caller was found out; what is wrong
/// with the body is told only when the work asks for it.
#[derive(Debug, Clone)]
pub struct Call(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    shell: web::Data<Shell>,
    client: Client,
    method: Method,
    credentials: Credentials,
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
    pub fn shell(&self) -> &Shell {
        &self.0.shell
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

    /// Reads on behalf of a caller of at least this rank.
    ///
    /// # Errors
    /// 401, 403, or what the work returns.
    pub async fn read<R, W>(&self, at_least: Role, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: FnOnce(&mut dyn Tx, &Caller, &Self) -> Result<R, Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.shell().store.read(|tx| {
                let caller = call.caller(tx, at_least)?;
                work(tx, &caller, &call)
            })
        })
        .await
    }

    /// Changes something on behalf of a caller of at least this rank, in one transaction. The work may run more than
    /// once; only what its last run returned counts.
    ///
    /// # Errors
    /// 401, 403, or what the work returns.
    pub async fn write<R, W>(&self, at_least: Role, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: Fn(&mut dyn Tx, &Caller, &Self) -> Result<R, Problem> + Send + 'static,
    {
        self.write_and_tell(at_least, move |tx, caller, call| Ok((work(tx, caller, call)?, Vec::new()))).await
    }

    /// The same, for work that open sockets are told of after the commit, in this order. The thread that has committed tells
    /// them: whoever asked may have gone away meanwhile, or have been told that it takes too long.
    ///
    /// # Errors
    /// See [`write`](Self::write).
    pub async fn write_and_tell<R, W>(&self, at_least: Role, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: Fn(&mut dyn Tx, &Caller, &Self) -> Result<(R, Vec<Event>), Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            let Shell { store, bus, .. } = call.shell();
            let caller = store.read(|tx| call.caller(tx, at_least))?;
            let (outcome, events) = store.write(|tx| work(tx, &caller, &call))?;
            for event in events {
                bus.publish(event);
            }
            Ok(outcome)
        })
        .await
    }

    /// Reads for anybody; of credentials only a logged-out token counts.
    ///
    /// # Errors
    /// 401 for a logged-out token, or what the work returns.
    pub async fn public_read<R, W>(&self, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: FnOnce(&mut dyn Tx, &Self) -> Result<R, Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.refuse_revoked()?;
            call.shell().store.read(|tx| work(tx, &call))
        })
        .await
    }

    /// Changes something for anybody, in one transaction; of credentials only a logged-out token counts.
    ///
    /// # Errors
    /// 401 for a logged-out token, or what the work returns.
    pub async fn public_write<R, W>(&self, work: W) -> Result<R, Problem>
    where
        R: Send + 'static,
        W: Fn(&mut dyn Tx, &Self) -> Result<R, Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.refuse_revoked()?;
            call.shell().store.write(|tx| work(tx, &call))
        })
        .await
    }

    /// Lets everybody through but the holder of a logged-out token; without a token it asks the store nothing.
    ///
    /// # Errors
    /// 401 for a logged-out token.
    pub async fn public(&self) -> Result<(), Problem> {
        if matches!(self.0.credentials, Credentials::Token(_)) {
            let call = self.clone();
            blocking(move || call.refuse_revoked()).await?;
        }
        Ok(())
    }

    /// Who sends the request.
    ///
    /// # Errors
    /// 401, or 403 for a lower rank.
    pub(crate) fn caller(&self, tx: &mut dyn Tx, at_least: Role) -> Result<Caller, Problem> {
        let token = self.0.credentials.token()?;
        let caller = auth::authenticate(tx, &self.shell().tokens, token, self.now())?;
        Span::current().record("user", caller.id.0);
        roles::require(caller.role, at_least)?;
        Ok(caller)
    }

    /// Lets everybody through but the holder of a logged-out token.
    ///
    /// # Errors
    /// 401.
    pub(crate) fn refuse_revoked(&self) -> Result<(), Problem> {
        let Credentials::Token(token) = &self.0.credentials else { return Ok(()) };
        let shell = self.shell();
        Ok(shell.store.read(|tx| auth::refuse_revoked(tx, &shell.tokens, token, self.now()))?)
    }
}

/// Runs work that waits for a store, on the blocking pool; its log lines and spans belong to the request.
///
/// Work that nobody waits for any more is not begun: when a store was away for long, there would be nothing but such work.
///
/// # Errors
/// What the work returns; 500 when it panicked.
pub async fn blocking<R, W>(work: W) -> Result<R, Problem>
where
    R: Send + 'static,
    W: FnOnce() -> Result<R, Problem> + Send + 'static,
{
    let (span, trace) = (Span::current(), Context::current());
    let asking = Arc::new(());
    let asked = Arc::downgrade(&asking);
    let work = move || {
        let _still_asked = asked.upgrade()?;
        let _traced = trace.has_active_span().then(|| trace.attach());
        Some(span.in_scope(work))
    };
    let outcome = web::block(work).await;
    drop(asking);
    match outcome {
        Ok(Some(result)) => result,
        Ok(None) => Err(Problem::fault_because("api.lost_work", "nobody waited for the work".to_owned())),
        Err(error) => Err(Problem::fault("api.lost_work", &error)),
    }
}

impl FromRequest for Call {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        let since = std::time::Instant::now();
        Box::pin(async move {
            let Some(shell) = request.app_data::<web::Data<Shell>>().cloned() else {
                return Err(Problem::fault_because(
                    "api.no_shell",
                    "the server was built without its shell".to_owned(),
                ));
            };
            // What follows a wish for another protocol has no end of its own, so that it is nobody's body.
            let takes_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method())
                && !asks_for_websocket(request.headers());
            let time_limit = shell.limits.time_of(request.path());
            let credentials = Credentials::read(request.headers());
            let now = shell.clock.now();
            // Whoever has no token of ours need not send a large file first to learn that.
            let is_stranger = || !credentials.token().is_ok_and(|token| shell.tokens.read(token, now).is_ok());
            let body = if takes_body && !(is_import(request.path()) && is_stranger()) {
                Body::read(request.headers(), payload, shell.limits.body_of(request.path())).await
            } else {
                Body::empty()
            };
            let path = request.match_info().iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
            let sent_method = request.extensions().get::<SentMethod>().map(|sent| sent.0.clone());
            let client = request.extensions().get::<Client>().copied();
            Ok(Self(Arc::new(Parts {
                client: client.unwrap_or_else(|| Client::of(&request, &shell.proxies)),
                method: sent_method.unwrap_or_else(|| request.method().clone()),
                credentials,
                name: RequestName::read(&request),
                conditions: Conditions::read(request.headers()),
                uri: request.uri().clone(),
                path,
                query: read_url_encoded(request.query_string().as_bytes())?,
                body,
                since,
                time_limit,
                now,
                shell,
            })))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use tokio::runtime::Builder;
    use tokio::task::spawn_blocking;

    #[test]
    fn work_that_nobody_waits_for_any_more_is_not_begun() {
        let one_thread = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        one_thread.block_on(async {
            let (let_go, held) = channel::<()>();
            let busy = spawn_blocking(move || held.recv().unwrap());
            let (begun, is_begun) = channel();
            let mut given_up = Box::pin(blocking(move || Ok(begun.send("it is"))));
            assert!(futures_util::poll!(&mut given_up).is_pending());
            drop(given_up);
            let_go.send(()).unwrap();
            busy.await.unwrap();
            assert_eq!(blocking(|| Ok("what comes after it")).await.unwrap(), "what comes after it");
            assert!(is_begun.recv().is_err());
        });
    }
}
