//! The second listener, for `/metrics` alone: the public one does not know the path.

use actix_web::dev::Server;
use actix_web::http::header::ContentType;
use actix_web::{App, HttpResponse, HttpServer, web};
use http::AppState;
use std::io;
use std::net::SocketAddr;

/// Binds the port and starts the only worker of this listener.
///
/// # Errors
/// When the port cannot be bound.
pub(crate) fn bind(address: SocketAddr, state: &web::Data<AppState>) -> io::Result<(Server, Vec<SocketAddr>)> {
    let state = state.clone();
    let http = HttpServer::new(move || App::new().app_data(state.clone()).route("/metrics", web::get().to(answer)))
        .workers(1)
        .disable_signals()
        .bind(address)?;
    let addresses = http.addrs();
    Ok((http.run(), addresses))
}

async fn answer(state: web::Data<AppState>) -> HttpResponse {
    match state.expose_metrics() {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written down");
            HttpResponse::InternalServerError().content_type(ContentType::plaintext()).body("see the log")
        }
    }
}
