//! The story of a household: who keeps its books, what is in them, and that nothing of it is ever lost.

use crate::support::{Client, Engine, Home, PASSWORD, ROOT, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;

on_both_engines! {
    a_household_keeps_its_books,
    a_restart_and_a_power_cut_lose_nothing,
    categories_in_use_are_protected,
    money_is_exact_to_the_last_cent,
    lists_are_filtered_by_day_and_by_time_of_day,
    books_are_private_even_from_a_superuser,
}

const EXPENSES: &str = "/api/management/expense/";
const INCOMES: &str = "/api/management/income/";
const CATEGORIES: &str = "/api/management/category/";
const SUBCATEGORIES: &str = "/api/management/subcategory/";

/// The categories that staff has made.
struct Categories {
    food: String,
    salary: String,
    groceries: String,
}

impl Categories {
    async fn make(staff: &Client) -> Self {
        let create = async |path: &str, body: Value| {
            let made = staff.post(path, &body).await.is(StatusCode::ACCEPTED);
            made["id"].as_str().expect("an id").to_owned()
        };
        let category =
            |name: &str, side: &str| json!({ "name": name, "description": name, "type": side, "hexColor": "#a1b2c3" });
        let food = create(CATEGORIES, category("Food", "expense")).await;
        let salary = create(CATEGORIES, category("Salary", "income")).await;
        let groceries = json!({ "name": "Groceries", "description": "x", "hexColor": "#000000", "category": food });
        let groceries = create(SUBCATEGORIES, groceries).await;
        Self { food, salary, groceries }
    }

    fn expense(&self, title: &str, amount: &Value, date: &str, time: &str) -> Value {
        json!({
            "title": title, "description": "from the market", "amount": amount, "creation_date": date,
            "creation_time": time, "category": self.food, "subcategory": self.groceries,
        })
    }

    fn income(&self, title: &str, amount: &Value, date: &str, time: &str) -> Value {
        json!({
            "title": title, "description": "as every month", "amount": amount, "creation_date": date,
            "creation_time": time, "category": self.salary,
        })
    }
}

/// A row's own path.
fn one(list: &str, row: &Value) -> String {
    format!("{list}{}/", row["id"].as_str().expect("an id"))
}

async fn rows(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).await.is(StatusCode::OK).as_array().expect("a list").clone()
}

async fn titles(client: &Client, path: &str) -> Vec<String> {
    rows(client, path).await.iter().map(|row| row["title"].as_str().expect("text").to_owned()).collect()
}

async fn a_household_keeps_its_books(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let staff = server.staff(&root, "Sam").await;
    let categories = Categories::make(&staff).await;
    let ann = server.customer("Ann").await;

    let bread = categories.expense("Bread", &json!(3.5), "2026-01-05", "08:15:00");
    let bread = ann.post(EXPENSES, &bread).await.is(StatusCode::ACCEPTED);
    let expected = json!({
        "id": bread["id"], "title": "Bread", "description": "from the market", "amount": "3.50",
        "creation_date": "2026-01-05", "creation_time": "08:15:00", "user": ann.id,
        "category": categories.food, "subcategory": categories.groceries,
    });
    assert_eq!(bread, expected);
    let pay = categories.income("Pay", &json!("2500"), "2026-01-01", "00:00:00.5");
    let pay = ann.post(INCOMES, &pay).await.is(StatusCode::ACCEPTED);
    assert_eq!((&pay["amount"], &pay["creation_time"]), (&json!("2500.00"), &json!("00:00:00.500000")));
    assert!(pay.get("subcategory").is_none());

    let change = json!({ "title": "Rye bread", "amount": "4.20", "creation_date": "2026-01-06" });
    ann.put(&one(EXPENSES, &bread), &change).await.is(StatusCode::ACCEPTED);
    let changed = ann.get(&one(EXPENSES, &bread)).await.is(StatusCode::OK);
    let told = [&changed["title"], &changed["amount"], &changed["creation_date"], &changed["creation_time"]];
    assert_eq!(told, ["Rye bread", "4.20", "2026-01-06", "08:15:00"]);

    let cake = categories.expense("Cake", &json!(12), "2026-01-07", "15:00");
    let cake = ann.post(EXPENSES, &cake).await.is(StatusCode::ACCEPTED);
    assert_eq!(titles(&ann, EXPENSES).await, ["Rye bread", "Cake"], "a changed row keeps its place");
    ann.delete(&one(EXPENSES, &cake)).await.is(StatusCode::NO_CONTENT);
    ann.get(&one(EXPENSES, &cake)).await.is(StatusCode::FORBIDDEN);
    assert_eq!(titles(&ann, EXPENSES).await, ["Rye bread"]);
}

