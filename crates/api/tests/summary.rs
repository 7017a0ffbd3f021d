//! What expenses and incomes come to.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{Account, TestApp};
use serde_json::{Value, json};
use users::Role;

const SUMMARY: &str = "/api/management/summary/";

struct World {
    app: TestApp,
    ann: Account,
    food: String,
    bread: String,
    pay: String,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start();
        let boss = app.account("boss", Role::Staff);
        let create = async |path: &str, body: Value| {
            let reply = app.call_with("POST", path, &boss, &body).await;
            assert_eq!(reply.status, 202, "{}", reply.text);
            reply.json().get("id").unwrap().as_str().unwrap().to_owned()
        };
        let category =
            |name: &str, color: &str| json!({"name": name, "description": "x", "type": "x", "hexColor": color});
        let pay = create("/api/management/category/", category("Pay", "#00ff00")).await;
        let food = create("/api/management/category/", category("Food", "#ff0000")).await;
        let bread = json!({"name": "Bread", "description": "x", "hexColor": "#0000ff", "category": food});
        let bread = create("/api/management/subcategory/", bread).await;
        let ann = app.account("ann", Role::User);
        let world = Self { app, ann, food, bread, pay };
        world.record("expense", "0.10", "2026-10-31").await;
        world.record("expense", "0.20", "2026-11-19").await;
        world.record("expense", "99999999.99", "2026-11-20").await;
        world.record("expense", "99999999.99", "2026-11-20").await;
        world.record("income", "2500", "2026-11-20").await;
        world.record("income", "7", "2026-11-21").await;
        world
    }

    async fn record(&self, side: &str, amount: &str, date: &str) {
        let category = if side == "expense" { &self.food } else { &self.pay };
        let body = json!({
            "title": "x", "description": "x", "amount": amount, "creation_date": date, "creation_time": "10:00:00",
            "category": category, "subcategory": self.bread,
        });
        let reply = self.app.call_with("POST", &format!("/api/management/{side}/"), &self.ann, &body).await;
        assert_eq!(reply.status, 202, "{}", reply.text);
    }

    async fn summary(&self, query: &str) -> Value {
        let reply = self.app.call("GET", &format!("{SUMMARY}?{query}"), &self.ann).await;
        assert_eq!(reply.status, 200, "{query}: {}", reply.text);
        reply.json()
    }
}

fn group(key: &Value, called: Option<(&str, &str)>, [income, expense, balance]: [&str; 3]) -> Value {
    let (name, color) = called.unzip();
    json!({"key": key, "name": name, "hexColor": color, "income": income, "expense": expense, "balance": balance})
}

#[actix_web::test]
async fn categories_come_with_their_names_and_colours() {
    let world = World::new().await;
    let expected = json!({
        "group_by": "category", "income": "2500.00", "expense": "200000000.28", "balance": "-199997500.28",
        "groups": [
            group(&json!(world.food), Some(("Food", "#ff0000")), ["0.00", "200000000.28", "-200000000.28"]),
            group(&json!(world.pay), Some(("Pay", "#00ff00")), ["2500.00", "0.00", "2500.00"]),
        ],
    });
    for query in ["", "group_by=", "group_by=category", "start_date=&end_date=&group_by=category"] {
        assert_eq!(world.summary(query).await, expected, "{query}");
    }
    let under = world.summary("group_by=subcategory").await;
    assert_eq!(
        under.get("groups").unwrap(),
        &json!([
            group(&json!(world.bread), Some(("Bread", "#0000ff")), ["0.00", "200000000.28", "-200000000.28"]),
            group(&Value::Null, None, ["2500.00", "0.00", "2500.00"]),
        ])
    );
}

#[actix_web::test]
async fn times_come_in_order_and_within_the_bounds() {
    let world = World::new().await;
    let days = world.summary("group_by=day&start_date=2026-11-19&end_date=2026-11-30").await;
    assert_eq!(
        days,
        json!({
            "group_by": "day", "income": "2507.00", "expense": "200000000.18", "balance": "-199997493.18",
            "groups": [
                group(&json!("2026-11-19"), None, ["0.00", "0.20", "-0.20"]),
                group(&json!("2026-11-20"), None, ["2500.00", "199999999.98", "-199997499.98"]),
                group(&json!("2026-11-21"), None, ["7.00", "0.00", "7.00"]),
            ],
        })
    );
    for (grouping, keys) in [("month", vec!["2026-10", "2026-11"]), ("year", vec!["2026"])] {
        let summary = world.summary(&format!("group_by={grouping}")).await;
        let groups = summary.get("groups").unwrap().as_array().unwrap();
        assert_eq!(groups.iter().map(|group| group.get("key").unwrap()).collect::<Vec<_>>(), keys);
    }
}

#[actix_web::test]
async fn nothing_comes_to_nothing_and_others_do_not_count() {
    let world = World::new().await;
    let bob = world.app.account("bob", Role::Superuser);
    let reply = world.app.call("GET", SUMMARY, &bob).await;
    let nothing = json!({"group_by": "category", "income": "0.00", "expense": "0.00", "balance": "0.00", "groups": []});
    assert_eq!((reply.status, reply.json()), (200, nothing));
}

#[actix_web::test]
async fn what_cannot_be_read_is_refused() {
    let world = World::new().await;
    let filter = json!({"detail": "An error occurred while retrieving the data."});
    let choice = json!({"group_by": ["Not a valid choice."]});
    for (query, expected) in [
        ("group_by=week", &choice),
        ("group_by=Category", &choice),
        ("start_date=x", &filter),
        ("start_date=2026-11-21", &filter),
    ] {
        let reply = world.app.call("GET", &format!("{SUMMARY}?{query}"), &world.ann).await;
        assert_eq!((reply.status, &reply.json()), (400, expected), "{query}");
    }
    assert_eq!(world.app.send(world.app.request("GET", SUMMARY)).await.status, 401);
    assert_eq!(world.app.call("POST", SUMMARY, &world.ann).await.status, 405);
}
