//! Budgets of clients that go to several nodes.

mod redis {
    use crate::redis_server::{RedisServer, shared_url};
    use crate::{PATIENCE, counters, random_prefix, until};
    use std::time::{Duration, Instant};
    use throttle::{Allowance, Buckets, RedisCounters};

    /// Comes back so slowly that nothing of it does in a test.
    const SLOW: Allowance = Allowance { per_second: 1, burst: 100_000 };

    struct Node {
        users: Buckets<u32>,
        counters: RedisCounters,
    }

    impl Node {
        fn start(url: &str, prefix: &str) -> Self {
            Self { users: Buckets::new("user", SLOW), counters: counters(url, prefix, PATIENCE) }
        }

        /// What is left after something small was taken and the others were heard.
        fn left(&self, user: u32) -> u32 {
            self.users.charge(user, 1, Instant::now());
            self.users.exchange(&self.counters);
            self.users.charge(user, 1, Instant::now()).left
        }
    }

    #[test]
    fn what_was_taken_on_one_node_is_missing_on_the_other() {
        let (url, prefix) = (shared_url(), random_prefix());
        let (here, there) = (Node::start(&url, &prefix), Node::start(&url, &prefix));
        // Until both are connected, what is taken is not told.
        until("they hear of each other", || {
            here.users.charge(7, 100, Instant::now());
            here.users.exchange(&here.counters);
            there.left(7) < SLOW.burst - 100
        });
        here.users.charge(1, 60_000, Instant::now());
        here.users.exchange(&here.counters);
        let left = there.left(1);
        assert!((39_000..=40_000).contains(&left), "{left}");
        there.users.charge(1, 30_000, Instant::now());
        there.users.exchange(&there.counters);
        let left = here.left(1);
        assert!((9_000..=10_000).contains(&left), "{left}");
        assert!(there.left(2) > 99_000, "another user has lost nothing");
        // Both take what is there before they hear of each other: what was taken twice is owed.
        let burst = [&here, &there].map(|node| node.users.charge(3, SLOW.burst, Instant::now()).wait);
        assert_eq!(burst, [None, None]);
        here.users.exchange(&here.counters);
        there.users.exchange(&there.counters);
        let owed = there.users.charge(3, 1, Instant::now()).wait.unwrap();
        assert!(owed > Duration::from_secs(90_000), "{owed:?}");
    }

    #[test]
    fn a_redis_that_is_away_takes_nothing_from_anybody() {
        let mut server = RedisServer::start();
        let node = Node::start(&server.url(), "test:");
        server.kill();
        assert!(node.left(1) > 99_000);
        node.users.charge(1, SLOW.burst - 1000, Instant::now());
        assert!(node.left(1) < 1000, "the node counts for itself");
    }
}
