//! A screen for login logs, which no client has yet.

use super::screens::{id, keys, list};
use crate::support::{Client, Engine, PASSWORD, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines! {
    administrators_see_their_own_logins,
    logs_are_corrected_and_removed_from_above_only,
}

const LOGS: &str = "/api/users/loginLog/";

fn path_of(log: &Value) -> String {
    format!("{LOGS}{}/", id(log))
}

async fn administrators_see_their_own_logins(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    server.stranger().try_login(&root.email, "not it at all").await.is(StatusCode::BAD_REQUEST);
    for os in [json!("android"), json!(null), json!("x".repeat(60))] {
        let body = json!({ "username": root.email, "password": PASSWORD, "os": os });
        server.stranger().post("/api/users/login/", &body).await.is(StatusCode::OK);
    }
    let logs = list(&root, LOGS).await;
    assert_eq!(
        keys(&logs[0]),
        ["creation_date", "creation_time", "description", "id", "platform_OS", "successful", "user"]
    );
    let shown: Vec<_> = logs.iter().map(|log| (&log["description"], &log["successful"])).collect();
    let (right, wrong) = (json!("Login Successful"), json!("Login Failed"));
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(shown, [(&right, &yes), (&wrong, &no), (&right, &yes), (&right, &yes), (&right, &yes)]);
    let platforms: Vec<_> = logs.iter().filter_map(|log| log["platform_OS"].as_str()).collect();
    assert_eq!(platforms, ["web", "web", "android", "", "x".repeat(50).as_str()]);
    assert_eq!(root.get(&path_of(&logs[1])).await.is(StatusCode::OK), logs[1]);

    let today = logs[0]["creation_date"].as_str().expect("a date");
    let found = list(&root, &format!("{LOGS}?start_date={today}&end_date=2099-12-31&start_time=&end_time=")).await;
    assert_eq!(found.len(), 5);
    for (query, detail) in [
        ("start_date=soon", "Invalid date or time format, must be YYYY-MM-DD for date and HH:MM:SS for time. "),
        ("start_date=2026-01-02&end_date=2026-01-01", "Start date cannot be after end date."),
        ("start_time=09:00:00&end_time=08:00:00", "Start time cannot be after end time."),
    ] {
        root.get(&format!("{LOGS}?{query}")).await.is_refused(StatusCode::BAD_REQUEST, detail);
    }
    root.post(LOGS, &json!({})).await.is(StatusCode::METHOD_NOT_ALLOWED);
    server.customer("Ann").await.get(LOGS).await.is(StatusCode::FORBIDDEN);
}

async fn logs_are_corrected_and_removed_from_above_only(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let sam = server.staff(&root, "Sam").await;
    let own = list(&sam, LOGS).await.remove(0);
    let of_root = list(&root, LOGS).await.remove(0);
    let correction = json!({
        "creation_date": "2026-01-02", "creation_time": "03:04:05", "platform_OS": "ios", "successful": false,
        "description": "Login Failed", "user": root.id,
    });
    let corrected = sam.put(&path_of(&own), &correction).await.is(StatusCode::OK);
    let expected = json!({
        "id": own["id"], "user": sam.id, "creation_date": "2026-01-02", "creation_time": "03:04:05",
        "platform_OS": "ios", "successful": false, "description": "Login Failed",
    });
    assert_eq!(corrected, expected, "its owner stays its owner");
    let partly = sam.put(&path_of(&own), &json!({ "successful": true })).await;
    partly.is_refused(StatusCode::BAD_REQUEST, "The data provided is not valid.");
    for answer in [
        sam.get(&path_of(&of_root)).await,
        sam.put(&path_of(&of_root), &correction).await,
        sam.delete(&path_of(&of_root)).await,
    ] {
        answer.is(StatusCode::FORBIDDEN);
    }
    let delete_twice = async |client: &Client, log: &Value| {
        client.delete(&path_of(log)).await.is(StatusCode::NO_CONTENT);
        client.delete(&path_of(log)).await.is_refused(StatusCode::NOT_FOUND, "Log not found");
        client.get(&path_of(log)).await.is_refused(StatusCode::NOT_FOUND, "Log not found.");
    };
    delete_twice(&root, &own).await;
    delete_twice(&root, &of_root).await;
}
