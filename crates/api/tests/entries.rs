//! Expenses and incomes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{Account, TestApp};
use serde_json::{Value, json};
use users::Role;

const EXPENSES: &str = "/api/management/expense/";
const INCOMES: &str = "/api/management/income/";
const NOWHERE: &str = "99999999-0000-4000-8000-000000000000";

struct Household {
    app: TestApp,
    ann: Account,
    bob: Account,
    category: String,
    subcategory: String,
}

impl Household {
    async fn new() -> Self {
        let app = TestApp::start();
        let boss = app.account("boss", Role::Staff);
        let body = json!({"name": "Food", "description": "x", "type": "expense", "hexColor": "#fff"});
        let category = id(&app.call_with("POST", "/api/management/category/", &boss, &body).await.json());
        let body = json!({"name": "Lunch", "description": "x", "hexColor": "#fff", "category": category});
        let subcategory = id(&app.call_with("POST", "/api/management/subcategory/", &boss, &body).await.json());
        let (ann, bob) = (app.account("ann", Role::User), app.account("bob", Role::Superuser));
        Self { app, ann, bob, category, subcategory }
    }

    /// A body that is right for both sides.
    fn body(&self, changes: Value) -> Value {
        let mut body = json!({
            "title": " Lunch ", "description": "Menu", "amount": 12.5, "creation_date": "2026-11-20",
            "creation_time": "10:11:12", "category": self.category, "subcategory": self.subcategory, "user": 99,
        });
        if let (Some(body), Value::Object(changes)) = (body.as_object_mut(), changes) {
            body.extend(changes);
        }
        body
    }

