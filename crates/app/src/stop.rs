//! The signals that stop the server, and the time limit of a stop.

use std::io;
use std::process;
use std::thread;
use std::time::Duration;

#[cfg(unix)]
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};

/// How an operator asks for a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopSignal {
    /// Ctrl-C: a person waits at a terminal.
    Interrupt,
    /// SIGTERM: a supervisor, which can wait.
    #[cfg(unix)]
    Terminate,
}

/// Listens for Ctrl-C and, on Unix, SIGTERM.
#[derive(Debug)]
pub(crate) struct StopSignals {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
}

impl StopSignals {
    /// Listens from now on: signals no longer end the process.
    ///
    /// # Errors
    /// When the system refuses.
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Listens from the first call of `next` on.
    ///
    /// # Errors
    /// Never.
    #[cfg(not(unix))]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for a signal.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) -> StopSignal {
        tokio::select! {
            _ = self.interrupt.recv() => StopSignal::Interrupt,
            _ = self.terminate.recv() => StopSignal::Terminate,
        }
    }

    /// Waits for a signal.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) -> StopSignal {
        if actix_web::rt::signal::ctrl_c().await.is_err() {
            // Without a handler there are no signals to wait for.
            std::future::pending::<()>().await;
        }
        StopSignal::Interrupt
    }
}

/// Ends the process after `limit`, whatever still runs then. It uses a thread of its own, because the runtime may be busy.
///
/// # Errors
/// When no thread can be started.
pub(crate) fn end_after(limit: Duration) -> io::Result<()> {
    let end = move || {
        thread::sleep(limit);
        tracing::warn!("stopped with requests still open");
        end_now();
    };
    thread::Builder::new().name("stop".to_owned()).spawn(end).map(drop)
}

/// Ends the process. Nothing is lost, because acknowledged changes are in the database.
#[expect(clippy::exit, reason = "the one place where waiting any longer is worse")]
pub(crate) fn end_now() -> ! {
    process::exit(1)
}
