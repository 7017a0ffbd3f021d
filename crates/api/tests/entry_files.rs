//! Expenses and incomes in and out as files.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

use crate::support::{Account, Reply, TestApp};
use kernel::fakes::SequentialIds;
use kernel::{IdSource, StoreError, Uuid};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use users::Role;

const IMPORT: &str = "/api/management/import/";
const EXPORT: &str = "/api/management/export/?end_date=9999-12-31";
const HEADER: &str = "type,external_id,title,description,amount,creation_date,creation_time,category,category_name,\
                      subcategory,subcategory_name\r\n";

struct World {
    app: TestApp,
    ann: Account,
    category: String,
    subcategory: String,
}

impl World {
    async fn new() -> Self {
        Self::over(crate::support::state()).await
    }

    async fn over(state: http::AppState) -> Self {
        let app = TestApp::over(state);
        let boss = app.account("boss", Role::Staff);
        let ann = app.account("ann", Role::User);
        let mut noun = json!({"name": "=Food", "description": "x", "type": "expense", "hexColor": "#fff"});
        let category = app.call_with("POST", "/api/management/category/", &boss, &noun).await.json();
        let category = category["id"].as_str().unwrap().to_owned();
        noun["category"] = json!(category);
        noun["name"] = json!("Bread, \"fresh\"");
        let below = app.call_with("POST", "/api/management/subcategory/", &boss, &noun).await.json();
        Self { app, ann, category, subcategory: below["id"].as_str().unwrap().to_owned() }
    }

    async fn send(&self, path: &str, file: impl Into<Vec<u8>>) -> Reply {
        let request = self.app.request("POST", path).bearer_auth(&self.ann.token);
        self.app.send(request.header("Content-Type", "text/csv; charset=utf-8").body(file.into())).await
    }

    async fn import(&self, file: &str) -> Reply {
        self.send(IMPORT, file).await
    }

    async fn export(&self) -> Reply {
        self.app.call("GET", EXPORT, &self.ann).await
    }

    /// A row of an expense.
    fn expense(&self, name: &str, title: &str) -> String {
        let (category, below) = (&self.category, &self.subcategory);
        format!("expense,{name},{title},why,12.50,2026-11-20,10:11:12,{category},,{below},\r\n")
    }
}

/// Gives identifiers, and after so many of them one that is held back until it is let go.
struct HeldIds {
    held: Mutex<mpsc::Receiver<()>>,
    left: AtomicU32,
    ids: SequentialIds,
}

impl IdSource for HeldIds {
    fn uuid(&self) -> Uuid {
        if self.left.load(Ordering::SeqCst) == 0 {
            self.left.store(u32::MAX, Ordering::SeqCst);
            self.held.lock().unwrap().recv_timeout(Duration::from_secs(60)).unwrap();
        } else {
            self.left.fetch_sub(1, Ordering::SeqCst);
        }
        self.ids.uuid()
    }
}

/// A row of an income.
fn income(name: &str) -> String {
    format!("income,{name},Pay,why,2500.00,2027-01-01,10:11:12.000001,,=Food,,\r\n")
}

