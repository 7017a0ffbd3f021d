//! Cuts connections whose client takes nothing of what it is sent. The server above writes into a buffer and would wait for
//! such a client for ever; the system under it can be told not to.

use actix_web::dev::Extensions;
use std::any::Any;
use std::time::Duration;

/// What to do with each new connection, so that it ends when nothing of what is sent is taken for `limit`.
#[cfg(target_os = "linux")]
pub(crate) fn cut_after(limit: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    move |connection, _| {
        let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else { return };
        if let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(limit)) {
            tracing::debug!(%error, "a connection that stalls will not be cut");
        }
    }
}

/// Other systems have no such limit that is reached from here: there a connection that stalls lasts as long as its client.
#[cfg(not(target_os = "linux"))]
pub(crate) fn cut_after(_limit: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Send + Sync + 'static {
    |_, _| {}
}
