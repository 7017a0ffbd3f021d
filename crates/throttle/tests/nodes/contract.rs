//! The clauses that every counter of failures must keep, seen from where they are counted and from another place.

use crate::redis_server::shared_url;
use crate::{RULE, are_in_touch, failures, name, network, random_prefix, start, until};
use kernel::Instant;
use std::cell::Cell;
use std::slice;
use std::sync::Arc;
use std::time::Duration;
use throttle::{FailureRule, LocalLoginFailures, LoginFailures};

/// Two places: what fails here is asked for there.
struct Two {
    here: Arc<dyn LoginFailures>,
    there: Arc<dyn LoginFailures>,
    /// Seconds since the start, where the clock is handed in. Elsewhere time passes by itself.
    passed: Cell<i64>,
}

impl Two {
    fn now(&self) -> Instant {
        start().plus_seconds(self.passed.get())
    }

    fn wait(&self, name_of_somebody: &str) -> Option<Duration> {
        self.there.wait(&name(name_of_somebody), self.now())
    }

    fn fails(&self, name_of_somebody: &str) {
        self.here.count(&name(name_of_somebody), self.now());
    }
}

fn on_one_node(rule: FailureRule) -> Two {
    let failures = Arc::new(LocalLoginFailures::new(rule));
    Two { here: Arc::<LocalLoginFailures>::clone(&failures), there: failures, passed: Cell::default() }
}

fn on_two_nodes(rule: FailureRule) -> Two {
    let (url, prefix) = (shared_url(), random_prefix());
    let (here, there) = (failures(&url, &prefix, rule), failures(&url, &prefix, rule));
    are_in_touch(&here, &there);
    Two { here: Arc::new(here), there: Arc::new(there), passed: Cell::default() }
}

macro_rules! on_both {
    ($($clause:ident),+ $(,)?) => {
        mod memory {
            $(
                #[test]
                fn $clause() {
                    super::$clause(super::on_one_node);
                }
            )+
        }

        mod redis {
            $(
                #[test]
                fn $clause() {
                    super::$clause(super::on_two_nodes);
                }
            )+
        }
    };
}

on_both! {
    too_many_failures_are_waited_out,
    a_network_is_counted_beside_the_names,
    the_longest_wait_of_all_is_told,
    a_window_ends_by_itself_and_a_new_one_begins_at_one,
    failing_on_makes_no_window_longer,
}

fn too_many_failures_are_waited_out(open: impl Fn(FailureRule) -> Two) {
    let two = open(RULE);
    for _ in 0..RULE.per_name {
        assert_eq!(two.wait("ann"), None);
        two.fails("ann");
    }
    let wait = two.wait("ann").unwrap();
    let window = Duration::from_secs(3600);
    assert!(wait <= window && wait > window / 2, "{wait:?}");
    assert_eq!(two.wait("bob"), None);
    two.fails("ann");
    assert!(two.wait("ann").unwrap() <= wait, "a failure more makes nobody wait longer");
}

fn a_network_is_counted_beside_the_names(open: impl Fn(FailureRule) -> Two) {
    let two = open(RULE);
    for number in 0..RULE.per_network {
        assert_eq!(two.there.wait(&network(1), two.now()), None);
        let [somebody] = name(&number.to_string());
        let [from] = network(1);
        two.here.count(&[somebody, from], two.now());
    }
    assert!(two.there.wait(&network(1), two.now()).is_some());
    assert_eq!(two.there.wait(&network(2), two.now()), None);
    assert_eq!(two.wait("0"), None);
    assert_eq!(two.wait("192.0.2.1"), None, "a name that is written like the network is another thing");
}

fn the_longest_wait_of_all_is_told(open: impl Fn(FailureRule) -> Two) {
    let two = open(RULE);
    (0..RULE.per_name).for_each(|_| two.fails("ann"));
    let ([ann], [bob], [from]) = (name("ann"), name("bob"), network(3));
    assert!(two.there.wait(&[bob.clone(), from.clone(), ann.clone()], two.now()).is_some());
    assert_eq!(two.there.wait(&[bob.clone(), from], two.now()), None);
    // Who begins to fail later waits longer, in whatever order they are named.
    let ann_waits = || two.there.wait(slice::from_ref(&ann), two.now()).unwrap();
    let before = ann_waits();
    two.passed.set(60);
    until("ann has waited a while", || ann_waits() + Duration::from_millis(100) < before);
    (0..RULE.per_name).for_each(|_| two.fails("bob"));
    for tried in [[ann.clone(), bob.clone()], [bob, ann.clone()]] {
        until("the longer wait is told", || {
            let shorter = ann_waits();
            two.there.wait(&tried, two.now()).unwrap() > shorter
        });
    }
}

fn a_window_ends_by_itself_and_a_new_one_begins_at_one(open: impl Fn(FailureRule) -> Two) {
    let two = open(FailureRule { per_name: 2, window_seconds: 2, ..RULE });
    // However slow this is: at some time two are in one window.
    until("too many failures", || {
        two.fails("ann");
        two.wait("ann").is_some()
    });
    until("the end of the window", || {
        two.passed.set(two.passed.get() + 1);
        two.wait("ann").is_none()
    });
    two.fails("ann");
    assert_eq!(two.wait("ann"), None);
}

fn failing_on_makes_no_window_longer(open: impl Fn(FailureRule) -> Two) {
    let two = open(FailureRule { per_name: 2, window_seconds: 2, ..RULE });
    until("too many failures", || {
        two.fails("ann");
        two.wait("ann").is_some()
    });
    until("the end of the window", || {
        two.passed.set(two.passed.get() + 1);
        two.fails("ann");
        two.wait("ann").is_none()
    });
}
