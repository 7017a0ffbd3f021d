//! Categories and subcategories.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{Account, Reply, TestApp};
use serde_json::{Value, json};
use users::Role;

const CATEGORIES: &str = "/api/management/category/";
const SUBCATEGORIES: &str = "/api/management/subcategory/";
const NOWHERE: &str = "99999999-0000-4000-8000-000000000000";

async fn category(app: &TestApp, boss: &Account, kind: &str) -> Value {
    let body = json!({"name": "Food", "description": "Eaten", "type": kind, "hexColor": "#a0b1c2"});
    app.call_with("POST", CATEGORIES, boss, &body).await.json()
}

async fn subcategory(app: &TestApp, boss: &Account, category: &Value) -> Reply {
    let body =
        json!({"name": "Lunch", "description": "Noon", "type": "x", "hexColor": "#fff", "category": category["id"]});
    app.call_with("POST", SUBCATEGORIES, boss, &body).await
}

fn address(path: &str, row: &Value) -> String {
    format!("{path}{}/", row["id"].as_str().unwrap())
}

#[actix_web::test]
async fn staff_and_superusers_keep_categories_and_everybody_reads_them() {
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    for (name, role) in [("staff", Role::Staff), ("root", Role::Superuser)] {
        let boss = app.account(name, role);
        let row = category(&app, &boss, name).await;
        let expected =
            json!({"id": row["id"], "name": "Food", "description": "Eaten", "type": name, "hexColor": "#a0b1c2"});
        assert_eq!(row, expected);
        let here = address(CATEGORIES, &row);
        let one = app.call("GET", &here, &ann).await;
        assert_eq!((one.status, one.json()), (202, row.clone()));
        let changes = json!({"name": "Meals", "type": "income"});
        let changed = app.call_with("PUT", &here, &boss, &changes).await;
        assert_eq!(
            (changed.status, &changed.json()["name"], &changed.json()["type"]),
            (202, &json!("Meals"), &json!("income"))
        );
        assert_eq!(app.call("GET", CATEGORIES, &ann).await.json(), json!([changed.json()]));
        assert_eq!(app.call("DELETE", &here, &boss).await.status, 204);
        assert_eq!(app.call("GET", CATEGORIES, &ann).await.json(), json!([]));
    }
}

#[actix_web::test]
async fn plain_users_write_nothing_and_strangers_read_nothing() {
    let app = TestApp::start();
    let (ann, boss) = (app.account("ann", Role::User), app.account("boss", Role::Staff));
    let row = category(&app, &boss, "expense").await;
    let lower = subcategory(&app, &boss, &row).await.json();
    for (method, path) in [
        ("POST", CATEGORIES.to_owned()),
        ("PUT", address(CATEGORIES, &row)),
        ("DELETE", address(CATEGORIES, &row)),
        ("POST", SUBCATEGORIES.to_owned()),
        ("PUT", address(SUBCATEGORIES, &lower)),
        ("DELETE", address(SUBCATEGORIES, &lower)),
        ("DELETE", format!("{CATEGORIES}{NOWHERE}/")),
    ] {
        let reply = app.call_with(method, &path, &ann, &json!({})).await;
        let expected = json!({"detail": "You do not have permission to perform this action."});
        assert_eq!((reply.status, reply.json()), (403, expected), "{method} {path}");
        assert_eq!(app.send(app.request(method, &path)).await.status, 401, "{method} {path}");
    }
    for path in
        [CATEGORIES.to_owned(), address(CATEGORIES, &row), SUBCATEGORIES.to_owned(), address(SUBCATEGORIES, &lower)]
    {
        assert_eq!(app.send(app.request("GET", &path)).await.status, 401, "{path}");
    }
}

#[actix_web::test]
async fn what_is_missing_is_told_in_each_routes_own_words() {
    let app = TestApp::start();
    let boss = app.account("boss", Role::Staff);
    for (path, missing) in [(CATEGORIES, "Category not found"), (SUBCATEGORIES, "Subcategory not found")] {
        let here = format!("{path}{NOWHERE}/");
        for (method, sentence) in [("GET", "Income not found."), ("PUT", missing), ("DELETE", missing)] {
            let reply = app.call(method, &here, &boss).await;
            assert_eq!((reply.status, reply.json()), (404, json!({"detail": sentence})), "{method} {path}");
        }
        for method in ["GET", "PUT", "DELETE"] {
            assert_eq!(app.call(method, &format!("{path}7/"), &boss).await.status, 404);
        }
    }
}

#[actix_web::test]
async fn what_is_in_use_stays() {
    let app = TestApp::start();
    let (ann, boss) = (app.account("ann", Role::User), app.account("boss", Role::Staff));
    let row = category(&app, &boss, "expense").await;
    let lower = subcategory(&app, &boss, &row).await.json();
    let expense = json!({
        "title": "x", "description": "x", "amount": 1, "creation_date": "2026-11-20", "creation_time": "10:00",
        "category": row["id"], "subcategory": lower["id"],
    });
    let expense = app.call_with("POST", "/api/management/expense/", &ann, &expense).await.json();
    for (path, row, noun) in [(CATEGORIES, &row, "category"), (SUBCATEGORIES, &lower, "subcategory")] {
        let reply = app.call("DELETE", &address(path, row), &boss).await;
        let sentence = format!("Cannot delete subcategory because there are related objects with the specified {noun}");
        assert_eq!((reply.status, reply.json()), (400, json!({"detail": sentence})));
    }
    assert_eq!(app.call("DELETE", &address("/api/management/expense/", &expense), &ann).await.status, 204);
    assert_eq!(app.call("DELETE", &address(SUBCATEGORIES, &lower), &boss).await.status, 204);
    assert_eq!(app.call("DELETE", &address(CATEGORIES, &row), &boss).await.status, 204);
}

