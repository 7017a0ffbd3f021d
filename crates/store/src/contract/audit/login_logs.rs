//! The clauses of the login logs.

use crate::Store;
use crate::contract::audit::sample::login_log;
use crate::contract::sample::{UNICODE, always, at, november, read, time, write};
use crate::contract::users::sample::add_person;
use audit::{LoginLog, LoginLogId, LoginOutcome};
use kernel::chrono::{NaiveDate, NaiveTime, TimeDelta};
use kernel::{Instant, Period, StoreError, UserId, Uuid};

fn store_log(store: &dyn Store, log: &LoginLog) {
    write(store, |tx| Ok(tx.insert_login_log(log)?));
}

fn find(store: &dyn Store, id: LoginLogId) -> Option<LoginLog> {
    read(store, |tx| tx.find_login_log(id))
}

fn list(store: &dyn Store, user: UserId, period: &Period) -> Vec<LoginLogId> {
    read(store, |tx| tx.list_login_logs(user, period, u32::MAX)).into_iter().map(|log| log.id).collect()
}

/// Stores a log of this number that shows this date and time of day.
fn store_log_at(store: &dyn Store, number: u128, user: UserId, date: NaiveDate, time: NaiveTime) -> LoginLogId {
    let log = login_log(number, user, LoginOutcome::Successful);
    store_log(store, &LoginLog { creation_date: date, creation_time: time, ..log.clone() });
    log.id
}

/// A row is found as it was stored, to the microsecond.
pub fn round_trips(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let plain = login_log(1, ann, LoginOutcome::Successful);
    let peculiar = LoginLog {
        recorded_at: Instant::FAR_FUTURE,
        creation_date: november(1),
        creation_time: time(23, 59, 59, 999_999),
        platform_os: String::new(),
        description: UNICODE.chars().take(50).collect(),
        ..login_log(2, ann, LoginOutcome::Failed)
    };
    for log in [plain, peculiar] {
        store_log(store, &log);
        assert_eq!(find(store, log.id), Some(log));
    }
    assert_eq!(find(store, LoginLogId(Uuid::from_u128(3))), None);
}

/// A row of nobody is refused.
pub fn a_log_of_nobody_is_refused(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let log = login_log(1, UserId(ann.0 + 1), LoginOutcome::Failed);
    let refused: Result<(), StoreError> = store.write(|tx| tx.insert_login_log(&log));
    assert!(refused.is_err());
    assert_eq!(find(store, log.id), None);
}

/// One user's rows are listed, oldest insertion first, whatever their dates and also after a correction.
pub fn lists_are_one_users_in_insertion_order(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let bob = add_person(store, "bob");
    let third = store_log_at(store, 3, ann, november(20), time(0, 0, 0, 0));
    store_log_at(store, 2, bob, november(20), time(0, 0, 0, 0));
    let first = store_log_at(store, 1, ann, november(10), time(0, 0, 0, 0));
    write(store, |tx| {
        let log = tx.find_login_log(third)?.unwrap();
        Ok(tx.update_login_log(&LoginLog { creation_date: november(30), ..log })?)
    });
    assert_eq!(list(store, ann, &always()), [third, first]);
}

/// Both dates of a period are shown.
pub fn dates_of_a_period_are_inclusive(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let logs: Vec<_> =
        (9..=13).map(|day| store_log_at(store, day.into(), ann, november(day), time(0, 0, 0, 0))).collect();
    let to_the_12th = Period { end_date: november(12), ..always() };
    assert_eq!(list(store, ann, &to_the_12th), logs[..4]);
    assert_eq!(list(store, ann, &Period { start_date: Some(november(10)), ..to_the_12th }), logs[1..4]);
    assert_eq!(list(store, ann, &Period { start_date: Some(november(12)), ..to_the_12th }), logs[3..4]);
}

/// Times of a period are times of the day, on every day, and both are shown.
pub fn times_of_a_period_hold_on_every_day_and_are_inclusive(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let (early, late) = (time(10, 0, 0, 0), time(12, 0, 0, 0));
    let too_early = store_log_at(store, 1, ann, november(1), time(9, 59, 59, 999_999));
    let at_early = store_log_at(store, 2, ann, november(2), early);
    let between = store_log_at(store, 3, ann, november(20), time(11, 0, 0, 1));
    let at_late = store_log_at(store, 4, ann, november(30), late);
    let too_late = store_log_at(store, 5, ann, november(2), time(12, 0, 0, 1));
    let from = Period { start_time: Some(early), ..always() };
    assert_eq!(list(store, ann, &from), [at_early, between, at_late, too_late]);
    assert_eq!(list(store, ann, &Period { end_time: Some(late), ..from }), [at_early, between, at_late]);
    let to = Period { end_time: Some(late), ..always() };
    assert_eq!(list(store, ann, &to), [too_early, at_early, between, at_late]);
}

