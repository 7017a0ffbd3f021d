//! Many clients at once.

use crate::support::{Client, Engine, Home, PASSWORD, Server};
use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::JoinSet;

on_both_engines! {
    sixty_four_who_write_at_once_are_never_refused,
    a_storm_of_logins_leaves_the_other_routes_answering,
    six_registrations_of_one_address_make_one_account,
}

const EXPENSES: &str = "/api/management/expense/";

async fn sixty_four_who_write_at_once_are_never_refused(engine: Engine) {
    const WRITERS: usize = 64;
    const EACH: usize = 5;
    let server = Server::fresh(engine);
    let root = server.root().await;
    let category = json!({ "name": "Food", "description": "x", "type": "expense", "hexColor": "#000000" });
    let category = root.post("/api/management/category/", &category).await.is(StatusCode::ACCEPTED);
    let sub = json!({ "name": "Bread", "description": "x", "hexColor": "#000000", "category": category["id"] });
    let sub = root.post("/api/management/subcategory/", &sub).await.is(StatusCode::ACCEPTED);
    let write = async |writer: usize| {
        // A client of its own, so that everybody has a connection of its own.
        let own = root.at(server.address());
        for number in 0..EACH {
            let expense = json!({
                "title": format!("{writer}.{number}"), "description": "x", "amount": "1.00",
                "creation_date": "2026-01-01", "creation_time": "08:00:00", "category": category["id"],
                "subcategory": sub["id"],
            });
            own.post(EXPENSES, &expense).await.is(StatusCode::ACCEPTED);
        }
    };
    join_all((0..WRITERS).map(write)).await;
    let rows = root.get(EXPENSES).await.is(StatusCode::OK);
    let rows = rows.as_array().expect("a list");
    let ids: BTreeSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    let titles: BTreeSet<&str> = rows.iter().filter_map(|row| row["title"].as_str()).collect();
    assert_eq!((rows.len(), ids.len(), titles.len()), (WRITERS * EACH, WRITERS * EACH, WRITERS * EACH));
}

async fn a_storm_of_logins_leaves_the_other_routes_answering(engine: Engine) {
    const LOGINS: usize = 20;
    const LISTS: usize = 20;
    let home = Home::new(engine).with_root().with("EASE_BCRYPT_COST", "12");
    // A slow machine is allowed to take its time; only the order of things counts.
    let server = home.with("EASE_REQUEST_TIMEOUT_SECONDS", "300").start();
    let root = server.root().await;
    let mut storm = JoinSet::new();
    for _ in 0..LOGINS {
        let (client, email) = (server.stranger(), root.email.clone());
        storm.spawn(async move { client.try_login(&email, PASSWORD).await.is(StatusCode::OK) });
    }
    // The storm has begun when its first login is through.
    storm.join_next().await.expect("a storm").expect("a login was refused");
    for _ in 0..LISTS {
        root.get(EXPENSES).await.is(StatusCode::OK);
    }
    while let Some(login) = storm.try_join_next() {
        login.expect("a login was refused");
    }
    assert!(!storm.is_empty(), "the lists waited for the whole storm");
    while let Some(login) = storm.join_next().await {
        login.expect("a login was refused");
    }
}

async fn six_registrations_of_one_address_make_one_account(engine: Engine) {
    let server = Server::fresh(engine);
    let register = async |number: usize| {
        let email = if number.is_multiple_of(2) { "ann@example.org" } else { "ANN@example.org" };
        let body = json!({ "first_name": "Ann", "last_name": "Doe", "email": email, "password": PASSWORD });
        server.stranger().post("/api/users/register/", &body).await
    };
    let answers = join_all((0..6).map(register)).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == StatusCode::ACCEPTED);
    assert_eq!(made.len(), 1);
    for answer in refused {
        answer.is_refused(StatusCode::BAD_REQUEST, "User already exists");
    }
    let root: Client = server.root().await;
    let users: Value = root.get("/api/superadmin/user/").await.is(StatusCode::OK);
    assert_eq!(users.as_array().map(Vec::len), Some(2));
}