async fn a_restart_and_a_power_cut_lose_nothing(engine: Engine) {
    let home = Home::new(engine);
    let server = home.start();
    let made = home.ease(&["createsuperuser", "--email", ROOT]).env("EASE_SUPERUSER_PASSWORD", PASSWORD).output();
    assert!(made.expect("the binary runs").status.success());
    let root = server.root().await;
    let categories = Categories::make(&root).await;
    let ann = server.customer("Ann").await;
    for day in 1..=5 {
        let expense = categories.expense("Bread", &json!(day), &format!("2026-02-0{day}"), "08:00:00");
        ann.post(EXPENSES, &expense).await.is(StatusCode::ACCEPTED);
    }
    ann.post(INCOMES, &categories.income("Pay", &json!(1), "2026-02-01", "08:00:00")).await.is(StatusCode::ACCEPTED);
    let before = (rows(&ann, EXPENSES).await, rows(&ann, INCOMES).await, rows(&ann, CATEGORIES).await);

    let (status, ..) = server.stop().await;
    assert!(status.success(), "{status}");
    let server = home.start();
    // The token is still good: nobody has to log in again.
    let ann = ann.at(server.address());
    let after = (rows(&ann, EXPENSES).await, rows(&ann, INCOMES).await, rows(&ann, CATEGORIES).await);
    assert_eq!(after, before);

    let last = categories.expense("Last", &json!("0.01"), "2026-02-06", "08:00:00");
    let last = ann.post(EXPENSES, &last).await.is(StatusCode::ACCEPTED);
    ann.put(&one(EXPENSES, &after.0[0]), &json!({ "title": "First" })).await.is(StatusCode::ACCEPTED);
    server.cut_off();
    let server = home.start();
    let ann = ann.at(server.address());
    let found = rows(&ann, EXPENSES).await;
    assert_eq!((found.len(), &found[5], &found[0]["title"]), (6, &last, &json!("First")));
    // And the books go on.
    let next = categories.expense("Next", &json!(1), "2026-02-07", "08:00:00");
    ann.post(EXPENSES, &next).await.is(StatusCode::ACCEPTED);
    assert_eq!(rows(&ann, EXPENSES).await.len(), 7);
    assert_eq!(server.login(&ann.email).await.id, ann.id);
}

async fn categories_in_use_are_protected(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let categories = Categories::make(&root).await;
    let ann = server.customer("Ann").await;
    let expense = categories.expense("Bread", &json!(1), "2026-03-01", "08:00:00");
    let expense = ann.post(EXPENSES, &expense).await.is(StatusCode::ACCEPTED);
    let income = categories.income("Pay", &json!(1), "2026-03-01", "08:00:00");
    let income = ann.post(INCOMES, &income).await.is(StatusCode::ACCEPTED);

    let [food, salary] = [&categories.food, &categories.salary].map(|id| format!("{CATEGORIES}{id}/"));
    let groceries = format!("{SUBCATEGORIES}{}/", categories.groceries);
    let in_use = "Cannot delete subcategory because there are related objects with the specified category";
    root.delete(&food).await.is_refused(StatusCode::BAD_REQUEST, in_use);
    root.delete(&salary).await.is_refused(StatusCode::BAD_REQUEST, in_use);
    let in_use_by_expense =
        "Cannot delete subcategory because there are related objects with the specified subcategory";
    root.delete(&groceries).await.is_refused(StatusCode::BAD_REQUEST, in_use_by_expense);

    ann.delete(&one(EXPENSES, &expense)).await.is(StatusCode::NO_CONTENT);
    ann.delete(&one(INCOMES, &income)).await.is(StatusCode::NO_CONTENT);
    root.delete(&food).await.is_refused(StatusCode::BAD_REQUEST, in_use);
    for path in [&groceries, &food, &salary] {
        root.delete(path).await.is(StatusCode::NO_CONTENT);
    }
    root.delete(&food).await.is_refused(StatusCode::NOT_FOUND, "Category not found");
    root.delete(&groceries).await.is_refused(StatusCode::NOT_FOUND, "Subcategory not found");
    root.get(&food).await.is_refused(StatusCode::NOT_FOUND, "Income not found.");
    assert_eq!(rows(&ann, CATEGORIES).await, Vec::<Value>::new());
}

