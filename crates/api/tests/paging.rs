//! Lists in parts: limits, cursors, and the address of the next part.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::desk::open_chat;
use crate::support::{Account, TestApp};
use serde_json::{Value, json};
use users::Role;

const EXPENSES: &str = "/api/management/expense/";
const CATEGORIES: &str = "/api/management/category/";
const SUBCATEGORIES: &str = "/api/management/subcategory/";
const CHATS: &str = "/api/chats/chat/";
/// Every list, and how long it is.
const LISTS: [(&str, usize); 7] = [
    (EXPENSES, 5),
    ("/api/management/income/", 5),
    (CATEGORIES, 5),
    (SUBCATEGORIES, 5),
    ("/api/users/loginLog/", 5),
    ("/api/superadmin/user/", 6),
    (CHATS, 5),
];

/// A superuser's server, with five of everything, and the superuser.
struct World {
    app: TestApp,
    boss: Account,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start();
        let boss = app.account("boss", Role::Superuser);
        let world = Self { app, boss };
        for name in ["ann", "bob", "cat", "dan", "eve"] {
            open_chat(&world.app, &world.app.account(name, Role::User)).await;
        }
        for number in 1..=5 {
            let noun = json!({"name": format!("n{number}"), "description": "x", "type": "expense", "hexColor": "#fff"});
            let category = world.create(CATEGORIES, &noun).await;
            let mut below = noun;
            below.as_object_mut().unwrap().insert("category".to_owned(), json!(category));
            let subcategory = world.create(SUBCATEGORIES, &below).await;
            let entry = json!({
                "title": format!("t{number}"), "description": "x", "amount": number, "creation_time": "10:00:00",
                "creation_date": format!("2026-11-{number:02}"), "category": category, "subcategory": subcategory,
            });
            world.create(EXPENSES, &entry).await;
            world.create("/api/management/income/", &entry).await;
            world.insert_login_log();
        }
        world
    }

    async fn create(&self, path: &str, body: &Value) -> String {
        let reply = self.app.call_with("POST", path, &self.boss, body).await;
        assert_eq!(reply.status, 202, "{}", reply.text);
        reply.json().get("id").unwrap().as_str().unwrap().to_owned()
    }

    fn insert_login_log(&self) {
        let id = audit::LoginLogId(self.app.state.ids.uuid());
        let now = self.app.state.clock.now();
        let log = audit::LoginLog::new(id, self.boss.id, now, "web", audit::LoginOutcome::Successful);
        let inserted: Result<(), kernel::StoreError> = self.app.store().write(|tx| tx.insert_login_log(&log));
        inserted.unwrap();
    }

    /// A part, and the address of the next one.
    async fn part(&self, address: &str) -> (Vec<Value>, Option<String>) {
        let reply = self.app.call("GET", address, &self.boss).await;
        assert_eq!(reply.status, 200, "{address}: {}", reply.text);
        let next = reply.header("link").strip_suffix(">; rel=\"next\"").and_then(|link| link.strip_prefix('<'));
        let next = next.map(str::to_owned);
        assert_eq!(next.is_none(), reply.header("link").is_empty(), "{}", reply.header("link"));
        (reply.json().as_array().unwrap().clone(), next)
    }

    async fn walk(&self, address: &str) -> Vec<Vec<Value>> {
        let mut parts = Vec::new();
        let mut next = Some(address.to_owned());
        while let Some(address) = next {
            let (part, after) = self.part(&address).await;
            parts.push(part);
            next = after;
        }
        parts
    }
}

#[actix_web::test]
async fn the_parts_make_the_list_and_the_last_one_has_no_link() {
    let world = World::new().await;
    for (list, length) in LISTS {
        let (whole, link) = world.part(list).await;
        assert_eq!((whole.len(), link), (length, None), "{list}");
        for limit in 1..=length + 1 {
            let parts = world.walk(&format!("{list}?limit={limit}")).await;
            assert!(parts.iter().rev().skip(1).all(|part| part.len() == limit), "{list} {limit}");
            assert!(parts.iter().all(|part| !part.is_empty()), "{list} {limit}: no part is empty");
            assert_eq!(parts.concat(), whole, "{list} {limit}");
        }
    }
}

#[actix_web::test]
async fn the_next_part_keeps_the_filters() {
    let world = World::new().await;
    let parts = world.walk(&format!("{EXPENSES}?start_date=2026-11-02&end_date=2026-11-04&start_time=&limit=2")).await;
    let titles = |part: &Vec<Value>| part.iter().map(|row| row.get("title").unwrap().clone()).collect::<Vec<_>>();
    assert_eq!(parts.iter().map(titles).collect::<Vec<_>>(), [vec!["t2", "t3"], vec!["t4"]]);
    let (_, next) = world.part("/api/management/category?type=expense&limit=3").await;
    let next = next.unwrap();
    assert!(next.starts_with("/api/management/category?type=expense&limit=3&cursor="), "{next}");
    assert_eq!(world.part("/api/management/category/?type=other&limit=3").await, (Vec::new(), None));
}

