//! `ease serve`: runs the server until a signal stops it.

use crate::app_state::app_state;
use crate::config::{Config, StopLimits, cores};
use crate::database::{Database, Migrations};
use crate::nodes::Nodes;
use crate::outcome::Outcome;
use crate::stop::{self, StopSignal, StopSignals};
use crate::terminal::say;
use crate::traces::{TracedStore, Tracing};
use crate::{exchange, logs, metrics_listener, purge, stalled, superuser};
use actix_web::dev::{Server, ServerHandle};
use actix_web::rt::time::sleep;
use actix_web::rt::{self, System};
use actix_web::{HttpServer, web};
use http::{AppState, Metrics};
use std::env;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// actix notices closed connections once a second; the time limit is shorter by this, so that a stop is in time.
const CUT_BEFORE_LIMIT: Duration = Duration::from_secs(1);

/// The most connections that wait to be accepted.
const BACKLOG: u32 = 1024;

/// Runs the server until a signal stops it.
pub(crate) fn serve(config: &Config, migrate: bool) -> Outcome {
    logs::start(&config.log)?;
    warn_of_what_has_no_use(config);
    if config.accounts.secret_key_is_weak() {
        tracing::warn!("SECRET_KEY is short: 32 random bytes or more keep tokens from being forged");
    }
    let may_migrate = migrate || config.storage.migrate;
    let migrations = if may_migrate { Migrations::Apply } else { Migrations::ApplyOnSqlite };
    let database = Database::open_ready(config, migrations)?;
    let secret_key = database.secret_key(&config.accounts)?;
    let nodes = Nodes::new(&config.storage, &secret_key)?;
    let metrics = Metrics::new(env!("CARGO_PKG_VERSION"))?;
    let tracing = config.traces.as_ref().map(|traces| Tracing::start(traces, &metrics)).transpose()?;
    let traces = tracing.as_ref().map(Tracing::traces).unwrap_or_default();
    let mut store: Arc<dyn Store> = Arc::new(database.store.clone());
    if tracing.is_some() {
        store = Arc::new(TracedStore::new(store, traces.clone(), database.system()));
    }
    let state = app_state(config, store, &nodes, &secret_key, metrics, traces)?;
    if let Some(first) = &config.accounts.first_superuser {
        superuser::make_first(&database.store, *state.passwords, state.clock.as_ref(), first)
            .map_err(|error| format!("superuser_email and superuser_password make no superuser: {error}"))?;
    }
    let has_superuser = superuser::exists(&database.store)?;
    let outcome = System::new().block_on(answer(config, &database, has_superuser, nodes, web::Data::new(state)));
    if let Some(tracing) = tracing {
        tracing.end();
    }
    outcome
}

/// Logs each setting that has no effect.
fn warn_of_what_has_no_use(config: &Config) {
    if !config.without_use.is_empty() {
        tracing::info!(variables = config.without_use.join(", "), "set, and without use here");
    }
}

async fn answer(
    config: &Config,
    database: &Database,
    has_superuser: bool,
    nodes: Nodes,
    state: web::Data<AppState>,
) -> Outcome {
    let signals = StopSignals::listen()?;
    let (server, addresses) = bind(config, &state).map_err(|error| {
        format!("cannot listen on {}: {error}; EASE_LISTEN or PORT names another address", config.http.listen)
    })?;
    if let Some(address) = config.http.metrics_listen {
        let (metrics, addresses) = metrics_listener::bind(address, &state).map_err(|error| {
            format!("cannot listen on {address}: {error}; EASE_METRICS_LISTEN names another address")
        })?;
        for address in addresses {
            say(format_args!("Metrics:   http://{address}/metrics"))?;
        }
        // It ends with the process, so that it watches the whole stop.
        rt::spawn(metrics);
    }
    greet(config, database, has_superuser, &addresses)?;
    rt::spawn(purge::run(Arc::clone(&state.store), Arc::clone(&state.clock), config.accounts.session_purge));
    if let Some(counters) = nodes.counters.clone() {
        rt::spawn(exchange::run(state.clone(), counters));
    }
    rt::spawn(stop_on_signal(signals, server.handle(), state, config.limits.stop));
    let connection = nodes.connect();
    let outcome = server.await;
    // Send what the last requests published.
    connection.end().await;
    Ok(outcome?)
}

/// Binds the port and starts the workers. Each worker has a thread pool for use cases; together the pools have as many
/// threads as there are database connections.
fn bind(config: &Config, state: &web::Data<AppState>) -> io::Result<(Server, Vec<SocketAddr>)> {
    let workers = cores().min(64);
    let share = |total: usize| total.div_ceil(workers).max(1);
    let connections = usize::try_from(config.storage.connections).unwrap_or(usize::MAX);
    let limits = &config.limits;
    let state = state.clone();
    let http = HttpServer::new(move || api::app(state.clone()))
        .workers(workers)
        .worker_max_blocking_threads(share(connections))
        .max_connections(share(limits.connections_max))
        .backlog(BACKLOG)
        .keep_alive(limits.keep_alive)
        .client_request_timeout(limits.header_timeout)
        .shutdown_timeout(limits.stop.shutdown.saturating_sub(CUT_BEFORE_LIMIT).as_secs())
        .on_connect(stalled::cut_after(config.chat.send_timeout))
        .disable_signals()
        .bind(config.http.listen)?;
    let addresses = http.addrs();
    Ok((http.run(), addresses))
}

/// Logs the server's address, its database, and what to do next. It does not query the database: clients may be connected
/// already, and an error here would drop them.
fn greet(config: &Config, database: &Database, has_superuser: bool, addresses: &[SocketAddr]) -> Outcome {
    for address in addresses {
        say(format_args!("Ease listens on http://{address}"))?;
    }
    let listening = addresses.first().map(|address| format!("http://{}", super::reachable(*address)));
    if let Some(base) = config.http.public_url.clone().or(listening) {
        say(format_args!("API page:  {base}/api/docs/schema/ui/"))?;
    }
    say(format_args!("Database:  {}", database.described()))?;
    if !has_superuser {
        let program = env::args().next().unwrap_or_else(|| "ease".to_owned());
        say("There is no superuser yet. To make one, run in another terminal, in this directory:")?;
        say(format_args!("    {program} createsuperuser --email you@example.org"))?;
    }
    Ok(())
}

/// At the first signal, the node hands over to the others, if it is SIGTERM and there are any. Then it accepts no new
/// connections, closes sockets, and finishes requests. At the second signal, or when the time is up, the process ends.
async fn stop_on_signal(
    mut signals: StopSignals,
    server: ServerHandle,
    state: web::Data<AppState>,
    limits: StopLimits,
) {
    let signal = signals.next().await;
    let drain = if signal == StopSignal::Interrupt { Duration::ZERO } else { limits.drain };
    if let Err(error) = stop::end_after(drain + limits.shutdown) {
        tracing::error!(%error, "no thread to watch over the stop");
    }
    let handing_over = async {
        if !drain.is_zero() {
            tracing::info!(seconds = drain.as_secs(), "handing over: not ready any more, and answering still");
            state.shutdown.drain(drain);
            sleep(drain).await;
        }
        tracing::info!("stopping");
        state.shutdown.begin();
        server.stop(true).await;
        // The process ends by itself now.
        pending::<()>().await;
    };
    tokio::select! {
        () = handing_over => {}
        _signal = signals.next() => {
            tracing::warn!("stopped at once, by a second signal");
            stop::end_now();
        }
    }
}
