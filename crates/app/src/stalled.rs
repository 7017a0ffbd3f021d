//! Closes connections whose client does not read. actix writes into a buffer and would wait for such a client forever; a socket
//! option limits that time.

use actix_web::dev::Extensions;
use std::any::Any;
use std::time::Duration;

/// Sets up each new connection so that it is closed when the client reads nothing for `limit`.
#[cfg(target_os = "linux")]
pub(crate) fn cut_after(limit: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    move |connection, _| {
        let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else { return };
        if let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(limit)) {
            tracing::debug!(%error, "a connection that stalls will not be cut");
        }
    }
}

/// Other systems have no such option: there, a stalled connection stays open as long as its client.
#[cfg(not(target_os = "linux"))]
pub(crate) fn cut_after(_limit: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    |_, _| {}
}