#[actix_web::test]
async fn rows_that_come_and_go_meanwhile_disturb_nobody() {
    let world = World::new().await;
    let (first, next) = world.part(&format!("{EXPENSES}?limit=2")).await;
    for row in &first {
        let address = format!("{EXPENSES}{}/", row.get("id").unwrap().as_str().unwrap());
        assert_eq!(world.app.call("DELETE", &address, &world.boss).await.status, 204);
    }
    let mut late = first.first().unwrap().clone();
    late.as_object_mut().unwrap().insert("title".to_owned(), json!("late"));
    world.create(EXPENSES, &late).await;
    let rest = world.walk(&next.unwrap()).await.concat();
    let titles: Vec<_> = rest.iter().map(|row| row.get("title").unwrap().clone()).collect();
    assert_eq!(titles, ["t3", "t4", "t5", "late"]);
}

#[actix_web::test]
async fn a_limit_or_cursor_that_is_none_is_refused_by_name() {
    let world = World::new().await;
    let range = json!({"limit": ["A whole number from 1 to 1000 is required."]});
    let cursor = json!({"cursor": ["Invalid cursor."]});
    for (list, length) in LISTS {
        for (query, expected) in [
            ("limit=0", &range),
            ("limit=1001", &range),
            ("limit=-1", &range),
            ("limit=x", &range),
            ("limit=", &range),
            ("limit=1&cursor=", &cursor),
            ("limit=1&cursor=x", &cursor),
            ("limit=1&cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &cursor),
            ("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &json!({"limit": ["This field is required."]})),
        ] {
            let reply = world.app.call("GET", &format!("{list}?{query}"), &world.boss).await;
            assert_eq!((reply.status, &reply.json()), (400, expected), "{list}?{query}");
        }
        assert_eq!(world.part(&format!("{list}?limit=1000")).await.0.len(), length);
    }
}

#[actix_web::test]
async fn a_cursor_is_good_for_its_list_and_its_user_alone() {
    let world = World::new().await;
    let (_, next) = world.part(&format!("{EXPENSES}?limit=1")).await;
    let next = next.unwrap();
    let elsewhere = next.replace("expense", "income");
    assert_eq!(world.app.call("GET", &elsewhere, &world.boss).await.status, 400);
    let stranger = world.app.account("stranger", Role::User);
    assert_eq!(world.app.call("GET", &next, &stranger).await.status, 400);
}

#[actix_web::test]
async fn a_cursor_of_chats_is_good_for_its_administrator_alone() {
    let world = World::new().await;
    let (_, next) = world.part(&format!("{CHATS}?limit=1")).await;
    let next = next.unwrap();
    let other = world.app.account("other", Role::Staff);
    let reply = world.app.call("GET", &next, &other).await;
    assert_eq!((reply.status, reply.json()), (400, json!({"cursor": ["Invalid cursor."]})));
    assert_eq!(world.part(&next).await.0.len(), 1);
}

#[actix_web::test]
async fn without_a_chat_there_is_no_first_part_but_after_the_last_one_there_is_an_empty_one() {
    let world = World::new().await;
    let (_, next) = world.part(&format!("{CHATS}?limit=1")).await;
    let next = next.unwrap();
    for chat in world.part(CHATS).await.0 {
        let address = format!("/api/chats/{}/close/", chat.get("id").unwrap().as_str().unwrap());
        assert_eq!(world.app.call("POST", &address, &world.boss).await.status, 202);
    }
    assert_eq!(world.part(&next).await, (Vec::new(), None));
    for address in [CHATS.to_owned(), format!("{CHATS}?limit=1")] {
        let reply = world.app.call("GET", &address, &world.boss).await;
        let expected = json!({"detail": "No chat sessions found for the user."});
        assert_eq!((reply.status, reply.json()), (404, expected), "{address}");
    }
    assert_eq!(world.app.call("GET", &format!("{CHATS}?limit=0"), &world.boss).await.status, 400);
}

#[actix_web::test]
async fn a_part_of_the_categories_that_is_known_is_not_sent_again() {
    let world = World::new().await;
    let ask = async |tag: &str| {
        let request = world.app.request("GET", &format!("{CATEGORIES}?limit=5")).bearer_auth(&world.boss.token);
        world.app.send(request.header("If-None-Match", tag)).await
    };
    let first = ask("\"none\"").await;
    let tag = first.header("etag").to_owned();
    assert_eq!((first.status, ask(&tag).await.status), (200, 304));
    let noun = json!({"name": "n6", "description": "x", "type": "expense", "hexColor": "#fff"});
    world.create(CATEGORIES, &noun).await;
    let after = ask(&tag).await;
    assert_eq!((after.status, &after.text), (200, &first.text), "the rows are the same, but there is a next part now");
    assert!(!after.header("link").is_empty());
}
