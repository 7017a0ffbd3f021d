//! The app's screens for expenses, incomes and their categories.

use super::screens::{Shelf, id, keys, list};
use crate::support::{Engine, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines! {
    the_app_lists_categories,
    the_app_records_expenses,
    the_app_records_incomes,
    the_app_shows_a_day_and_a_summary,
    the_app_sends_whole_rows_back,
}

const EXPENSES: &str = "/api/management/expense/";
const INCOMES: &str = "/api/management/income/";

async fn the_app_lists_categories(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let shelf = Shelf::fill(&root).await;
    let categories = list(&ann, "/api/management/category/").await;
    assert!(categories.iter().all(|it| keys(it) == ["description", "hexColor", "id", "name", "type"]));
    let of = |side: &str| {
        categories.iter().filter(|it| it["type"] == side).filter_map(|it| it["name"].as_str()).collect::<Vec<_>>()
    };
    assert_eq!((of("expense"), of("income")), (vec!["Food", "Travel"], vec!["Salary"]));

    assert_eq!(list(&ann, "/api/management/subcategory/").await, [shelf.groceries.clone(), shelf.trains.clone()]);
    let of_food = list(&ann, &format!("/api/management/subcategory/?category_id={}", id(&shelf.food))).await;
    assert_eq!(of_food, std::slice::from_ref(&shelf.groceries));
    assert_eq!(keys(&of_food[0]), ["category", "description", "hexColor", "id", "name"]);
    assert_eq!(of_food[0]["category"], shelf.food["id"]);

    let form = json!({ "name": "Loose", "description": "x", "hexColor": "#000000", "category": null });
    let refused = root.post("/api/management/subcategory/", &form).await.is(StatusCode::BAD_REQUEST);
    assert_eq!(refused, json!({ "category": ["This field may not be null."] }));
    let form = json!({ "name": "Mine", "description": "x", "type": "expense", "hexColor": "#000000" });
    ann.post("/api/management/category/", &form).await.is(StatusCode::FORBIDDEN);
}

async fn the_app_records_expenses(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let shelf = Shelf::fill(&root).await;
    // The form after another category was picked: the subcategory is still that of the first one.
    let form = json!({
        "title": "Ticket", "description": "home", "amount": 42.5, "creation_date": "2026-04-01",
        "creation_time": "10:11:12", "category": shelf.travel["id"], "subcategory": shelf.groceries["id"],
    });
    ann.post(EXPENSES, &form).await.is(StatusCode::ACCEPTED);
    let rows = list(&ann, EXPENSES).await;
    let row = &rows[0];
    assert_eq!(
        keys(row),
        ["amount", "category", "creation_date", "creation_time", "description", "id", "subcategory", "title", "user"]
    );
    // `parseFloat(amount)` and `amount.toString()` both work on text.
    assert_eq!(row["amount"].as_str().expect("text").parse::<f64>().map(|it| it.to_string()), Ok("42.5".to_owned()));
    assert_eq!((&row["creation_date"], &row["creation_time"]), (&json!("2026-04-01"), &json!("10:11:12")));

    // Nothing was picked.
    let mut unfinished = form.clone();
    unfinished["category"] = json!("");
    unfinished["subcategory"] = json!("");
    let data = ann.post(EXPENSES, &unfinished).await.is(StatusCode::BAD_REQUEST);
    let not_null = json!(["This field may not be null."]);
    assert_eq!(data, json!({ "category": not_null, "subcategory": not_null }));
    // Nothing was typed: `parseFloat("")` is NaN, which JSON writes as null.
    let empty = json!({
        "title": "", "description": "", "amount": null, "creation_date": "2026-04-01", "creation_time": "10:11:12",
        "category": shelf.food["id"], "subcategory": shelf.groceries["id"],
    });
    let data = ann.post(EXPENSES, &empty).await.is(StatusCode::BAD_REQUEST);
    let blank = json!(["This field may not be blank."]);
    assert_eq!(data, json!({ "title": blank, "description": blank, "amount": not_null }));
    assert_eq!(list(&ann, EXPENSES).await.len(), 1);
}

async fn the_app_records_incomes(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let shelf = Shelf::fill(&root).await;
    let form = json!({
        "title": "Pay", "description": "April", "amount": 2500, "creation_date": "2026-04-01",
        "creation_time": "00:00:00", "category": shelf.salary["id"],
    });
    ann.post(INCOMES, &form).await.is(StatusCode::ACCEPTED);
    let rows = list(&ann, INCOMES).await;
    assert_eq!(
        keys(&rows[0]),
        ["amount", "category", "creation_date", "creation_time", "description", "id", "title", "user"]
    );
    assert_eq!(rows[0]["amount"], "2500.00");
    let path = format!("{INCOMES}{}/", id(&rows[0]));
    assert_eq!(ann.get(&path).await.is(StatusCode::OK), rows[0]);
    ann.put(&path, &json!({ "amount": 0 })).await.is_refused(StatusCode::BAD_REQUEST, "Couldn`t get amount");
    ann.delete(&path).await.is(StatusCode::NO_CONTENT);
    assert_eq!(list(&ann, INCOMES).await, Vec::<Value>::new());
}

async fn the_app_shows_a_day_and_a_summary(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let shelf = Shelf::fill(&root).await;
    for (day, time) in [("2026-04-01", "23:00:00"), ("2026-04-02", "09:00:00"), ("2026-04-02", "08:00:00")] {
        let form = json!({
            "title": format!("{day} {time}"), "description": "x", "amount": 1.25, "creation_date": day,
            "creation_time": time, "category": shelf.food["id"], "subcategory": shelf.groceries["id"],
        });
        root.post(EXPENSES, &form).await.is(StatusCode::ACCEPTED);
        root.post(INCOMES, &form).await.is(StatusCode::ACCEPTED);
    }
    let titles = async |path: String| -> Vec<String> {
        list(&root, &path).await.iter().map(|row| row["title"].as_str().expect("text").to_owned()).collect()
    };
    for books in [EXPENSES, INCOMES] {
        let home = "start_date=2026-04-02&end_date=2026-04-02&start_time=&end_time=";
        assert_eq!(titles(format!("{books}?{home}")).await, ["2026-04-02 09:00:00", "2026-04-02 08:00:00"]);
        let summary = "start_date=2026-04-01&end_date=2026-04-30";
        assert_eq!(titles(format!("{books}?{summary}")).await.len(), 3);
        let nothing = "start_date=2025-01-01&end_date=2025-12-31";
        assert_eq!(titles(format!("{books}?{nothing}")).await, Vec::<String>::new());
    }
}

async fn the_app_sends_whole_rows_back(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let ann = server.customer("Ann").await;
    let shelf = Shelf::fill(&root).await;
    let form = json!({
        "title": "Bread", "description": "x", "amount": 3.5, "creation_date": "2026-04-01",
        "creation_time": "10:11:12.345678", "category": shelf.food["id"], "subcategory": shelf.groceries["id"],
    });
    ann.post(EXPENSES, &form).await.is(StatusCode::ACCEPTED);
    let mut row = list(&ann, EXPENSES).await.remove(0);
    let path = format!("{EXPENSES}{}/", id(&row));
    // The row as the screen holds it, with what the screen added for itself.
    row["amount"] = json!(4.75);
    row["title"] = json!("Better bread");
    for (key, value) in [
        ("categoryName", "Food"),
        ("categoryColor", "#12ab9f"),
        ("subCategoryName", "Groceries"),
        ("subCategoryColor", "#ffffff"),
        ("type", "expense"),
    ] {
        row[key] = json!(value);
    }
    ann.put(&path, &row).await.is(StatusCode::ACCEPTED);
    row.as_object_mut().expect("an object").remove("subcategory");
    ann.put(&path, &row).await.is(StatusCode::ACCEPTED);
    let saved = ann.get(&path).await.is(StatusCode::OK);
    assert_eq!((&saved["title"], &saved["amount"]), (&json!("Better bread"), &json!("4.75")));
    assert_eq!(saved["subcategory"], shelf.groceries["id"], "what is not sent stays");
    assert_eq!(saved["creation_time"], "10:11:12.345678");
    assert_eq!(list(&ann, EXPENSES).await, [saved]);
}
