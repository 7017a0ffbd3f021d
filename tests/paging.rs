//! Lists in parts, while others write.

use crate::support::{Client, Engine, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

on_both_engines! {
    whoever_walks_a_list_sees_each_row_that_stays_once,
}

const EXPENSES: &str = "/api/management/expense/";

fn id(row: &Value) -> String {
    row["id"].as_str().expect("an id").to_owned()
}

/// A body for expenses, and what it refers to.
async fn expense(root: &Client) -> Value {
    let category = json!({ "name": "Food", "description": "x", "type": "expense", "hexColor": "#000000" });
    let category = root.post("/api/management/category/", &category).await.is(StatusCode::ACCEPTED);
    let sub = json!({ "name": "Bread", "description": "x", "hexColor": "#000000", "category": category["id"] });
    let sub = root.post("/api/management/subcategory/", &sub).await.is(StatusCode::ACCEPTED);
    json!({
        "title": "x", "description": "x", "amount": "1.00", "creation_date": "2026-01-01",
        "creation_time": "08:00:00", "category": category["id"], "subcategory": sub["id"],
    })
}

/// Every row that a walk from part to part meets, in order.
async fn walk(client: &Client, limit: usize) -> Vec<String> {
    let mut seen = Vec::new();
    let mut next = Some(format!("{EXPENSES}?limit={limit}&end_date=2026-12-31"));
    while let Some(address) = next {
        let answer = client.get(&address).await;
        seen.extend(answer.is(StatusCode::OK).as_array().expect("a list").iter().map(id));
        let link = answer.header("link").strip_prefix('<').and_then(|link| link.strip_suffix(">; rel=\"next\""));
        next = link.map(str::to_owned);
        assert!(next.is_none() || seen.len().is_multiple_of(limit), "a part that is not the last one is full");
    }
    seen
}

async fn whoever_walks_a_list_sees_each_row_that_stays_once(engine: Engine) {
    const STAY: usize = 60;
    let server = Server::fresh(engine);
    let root = server.root().await;
    let body = expense(&root).await;
    let (mut staying, mut doomed) = (Vec::new(), Vec::new());
    for number in 0..STAY * 2 {
        let row = id(&root.post(EXPENSES, &body).await.is(StatusCode::ACCEPTED));
        if number.is_multiple_of(2) { staying.push(row) } else { doomed.push(row) }
    }
    // One client removes old rows and adds new ones, from the end of the list to its beginning, while another walks.
    let writer = root.at(server.address());
    let writing = async {
        for gone in doomed.iter().rev() {
            writer.delete(&format!("{EXPENSES}{gone}/")).await.is(StatusCode::NO_CONTENT);
            writer.post(EXPENSES, &body).await.is(StatusCode::ACCEPTED);
        }
    };
    let walking = async {
        let mut walks = Vec::new();
        for limit in [7, 10, 3] {
            walks.push(walk(&root, limit).await);
        }
        walks
    };
    let ((), walks) = tokio::join!(writing, walking);
    let places: BTreeMap<_, _> = staying.iter().zip(0..).collect();
    for seen in walks {
        let once: BTreeSet<_> = seen.iter().collect();
        assert_eq!(once.len(), seen.len(), "a row came twice");
        let met: Vec<i32> = seen.iter().filter_map(|row| places.get(row).copied()).collect();
        assert_eq!(met, (0..).take(STAY).collect::<Vec<_>>(), "a row that stayed was missed, or came out of order");
    }
}
