//! Login logs over HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{Account, Reply, TestApp, start_of_test};
use audit::{LoginLog, LoginLogId, LoginOutcome};
use kernel::{Instant, SessionId, Uuid};
use serde_json::{Value, json};
use users::Role;

const LOGS: &str = "/api/users/loginLog/";

/// One of each rank, and a second one of the higher two.
struct Cast {
    app: TestApp,
    user: Account,
    staff: Account,
    other: Account,
    root: Account,
    twin: Account,
}

fn cast() -> Cast {
    let app = TestApp::start();
    let user = app.account("user", Role::User);
    let [staff, other] = ["staff", "other"].map(|name| app.account(name, Role::Staff));
    let [root, twin] = ["root", "twin"].map(|name| app.account(name, Role::Superuser));
    Cast { app, user, staff, other, root, twin }
}

/// Writes a log, and gives its identifier.
fn record(app: &TestApp, number: u128, whose: &Account, at: Instant) -> LoginLogId {
    let id = LoginLogId(Uuid::from_u128(number));
    let log = LoginLog::new(id, whose.id, at, "web", LoginOutcome::Successful);
    let done: Result<(), kernel::StoreError> = app.store().write(|tx| tx.insert_login_log(&log));
    done.unwrap();
    id
}

fn path_of(log: LoginLogId) -> String {
    format!("{LOGS}{log}/")
}

fn correction() -> Value {
    json!({
        "creation_date": "2026-11-21",
        "creation_time": "10:11",
        "platform_OS": " ios ",
        "successful": false,
        "description": "Login Failed",
    })
}

#[track_caller]
fn assert_answer(reply: &Reply, status: u16, body: &Value, what: &str) {
    assert_eq!((reply.status, &reply.json()), (status, body), "{what}");
}

#[actix_web::test]
async fn a_log_has_these_keys_in_this_order() {
    let Cast { app, staff, .. } = cast();
    let log = record(&app, 1, &staff, Instant::new("2026-11-20T23:04:20Z".parse().unwrap()));
    let expected = format!(
        "{{\"id\":\"{log}\",\"user\":{},\"creation_date\":\"2026-11-20\",\"creation_time\":\"23:04:20\",\
         \"platform_OS\":\"web\",\"successful\":true,\"description\":\"Login Successful\"}}",
        staff.id
    );
    let one = app.call("GET", &path_of(log), &staff).await;
    assert_eq!((one.status, one.text.as_str()), (200, expected.as_str()));
    let all = app.call("GET", LOGS, &staff).await;
    assert_eq!((all.status, all.text), (200, format!("[{expected}]")));
}

#[actix_web::test]
async fn a_login_is_shown_to_the_second_and_a_correction_as_it_was_sent() {
    let Cast { app, staff, .. } = cast();
    let log = record(&app, 1, &staff, start_of_test());
    assert_eq!(app.call("GET", &path_of(log), &staff).await.json()["creation_time"], "23:04:20");
    let mut exact = correction();
    exact["creation_time"] = json!("10:11:12.5");
    let corrected = app.call_with("PUT", &path_of(log), &staff, &exact).await;
    assert_eq!((corrected.status, &corrected.json()["creation_time"]), (200, &json!("10:11:12.500000")));
}

#[actix_web::test]
async fn a_list_holds_ones_own_logs_within_the_filters() {
    let Cast { app, user, staff, root, .. } = cast();
    record(&app, 9, &user, start_of_test());
    let yesterday = record(&app, 1, &staff, start_of_test().plus_seconds(-24 * 60 * 60));
    let today = record(&app, 2, &staff, start_of_test());
    let tomorrow = record(&app, 3, &staff, start_of_test().plus_seconds(60 * 60));
    for (query, expected) in [
        ("", vec![yesterday, today]),
        ("?start_date=&end_date=&start_time=&end_time=", vec![yesterday, today]),
        ("?end_date=2026-11-30", vec![yesterday, today, tomorrow]),
        ("?start_date=2026-11-20&end_date=2026-11-20", vec![today]),
        ("?end_date=2026-11-30&start_time=00:00:00&end_time=01:00:00", vec![tomorrow]),
    ] {
        let listed = app.call("GET", &format!("{LOGS}{query}"), &staff).await.json();
        let ids: Vec<_> = listed.as_array().unwrap().iter().map(|log| log["id"].clone()).collect();
        assert_eq!(ids, expected.iter().map(|id| json!(id.to_string())).collect::<Vec<_>>(), "{query}");
    }
    assert_answer(&app.call("GET", LOGS, &root).await, 200, &json!([]), "a superuser without logs");
}

