//! How failures lock an account, and how a lock ends.

use crate::world::{PASSWORD, World, at};
use audit::{LockTime, LockoutRule};
use auth::AuthError;
use kernel::Instant;
use kernel::chrono::{DateTime, Utc};
use users::{Role, User};

const ANN: &str = "ann@example.org";

fn fail(world: &World, now: Instant) {
    let refusal = world.log_in_at(now, ANN, "wrong").unwrap_err();
    assert!(matches!(refusal, AuthError::WrongCredentials));
}

fn world_with_ann(role: Role) -> (World, User) {
    let world = World::new();
    let ann = world.add("ann", role);
    (world, ann)
}

#[test]
fn the_fourth_failure_locks_logins_and_nothing_else() {
    let (world, ann) = world_with_ann(Role::User);
    let inside = world.log_in(&ann);
    for seconds in [10, 20, 30] {
        fail(&world, at(seconds));
    }
    assert!(world.user(ann.id).is_active(at(31)));
    fail(&world, at(40));
    assert!(!world.user(ann.id).is_active(at(41)));
    assert!(matches!(world.log_in_at(at(41), ANN, PASSWORD), Err(AuthError::AccountBlocked)));
    assert!(world.authenticate(&inside.tokens.access).is_ok());
}

#[test]
fn a_lock_ends_after_a_quarter_of_an_hour() {
    let (world, _) = world_with_ann(Role::User);
    for seconds in [0, 1, 2, 3] {
        fail(&world, at(seconds));
    }
    assert!(matches!(world.log_in_at(at(3 + 899), ANN, PASSWORD), Err(AuthError::AccountBlocked)));
    assert!(world.log_in_at(at(3 + 900), ANN, PASSWORD).is_ok());
}

#[test]
fn failures_across_midnight_count() {
    let (world, ann) = world_with_ann(Role::User);
    let midnight: DateTime<Utc> = "2026-11-21T00:00:00Z".parse().unwrap();
    for seconds in [-90, -1, 0, 60] {
        fail(&world, Instant::new(midnight).plus_seconds(seconds));
    }
    assert!(world.user(ann.id).is_locked(Instant::new(midnight).plus_seconds(61)));
}

#[test]
fn failures_more_than_three_minutes_ago_are_forgiven() {
    let (world, ann) = world_with_ann(Role::User);
    for seconds in [0, 100, 150, 180, 331] {
        fail(&world, at(seconds));
        assert!(!world.user(ann.id).is_locked(at(seconds)), "{seconds}");
    }
}

#[test]
fn a_right_login_does_not_reset_the_count() {
    let (world, ann) = world_with_ann(Role::User);
    for seconds in [0, 1, 2] {
        fail(&world, at(seconds));
    }
    world.log_in_at(at(3), ANN, PASSWORD).unwrap();
    fail(&world, at(4));
    assert!(world.user(ann.id).is_locked(at(5)));
}

#[test]
fn an_unlocking_resets_the_count() {
    let (world, ann) = world_with_ann(Role::User);
    for seconds in [0, 1, 2, 3] {
        fail(&world, at(seconds));
    }
    world.alter(ann.id, |user| user.activate(at(4)));
    for seconds in [5, 6, 7] {
        fail(&world, at(seconds));
    }
    assert!(world.log_in_at(at(8), ANN, PASSWORD).is_ok());
    fail(&world, at(9));
    assert!(world.user(ann.id).is_locked(at(10)));
}

#[test]
fn a_flood_of_failures_makes_no_lock_longer() {
    let (world, ann) = world_with_ann(Role::User);
    for seconds in 0..60 {
        fail(&world, at(seconds));
    }
    assert_eq!(world.user(ann.id).locked_until, Some(at(3 + 900)));
    assert_eq!(world.logs(ann.id).len(), 60);
    // Nor does what was tried while it was locked count when it is over.
    fail(&world, at(3 + 899));
    fail(&world, at(3 + 901));
    assert!(!world.user(ann.id).is_locked(at(3 + 902)));
}

#[test]
fn a_lock_without_end_waits_for_an_administrator_but_never_for_superusers() {
    for (role, is_locked_after_an_hour) in [(Role::User, true), (Role::Staff, true), (Role::Superuser, false)] {
        let (mut world, ann) = world_with_ann(role);
        world.lockout = LockoutRule { lock_time: LockTime::UntilUnlocked, ..LockoutRule::default() };
        for seconds in [0, 1, 2, 3] {
            fail(&world, at(seconds));
        }
        assert!(world.user(ann.id).is_locked(at(4)));
        assert_eq!(world.user(ann.id).is_locked(at(3600)), is_locked_after_an_hour, "{role:?}");
    }
}
