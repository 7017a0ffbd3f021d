//! Puts together what all requests share.

use crate::clock::SystemClock;
use crate::config::{BudgetsConfig, Config, Secret};
use crate::ids::RandomIds;
use crate::nodes::Nodes;
use auth::{Passwords, Tokens};
use http::{
    AllowedHosts, AppState, Budgets, ChatSettings, Cors, Cursors, HashingPool, Limits, Metrics, Readiness,
    RunningRequests, Shutdown, SocketSlots, Traces,
};
use std::error::Error;
use std::sync::Arc;
use store::Store;
use throttle::{LocalLoginFailures, LoginFailures, RedisCounters, SharedLoginFailures};

/// What all requests share, as configured.
///
/// # Errors
/// When the machine gives no randomness or no threads.
pub(crate) fn app_state(
    config: &Config,
    store: Arc<dyn Store>,
    nodes: &Nodes,
    secret_key: &Secret,
    metrics: Metrics,
    traces: Traces,
) -> Result<AppState, Box<dyn Error + Send + Sync>> {
    let Config { http, accounts, limits, chat, budgets, .. } = config;
    Ok(AppState {
        store,
        bus: Arc::clone(&nodes.bus),
        tokens: Tokens::new(secret_key.reveal().as_bytes()),
        cursors: Cursors::new(secret_key.reveal().as_bytes()),
        passwords: Arc::new(Passwords::new(accounts.bcrypt_cost)),
        lockout: accounts.lockout,
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds::new()?),
        hashing: HashingPool::start(accounts.hashing_threads, accounts.hashing_queue)?,
        running: RunningRequests::default(),
        readiness: Readiness::default(),
        metrics,
        traces,
        limits: Limits {
            body_max_bytes: limits.body_bytes_max,
            multipart_max_bytes: limits.multipart_bytes_max,
            import_max_bytes: limits.import_bytes_max,
            import_rows_max: limits.import_rows_max,
            import_timeout: limits.import_timeout,
            target_max_bytes: limits.target_bytes_max,
            headers_max: limits.headers_max,
            header_max_bytes: limits.header_bytes_max,
            body_timeout: limits.read_timeout,
            request_timeout: limits.request_timeout,
        },
        budgets: self::budgets(budgets, nodes.counters.clone()),
        proxies: http.trusted_proxies.clone(),
        hosts: AllowedHosts::parse(&http.allowed_hosts.join(" ")),
        cors: Cors::new(&http.client_origins),
        chat: ChatSettings {
            history_max: chat.history_max,
            heartbeat_interval: chat.heartbeat,
            send_timeout: chat.send_timeout,
            frame_max_bytes: chat.frame_bytes_max,
        },
        shutdown: Shutdown::default(),
        version: env!("CARGO_PKG_VERSION"),
    })
}

fn budgets(config: &BudgetsConfig, counters: Option<RedisCounters>) -> Budgets {
    let sockets = SocketSlots::new(config.sockets_per_user);
    let Some((rules, failures)) = config.rules else { return Budgets::off(sockets) };
    let failures: Arc<dyn LoginFailures> = match counters {
        Some(counters) => Arc::new(SharedLoginFailures::new(failures, counters)),
        None => Arc::new(LocalLoginFailures::new(failures)),
    };
    Budgets::new(rules, failures, sockets)
}
