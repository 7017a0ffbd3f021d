//! Budgets of clients that go to several nodes.

mod redis {
    use crate::redis_server::{RedisServer, shared_url};
    use crate::{PATIENCE, counters, random_prefix, until};
    use std::time::Instant;
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

    /// Waits until what is taken on one node is known on the others. Until they are connected, it is not told, nor later.
    fn are_in_touch(here: &Node, others: &[&Node]) {
        let mut user = 1000;
        until("they hear of each other", || {
            user += 1;
            here.users.charge(user, 60_000, Instant::now());
            here.users.exchange(&here.counters);
            others.iter().all(|other| other.left(user) < 50_000)
        });
    }

    #[test]
    fn what_was_taken_on_one_node_is_missing_on_the_other() {
        let (url, prefix) = (shared_url(), random_prefix());
        let [here, there, third] = [(); 3].map(|()| Node::start(&url, &prefix));
        are_in_touch(&here, &[&there, &third]);
        here.users.charge(1, 60_000, Instant::now());
        here.users.exchange(&here.counters);
        let left = there.left(1);
        assert!((39_000..=40_000).contains(&left), "{left}");
        there.users.charge(1, 30_000, Instant::now());
        there.users.exchange(&there.counters);
        let left = here.left(1);
        assert!((9_000..=10_000).contains(&left), "{left}");
        assert!(there.left(2) > 99_000, "another user has lost nothing");
        let others = Buckets::new("other", SLOW);
        others.charge(1, 1, Instant::now());
        others.exchange(&there.counters);
        assert!(others.charge(1, 1, Instant::now()).left > 99_000, "another budget of the same user has lost nothing");
        // All take what is there before they hear of each other: what was taken twice is owed, and no more than that.
        let nodes = [&here, &there, &third];
        assert_eq!(nodes.map(|node| node.users.charge(3, SLOW.burst, Instant::now()).wait), [None; 3]);
        for node in nodes {
            node.users.exchange(&node.counters);
        }
        let owed = third.users.charge(3, 1, Instant::now()).wait.unwrap();
        assert!((90_000..=100_001).contains(&owed.as_secs()), "{owed:?}");
    }

    #[test]
    fn a_redis_that_is_away_takes_nothing_from_anybody() {
        let mut server = RedisServer::start();
        let node = Node::start(&server.url(), "test:");
        server.kill();
        assert!(node.left(1) > 99_000);
        node.users.charge(1, SLOW.burst - 1000, Instant::now());
        assert!(node.left(1) < 1000, "the node counts for itself");
        server.bring_back();
        let other = Node::start(&server.url(), "test:");
        are_in_touch(&node, &[&other]);
        assert!(node.left(1) < 1000, "Redis has forgotten, and the node has not");
    }
}