/// Only failures of this user count, and only those recorded after the moment, which is excluded.
pub fn failures_after_a_moment_are_counted(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let bob = add_person(store, "bob");
    let recorded = |number, user, at, outcome| {
        store_log(store, &LoginLog { recorded_at: at, ..login_log(number, user, outcome) });
    };
    let just_after = Instant::new(at(0).as_datetime() + TimeDelta::microseconds(1));
    let count = || read(store, |tx| tx.count_failed_logins(ann, at(0)));
    assert_eq!(count(), 0);
    recorded(1, ann, at(-1), LoginOutcome::Failed);
    recorded(2, ann, at(0), LoginOutcome::Failed);
    recorded(3, ann, at(60), LoginOutcome::Successful);
    recorded(4, bob, at(60), LoginOutcome::Failed);
    assert_eq!(count(), 0);
    recorded(5, ann, just_after, LoginOutcome::Failed);
    recorded(6, ann, at(60), LoginOutcome::Failed);
    assert_eq!(count(), 2);
}

/// Failures count by what a row says now and by when it was recorded, not by the date that it shows.
pub fn corrections_count_but_never_move_a_failure(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let log = login_log(1, ann, LoginOutcome::Failed);
    store_log(store, &log);
    let count = || read(store, |tx| tx.count_failed_logins(ann, at(-1)));
    write(store, |tx| Ok(tx.update_login_log(&LoginLog { creation_date: november(1), ..log.clone() })?));
    assert_eq!(count(), 1);
    write(store, |tx| Ok(tx.update_login_log(&LoginLog { successful: true, ..log.clone() })?));
    assert_eq!(count(), 0);
}

/// A correction stores what the row shows; identity, owner and the moment of recording stay.
pub fn a_correction_leaves_owner_and_moment(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let bob = add_person(store, "bob");
    let log = login_log(1, ann, LoginOutcome::Failed);
    store_log(store, &log);
    let corrected = LoginLog {
        id: log.id,
        user: bob,
        recorded_at: at(1000),
        creation_date: november(1),
        creation_time: time(1, 2, 3, 4),
        platform_os: "iOS".to_owned(),
        successful: true,
        description: "Corrected".to_owned(),
    };
    write(store, |tx| Ok(tx.update_login_log(&corrected)?));
    assert_eq!(find(store, log.id), Some(LoginLog { user: ann, recorded_at: log.recorded_at, ..corrected }));
    assert_eq!(list(store, bob, &always()), []);
}

/// Correcting a row that is not there changes nothing.
pub fn a_log_that_is_not_there_is_left_alone(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let log = login_log(1, ann, LoginOutcome::Failed);
    write(store, |tx| Ok(tx.update_login_log(&log)?));
    assert_eq!(list(store, ann, &always()), []);
}

/// Deleting says whether the row was there, and takes no other along.
pub fn deleting_says_whether_the_log_was_there(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let [gone, kept] = [1, 2].map(|number| login_log(number, ann, LoginOutcome::Failed));
    store_log(store, &gone);
    store_log(store, &kept);
    assert!(write(store, |tx| Ok(tx.delete_login_log(gone.id)?)));
    assert!(!write(store, |tx| Ok(tx.delete_login_log(gone.id)?)));
    assert_eq!(list(store, ann, &always()), [kept.id]);
}

/// All logs of a user go at once; other users' logs stay.
pub fn deleting_the_logs_of_a_user_leaves_those_of_others(store: &dyn Store) {
    let (ann, bob) = (add_person(store, "ann"), add_person(store, "bob"));
    store_log(store, &login_log(1, ann, LoginOutcome::Successful));
    store_log(store, &login_log(2, bob, LoginOutcome::Successful));
    write(store, |tx| Ok(tx.delete_login_logs_of(ann)?));
    assert_eq!(list(store, ann, &always()), []);
    assert_eq!(list(store, bob, &always()).len(), 1);
}
