//! Limits of several nodes: whoever has used them up on one has used them up on all, as long as Redis is there.

use crate::support::{Client, Engine, Home, PATIENCE, RedisServer, Server, shared_redis};
use reqwest::StatusCode;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// A place for nodes that share a Redis. They stop at once.
fn home(redis_url: &str) -> Home {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let prefix = format!("test:limits:{}:{}:", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let home = Home::new(Engine::Postgres).with_root().with("REDIS_URL", redis_url);
    home.with("EASE_REDIS_PREFIX", &prefix).with("EASE_DRAIN_SECONDS", "0")
}

/// Fails to log in under a name that nobody has, until that is not possible any more. Gives how often it failed.
async fn fail(stranger: &Client, name: &str) -> usize {
    for number in 0.. {
        let answer = stranger.try_login(name, "a wrong password").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(!answer.header("retry-after").is_empty());
            return number;
        }
        answer.is(StatusCode::NOT_FOUND);
    }
    0
}

/// Waits until what fails here is known there; what failed before a node was connected is not.
async fn are_in_touch(here: &Server, there: &Server) {
    let (here, there) = (here.stranger(), there.stranger());
    let meeting = async {
        for number in 0.. {
            let name = format!("probe{number}@example.org");
            fail(&here, &name).await;
            if there.try_login(&name, "a wrong password").await.status == StatusCode::TOO_MANY_REQUESTS {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, meeting).await.expect("the nodes never hear of each other");
}

mod redis {
    use super::*;

    #[tokio::test]
    async fn failures_on_one_node_slow_down_logins_on_the_other() {
        let home = home(&shared_redis()).with("EASE_LOGIN_FAILURES_PER_NAME", "3");
        // The probes come from the same address.
        let home = home.with("EASE_LOGIN_FAILURES_PER_ADDRESS", "1000");
        let (here, there) = (home.start(), home.start());
        are_in_touch(&here, &there).await;
        let stranger = there.stranger();
        assert_eq!(fail(&here.stranger(), "nobody@example.org").await, 3);
        assert_eq!(fail(&stranger, "nobody@example.org").await, 0, "nothing is left of it there");
        there.root().await;
    }

    #[tokio::test]
    async fn a_budget_that_is_used_up_on_one_node_is_used_up_on_the_other() {
        const BURST: u32 = 100;
        let home = home(&shared_redis()).with("EASE_RATE_LIMIT_USER_PER_SECOND", "1");
        let home = home.with("EASE_RATE_LIMIT_USER_BURST", &BURST.to_string());
        let (here, there) = (home.start(), home.start());
        are_in_touch(&here, &there).await;
        let root = here.root().await;
        while root.get("/").await.status != StatusCode::TOO_MANY_REQUESTS {}
        let root = root.at(there.address());
        let mut taken = 0;
        while root.get("/").await.status != StatusCode::TOO_MANY_REQUESTS {
            taken += 1;
            // Slow enough for the nodes to hear of each other, and faster than what comes back.
            sleep(Duration::from_millis(300)).await;
        }
        assert!(taken < BURST / 2, "{taken} requests were answered there after {BURST} here");
    }

    #[tokio::test]
    async fn without_redis_every_node_counts_for_itself_and_answers() {
        let mut redis = RedisServer::start();
        let home = home(&redis.url()).with("EASE_LOGIN_FAILURES_PER_NAME", "3");
        let home = home.with("EASE_LOGIN_FAILURES_PER_ADDRESS", "1000");
        let (here, there) = (home.start(), home.start());
        are_in_touch(&here, &there).await;
        redis.kill();
        assert_eq!(fail(&here.stranger(), "nobody@example.org").await, 3);
        assert_eq!(fail(&there.stranger(), "nobody@example.org").await, 3);
        let root = there.root().await;
        root.get("/api/superadmin/user/").await.is(StatusCode::OK);
        redis.bring_back();
        are_in_touch(&here, &there).await;
        there.says("limits are counted on this node alone").await;
    }

    #[test]
    fn a_check_tries_redis_and_says_what_is_wrong_with_it() {
        let said = |home: &Home| {
            let output = home.run(&["check"]);
            (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let place = |redis_url: &str| Home::new(Engine::Sqlite).with("REDIS_URL", redis_url);
        let (is_good, told) = said(&place(&shared_redis()));
        assert!(is_good && told.contains("redis: ok"), "{told}");
        let (is_good, told) = said(&Home::new(Engine::Sqlite));
        assert!(is_good && told.contains("redis: not set"), "{told}");

        let shared = shared_redis();
        let with_password = shared.replace("redis://", "redis://nobody:s3cret@");
        for (url, why) in [("redis://127.0.0.1:1", "cannot be reached"), (&with_password, "refuses")] {
            let (is_good, told) = said(&place(url));
            assert!(!is_good && told.contains(why) && !told.contains("s3cret"), "{url}: {told}");
        }
        let frozen = RedisServer::start();
        frozen.freeze();
        let (is_good, told) = said(&place(&frozen.url()));
        assert!(!is_good && told.contains("does not answer"), "{told}");
    }
}
