//! Redis goes away and comes back, and so do nodes: nobody waits, and whoever missed something is told.

mod redis {
    use crate::node::{ANN, BOB, Node, PATIENCE, ended, missed, next, next_event, random_prefix, two_nodes};
    use crate::redis_server::{RedisServer, shared_url};
    use bus::{Bus, Event, Signal, Subscription, Topic};
    use deadpool_redis::redis;
    use futures_util::FutureExt as _;
    use std::time::Duration;
    use tokio::time::timeout;

    /// Hears events up to this one. What was on its way when Redis went may come yet, but once, and in its order.
    async fn in_order_up_to(subscription: &mut Subscription, end: u128) {
        let mut last = None;
        while last != Some(end) {
            let Event::SessionEnded { session, .. } = next_event(subscription).await else { panic!("another event") };
            let number = session.0.as_u128();
            assert!(last < Some(number), "{number} after {last:?}");
            last = Some(number);
        }
    }

    #[tokio::test]
    async fn a_redis_that_comes_back_is_told_as_missed_and_events_flow_again() {
        let mut server = RedisServer::start();
        let (here, there) = two_nodes(&server.url()).await;
        let mut near = here.bus.subscribe(&[Topic::User(ANN)]);
        let mut far = there.bus.subscribe(&[Topic::User(ANN)]);
        for round in [1, 100] {
            server.kill();
            here.is_in_touch(false).await;
            there.is_in_touch(false).await;
            here.bus.publish(ended(ANN, round));
            assert_eq!(next_event(&mut near).await, ended(ANN, round), "who is near hears it at once");
            server.bring_back();
            here.is_in_touch(true).await;
            there.is_in_touch(true).await;
            missed(&mut far).await;
            here.bus.publish(ended(ANN, round * 10));
            in_order_up_to(&mut far, round * 10).await;
            assert_eq!(next_event(&mut near).await, ended(ANN, round * 10));
        }
    }

    #[tokio::test]
    async fn a_connection_that_breaks_is_told_as_missed_although_nothing_was_said() {
        let server = RedisServer::start();
        let (_here, there) = two_nodes(&server.url()).await;
        let mut far = there.bus.subscribe(&[Topic::User(ANN)]);
        let client = redis::Client::open(server.url()).unwrap();
        let mut administrator = client.get_multiplexed_async_connection().await.unwrap();
        let cut = redis::cmd("CLIENT").arg("KILL").arg("TYPE").arg("pubsub").query_async(&mut administrator).await;
        assert_eq!(cut, Ok(2), "each node listens once");
        missed(&mut far).await;
    }

    #[tokio::test]
    async fn events_that_find_no_place_are_told_as_missed() {
        let (here, there) = two_nodes(&shared_url()).await;
        let mut far = there.bus.subscribe(&[Topic::User(BOB)]);
        // Nothing is sent before this test waits for something: so many find a place, and one or more do not.
        for too_many in [1, 2, 1000] {
            (0..1024 + too_many).for_each(|number| here.bus.publish(ended(ANN, number)));
            missed(&mut far).await;
        }
    }

    #[tokio::test]
    async fn publishing_never_waits_for_a_redis_that_does_not_answer() {
        let server = RedisServer::start();
        let (here, there) = two_nodes(&server.url()).await;
        let mut near = here.bus.subscribe(&[Topic::User(BOB)]);
        let mut far = there.bus.subscribe(&[Topic::User(ANN)]);
        server.freeze();
        for number in 0..5000 {
            here.bus.publish(ended(ANN, number));
        }
        here.bus.publish(ended(BOB, 1));
        // Nothing else has run on this thread: whoever is near has heard it without anybody asking Redis.
        let heard = near.next().now_or_never();
        assert!(matches!(heard, Some(Signal::Event(event)) if *event == ended(BOB, 1)));
        here.is_in_touch(false).await;
        there.is_in_touch(false).await;
        server.thaw();
        here.is_in_touch(true).await;
        there.is_in_touch(true).await;
        missed(&mut far).await;
        here.bus.publish(ended(ANN, 10_000));
        in_order_up_to(&mut far, 10_000).await;
    }