#[actix_web::test]
async fn what_is_exported_and_imported_is_exported_alike() {
    let world = World::new().await;
    let titles = ["\"=1+1\"", "'+2", "\"-3, or \"\"4\"\"\"", "'tis", "\"two\nlines\"", "\u{2003}@SUM(A1)", "猫", "＝1"];
    let rows: String =
        titles.iter().zip(1..).map(|(title, number)| world.expense(&number.to_string(), title)).collect();
    let first = world.import(&format!("{HEADER}{rows}{}", income("a"))).await;
    assert_eq!((first.status, first.json()), (202, json!({"dry_run": false, "rows": 9, "created": 9, "known": 0})));
    let entry = json!({
        "title": "@here", "description": "x", "amount": 1, "creation_date": "2026-11-20", "creation_time": "08:00",
        "category": world.category,
    });
    let recorded = world.app.call_with("POST", "/api/management/income/", &world.ann, &entry).await.json();
    let exported = world.export().await;
    assert_eq!(exported.status, 200);
    assert_eq!(exported.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(exported.header("content-disposition"), "attachment; filename=\"ease-2026-11-20.csv\"");
    let file = exported.text;
    for cell in [
        "'=1+1,",
        ",'+2,",
        "\"'-3, or \"\"4\"\"\"",
        ",''tis,",
        "\"two\nlines\"",
        ",'@SUM(A1),",
        ",猫,",
        ",'＝1,",
        ",'=Food,",
    ] {
        assert!(file.contains(cell), "{cell} is not in {file}");
    }
    let (category, below) = (&world.category, &world.subcategory);
    for filed in [
        format!(",why,12.50,2026-11-20,10:11:12,{category},'=Food,{below},\"Bread, \"\"fresh\"\"\"\r\n"),
        format!("income,a,Pay,why,2500.00,2027-01-01,10:11:12.000001,{category},'=Food,,\r\n"),
    ] {
        assert!(file.contains(&filed), "{filed} is not in {file}");
    }
    assert!(file.contains(&format!("income,{},'@here,x,1.00,2026-11-20,08:00:00,", recorded["id"].as_str().unwrap())));
    let again = world.import(&file).await;
    assert_eq!(again.json(), json!({"dry_run": false, "rows": 10, "created": 0, "known": 10}));
    assert_eq!(world.export().await.text, file);
    // Everything is removed and comes back.
    for side in ["expense", "income"] {
        let list = format!("/api/management/{side}/");
        let rows = world.app.call("GET", &format!("{list}?end_date=9999-12-31"), &world.ann).await.json();
        for row in rows.as_array().unwrap() {
            let one = format!("{list}{}/", row["id"].as_str().unwrap());
            assert_eq!(world.app.call("DELETE", &one, &world.ann).await.status, 204);
        }
    }
    assert_eq!(world.export().await.text, HEADER);
    assert_eq!(world.import(&file).await.json()["created"], 10);
    assert_eq!(world.export().await.text, file);
}

#[actix_web::test]
async fn a_dry_run_says_what_would_happen() {
    let world = World::new().await;
    let file = format!("{HEADER}{}{}", world.expense("1", "Bread"), world.expense("", "Bread"));
    let dry = |value: &str| format!("{IMPORT}?dry_run={value}");
    let reply = world.send(&dry("true"), file.clone()).await;
    assert_eq!((reply.status, reply.json()), (200, json!({"dry_run": true, "rows": 2, "created": 2, "known": 0})));
    assert_eq!(world.export().await.text, HEADER);
    let reply = world.send(&dry("perhaps"), file.clone()).await;
    assert_eq!((reply.status, reply.json()), (400, json!({"dry_run": ["Must be a valid boolean."]})));
    for real in ["", "false"] {
        let reply = world.send(&dry(real), format!("{HEADER}{}", world.expense("", "Bread"))).await;
        assert_eq!((reply.status, &reply.json()["dry_run"]), (202, &json!(false)), "{real}");
    }
}

#[actix_web::test]
async fn every_fault_is_told_by_row_and_field_and_nothing_is_imported() {
    let world = World::new().await;
    let file = format!(
        "{HEADER}{}income,,,x,0.001,2026-11-20,10:11:12,{NOWHERE},,,\r\nincome,1\r\n{}",
        world.expense("1", "Bread"),
        world.expense("1", "Bread").replace("12.50", "-1"),
        NOWHERE = "99999999-0000-4000-8000-000000000000",
    );
    let reply = world.import(&file).await;
    let told = |row: u32, field: &str, detail: &str| json!({"row": row, "field": field, "detail": detail});
    let expected = json!({
        "detail": "3 rows are faulty. Nothing was imported.",
        "errors": [
            told(3, "title", "This field may not be blank."),
            told(3, "amount", "Ensure that there are no more than 2 decimal places."),
            told(3, "category", "Invalid pk \"99999999-0000-4000-8000-000000000000\" - object does not exist."),
            told(4, "row", "The row has 2 cells, and the header has 11."),
            told(5, "amount", "Amount is equal or lower than 0"),
            told(5, "external_id", "Row 2 has the same value."),
        ],
        "more": false,
    });
    assert_eq!((reply.status, reply.json()), (400, expected));
    assert_eq!(reply.header("x-error-code"), "ledger.faulty_rows");
    assert_eq!(world.export().await.text, HEADER);
    let request = world.app.request("POST", IMPORT).bearer_auth(&world.ann.token);
    let request = request.header("Content-Type", "text/csv").header("Accept", "application/problem+json").body(file);
    let problem = world.app.send(request).await.json();
    let first = json!({"pointer": "#/3/title", "detail": "This field may not be blank."});
    assert_eq!((&problem["errors"][0], problem["errors"].as_array().unwrap().len()), (&first, 6));
}

#[actix_web::test]
async fn how_many_rows_are_faulty_is_told_up_to_a_hundred() {
    let world = World::new().await;
    let bad = world.expense("", "Bread").replace("12.50", "-1");
    for (count, more, sentence) in [
        (1, false, "1 row is faulty. Nothing was imported."),
        (100, false, "100 rows are faulty. Nothing was imported."),
        (101, true, "More than 100 rows are faulty. Nothing was imported."),
    ] {
        let told = world.import(&format!("{HEADER}{}", bad.repeat(count))).await.json();
        let errors = told["errors"].as_array().unwrap().len();
        assert_eq!((&told["detail"], &told["more"], errors), (&json!(sentence), &json!(more), count.min(100)));
    }
}

#[actix_web::test]
async fn an_import_that_took_too_long_leaves_nothing() {
    let (let_go, held) = mpsc::channel();
    let ids =
        Arc::new(HeldIds { held: Mutex::new(held), left: AtomicU32::new(u32::MAX), ids: SequentialIds::default() });
    let mut state = crate::support::state();
    state.ids = Arc::<HeldIds>::clone(&ids);
    state.limits.import_timeout = Duration::from_secs(3);
    let world = World::over(state).await;
    // The request and the first row get theirs in time; the second row does not before the client was told.
    ids.left.store(2, Ordering::SeqCst);
    let late = world.import(&format!("{HEADER}{}", world.expense("", "Bread").repeat(3))).await;
    assert_eq!((late.status, late.header("x-error-code")), (503, "api.too_slow"));
    assert_eq!(ids.left.load(Ordering::SeqCst), u32::MAX, "the second row is held back");
    let_go.send(()).unwrap();
    // Nobody else can write before the import is over.
    let nothing: Result<(), StoreError> = world.app.store().write(|_| Ok(()));
    nothing.unwrap();
    assert_eq!(world.export().await.text, HEADER);
}

#[actix_web::test]
async fn a_file_may_come_in_a_form_and_from_elsewhere_not() {
    let world = World::new().await;
    let file = format!("{HEADER}{}", world.expense("1", "Bread"));
    let post = || world.app.request("POST", IMPORT).bearer_auth(&world.ann.token);
    let form = async |disposition: &str| {
        let part = |disposition: &str, value: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{value}\r\n")
        };
        let second = disposition.replace("books", "others");
        let body =
            [part("name=\"note\"", "x"), part(disposition, &file), part(&second, "x"), "--edge--\r\n".to_owned()];
        let body = body.concat();
        world.app.send(post().header("Content-Type", "multipart/form-data; boundary=edge").body(body)).await
    };
    assert_eq!(form("name=\"upload\"; filename=\"books.csv\"").await.json()["created"], 1);
    let empty = form("name=\"file\"").await;
    assert_eq!((empty.status, empty.json()), (400, json!({"file": ["This field is required."]})));
    let other = world.app.send(post().header("Content-Type", "application/json").body(file.clone())).await;
    assert_eq!(other.status, 415);
    let nothing = world.import("").await;
    assert_eq!((nothing.status, nothing.json()), (400, json!({"detail": "The file is empty."})));
    let latin = [file.as_bytes(), b"income,2,caf\xe9,x,1,2026-11-20,10:00,,=Food,,"].concat();
    let latin = world.send(IMPORT, latin).await.json();
    assert_eq!(latin["errors"], json!([{"row": 3, "field": "title", "detail": "Not a valid string."}]));
}

