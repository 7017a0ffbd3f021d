//! Whether the storage can do its work, found out so that the answer is never late.

use crate::problem::Problem;
use crate::problem::chain;
use kernel::StoreError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use store::Store;
use tokio::sync::watch;
use tokio::time::timeout;

/// Storage that takes longer to answer is as good as away: probes do not wait for long.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the storage answered, once it has.
type Outcome = Option<Result<(), Problem>>;

/// Asks the storage, once at a time, on a thread of its own: storage that hangs holds every thread that works for requests,
/// and is to be told of all the same.
#[derive(Clone)]
pub struct Readiness {
    asked: Arc<Mutex<Option<watch::Receiver<Outcome>>>>,
    patience: Duration,
}

impl Default for Readiness {
    fn default() -> Self {
        Self { asked: Arc::default(), patience: PATIENCE }
    }
}

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readiness").finish_non_exhaustive()
    }
}

impl Readiness {
    /// Asks the storage, or waits with others for what it answers.
    ///
    /// # Errors
    /// 503 with the reason when it cannot do its work or does not answer; 500 when it cannot be asked.
    pub async fn of(&self, store: &Arc<dyn Store>) -> Result<(), Problem> {
        let mut asked = self.ask(store)?;
        match timeout(self.patience, asked.wait_for(Option::is_some)).await {
            Ok(Ok(outcome)) => outcome.clone().unwrap_or(Ok(())),
            Ok(Err(error)) => Err(Problem::fault("api.no_probe", &error)),
            Err(_elapsed) => {
                let cause = format!("no answer within {} ms", self.patience.as_millis());
                Err(Problem::unready("it does not answer", cause))
            }
        }
    }

    fn ask(&self, store: &Arc<dyn Store>) -> Result<watch::Receiver<Outcome>, Problem> {
        let mut running = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = running.as_ref().filter(|asked| is_open(asked)) {
            return Ok(asked.clone());
        }
        let (answer, asked) = watch::channel(None);
        let store = Arc::clone(store);
        let ask = move || {
            answer.send_replace(Some(store.check().map_err(|error| unready(&error))));
        };
        thread::Builder::new()
            .name("readiness".to_owned())
            .spawn(ask)
            .map_err(|error| Problem::fault("api.no_probe", &error))?;
        Ok(running.insert(asked).clone())
    }
}

/// Whether the thread that asks has no answer yet. It holds the other end for as long as it lives.
fn is_open(asked: &watch::Receiver<Outcome>) -> bool {
    asked.borrow().is_none() && asked.has_changed().is_ok()
}

fn unready(error: &StoreError) -> Problem {
    Problem::unready(error.reason().unwrap_or("it does not do what it should"), chain(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use store::{PoolLoad, Tx, Verdict};

    /// Answers when it is told what.
    struct Hanging(Mutex<Receiver<Result<(), StoreError>>>);

    impl Store for Hanging {
        fn run_read(&self, _: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError> {
            Err(StoreError::fault("nobody asks"))
        }

        fn run_write(&self, _: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
            Err(StoreError::fault("nobody asks"))
        }

        fn check(&self) -> Result<(), StoreError> {
            self.0.lock().unwrap().recv().unwrap_or_else(|error| Err(StoreError::fault(error)))
        }

        fn pools(&self) -> Vec<PoolLoad> {
            Vec::new()
        }
    }

    /// Waits for long: the storage answers, however slow the machine is.
    fn patient() -> Readiness {
        Readiness { patience: Duration::from_secs(60), ..Readiness::default() }
    }

    fn hanging() -> (Sender<Result<(), StoreError>>, Arc<dyn Store>) {
        let (tell, told) = channel();
        (tell, Arc::new(Hanging(Mutex::new(told))))
    }

    fn detail(outcome: Result<(), Problem>) -> String {
        let problem = outcome.unwrap_err();
        assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
        problem.sentence()
    }

    #[tokio::test]
    async fn whatever_the_storage_answers_is_told_to_all_who_wait() {
        let (tell, store) = hanging();
        let readiness = patient();
        // Both have asked before the answer is given.
        let answer =
            async { tell.send(Err(StoreError::unavailable("10.0.0.1 refused").because("it cannot be reached"))) };
        let (one, other, told) = tokio::join!(readiness.of(&store), readiness.of(&store), answer);
        told.unwrap();
        let both = (one, other);
        assert_eq!(detail(both.0), "The storage is not available: it cannot be reached.");
        assert_eq!(detail(both.1), "The storage is not available: it cannot be reached.");
        tell.send(Ok(())).unwrap();
        readiness.of(&store).await.unwrap();
    }

    #[tokio::test]
    async fn storage_that_hangs_is_asked_once_and_told_of_in_time() {
        let (tell, store) = hanging();
        let readiness = patient();
        let hurried = Readiness { patience: Duration::from_millis(10), ..readiness.clone() };
        for _ in 0..2 {
            assert_eq!(detail(hurried.of(&store).await), "The storage is not available: it does not answer.");
        }
        // One answer is enough for the question that has been open all the time, for whoever joins before it is given.
        let (outcome, told) = tokio::join!(readiness.of(&store), async { tell.send(Ok(())) });
        told.unwrap();
        outcome.unwrap();
    }
}
