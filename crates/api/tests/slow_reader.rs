//! A client of the chat's socket that does not read.

use crate::support::desk::Desk;
use crate::support::{TestApp, state};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Longer than anything takes that works.
const DEADLINE: Duration = Duration::from_secs(60);

#[actix_web::test]
async fn a_client_that_does_not_read_is_closed_with_4008() {
    let mut state = state();
    state.chat.send_timeout = Duration::from_millis(200);
    state.budgets = http::Budgets::off(http::SocketSlots::new(50));
    let desk = Desk::over(TestApp::over(state)).await;
    let mut connection = TcpStream::connect(&desk.app.address).await.unwrap();
    let handshake = format!(
        "GET {} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        desk.path(&desk.customer, "")
    );
    connection.write_all(handshake.as_bytes()).await.unwrap();
    // Pings of 125 bytes, masked with zeros: each is answered by as much, and nobody reads the answers.
    let pings = [&[0x89, 0xfd, 0, 0, 0, 0][..], &[b'x'; 125][..]].concat().repeat(100);
    let asking = async { while connection.write_all(&pings).await.is_ok() {} };
    // The connection itself stays as long as its client; it is the application that has let go.
    let let_go = async {
        while !desk.app.state.expose_metrics().unwrap().contains("ease_sockets_closed_total{code=\"4008\"} 1") {
            sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        () = async { asking.await; std::future::pending().await } => {}
        outcome = timeout(DEADLINE, let_go) => outcome.unwrap(),
    }
}