#[actix_web::test]
async fn files_have_limits_of_their_own() {
    let mut state = crate::support::state();
    state.limits.body_max_bytes = 300;
    state.limits.import_max_bytes = 2000;
    state.limits.import_rows_max = 3;
    let world = World::over(state).await;
    let row = world.expense("", "Bread");
    assert_eq!(world.import(&format!("{HEADER}{}", row.repeat(3))).await.json()["created"], 3);
    let reply = world.import(&format!("{HEADER}{}", row.repeat(5))).await;
    let sentence = "A file may have no more than 3 rows below its header.";
    assert_eq!(reply.json()["errors"], json!([{"row": 5, "field": "row", "detail": sentence}]));
    assert_eq!(world.import(&"x".repeat(2000)).await.status, 400, "no header, but not too large");
    assert_eq!(world.import(&"x".repeat(2001)).await.status, 413);
}

#[actix_web::test]
async fn who_has_no_token_sends_no_large_file() {
    let world = World::new().await;
    let file = "x".repeat(64 * 1024 * 1024);
    let request = world.app.request("POST", IMPORT).header("Content-Type", "text/csv").header("Expect", "100-continue");
    // The answer may come while the client still sends, and then the client may not get to see it.
    if let Ok(answer) = request.body(file).send().await {
        assert_eq!(answer.status(), 401);
    }
    world.app.log_out(&world.ann);
    let reply = world.import(HEADER).await;
    assert_eq!((reply.status, &reply.json()["error"]), (401, &json!("Token has been blacklisted.")));
}

