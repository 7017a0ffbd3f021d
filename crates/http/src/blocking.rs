//! The way from asynchronous handlers to work that waits.

use crate::problem::Problem;
use actix_web::web;
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;
use std::sync::Arc;
use tracing::Span;

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
