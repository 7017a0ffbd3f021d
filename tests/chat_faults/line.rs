//! A line between a client and the server that delays, falls silent in one direction, and breaks.

use crate::support::Chance;
use std::cell::{Cell, RefCell};
use std::future::pending;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::sleep;

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the server.
    Up,
    /// To the client.
    Down,
}

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It breaks: both sides see it.
    Breaks,
    /// What is sent in this direction is never heard of again, and neither side is told.
    FallsSilent(Direction),
    /// It holds.
    Holds,
}

/// What becomes of one connection.
struct Plan {
    fate: Fate,
    /// How many bytes pass before.
    passes: Cell<usize>,
    /// In so many of a hundred cases bytes are late.
    late_percent: u64,
    chance: RefCell<Chance>,
}

/// A line; every connection over it has a fate of its own.
pub(super) struct Line {
    address: SocketAddr,
    lines: Rc<Lines>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct Lines {
    breaks: Cell<usize>,
    open: Cell<usize>,
    plans: RefCell<Vec<Rc<Plan>>>,
}

impl Line {
    /// A bad line to the server.
    pub(super) async fn to(server: SocketAddr, mut chance: Chance) -> Self {
        Self::with_plans(server, move || {
            let fate = match chance.below(10) {
                0..4 => Fate::Breaks,
                4..6 => Fate::FallsSilent(Direction::Up),
                6..8 => Fate::FallsSilent(Direction::Down),
                _ => Fate::Holds,
            };
            let passes = usize::try_from(100 + chance.below(4000)).expect("few");
            let late_percent = chance.below(30);
            Plan { fate, passes: Cell::new(passes), late_percent, chance: RefCell::new(chance.fork()) }
        })
        .await
    }

    /// A line that is good until it is told to fall silent in one direction.
    pub(super) async fn that_falls_silent(server: SocketAddr, direction: Direction) -> Self {
        Self::with_plans(server, move || Plan {
            fate: Fate::FallsSilent(direction),
            passes: Cell::new(usize::MAX),
            late_percent: 0,
            chance: RefCell::new(Chance::new(0)),
        })
        .await
    }

    async fn with_plans(server: SocketAddr, mut plan: impl FnMut() -> Plan + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let lines = Rc::new(Lines::default());
        let theirs = Rc::clone(&lines);
        let listening = spawn_local(async move {
            loop {
                let (client, _) = listener.accept().await.expect("a connection");
                let plan = Rc::new(plan());
                theirs.plans.borrow_mut().push(Rc::clone(&plan));
                let lines = Rc::clone(&theirs);
                lines.open.set(lines.open.get() + 1);
                spawn_local(async move {
                    let server = TcpStream::connect(server).await.expect("the server listens");
                    carry(client, server, &plan).await;
                    lines.open.set(lines.open.get() - 1);
                    lines.breaks.set(lines.breaks.get() + usize::from(plan.passes.get() == 0));
                });
            }
        });
        Self { address, lines, listening }
    }

    /// Where clients connect to.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections met their fate.
    pub(super) fn breaks(&self) -> usize {
        self.lines.breaks.get()
    }

    /// From now on nothing passes in the direction that was planned.
    pub(super) fn fall_silent(&self) {
        self.lines.plans.borrow().iter().for_each(|plan| plan.passes.set(0));
    }

    /// Waits until no connection is open any more.
    pub(super) async fn is_let_go(&self) {
        while self.lines.open.get() > 0 {
            sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Carries bytes both ways until one side closes or the line breaks; then both sides see an end.
async fn carry(client: TcpStream, server: TcpStream, plan: &Plan) {
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = pump(Direction::Up, from_client, to_server, plan) => {}
        () = pump(Direction::Down, from_server, to_client, plan) => {}
    }
}

async fn pump(direction: Direction, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, plan: &Plan) {
    let mut buffer = [0; 2048];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let late = plan.chance.borrow_mut().percent(plan.late_percent);
        if late {
            let ms = plan.chance.borrow_mut().below(40);
            sleep(Duration::from_millis(ms)).await;
        }
        let passing = match plan.fate {
            Fate::Holds => read,
            Fate::FallsSilent(silent) if silent != direction => read,
            Fate::Breaks | Fate::FallsSilent(_) => read.min(plan.passes.get()),
        };
        if plan.fate != Fate::Holds && plan.passes.get() < usize::MAX {
            plan.passes.set(plan.passes.get().saturating_sub(read));
        }
        if passing > 0 && to.write_all(&buffer[..passing]).await.is_err() {
            break;
        }
        if passing < read && plan.fate == Fate::Breaks {
            return;
        }
    }
    // The server does not hear of a client's end in a direction that is silent: it has to find out, and ends the line.
    if direction == Direction::Up && plan.passes.get() == 0 && plan.fate == Fate::FallsSilent(direction) {
        pending::<()>().await;
    }
}
