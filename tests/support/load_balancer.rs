//! A load balancer: it hands each new connection to the next node that calls itself ready, and tries nothing again.

use super::PATIENCE;
use reqwest::{Client, StatusCode};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Time between two looks at every node.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A load balancer. It ends with the test.
pub(crate) struct LoadBalancer {
    address: SocketAddr,
    nodes: Arc<Mutex<Vec<Node>>>,
    _tasks: JoinSet<()>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    address: SocketAddr,
    is_ready: bool,
}

impl LoadBalancer {
    /// Starts one that knows no node.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let nodes = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = JoinSet::new();
        tasks.spawn(hand_out(listener, Arc::clone(&nodes)));
        tasks.spawn(look_after(Arc::clone(&nodes)));
        Self { address, nodes, _tasks: tasks }
    }

    /// Where clients find it.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes a node known, and waits until it is sent connections.
    pub(crate) async fn takes_in(&self, address: SocketAddr) {
        self.nodes.lock().expect("no panic").push(Node { address, is_ready: false });
        self.waits_for(address, true).await;
    }

    /// Waits until a node is sent no connections any more.
    pub(crate) async fn takes_out(&self, address: SocketAddr) {
        self.waits_for(address, false).await;
    }

    /// Forgets a node that is gone.
    pub(crate) fn forgets(&self, address: SocketAddr) {
        self.nodes.lock().expect("no panic").retain(|node| node.address != address);
    }

    async fn waits_for(&self, address: SocketAddr, is_ready: bool) {
        let wanted = |node: &Node| node.address == address && node.is_ready == is_ready;
        let waiting = async {
            while !self.nodes.lock().expect("no panic").iter().any(wanted) {
                sleep(LOOK_EVERY).await;
            }
        };
        timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{address} never became ready = {is_ready}"));
    }
}

/// Hands out connections in turn. Without a node that is ready, a connection is closed.
async fn hand_out(listener: TcpListener, nodes: Arc<Mutex<Vec<Node>>>) {
    let mut carried = JoinSet::new();
    for turn in 0_usize.. {
        let (mut client, _) = listener.accept().await.expect("a connection");
        let ready: Vec<_> = nodes.lock().expect("no panic").iter().filter(|node| node.is_ready).copied().collect();
        let Some(node) = ready.get(turn % ready.len().max(1)).copied() else { continue };
        carried.spawn(async move {
            if let Ok(mut server) = TcpStream::connect(node.address).await {
                // Either side may end it; whoever still waits for something then says so itself.
                drop(copy_bidirectional(&mut client, &mut server).await);
            }
        });
    }
}

/// Asks every node whether it is ready, again and again.
async fn look_after(nodes: Arc<Mutex<Vec<Node>>>) {
    let client = Client::builder().timeout(PATIENCE).no_proxy().pool_max_idle_per_host(0).build().expect("a client");
    loop {
        let known = nodes.lock().expect("no panic").clone();
        for Node { address, .. } in known {
            let answer = client.get(format!("http://{address}/readyz")).send().await;
            let is_ready = answer.is_ok_and(|answer| answer.status() == StatusCode::OK);
            if let Some(node) = nodes.lock().expect("no panic").iter_mut().find(|node| node.address == address) {
                node.is_ready = is_ready;
            }
        }
        sleep(LOOK_EVERY).await;
    }
}