#[actix_web::test]
async fn an_import_is_done_once_under_its_key() {
    let world = World::new().await;
    let file = format!("{HEADER}{}", world.expense("", "Bread"));
    let send = async || {
        let request = world.app.request("POST", IMPORT).bearer_auth(&world.ann.token).header("Idempotency-Key", "k1");
        world.app.send(request.header("Content-Type", "text/csv").body(file.clone())).await
    };
    let (first, second) = (send().await, send().await);
    assert_eq!((first.status, second.status, &first.text), (202, 202, &second.text));
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(world.export().await.text.lines().count(), 2);
}

#[actix_web::test]
async fn an_export_is_filtered_like_the_lists() {
    let world = World::new().await;
    world.import(&format!("{HEADER}{}{}", world.expense("1", "Bread"), income("2"))).await;
    let lines = async |query: &str| {
        let reply = world.app.call("GET", &format!("/api/management/export/?{query}"), &world.ann).await;
        assert_eq!(reply.status, 200, "{query}: {}", reply.text);
        reply.text.lines().count() - 1
    };
    for (query, rows) in [
        ("", 1),
        ("format=csv&end_date=2027-01-01", 2),
        ("format=%20csv%20&start_date=2026-11-20", 1),
        ("format=&start_date=2026-11-20", 1),
        ("end_date=2026-11-19", 0),
        ("end_time=10:00:00", 0),
    ] {
        assert_eq!(lines(query).await, rows, "{query}");
    }
    let refused = async |query: &str| {
        let reply = world.app.call("GET", &format!("/api/management/export/?{query}"), &world.ann).await;
        (reply.status, reply.json())
    };
    let unreadable = json!({"detail": "An error occurred while retrieving the data."});
    assert_eq!(refused("start_date=2030-01-01").await, (400, unreadable));
    let no_choice: Value = json!({"format": ["Not a valid choice."]});
    assert_eq!(refused("format=xlsx").await, (400, no_choice));
}

#[actix_web::test]
async fn a_long_ledger_leaves_in_chunks() {
    let world = World::new().await;
    let rows: String = (0..2500).map(|number| world.expense(&number.to_string(), "Bread")).collect();
    assert_eq!(world.import(&format!("{HEADER}{rows}{}", income("x"))).await.json()["created"], 2501);
    let file = world.export().await.text;
    let names: Vec<_> = file.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect();
    let expected = (0..2500).map(|number| number.to_string()).chain(["x".to_owned()]);
    assert_eq!(names, expected.collect::<Vec<_>>());
    assert!(world.app.state.expose_metrics().unwrap().contains("ease_streams_total{end=\"complete\"} 1"));
}