    #[tokio::test]
    async fn a_node_that_starts_without_redis_works_alone_and_says_so() {
        let mut server = RedisServer::start();
        server.kill();
        let node = Node::start(&server.url(), "test:");
        let mut near = node.bus.subscribe(&[Topic::User(ANN)]);
        node.bus.publish(ended(ANN, 1));
        assert!(matches!(next(&mut near).await, Signal::Event(event) if *event == ended(ANN, 1)));
        let refused = async {
            while !node.bus.check().unwrap_err().to_string().contains("cannot be reached") {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, refused).await.expect("the reason is not told");
        server.bring_back();
        node.is_in_touch(true).await;
    }

    #[tokio::test]
    async fn a_node_that_dies_may_have_left_something_untold() {
        let (here, there) = two_nodes(&shared_url()).await;
        let mut far = there.bus.subscribe(&[Topic::User(ANN)]);
        here.bus.publish(ended(ANN, 1));
        assert_eq!(next_event(&mut far).await, ended(ANN, 1));
        here.cut_off();
        missed(&mut far).await;
    }

    #[tokio::test]
    async fn a_node_that_stops_sends_what_it_was_given() {
        let (here, there) = two_nodes(&shared_url()).await;
        let mut far = there.bus.subscribe(&[Topic::User(ANN)]);
        (1..=60).for_each(|number| here.bus.publish(ended(ANN, number)));
        here.stop().await;
        for number in 1..=60 {
            assert_eq!(next_event(&mut far).await, ended(ANN, number));
        }
    }

    #[tokio::test]
    async fn a_node_that_joins_later_is_told_and_deployments_do_not_hear_each_other() {
        let url = shared_url();
        let (prefix, other_prefix) = (random_prefix(), random_prefix());
        let (here, there, other) = ([&prefix, &prefix, &other_prefix]).map(|prefix| Node::start(&url, prefix)).into();
        for node in [&here, &there, &other] {
            node.is_in_touch(true).await;
        }
        let mut far = there.bus.subscribe(&[Topic::User(ANN)]);
        let mut strange = other.bus.subscribe(&[Topic::User(ANN)]);
        here.bus.publish(ended(ANN, 1));
        assert_eq!(next_event(&mut far).await, ended(ANN, 1));
        let later = Node::start(&url, &prefix);
        later.is_in_touch(true).await;
        let mut far = later.bus.subscribe(&[Topic::User(ANN)]);
        missed(&mut far).await;
        here.bus.publish(ended(ANN, 2));
        assert_eq!(next_event(&mut far).await, ended(ANN, 2));
        other.bus.publish(ended(ANN, 3));
        assert_eq!(next_event(&mut strange).await, ended(ANN, 3), "nothing came before");
    }

    #[tokio::test]
    async fn what_nobody_understands_is_told_as_missed() {
        let url = shared_url();
        let prefix = random_prefix();
        let node = Node::start(&url, &prefix);
        node.is_in_touch(true).await;
        let mut near = node.bus.subscribe(&[Topic::User(ANN)]);
        let mut stranger = redis::Client::open(url).unwrap().get_multiplexed_async_connection().await.unwrap();
        let publish =
            redis::cmd("PUBLISH").arg(format!("{prefix}events")).arg("what?").query_async(&mut stranger).await;
        assert_eq!(publish, Ok(1), "one node listens");
        missed(&mut near).await;
    }

    #[tokio::test]
    async fn a_dropped_subscription_leaves_nothing_behind() {
        let (here, there) = two_nodes(&shared_url()).await;
        let mut bob = there.bus.subscribe(&[Topic::User(BOB)]);
        drop(there.bus.subscribe(&[Topic::User(ANN), Topic::User(BOB)]));
        here.bus.publish(ended(BOB, 1));
        assert_eq!(next_event(&mut bob).await, ended(BOB, 1));
        drop(bob);
        assert!(format!("{:?}", there.bus).contains("topics: 0"), "{:?}", there.bus);
    }
}
