//! Requests that create something, and may be repeated under a key of the client's.

use crate::call::Call;
use crate::call::blocking;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use auth::Caller;
use bus::Event;
use idempotency::{IdempotencyError, Recollection, Request, Sender, begin_request, recall_answer};
use store::Tx;
use users::Role;

/// Seconds after which a client may ask again for what is still running.
const RETRY_AFTER_SECONDS: u32 = 1;

/// An answer, and what open sockets are told once the change is committed.
type Created = (Reply, Option<Event>);

impl Call {
    /// Creates something on behalf of a caller of at least this rank, in one transaction. With an `Idempotency-Key` it is
    /// done once, and a repetition gets the first answer. The work may run more than once; only what its last run
    /// returned counts.
    ///
    /// # Errors
    /// 401, 403, what the work returns, and for keys 400, 409 and 422.
    pub async fn create<W>(&self, at_least: Role, work: W) -> Answer
    where
        W: Fn(&mut dyn Tx, &Caller, &Self) -> Answer + Send + 'static,
    {
        self.create_and_tell(at_least, move |tx, caller, call| Ok((work(tx, caller, call)?, None))).await
    }

    /// The same, for work that open sockets are told of after the commit; of a repetition they are told nothing.
    ///
    /// # Errors
    /// See [`create`](Self::create).
    pub async fn create_and_tell<W>(&self, at_least: Role, work: W) -> Answer
    where
        W: Fn(&mut dyn Tx, &Caller, &Self) -> Result<Created, Problem> + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            let caller = call.shell().store.read(|tx| call.caller(tx, at_least))?;
            call.do_once(Sender::User(caller.id), |tx| work(tx, &caller, &call))
        })
        .await
    }

    /// Creates something for anybody; of credentials only a logged-out token counts. Keys are the address's own.
    ///
    /// # Errors
    /// 401 for a logged-out token, what the work returns, and for keys 400, 409 and 422.
    pub async fn public_create<W>(&self, address: String, work: W) -> Answer
    where
        W: Fn(&mut dyn Tx, &Self) -> Answer + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.refuse_revoked()?;
            call.do_once(Sender::Address(address), |tx| Ok((work(tx, &call)?, None)))
        })
        .await
    }

    /// Does the work, unless it is being done or was done under the same key.
    fn do_once(&self, sender: Sender, work: impl Fn(&mut dyn Tx) -> Result<Created, Problem>) -> Answer {
        let shell = self.shell();
        let (reply, event) = match self.keyed(sender)? {
            None => shell.store.write(work)?,
            Some(request) => {
                let _until_done = shell.running.enter(&request.id).ok_or_else(still_running)?;
                self.do_keyed(&request, work)?
            }
        };
        if let Some(event) = event {
            shell.bus.publish(event);
        }
        Ok(reply)
    }

    /// Does the work and keeps its answer in one transaction, or gives the answer that was kept.
    fn do_keyed(
        &self,
        request: &Request,
        work: impl Fn(&mut dyn Tx) -> Result<Created, Problem>,
    ) -> Result<Created, Problem> {
        let store = &self.shell().store;
        let known = store.read(|tx| recall_answer(tx, request, self.now()))?;
        if let Recollection::Answer(answer) = known {
            return Ok((Reply::replayed(answer)?, None));
        }
        let mut known = Some(known);
        store.write(|tx| {
            // What was recalled counts for the first run. The second one comes after a lost race: another node was faster.
            let known = match known.take() {
                Some(known) => known,
                None => recall_answer(tx, request, self.now())?,
            };
            if let Some(answer) = begin_request(tx, request, self.now(), known)? {
                return Ok((Reply::replayed(answer)?, None));
            }
            let (reply, event) = work(tx)?;
            tx.keep_answer(&request.id, &reply.to_kept()?)?;
            Ok((reply, event))
        })
    }
}

fn still_running() -> Problem {
    Problem::from(IdempotencyError::StillRunning).with_header(RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS))
}
