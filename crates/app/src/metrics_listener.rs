//! The second listener, for `/metrics` alone: the public one does not know the path.

use actix_web::dev::Server;
use actix_web::http::header::ContentType;
use actix_web::{App, HttpResponse, HttpServer, web};
use api::{PoolReading, Shell};
use persistence::{PoolLoad, SqlStore};
use std::io;
use std::net::SocketAddr;

/// Takes the port and starts the one worker that answers there.
///
/// # Errors
/// When the port cannot be had.
pub(crate) fn bind(
    address: SocketAddr,
    shell: &web::Data<Shell>,
    store: &SqlStore,
) -> io::Result<(Server, Vec<SocketAddr>)> {
    let (shell, store) = (shell.clone(), web::Data::new(store.clone()));
    let http = HttpServer::new(move || {
        App::new().app_data(shell.clone()).app_data(store.clone()).route("/metrics", web::get().to(answer))
    })
    .workers(1)
    .disable_signals()
    .bind(address)?;
    let addresses = http.addrs();
    Ok((http.run(), addresses))
}

async fn answer(shell: web::Data<Shell>, store: web::Data<SqlStore>) -> HttpResponse {
    for pool in store.pools() {
        let PoolLoad { name, max, busy, idle, waiting, taken, timeouts, waited } = pool;
        shell.metrics.set_pool(name, &PoolReading { max, busy, idle, waiting, taken, timeouts, waited });
    }
    match shell.expose_metrics() {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written down");
            HttpResponse::InternalServerError().content_type(ContentType::plaintext()).body("see the log")
        }
    }
}