    async fn create(&self, path: &str, changes: Value) -> crate::support::Reply {
        self.app.call_with("POST", path, &self.ann, &self.body(changes)).await
    }
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn what_is_recorded_is_answered_listed_and_read_alike() {
    let house = Household::new().await;
    for path in [EXPENSES, INCOMES] {
        let created = house.create(path, json!({})).await;
        let row = created.json();
        let mut expected = json!({
            "id": row["id"], "title": "Lunch", "description": "Menu", "amount": "12.50", "creation_date": "2026-11-20",
            "creation_time": "10:11:12", "user": house.ann.id.0, "category": house.category,
        });
        if path == EXPENSES {
            expected["subcategory"] = json!(house.subcategory);
        }
        assert_eq!((created.status, &row), (202, &expected));
        let one = house.app.call("GET", &format!("{path}{}/", id(&row)), &house.ann).await;
        assert_eq!((one.status, one.json()), (200, row.clone()));
        let all = house.app.call("GET", path, &house.ann).await;
        assert_eq!((all.status, all.json()), (200, json!([row])));
        let others = house.app.call("GET", path, &house.bob).await;
        assert_eq!((others.status, others.json()), (200, json!([])));
    }
}

#[actix_web::test]
async fn foreign_and_missing_rows_look_alike_and_a_malformed_identifier_leads_nowhere() {
    let house = Household::new().await;
    let forbidden = json!({"detail": "You do not have permission to perform this action."});
    for (path, other_side) in [(EXPENSES, INCOMES), (INCOMES, EXPENSES)] {
        let own = id(&house.create(path, json!({})).await.json());
        for (address, who) in [
            (format!("{path}{own}/"), &house.bob),
            (format!("{path}{NOWHERE}/"), &house.ann),
            (format!("{other_side}{own}/"), &house.ann),
        ] {
            for method in ["GET", "PUT", "DELETE"] {
                let reply = house.app.call_with(method, &address, who, &json!({"amount": "x"})).await;
                assert_eq!((reply.status, reply.json()), (403, forbidden.clone()), "{method} {address}");
            }
        }
        for malformed in ["1", "abc", &own.replace('-', ""), &format!("{{{own}}}")] {
            let address = format!("{path}{malformed}/");
            assert_eq!(house.app.call("GET", &address, &house.ann).await.status, 404, "{address}");
            assert_eq!(house.app.send(house.app.request("GET", &address)).await.status, 401, "{address}");
        }
    }
}

#[actix_web::test]
async fn every_faulty_field_is_told_at_once() {
    let house = Household::new().await;
    let empty = house.app.call_with("POST", EXPENSES, &house.ann, &json!({})).await;
    let required = json!(["This field is required."]);
    assert_eq!(empty.status, 400);
    assert_eq!(
        empty.json(),
        json!({
            "title": required, "description": required, "amount": required, "creation_date": required,
            "creation_time": required, "category": required, "subcategory": required,
        })
    );
    let changes = json!({
        "title": "x".repeat(101), "description": " ", "amount": null, "creation_date": "20-11-2026",
        "creation_time": "25:00", "category": "abc", "subcategory": "",
    });
    assert_eq!(
        house.create(EXPENSES, changes).await.json(),
        json!({
            "title": ["Ensure this field has no more than 100 characters."],
            "description": ["This field may not be blank."],
            "amount": ["This field may not be null."],
            "creation_date": ["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."],
            "creation_time": ["Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]]."],
            "category": ["“abc” is not a valid UUID."],
            "subcategory": ["This field may not be null."],
        })
    );
    let changes = json!({"title": ["x"], "description": "a\0b", "category": NOWHERE});
    assert_eq!(
        house.create(INCOMES, changes).await.json(),
        json!({
            "title": ["Not a valid string."],
            "description": ["Null characters are not allowed."],
            "category": [format!("Invalid pk \"{NOWHERE}\" - object does not exist.")],
        })
    );
}

#[actix_web::test]
async fn amounts_are_exact() {
    let house = Household::new().await;
    for (sent, stored) in [
        (json!(12.50), "12.50"),
        (json!("7"), "7.00"),
        (json!(" 0.01 "), "0.01"),
        (json!(99_999_999.99), "99999999.99"),
    ] {
        assert_eq!(house.create(INCOMES, json!({"amount": sent})).await.json()["amount"], json!(stored));
    }
    for (sent, sentence) in [
        (json!("abc"), "A valid number is required."),
        (json!(true), "A valid number is required."),
        (json!(1.222), "Ensure that there are no more than 2 decimal places."),
        (json!(0.300_000_000_000_000_04), "Ensure that there are no more than 10 digits in total."),
        (json!(100_000_000), "Ensure that there are no more than 8 digits before the decimal point."),
    ] {
        let reply = house.create(EXPENSES, json!({"amount": sent})).await;
        assert_eq!((reply.status, reply.json()), (400, json!({"amount": [sentence]})));
    }
    for sent in [json!(0), json!("-1"), json!("0.00")] {
        let reply = house.create(INCOMES, json!({"amount": sent})).await;
        assert_eq!((reply.status, reply.json()), (400, json!({"detail": "Amount is equal or lower than 0"})));
    }
}

#[actix_web::test]
async fn a_change_touches_what_it_names() {
    let house = Household::new().await;
    for path in [EXPENSES, INCOMES] {
        let row = house.create(path, json!({})).await.json();
        let address = format!("{path}{}/", id(&row));
        let changes = json!({"title": "Dinner", "creation_date": "10:11:12", "creation_time": "08:00", "user": 99});
        let changed = house.app.call_with("PUT", &address, &house.ann, &changes).await;
        let mut expected = row.clone();
        expected["title"] = json!("Dinner");
        expected["creation_time"] = json!("08:00:00");
        assert_eq!((changed.status, changed.json()), (202, expected.clone()));
        assert_eq!(house.app.call("GET", &address, &house.ann).await.json(), expected);
        let zero = house.app.call_with("PUT", &address, &house.ann, &json!({"amount": 0})).await;
        let sentence = if path == INCOMES { "Couldn`t get amount" } else { "Amount is equal or lower than 0" };
        assert_eq!((zero.status, zero.json()), (400, json!({"detail": sentence})));
        let blank = house.app.call_with("PUT", &address, &house.ann, &json!({"title": ""})).await;
        assert_eq!((blank.status, blank.json()), (400, json!({"title": ["This field may not be blank."]})));
    }
}

#[actix_web::test]
async fn what_is_removed_is_gone() {
    let house = Household::new().await;
    for path in [EXPENSES, INCOMES] {
        let address = format!("{path}{}/", id(&house.create(path, json!({})).await.json()));
        let gone = house.app.call("DELETE", &address, &house.ann).await;
        assert_eq!((gone.status, gone.text.as_str(), gone.header("content-length")), (204, "", ""));
        assert_eq!(house.app.call("DELETE", &address, &house.ann).await.status, 403);
        assert_eq!(house.app.call("GET", path, &house.ann).await.json(), json!([]));
    }
}

#[actix_web::test]
async fn lists_are_filtered_by_date_and_time_of_day() {
    let house = Household::new().await;
    for (title, date, time) in
        [("a", "2026-11-19", "08:00:00"), ("b", "2026-11-20", "09:30:00.500000"), ("c", "2026-11-21", "08:00:00")]
    {
        let row = house.create(EXPENSES, json!({"title": title, "creation_date": date, "creation_time": time})).await;
        assert!(time.ends_with(row.json()["creation_time"].as_str().unwrap()));
    }
    for (query, titles) in [
        ("", "ab"),
        ("start_date=&end_date=&start_time=&end_time=", "ab"),
        ("end_date=2026-12-31", "abc"),
        ("start_date=2026-11-20&end_date=2026-11-20&start_time=&end_time=", "b"),
        ("end_date=2026-12-31&start_time=08:00:00&end_time=09:00:00", "ac"),
    ] {
        let reply = house.app.call("GET", &format!("{EXPENSES}?{query}"), &house.ann).await;
        let rows = reply.json();
        let shown: String = rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
        assert_eq!(shown, titles, "{query}");
    }
    for query in ["start_date=x", "start_date=2026-11-21", "start_time=10:00", "start_time=10:00:01&end_time=10:00:00"]
    {
        let reply = house.app.call("GET", &format!("{INCOMES}?{query}"), &house.ann).await;
        let expected = json!({"detail": "An error occurred while retrieving the data."});
        assert_eq!((reply.status, reply.json()), (400, expected), "{query}");
    }
}

#[actix_web::test]
async fn nobody_gets_in_without_a_token() {
    let app = TestApp::start();
    for path in [EXPENSES, INCOMES] {
        for (method, path) in [
            ("GET", path.to_owned()),
            ("POST", path.to_owned()),
            ("GET", format!("{path}{NOWHERE}/")),
            ("PUT", format!("{path}{NOWHERE}/")),
            ("DELETE", format!("{path}{NOWHERE}/")),
        ] {
            assert_eq!(app.send(app.request(method, &path)).await.status, 401, "{method} {path}");
        }
    }
}