async fn money_is_exact_to_the_last_cent(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let categories = Categories::make(&root).await;
    let sent = [
        (json!(0.1), "0.10"),
        (json!("0.20"), "0.20"),
        (json!(1.1), "1.10"),
        (json!(12.50), "12.50"),
        (json!(7), "7.00"),
        (json!("99999999.99"), "99999999.99"),
        (json!(99_999_999.99), "99999999.99"),
        (json!("0.01"), "0.01"),
    ];
    for (amount, _) in &sent {
        let expense = categories.expense("x", amount, "2026-01-01", "08:00:00");
        root.post(EXPENSES, &expense).await.is(StatusCode::ACCEPTED);
        root.post(INCOMES, &categories.income("x", amount, "2026-01-01", "08:00:00")).await.is(StatusCode::ACCEPTED);
    }
    for list in [EXPENSES, INCOMES] {
        let kept: Vec<Value> = rows(&root, list).await.iter().map(|row| row["amount"].clone()).collect();
        assert_eq!(kept, sent.each_ref().map(|(_, kept)| json!(kept)));
    }
    let number = "A valid number is required.";
    let decimals = "Ensure that there are no more than 2 decimal places.";
    let total = "Ensure that there are no more than 10 digits in total.";
    let whole = "Ensure that there are no more than 8 digits before the decimal point.";
    for (amount, sentence) in [
        (json!("twelve"), number),
        (json!(0.300_000_000_000_000_04), total),
        (json!("1.222"), decimals),
        (json!(1.222), decimals),
        (json!("100000000"), whole),
        (json!("123456789.12"), total),
    ] {
        let refused = root.post(EXPENSES, &categories.expense("x", &amount, "2026-01-01", "08:00:00")).await;
        assert_eq!(refused.is(StatusCode::BAD_REQUEST)["amount"][0], sentence, "{amount}");
    }
    for amount in [json!(0), json!("0.00"), json!(-3)] {
        let refused = root.post(INCOMES, &categories.income("x", &amount, "2026-01-01", "08:00:00")).await;
        refused.is_refused(StatusCode::BAD_REQUEST, "Amount is equal or lower than 0");
    }
}

async fn lists_are_filtered_by_day_and_by_time_of_day(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let categories = Categories::make(&root).await;
    let entries = [
        ("a", "2026-01-05", "08:00:00"),
        ("b", "2026-01-05", "20:30:00"),
        ("c", "2026-01-06", "08:00:00"),
        ("d", "2099-12-31", "23:59:59"),
    ];
    for (title, date, time) in entries {
        root.post(EXPENSES, &categories.expense(title, &json!(1), date, time)).await.is(StatusCode::ACCEPTED);
        root.post(INCOMES, &categories.income(title, &json!(1), date, time)).await.is(StatusCode::ACCEPTED);
    }
    for (query, expected) in [
        ("", "abc"),
        ("?start_date=&end_date=&start_time=&end_time=", "abc"),
        ("?start_date=2026-01-05&end_date=2026-01-05&start_time=&end_time=", "ab"),
        ("?start_date=2026-01-06", "c"),
        ("?end_date=2026-01-05", "ab"),
        ("?end_date=2099-12-31", "abcd"),
        ("?start_time=08:00:00&end_time=08:00:00", "ac"),
        ("?start_time=08:00:01&end_date=2099-12-31", "bd"),
        ("?start_date=2026-02-01", ""),
    ] {
        for list in [EXPENSES, INCOMES] {
            assert_eq!(titles(&root, &format!("{list}{query}")).await.concat(), expected, "{list}{query}");
        }
    }
    for query in [
        "?start_date=yesterday",
        "?start_date=2026-01-06&end_date=2026-01-05",
        "?start_date=2099-01-01",
        "?start_time=08:00",
        "?start_time=09:00:00&end_time=08:00:00",
    ] {
        for list in [EXPENSES, INCOMES] {
            let refused = root.get(&format!("{list}{query}")).await;
            refused.is_refused(StatusCode::BAD_REQUEST, "An error occurred while retrieving the data.");
        }
    }
}

async fn books_are_private_even_from_a_superuser(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let categories = Categories::make(&root).await;
    let (ann, ben) = (server.customer("Ann").await, server.customer("Ben").await);
    let expense = categories.expense("Bread", &json!(1), "2026-03-01", "08:00:00");
    let expense = ann.post(EXPENSES, &expense).await.is(StatusCode::ACCEPTED);
    let missing = json!({ "id": "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10" });
    let forbidden = "You do not have permission to perform this action.";
    for other in [&ben, &root] {
        assert_eq!(rows(other, EXPENSES).await, Vec::<Value>::new());
        let mut told = BTreeSet::new();
        for row in [&expense, &missing] {
            let path = one(EXPENSES, row);
            for answer in
                [other.get(&path).await, other.put(&path, &json!({ "title": "Mine" })).await, other.delete(&path).await]
            {
                answer.is_refused(StatusCode::FORBIDDEN, forbidden);
                told.insert(answer.text);
            }
        }
        assert_eq!(told.len(), 1, "foreign and missing read alike");
    }
    // Neither a `user` in the body nor one in a change moves a row into somebody else's books.
    ben.put(&one(EXPENSES, &expense), &json!({ "user": ben.id })).await.is(StatusCode::FORBIDDEN);
    let moved = ann.put(&one(EXPENSES, &expense), &json!({ "user": ben.id })).await.is(StatusCode::ACCEPTED);
    assert_eq!(moved["user"], ann.id);
    assert_eq!(rows(&ann, EXPENSES).await, [expense]);
}
