//! What the stories stand on: a server with a database of its own, clients, sockets, and what is promised about both.

mod answer;
mod chance;
mod client;
mod collector;
mod description;
pub(crate) mod frames;
mod home;
mod kept_alive;
mod load_balancer;
mod postgres_database;
mod postgres_server;
mod raw;
// The same as the bus is tested with.
#[path = "../../crates/bus/tests/nodes/redis_server.rs"]
mod redis_server;
mod server;
mod socket;

pub(crate) use chance::{Chance, setting};
pub(crate) use client::Client;
pub(crate) use collector::{Collector, Manners, attribute, hex};
pub(crate) use description::Description;
pub(crate) use home::{Engine, Home};
pub(crate) use kept_alive::KeptAlive;
pub(crate) use load_balancer::LoadBalancer;
pub(crate) use postgres_server::PostgresServer;
pub(crate) use raw::Raw;
pub(crate) use redis_server::{RedisServer, shared_url as shared_redis};
pub(crate) use server::{PASSWORD, ROOT, Server};
pub(crate) use socket::Socket;

use std::time::Duration;

/// How long anything may take. Nobody waits this long unless something is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// How much later than it should a busy machine may do something. What is wrong is later than that.
pub(crate) const SLACK: Duration = Duration::from_secs(10);

/// Makes of each story one test on SQLite and one on PostgreSQL.
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $story() {
                    super::$story(crate::support::Engine::Sqlite).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $story() {
                    super::$story(crate::support::Engine::Postgres).await;
                }
            )+
        }
    };
}
