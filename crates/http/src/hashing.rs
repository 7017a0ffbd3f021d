//! Threads for slow hashing, so that a storm of logins takes nothing from other routes.

use crate::problem::Problem;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tokio::sync::oneshot;
use tracing::Span;

type Job = Box<dyn FnOnce() + Send>;

/// A few threads with a bounded waiting line. Dropping the pool ends its threads.
pub struct HashingPool {
    line: SyncSender<Job>,
    load: Arc<Load>,
}

/// How much there is to do right now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HashingLoad {
    /// Jobs in the waiting line.
    pub(crate) waiting: i64,
    /// Jobs that threads are at.
    pub(crate) running: i64,
}

#[derive(Default)]
struct Load {
    waiting: AtomicI64,
    running: AtomicI64,
}

impl fmt::Debug for HashingPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HashingPool").finish_non_exhaustive()
    }
}

impl HashingPool {
    /// Seconds after which a client that was turned away may come again.
    const RETRY_AFTER_SECONDS: u32 = 2;

    /// Starts `threads` threads; at most `waiting` jobs wait for one of them.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn start(threads: usize, waiting: usize) -> io::Result<Self> {
        let (line, jobs) = sync_channel::<Job>(waiting);
        let jobs = Arc::new(Mutex::new(jobs));
        let load = Arc::new(Load::default());
        for number in 1..=threads.max(1) {
            let jobs = Arc::clone(&jobs);
            let load = Arc::clone(&load);
            thread::Builder::new().name(format!("hashing-{number}")).spawn(move || work(&jobs, &load))?;
        }
        Ok(Self { line, load })
    }

    /// How much there is to do right now.
    pub(crate) fn load(&self) -> HashingLoad {
        let Load { waiting, running } = &*self.load;
        HashingLoad { waiting: waiting.load(Ordering::Relaxed), running: running.load(Ordering::Relaxed) }
    }

    /// Runs a slow job and waits for what it returns. A job whose client has gone away before it began is not run.
    ///
    /// # Errors
    /// 503 when the waiting line is full, 500 when the job panicked.
    pub async fn run<R: Send + 'static>(&self, job: impl FnOnce() -> R + Send + 'static) -> Result<R, Problem> {
        let (answer, outcome) = oneshot::channel();
        let span = Span::current();
        let job: Job = Box::new(move || {
            if !answer.is_closed() {
                // A failed send means that the client went away meanwhile: nobody is left to tell.
                drop(answer.send(span.in_scope(job)));
            }
        });
        self.load.waiting.fetch_add(1, Ordering::Relaxed);
        let sent = self.line.try_send(job);
        if sent.is_err() {
            self.load.waiting.fetch_sub(1, Ordering::Relaxed);
        }
        match sent {
            Ok(()) => outcome.await.map_err(|error| Problem::fault("hashing.lost", &error)),
            Err(TrySendError::Full(_)) => Err(Problem::busy("hashing.full", Self::RETRY_AFTER_SECONDS)),
            Err(error @ TrySendError::Disconnected(_)) => Err(Problem::fault("hashing.stopped", &error)),
        }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>, load: &Load) {
    loop {
        // The lock is held while waiting and let go before working: the other threads queue for the next job.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // A job that panics loses its own answer, not the thread: its client learns of it by the closed channel.
        load.waiting.fetch_sub(1, Ordering::Relaxed);
        load.running.fetch_add(1, Ordering::Relaxed);
        drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)));
        load.running.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use std::sync::mpsc;

    #[tokio::test]
    async fn a_job_gives_back_what_it_made() {
        let pool = HashingPool::start(2, 4).unwrap();
        assert_eq!(pool.run(|| 6 * 7).await.unwrap(), 42);
    }

    #[tokio::test]
    async fn a_panic_costs_one_answer_and_no_thread() {
        let pool = HashingPool::start(1, 4).unwrap();
        let lost = pool.run(|| -> u8 { panic!("on purpose") }).await.unwrap_err();
        assert_eq!(lost.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(pool.run(|| 1).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_full_line_turns_clients_away() {
        let pool = Arc::new(HashingPool::start(1, 1).unwrap());
        let (started, is_started) = mpsc::channel();
        let (finish, may_finish) = mpsc::channel::<()>();
        let busy = Arc::clone(&pool);
        let first = tokio::spawn(async move {
            busy.run(move || {
                started.send(()).unwrap();
                may_finish.recv().unwrap();
            })
            .await
        });
        tokio::task::spawn_blocking(move || is_started.recv().unwrap()).await.unwrap();
        let mut waiting = Box::pin(pool.run(|| ()));
        assert!(futures_util::poll!(&mut waiting).is_pending());
        assert_eq!(pool.load(), HashingLoad { waiting: 1, running: 1 });
        let refused = pool.run(|| ()).await.unwrap_err();
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        finish.send(()).unwrap();
        first.await.unwrap().unwrap();
        waiting.await.unwrap();
    }
}