#[actix_web::test]
async fn filters_that_cannot_be_read_or_are_reversed_say_so() {
    let Cast { app, staff, .. } = cast();
    let unreadable = "Invalid date or time format, must be YYYY-MM-DD for date and HH:MM:SS for time. ";
    for (query, sentence) in [
        ("start_date=20-11-2026", unreadable),
        ("end_date=soon", unreadable),
        ("start_time=10:11", unreadable),
        ("end_time=25:00:00", unreadable),
        ("start_date=2026-11-21", "Start date cannot be after end date."),
        ("start_date=2026-11-20&end_date=2026-11-19", "Start date cannot be after end date."),
        ("start_time=10:00:01&end_time=10:00:00", "Start time cannot be after end time."),
    ] {
        let reply = app.call("GET", &format!("{LOGS}?{query}"), &staff).await;
        assert_answer(&reply, 400, &json!({"detail": sentence}), query);
    }
}

#[actix_web::test]
async fn logs_are_for_staff_and_nobody_posts_them() {
    let Cast { app, user, staff, .. } = cast();
    let own = path_of(record(&app, 1, &user, start_of_test()));
    let forbidden = json!({"detail": "You do not have permission to perform this action."});
    for (method, path) in [
        ("GET", LOGS),
        ("POST", LOGS),
        ("GET", &own),
        ("PUT", &own),
        ("DELETE", &own),
        ("GET", "/api/users/loginLog/x/"),
    ] {
        let stranger = app.send(app.request(method, path).body("{")).await;
        let not_given = json!({"detail": "Authentication credentials were not provided."});
        assert_answer(&stranger, 401, &not_given, &format!("{method} {path}"));
        assert_answer(&app.call(method, path, &user).await, 403, &forbidden, &format!("{method} {path}"));
    }
    let posted = app.call_with("POST", LOGS, &staff, &correction()).await;
    assert_answer(&posted, 405, &json!({"detail": "Method \"POST\" not allowed."}), "POST");
    assert_eq!(posted.header("allow"), "GET, HEAD, OPTIONS");
    assert_eq!(app.call("POST", &own, &staff).await.header("allow"), "GET, HEAD, PUT, DELETE, OPTIONS");
}

#[actix_web::test]
async fn logs_are_touched_downwards_only() {
    let Cast { app, user, staff, other, root, twin } = cast();
    for (number, (by, whose, allowed)) in [
        (&staff, &staff, true),
        (&staff, &user, true),
        (&staff, &other, false),
        (&staff, &root, false),
        (&root, &root, true),
        (&root, &user, true),
        (&root, &staff, true),
        (&root, &twin, true),
    ]
    .into_iter()
    .enumerate()
    {
        let path = path_of(record(&app, u128::try_from(number).unwrap(), whose, start_of_test()));
        let statuses = [
            app.call("GET", &path, by).await.status,
            // A body that cannot be read does not matter to those who may not.
            app.send(app.request("PUT", &path).bearer_auth(&by.token).body("{")).await.status,
            app.call("DELETE", &path, by).await.status,
        ];
        let expected = if allowed { [200, 415, 204] } else { [403, 403, 403] };
        assert_eq!(statuses, expected, "{} {}", by.email, whose.email);
    }
}

