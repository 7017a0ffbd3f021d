//! Requests that create something, and may be repeated under a key of the client's.

use crate::access::nobody;
use crate::blocking::blocking;
use crate::call::Call;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use auth::Caller;
use idempotency::{IdempotencyError, Recollection, Request, Sender, begin_request, recall_response};
use store::Tx;

/// Seconds after which a client may ask again for what is still running.
const RETRY_AFTER_SECONDS: u32 = 1;

impl Call {
    /// Creates something for whoever the operation is for, in one transaction. With an `Idempotency-Key` it is done once, and
    /// a repetition gets the first answer, and tells open sockets nothing. The work may run more than once; only what its last
    /// run returned counts.
    ///
    /// # Errors
    /// 401, 403, what the work returns, and for keys 400, 409 and 422.
    pub async fn create<W>(&self, work: W) -> Answer
    where
        W: Fn(&mut dyn Tx, &Caller, &Self) -> Answer + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            if !call.is_keyed() {
                return call.write_now(work);
            }
            let caller = call.caller()?.ok_or_else(nobody)?;
            call.do_once(Sender::User(caller.id), |tx| work(tx, &caller, &call))
        })
        .await
    }

    /// Creates something for anybody. Keys are the address's own.
    ///
    /// # Errors
    /// 401 for a logged-out token, what the work returns, and for keys 400, 409 and 422.
    pub async fn create_for_anyone<W>(&self, address: String, work: W) -> Answer
    where
        W: Fn(&mut dyn Tx, &Self) -> Answer + Send + 'static,
    {
        let call = self.clone();
        blocking(move || {
            call.caller()?;
            call.do_once(Sender::Address(address), |tx| work(tx, &call))
        })
        .await
    }

    /// Does the work, unless it is being done or was done under the same key.
    fn do_once(&self, sender: Sender, work: impl Fn(&mut dyn Tx) -> Answer) -> Answer {
        let state = self.state();
        let reply = match self.keyed(sender)? {
            None => state.store.write(work)?,
            Some(request) => {
                let _until_done = state.running.enter(&request.id).ok_or_else(still_running)?;
                self.do_keyed(&request, work)?
            }
        };
        Ok(self.told(reply))
    }

    /// Does the work and keeps its answer in one transaction, or gives the answer that was kept.
    fn do_keyed(&self, request: &Request, work: impl Fn(&mut dyn Tx) -> Answer) -> Answer {
        let store = &self.state().store;
        let known = store.read(|tx| recall_response(tx, request, self.now()))?;
        if let Recollection::Response(answer) = known {
            return Reply::replayed(answer);
        }
        let mut known = Some(known);
        store.write(|tx| {
            // What was recalled counts for the first run. The second one comes after a lost race: another node was faster.
            let known = match known.take() {
                Some(known) => known,
                None => recall_response(tx, request, self.now())?,
            };
            if let Some(answer) = begin_request(tx, request, self.now(), known)? {
                return Reply::replayed(answer);
            }
            let reply = work(tx)?;
            tx.keep_response(&request.id, &reply.to_kept()?)?;
            Ok(reply)
        })
    }
}

fn still_running() -> Problem {
    Problem::from(IdempotencyError::StillRunning).with_header(RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS))
}
