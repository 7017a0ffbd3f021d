//! The clauses that every bus must keep, between two places of one node and between two nodes.

use crate::node::{ANN, BOB, Node, ended, missed, next_event, two_nodes};
use crate::redis_server::shared_url;
use bus::{Bus, LocalBus, Topic};
use std::sync::Arc;

/// Two places between which events travel.
struct Two {
    here: Arc<dyn Bus>,
    there: Arc<dyn Bus>,
    /// Kept running; none where both places are on one node.
    _nodes: Option<(Node, Node)>,
}

fn on_one_node() -> Two {
    let bus = LocalBus::default();
    Two { here: Arc::new(bus.clone()), there: Arc::new(bus), _nodes: None }
}

async fn on_two_nodes() -> Two {
    let (here, there) = two_nodes(&shared_url()).await;
    Two { here: Arc::new(here.bus.clone()), there: Arc::new(there.bus.clone()), _nodes: Some((here, there)) }
}

macro_rules! on_both_buses {
    ($($clause:ident),+ $(,)?) => {
        mod local {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::on_one_node()).await;
                }
            )+
        }

        mod redis {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::on_two_nodes().await).await;
                }
            )+
        }
    };
}

on_both_buses! {
    events_reach_the_subscribers_of_their_topic_in_order,
    both_directions_work_at_once,
    a_full_queue_costs_the_others_nothing_and_is_told,
    a_dropped_subscription_hinders_nobody,
}

async fn events_reach_the_subscribers_of_their_topic_in_order(two: Two) {
    let mut ann = [&two.here, &two.there].map(|bus| bus.subscribe(&[Topic::User(ANN)]));
    let mut both = [&two.here, &two.there].map(|bus| bus.subscribe(&[Topic::User(BOB), Topic::User(ANN)]));
    for number in 0..20 {
        two.here.publish(ended(BOB, number));
        two.here.publish(ended(ANN, number));
    }
    for number in 0..20 {
        for subscription in &mut ann {
            assert_eq!(next_event(subscription).await, ended(ANN, number));
        }
        for subscription in &mut both {
            assert_eq!(next_event(subscription).await, ended(BOB, number));
            assert_eq!(next_event(subscription).await, ended(ANN, number));
        }
    }
}

async fn both_directions_work_at_once(two: Two) {
    let (mut here, mut there) = (two.here.subscribe(&[Topic::User(ANN)]), two.there.subscribe(&[Topic::User(BOB)]));
    for number in 0..20 {
        two.here.publish(ended(BOB, number));
        two.there.publish(ended(ANN, number));
    }
    for number in 0..20 {
        assert_eq!(next_event(&mut here).await, ended(ANN, number));
        assert_eq!(next_event(&mut there).await, ended(BOB, number));
    }
}

async fn a_full_queue_costs_the_others_nothing_and_is_told(two: Two) {
    let mut slow = two.there.subscribe(&[Topic::User(ANN)]);
    let mut quick = two.there.subscribe(&[Topic::User(ANN)]);
    for number in 0..200 {
        two.here.publish(ended(ANN, number));
        assert_eq!(next_event(&mut quick).await, ended(ANN, number));
    }
    missed(&mut slow).await;
    two.here.publish(ended(ANN, 1000));
    assert_eq!(next_event(&mut slow).await, ended(ANN, 1000));
}

async fn a_dropped_subscription_hinders_nobody(two: Two) {
    drop(two.there.subscribe(&[Topic::User(ANN), Topic::User(BOB)]));
    let mut bob = two.there.subscribe(&[Topic::User(BOB)]);
    two.here.publish(ended(ANN, 1));
    two.here.publish(ended(BOB, 2));
    assert_eq!(next_event(&mut bob).await, ended(BOB, 2));
}
