//! Reading users, all of them or one.

use super::{Cast, USERS, alter, assert_answer, cast, path_of};
use crate::support::{TestApp, start_of_test, state};
use kernel::fakes::FixedClock;
use serde_json::{Value, json};
use std::sync::Arc;
use users::{Role, User};

#[actix_web::test]
async fn a_user_has_these_keys_in_this_order() {
    let Cast { app, user, staff, .. } = cast();
    alter(&app, &user, |user| "Last".clone_into(&mut user.details.last_name));
    let id = user.id;
    let expected = format!(
        "{{\"id\":{id},\"_id\":{id},\"username\":\"user@example.org\",\"email\":\"user@example.org\",\
         \"is_staff\":false,\"is_active\":true,\"is_superuser\":false,\"first_name\":\"user\",\
         \"last_name\":\"Last\",\"is_operator\":false}}"
    );
    let one = app.call("GET", &path_of(&user), &staff).await;
    assert_eq!((one.status, one.text.as_str()), (200, expected.as_str()));
    let all = app.call("GET", USERS, &staff).await;
    assert!(all.status == 200 && all.text.starts_with(&format!("[{expected},")), "{}", all.text);
}

#[actix_web::test]
async fn a_list_is_by_number_and_holds_everybody() {
    let Cast { app, user, staff, other, root, twin } = cast();
    alter(&app, &user, |user| "Zoe".clone_into(&mut user.details.first_name));
    let listed = app.call("GET", USERS, &staff).await.json();
    let ids: Vec<_> = listed.as_array().unwrap().iter().map(|user| user["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [&user, &staff, &other, &root, &twin].map(|account| account.id.0));
}

#[actix_web::test]
async fn flags_filter_and_empty_ones_do_not() {
    let Cast { app, user, staff, other, root, twin } = cast();
    alter(&app, &user, User::block);
    alter(&app, &twin, |user| user.details.is_staff = true);
    alter(&app, &other, |user| user.lock(start_of_test().plus_seconds(60)));
    let everybody = vec![&user, &staff, &other, &root, &twin];
    for (query, expected) in [
        ("", everybody.clone()),
        ("?is_active=&is_staff=&is_superuser=&start_date=&end_date=", everybody.clone()),
        ("?is_active=true", vec![&staff, &root, &twin]),
        ("?is_active=False", vec![&user, &other]),
        ("?is_active=nonsense", vec![&user, &other]),
        ("?is_staff=TRUE", vec![&staff, &other, &twin]),
        ("?is_superuser=True&is_staff=false", vec![&root]),
        ("?unknown=1", everybody),
    ] {
        let listed = app.call("GET", &format!("{USERS}{query}"), &staff).await.json();
        let ids: Vec<_> = listed.as_array().unwrap().iter().map(|user| user["id"].clone()).collect();
        let expected: Vec<Value> = expected.iter().map(|account| json!(account.id.0)).collect();
        assert_eq!(ids, expected, "{query}");
    }
}

#[actix_web::test]
async fn dates_filter_by_the_day_of_joining_both_ends_included() {
    let clock = Arc::new(FixedClock::at(start_of_test()));
    let mut state = state();
    state.clock = Arc::<FixedClock>::clone(&clock);
    let app = TestApp::over(state);
    // 23:04:20 on the 20th, and an hour later on the 21st.
    app.account("early", Role::User);
    clock.advance_seconds(3600);
    let staff = app.account("late", Role::Staff);
    for (query, expected) in [
        ("start_date=2026-11-20&end_date=2026-11-20", vec!["early"]),
        ("start_date=2026-11-21", vec!["late"]),
        ("end_date=2026-11-20", vec!["early"]),
        ("start_date=&end_date=2026-11-21", vec!["early", "late"]),
        ("start_date=2026-11-20%2023:04:20&end_date=2026-11-20%2023:04:20", vec!["early"]),
        ("start_date=2026-11-20+23:04:21", vec!["late"]),
        ("end_date=2026-11-20+23:04:19", vec![]),
        ("start_date=2026-11-20%2000:00:00&end_date=2026-11-21%2023:59:59", vec!["early", "late"]),
    ] {
        let listed = app.call("GET", &format!("{USERS}?{query}"), &staff).await.json();
        let names: Vec<_> = listed.as_array().unwrap().iter().map(|user| user["first_name"].clone()).collect();
        assert_eq!(names, expected, "{query}");
    }
    let invalid = json!({"detail": "The data provided is not valid."});
    for query in [
        "start_date=soon",
        "end_date=20/11/2026",
        "start_date=2026-02-30",
        "start_date=2026-11-20%2024:00:00",
        "start_date=2026-11-21&end_date=2026-11-20",
    ] {
        assert_answer(&app.call("GET", &format!("{USERS}?{query}"), &staff).await, 400, &invalid, query);
    }
}
