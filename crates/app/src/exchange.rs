//! Exchanges budgets with the other nodes.

use actix_web::rt::time::sleep;
use actix_web::web;
use http::AppState;
use std::time::Duration;
use throttle::RedisCounters;

/// Time between two exchanges; during it, a client can use its whole budget on every node.
const EVERY: Duration = Duration::from_secs(1);

/// Exchanges budgets as long as the server runs.
pub(crate) async fn run(state: web::Data<AppState>, counters: RedisCounters) {
    loop {
        sleep(EVERY).await;
        let (state, counters) = (state.clone(), counters.clone());
        if let Err(error) = web::block(move || state.budgets.exchange(&counters)).await {
            tracing::error!(%error, "budgets were not exchanged");
        }
    }
}
