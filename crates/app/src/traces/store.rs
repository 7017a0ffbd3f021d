//! A store with a span around each read and each write.

use http::{Traces, mark_failed};
use kernel::{Failure, StoreError};
use opentelemetry::KeyValue;
use opentelemetry::trace::{SpanKind, TraceContextExt};
use std::sync::Arc;
use store::{PoolLoad, Store, Tx, Verdict};

/// A store with a span around each read and each write of a traced request.
pub(crate) struct TracedStore {
    store: Arc<dyn Store>,
    traces: Traces,
    /// The engine, as the semantic conventions name it.
    system: &'static str,
}

impl TracedStore {
    /// Wraps `store`, which uses this engine.
    pub(crate) fn new(store: Arc<dyn Store>, traces: Traces, system: &'static str) -> Self {
        Self { store, traces, system }
    }

    fn traced(
        &self,
        name: &'static str,
        work: impl FnOnce() -> (Result<(), StoreError>, i64),
    ) -> Result<(), StoreError> {
        let attributes = vec![KeyValue::new("db.system.name", self.system), KeyValue::new("db.operation.name", name)];
        let Some(context) = self.traces.begin_part(name, SpanKind::Client, attributes) else { return work().0 };
        let (outcome, attempts) = {
            let _inside = context.clone().attach();
            work()
        };
        if attempts > 1 {
            context.span().set_attribute(KeyValue::new("ease.attempts", attempts));
        }
        if let Err(error) = &outcome {
            mark_failed(&context, error.code());
        }
        context.span().end();
        outcome
    }
}

impl Store for TracedStore {
    fn run_read(&self, work: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StoreError> {
        self.traced("store read", || (self.store.run_read(work), 1))
    }

    fn run_write(&self, work: &mut dyn FnMut(&mut dyn Tx) -> Verdict) -> Result<(), StoreError> {
        self.traced("store write", || {
            let mut attempts = 0_i64;
            let outcome = self.store.run_write(&mut |tx| {
                attempts += 1;
                work(tx)
            });
            (outcome, attempts)
        })
    }

    fn run_checked_write(
        &self,
        check: &mut dyn FnMut(&mut dyn Tx) -> bool,
        work: &mut dyn FnMut(&mut dyn Tx) -> Verdict,
    ) -> Result<(), StoreError> {
        self.traced("store write", || {
            let mut attempts = 0_i64;
            let mut traced_check = |tx: &mut dyn Tx| {
                let mut goes_on = false;
                let read = self.traced("store read", || {
                    goes_on = check(tx);
                    (Ok(()), 1)
                });
                read.is_ok() && goes_on
            };
            let mut counted = |tx: &mut dyn Tx| {
                attempts += 1;
                work(tx)
            };
            let outcome = self.store.run_checked_write(&mut traced_check, &mut counted);
            (outcome, attempts)
        })
    }

    fn check(&self) -> Result<(), StoreError> {
        self.store.check()
    }

    fn pools(&self) -> Vec<PoolLoad> {
        self.store.pools()
    }
}
