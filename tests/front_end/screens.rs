//! The parts that both clients share.

use crate::support::{Client, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The keys of an object, sorted.
pub(super) fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// What a screen of the app calls `axios.get(..).data`, which must be an array.
pub(super) async fn list(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).await.is(StatusCode::OK).as_array().expect("an array").clone()
}

/// An identifier that the app has read somewhere.
pub(super) fn id(object: &Value) -> &str {
    object["id"].as_str().expect("an id")
}

/// The register screen.
pub(super) async fn register(server: &Server, first_name: &str, email: &str, password: &str) -> Value {
    let body = json!({ "first_name": first_name, "last_name": "Doe", "email": email, "password": password });
    server.stranger().post("/api/users/register/", &body).await.json()
}

/// Categories of both kinds, and a subcategory of each expense category.
pub(super) struct Shelf {
    pub(super) food: Value,
    pub(super) travel: Value,
    pub(super) salary: Value,
    pub(super) groceries: Value,
    pub(super) trains: Value,
}

impl Shelf {
    /// The administrator's screens for categories; they read nothing of the answers, so everything is looked up.
    pub(super) async fn fill(admin: &Client) -> Self {
        for (name, side) in [("Food", "expense"), ("Travel", "expense"), ("Salary", "income")] {
            let body = json!({ "name": name, "description": "made in the app", "type": side, "hexColor": "#12ab9f" });
            admin.post("/api/management/category/", &body).await.is(StatusCode::ACCEPTED);
        }
        let categories = list(admin, "/api/management/category/").await;
        let named = |list: &[Value], name: &str| {
            list.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
        };
        let (food, travel) = (named(&categories, "Food"), named(&categories, "Travel"));
        for (name, category) in [("Groceries", &food), ("Trains", &travel)] {
            let body = json!({ "name": name, "description": "x", "hexColor": "#ffffff", "category": category["id"] });
            admin.post("/api/management/subcategory/", &body).await.is(StatusCode::ACCEPTED);
        }
        let subcategories = list(admin, "/api/management/subcategory/").await;
        let (groceries, trains) = (named(&subcategories, "Groceries"), named(&subcategories, "Trains"));
        Self { food, travel, salary: named(&categories, "Salary"), groceries, trains }
    }
}
