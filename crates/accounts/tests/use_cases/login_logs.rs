//! Who reads and corrects login logs.

use crate::world::{World, at, caller, form};
use accounts::AccountError;
use audit::{Action, AuditError, LogCorrection, LoginLog, LoginLogId};
use kernel::{Form, Period, PeriodError, Uuid};
use std::slice;
use users::{Role, User};

const CORRECTION: [(&str, &str); 5] = [
    ("creation_date", "2026-11-21"),
    ("creation_time", "10:11"),
    ("platform_OS", "ios"),
    ("successful", "false"),
    ("description", "Login Failed"),
];

fn log_of(world: &World, user: &User) -> LoginLog {
    world.log_in(user);
    world.logs(user.id).pop().unwrap()
}

fn get(world: &World, by: &User, id: LoginLogId) -> Result<LoginLog, AccountError> {
    world.read(|tx| accounts::get_login_log(tx, &caller(by), id))
}

#[test]
fn one_reads_ones_own_logs_and_those_of_users_that_one_outranks() {
    let world = World::new();
    let [ann, bob] = ["ann", "bob"].map(|name| world.add(name, Role::User));
    let [staff, other] = ["staff", "other"].map(|name| world.add(name, Role::Staff));
    let [root, twin] = ["root", "twin"].map(|name| world.add(name, Role::Superuser));
    for (by, whose, allowed) in [
        (&staff, &ann, true),
        (&staff, &staff, true),
        (&staff, &other, false),
        (&staff, &root, false),
        (&root, &ann, true),
        (&root, &other, true),
        (&root, &twin, true),
        (&ann, &ann, false),
        (&ann, &bob, false),
    ] {
        let log = log_of(&world, whose);
        match get(&world, by, log.id) {
            Ok(found) => assert!(allowed && found == log, "{by:?} {whose:?}"),
            Err(refusal) => assert!(!allowed && matches!(refusal, AccountError::Forbidden), "{by:?} {whose:?}"),
        }
    }
    let missing = get(&world, &staff, LoginLogId(Uuid::nil())).unwrap_err();
    assert!(matches!(missing, AccountError::Audit(AuditError::LogNotFound)));
}

#[test]
fn a_list_holds_ones_own_logs_within_the_period() {
    let world = World::new();
    let [staff, ann] = [world.add("staff", Role::Staff), world.add("ann", Role::User)];
    log_of(&world, &ann);
    let log = log_of(&world, &staff);
    let period = |query: &Form| Period::read(query, at(0).date()).map_err(AuditError::from);
    let list =
        |query: &Form| world.read(|tx| accounts::list_login_logs(tx, &caller(&staff), &period(query)?, u32::MAX));
    assert_eq!(list(&Form::default()).unwrap(), slice::from_ref(&log));
    assert_eq!(list(&form(&[("start_time", "12:00:01"), ("end_time", "12:00:01")])).unwrap(), [log]);
    assert_eq!(list(&form(&[("end_date", "2026-11-19")])).unwrap(), []);
    let refusal = list(&form(&[("start_date", "2026-11-21")])).unwrap_err();
    assert!(matches!(refusal, AccountError::Audit(AuditError::Filter(PeriodError::DatesReversed))));
}

#[test]
fn a_correction_changes_what_is_shown_and_leaves_a_trail() {
    let world = World::new();
    let [root, ann] = [world.add("root", Role::Superuser), world.add("ann", Role::User)];
    let log = log_of(&world, &ann);
    let correct = |form: &Form| {
        world.write(|tx| {
            let log = accounts::get_login_log(tx, &caller(&root), log.id)?;
            accounts::correct_login_log(tx, &caller(&root), log, &LogCorrection::read(form)?, at(9))
        })
    };
    for (field, _) in CORRECTION {
        let rest: Vec<_> = CORRECTION.into_iter().filter(|(name, _)| *name != field).collect();
        let refusal = correct(&form(&rest)).unwrap_err();
        assert!(matches!(refusal, AccountError::Audit(AuditError::InvalidCorrection(_))), "{field}");
    }
    assert_eq!(world.logs(ann.id), slice::from_ref(&log));
    let corrected = correct(&form(&CORRECTION)).unwrap();
    assert_eq!((corrected.id, corrected.user, corrected.recorded_at), (log.id, ann.id, log.recorded_at));
    assert_eq!((corrected.platform_os.as_str(), corrected.successful), ("ios", false));
    assert_eq!(get(&world, &root, log.id).unwrap(), corrected);
    let entry = world.last_trail().unwrap();
    assert_eq!((entry.action, entry.actor, entry.subject), (Action::LoginLogCorrected, Some(root.id), ann.id));
}

#[test]
fn a_deleted_log_is_gone_and_leaves_a_trail() {
    let world = World::new();
    let [root, ann] = [world.add("root", Role::Superuser), world.add("ann", Role::User)];
    let log = log_of(&world, &ann);
    world
        .write(|tx| {
            let log = accounts::get_login_log(tx, &caller(&root), log.id)?;
            accounts::delete_login_log(tx, &caller(&root), &log, at(9))
        })
        .unwrap();
    assert_eq!(world.logs(ann.id), []);
    let entry = world.last_trail().unwrap();
    assert_eq!((entry.action, entry.details), (Action::LoginLogDeleted, log.id.to_string()));
}
