//! Redis goes away and comes back: nobody waits for it, and each node counts for itself meanwhile.

mod redis {
    use crate::redis_server::{RedisServer, shared_url};
    use crate::{RULE, are_in_touch, counters, failures, name, random_prefix, start};
    use std::time::{Duration, Instant};
    use throttle::{LoginFailures, SharedLoginFailures};

    #[test]
    fn each_node_counts_for_itself_while_redis_is_away_and_for_all_when_it_is_back() {
        let mut server = RedisServer::start();
        let prefix = random_prefix();
        let (here, there) = (failures(&server.url(), &prefix, RULE), failures(&server.url(), &prefix, RULE));
        are_in_touch(&here, &there);
        for round in 0..2 {
            server.kill();
            let ann = name(&format!("ann {round}"));
            (0..RULE.per_name).for_each(|_| here.count(&ann, start()));
            assert!(here.wait(&ann, start()).is_some(), "what failed here is known here");
            assert_eq!(there.wait(&ann, start()), None);
            server.bring_back();
            are_in_touch(&here, &there);
            assert!(here.wait(&ann, start()).is_some(), "Redis has forgotten, and the node has not");
        }
    }

    #[test]
    fn nobody_waits_for_a_redis_that_stands_still() {
        let server = RedisServer::start();
        let prefix = random_prefix();
        let here = SharedLoginFailures::new(RULE, counters(&server.url(), &prefix, Duration::from_millis(250)));
        let there = failures(&server.url(), &prefix, RULE);
        are_in_touch(&here, &there);
        server.freeze();
        let since = Instant::now();
        for number in 0..400 {
            let somebody = name(&number.to_string());
            here.count(&somebody, start());
            assert_eq!(here.wait(&somebody, start()), None);
        }
        // Each of them waiting a quarter of a second would take minutes.
        assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
        server.thaw();
        are_in_touch(&here, &there);
    }

    #[test]
    fn redis_holds_no_name_and_no_address_and_nothing_for_ever() {
        let (url, prefix) = (shared_url(), random_prefix());
        let (here, there) = (failures(&url, &prefix, RULE), failures(&url, &prefix, RULE));
        are_in_touch(&here, &there);
        let [ann] = name("ann@example.org");
        let [from] = crate::network(77);
        here.count(&[ann, from], start());
        let mut redis = ::redis::Client::open(url).unwrap().get_connection().unwrap();
        let keys: Vec<String> = ::redis::cmd("KEYS").arg(format!("{prefix}*")).query(&mut redis).unwrap();
        assert!(keys.len() >= 2, "{keys:?}");
        for key in keys {
            assert!(!key.contains("ann") && !key.contains("192.0.2"), "{key}");
            let life: i64 = ::redis::cmd("PTTL").arg(&key).query(&mut redis).unwrap();
            assert!((1..=3_600_000).contains(&life), "{key}: {life}");
        }
    }
}
