//! The second listener, for `/metrics` alone: the public one does not know the path.

use actix_web::dev::Server;
use actix_web::http::header::ContentType;
use actix_web::{App, HttpResponse, HttpServer, web};
use http::Shell;
use std::io;
use std::net::SocketAddr;

/// Binds the port and starts the only worker of this listener.
///
/// # Errors
/// When the port cannot be bound.
pub(crate) fn bind(address: SocketAddr, shell: &web::Data<Shell>) -> io::Result<(Server, Vec<SocketAddr>)> {
    let shell = shell.clone();
    let http = HttpServer::new(move || App::new().app_data(shell.clone()).route("/metrics", web::get().to(answer)))
        .workers(1)
        .disable_signals()
        .bind(address)?;
    let addresses = http.addrs();
    Ok((http.run(), addresses))
}

async fn answer(shell: web::Data<Shell>) -> HttpResponse {
    match shell.expose_metrics() {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written down");
            HttpResponse::InternalServerError().content_type(ContentType::plaintext()).body("see the log")
        }
    }
}