#[actix_web::test]
async fn a_correction_is_stored_and_leaves_the_owner() {
    let Cast { app, user, staff, .. } = cast();
    let log = record(&app, 1, &user, start_of_test());
    let mut body = correction();
    body["user"] = json!(staff.id.0);
    body["id"] = json!(Uuid::nil().to_string());
    let expected = json!({
        "id": log.to_string(),
        "user": user.id.0,
        "creation_date": "2026-11-21",
        "creation_time": "10:11:00",
        "platform_OS": "ios",
        "successful": false,
        "description": "Login Failed",
    });
    assert_answer(&app.call_with("PUT", &path_of(log), &staff, &body).await, 200, &expected, "PUT");
    assert_answer(&app.call("GET", &path_of(log), &staff).await, 200, &expected, "GET");
}

#[actix_web::test]
async fn a_correction_needs_all_of_it() {
    let Cast { app, user, staff, .. } = cast();
    let log = record(&app, 1, &user, start_of_test());
    let before = app.call("GET", &path_of(log), &staff).await.json();
    let invalid = json!({"detail": "The data provided is not valid."});
    let fields = ["creation_date", "creation_time", "platform_OS", "successful", "description"];
    let mut faulty = Vec::new();
    for field in fields {
        let mut missing = correction();
        missing.as_object_mut().unwrap().remove(field);
        faulty.push(missing);
        for value in [Value::Null, json!(""), json!([]), json!("a".repeat(51)), json!("\u{0}")] {
            let mut body = correction();
            body[field] = value;
            faulty.push(body);
        }
    }
    faulty.push(json!({}));
    for body in faulty {
        assert_answer(&app.call_with("PUT", &path_of(log), &staff, &body).await, 400, &invalid, &body.to_string());
    }
    let list = json!({"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]});
    assert_answer(&app.call_with("PUT", &path_of(log), &staff, &json!([])).await, 400, &list, "a list");
    assert_eq!(app.call("GET", &path_of(log), &staff).await.json(), before);
}

#[actix_web::test]
async fn a_corrected_log_counts_for_the_lock_by_when_it_was_recorded() {
    let Cast { app, user, root, .. } = cast();
    let log_in = |password: &'static str| {
        let body = json!({"username": "user@example.org", "password": password});
        app.send(app.request("POST", "/api/users/login/").json(&body))
    };
    let log = record(&app, 1, &user, start_of_test());
    for _ in 0..2 {
        assert_eq!(log_in("wrong").await.status, 400);
    }
    let mut body = correction();
    body["creation_date"] = json!("2020-01-01");
    assert_eq!(app.call_with("PUT", &path_of(log), &root, &body).await.status, 200);
    assert_eq!(log_in("wrong").await.status, 400);
    // Two failures before, what is now called one, and this last one.
    assert_eq!(log_in(crate::support::PASSWORD).await.status, 403);
}

#[actix_web::test]
async fn a_missing_log_is_told_in_two_ways() {
    let Cast { app, user, staff, root, .. } = cast();
    let log = record(&app, 1, &user, start_of_test());
    let reply = app.call("DELETE", &path_of(log), &staff).await;
    assert_eq!((reply.status, reply.text.as_str(), reply.header("content-length")), (204, "", ""));
    let missing = json!({"detail": "Log not found."});
    for who in [&staff, &root] {
        assert_answer(&app.call("GET", &path_of(log), who).await, 404, &missing, "GET");
        assert_answer(&app.call_with("PUT", &path_of(log), who, &json!({})).await, 404, &missing, "PUT");
        assert_answer(
            &app.call("DELETE", &path_of(log), who).await,
            404,
            &json!({"detail": "Log not found"}),
            "DELETE",
        );
    }
}

#[actix_web::test]
async fn what_is_no_uuid_leads_nowhere() {
    let Cast { app, staff, .. } = cast();
    let simple = SessionId(Uuid::nil()).0.as_simple().to_string();
    for id in ["abc", "1", simple.as_str()] {
        for method in ["GET", "PUT", "DELETE"] {
            let reply = app.call(method, &format!("{LOGS}{id}/"), &staff).await;
            assert_eq!((reply.status, &reply.json()["detail"]), (404, &json!("Not found.")), "{method} {id}");
        }
    }
}