#[actix_web::test]
async fn categories_are_filtered_by_their_exact_type() {
    let app = TestApp::start();
    let boss = app.account("boss", Role::Staff);
    category(&app, &boss, "expense").await;
    category(&app, &boss, "income").await;
    for (query, count) in
        [("", 2), ("?type=", 2), ("?type=income", 1), ("?Type=income", 1), ("?type=Income", 0), ("?type=x%00", 0)]
    {
        let reply = app.call("GET", &format!("{CATEGORIES}{query}"), &boss).await;
        assert_eq!((reply.status, reply.json().as_array().unwrap().len()), (200, count), "{query}");
    }
}

#[actix_web::test]
async fn subcategories_belong_to_a_category_and_are_filtered_by_it() {
    let app = TestApp::start();
    let (ann, boss) = (app.account("ann", Role::User), app.account("boss", Role::Staff));
    let (food, rent) = (category(&app, &boss, "expense").await, category(&app, &boss, "expense").await);
    let created = subcategory(&app, &boss, &food).await;
    let row = created.json();
    let expected = json!({
        "id": row["id"], "name": "Lunch", "description": "Noon", "hexColor": "#fff", "category": food["id"],
    });
    assert_eq!((created.status, &row), (202, &expected));
    let here = address(SUBCATEGORIES, &row);
    let one = app.call("GET", &here, &ann).await;
    assert_eq!((one.status, one.json()), (200, row.clone()));
    let moved = app.call_with("PUT", &here, &boss, &json!({"category": rent["id"]})).await;
    assert_eq!((moved.status, &moved.json()["category"]), (202, &rent["id"]));
    let (food, rent) = (food["id"].as_str().unwrap(), rent["id"].as_str().unwrap());
    for (query, count) in [
        (String::new(), 1),
        ("?category_id=".to_owned(), 1),
        (format!("?category_id={rent}"), 1),
        (format!("?category={rent}"), 1),
        (format!("?category_id={food}"), 0),
        (format!("?category={NOWHERE}"), 0),
    ] {
        let reply = app.call("GET", &format!("{SUBCATEGORIES}{query}"), &ann).await;
        assert_eq!((reply.status, reply.json().as_array().unwrap().len()), (200, count), "{query}");
    }
    let unreadable = app.call("GET", &format!("{SUBCATEGORIES}?category_id=abc"), &ann).await;
    let expected = json!({"detail": "An error occurred while retrieving the data."});
    assert_eq!((unreadable.status, unreadable.json()), (400, expected));
}

#[actix_web::test]
async fn faulty_fields_are_refused() {
    let app = TestApp::start();
    let boss = app.account("boss", Role::Staff);
    let required = json!(["This field is required."]);
    let empty = app.call_with("POST", CATEGORIES, &boss, &json!({})).await;
    let expected = json!({"name": required, "description": required, "type": required, "hexColor": required});
    assert_eq!((empty.status, empty.json()), (400, expected));
    let row = category(&app, &boss, "expense").await;
    let changes = json!({"name": "x".repeat(101), "description": null, "type": true, "hexColor": "#1234567"});
    let reply = app.call_with("PUT", &address(CATEGORIES, &row), &boss, &changes).await;
    let expected = json!({
        "name": ["Ensure this field has no more than 100 characters."],
        "description": ["This field may not be null."],
        "type": ["Not a valid string."],
        "hexColor": ["Ensure this field has no more than 7 characters."],
    });
    assert_eq!((reply.status, reply.json()), (400, expected));
    for (category, sentence) in [
        (json!(null), "This field may not be null.".to_owned()),
        (json!(""), "This field may not be null.".to_owned()),
        (json!("abc"), "“abc” is not a valid UUID.".to_owned()),
        (json!(NOWHERE), format!("Invalid pk \"{NOWHERE}\" - object does not exist.")),
    ] {
        let body = json!({"name": "Lunch", "description": "x", "hexColor": "#fff", "category": category});
        let reply = app.call_with("POST", SUBCATEGORIES, &boss, &body).await;
        assert_eq!((reply.status, reply.json()), (400, json!({"category": [sentence]})));
    }
}

#[actix_web::test]
async fn a_wrong_reference_is_echoed_as_python_writes_it() {
    let app = TestApp::start();
    let boss = app.account("boss", Role::Staff);
    for (sent, echoed) in [
        (json!(true), "True".to_owned()),
        (json!(false), "False".to_owned()),
        (json!(7), "7".to_owned()),
        (json!(["x"]), "[]".to_owned()),
        (json!({"x": 1}), "{}".to_owned()),
        (json!("x".repeat(101)), "x".repeat(100)),
    ] {
        let body = json!({"name": "Lunch", "description": "x", "hexColor": "#fff", "category": sent});
        let reply = app.call_with("POST", SUBCATEGORIES, &boss, &body).await;
        let expected = json!({"category": [format!("“{echoed}” is not a valid UUID.")]});
        assert_eq!((reply.status, reply.json()), (400, expected));
    }
}
