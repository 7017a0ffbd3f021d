//! Requests that are repeated under an `Idempotency-Key`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::desk::{Desk, open_chat};
use crate::support::{Account, PASSWORD, Reply, TestApp};
use bus::{Signal, Topic};
use futures_util::FutureExt;
use futures_util::future::join_all;
use idempotency::{Key, Request, Sender};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use users::Role;

const EXPENSES: &str = "/api/management/expense/";
const INCOMES: &str = "/api/management/income/";
const CATEGORIES: &str = "/api/management/category/";
const SUBCATEGORIES: &str = "/api/management/subcategory/";
const USERS: &str = "/api/superadmin/user/";
const REGISTER: &str = "/api/users/register/";
const DAY_SECONDS: i64 = 24 * 60 * 60;

fn keyed(app: &TestApp, path: &str, who: &Account, key: &str) -> RequestBuilder {
    let request = app.request("POST", path).header("Authorization", format!("Token {}", who.token));
    request.header("Idempotency-Key", key)
}

async fn post(app: &TestApp, path: &str, who: &Account, key: &str, body: &Value) -> Reply {
    app.send(keyed(app, path, who, key).json(body)).await
}

fn is_replayed(reply: &Reply) -> bool {
    reply.header("idempotency-replayed") == "true"
}

fn category(name: &str) -> Value {
    json!({"name": name, "description": "x", "type": "expense", "hexColor": "#000000"})
}

fn account(name: &str) -> Value {
    json!({"first_name": name, "last_name": "x", "email": format!("{name}@example.org"), "password": PASSWORD})
}

async fn count(app: &TestApp, path: &str, who: &Account) -> usize {
    app.call("GET", path, who).await.json().as_array().unwrap().len()
}

/// A server, its clock, and staff that may create everything.
fn office() -> (TestApp, std::sync::Arc<kernel::fakes::FixedClock>, Account) {
    let (app, clock) = TestApp::with_clock();
    let boss = app.account("boss", Role::Superuser);
    (app, clock, boss)
}

#[actix_web::test]
async fn whatever_is_created_is_created_once_and_answered_again() {
    let (app, _, boss) = office();
    let food = post(&app, CATEGORIES, &boss, "c", &category("Food")).await.json()["id"].clone();
    let mut lunch = category("Lunch");
    lunch["category"] = food.clone();
    let lunch_id = post(&app, SUBCATEGORIES, &boss, "s", &lunch).await.json()["id"].clone();
    let entry = json!({
        "title": "x", "description": "x", "amount": 1, "creation_date": "2026-11-20", "creation_time": "10:00:00",
        "category": food, "subcategory": lunch_id,
    });
    for (path, body, rows_before) in [
        (CATEGORIES, category("Rent"), 1),
        (SUBCATEGORIES, lunch, 1),
        (EXPENSES, entry.clone(), 0),
        (INCOMES, entry, 0),
        (USERS, account("ann"), 1),
    ] {
        assert_eq!(count(&app, path, &boss).await, rows_before, "{path}");
        let first = post(&app, path, &boss, "key", &body).await;
        assert_eq!((first.status, is_replayed(&first)), (202, false), "{path} {}", first.text);
        for path in [path, path.trim_end_matches('/')] {
            let again = post(&app, path, &boss, "\"key\"", &body).await;
            assert_eq!((again.status, &again.text, is_replayed(&again)), (202, &first.text, true), "{path}");
            assert_eq!(again.header("content-type"), first.header("content-type"));
        }
        assert_eq!(count(&app, path, &boss).await, rows_before + 1, "{path}");
    }
}

#[actix_web::test]
async fn a_registration_is_repeated_without_a_second_account() {
    let (app, _, boss) = office();
    let send = async |key: &str, body: Value| {
        app.send(app.request("POST", REGISTER).header("Idempotency-Key", key).json(&body)).await
    };
    let first = send("key", account("ann")).await;
    let again = send("key", account("ann")).await;
    assert_eq!((first.status, again.status, &again.text), (202, 202, &first.text));
    assert_eq!((is_replayed(&first), is_replayed(&again)), (false, true));
    assert_eq!(send("key", account("bob")).await.status, 202, "the key of another address");
    let mut changed = account("ann");
    changed["first_name"] = json!("Anna");
    assert_eq!(send("key", changed).await.status, 422);
    let other = send("other", account("ann")).await;
    assert_eq!((other.status, other.json()), (400, json!({"detail": "User already exists"})));
    assert_eq!(count(&app, USERS, &boss).await, 3);
}

#[actix_web::test]
async fn a_chat_is_opened_once_and_its_handover_is_told_once() {
    let Desk { app, customer, admin, chat } = Desk::open().await;
    app.account("eve", Role::Staff);
    let blocked: Result<(), users::UserError> = app.store().write(|tx| {
        let mut user = tx.find_user(admin.id)?.unwrap();
        user.block();
        tx.update_user(&user)
    });
    blocked.unwrap();
    let id = chat::ChatId(kernel::Uuid::try_parse(&chat).unwrap());
    let mut heard = app.state.bus.subscribe(&[Topic::Chat(id)]);
    for replayed in [false, true] {
        let reply = app.send(keyed(&app, "/api/chats/get-or-create/", &customer, "key").body("{{{")).await;
        assert_eq!((reply.status, reply.json()), (200, json!({"chat_id": chat})));
        assert_eq!(is_replayed(&reply), replayed);
    }
    assert!(matches!(heard.next().now_or_never(), Some(Signal::Event(_))));
    assert!(heard.next().now_or_never().is_none(), "the repetition was told too");
}

#[actix_web::test]
async fn the_first_answer_stays_even_when_things_have_changed() {
    let Desk { app, customer, admin, .. } = Desk::open().await;
    let open = async || app.send(keyed(&app, "/api/chats/get-or-create/", &customer, "key")).await.json();
    let first = open().await;
    let path = format!("/api/chats/{}/close/", first["chat_id"].as_str().unwrap());
    assert_eq!(app.call("POST", &path, &admin).await.status, 202);
    assert_eq!(open().await, first);
    assert_ne!(json!(open_chat(&app, &customer).await), first["chat_id"]);
}

#[actix_web::test]
async fn another_body_under_the_same_key_is_refused() {
    let (app, _, boss) = office();
    let first = post(&app, CATEGORIES, &boss, "key", &category("Food")).await;
    let other = post(&app, CATEGORIES, &boss, "key", &category("Rent")).await;
    let expected = json!({"detail": "This Idempotency-Key was used for a request with another body."});
    assert_eq!((other.status, other.json()), (422, expected));
    assert_eq!(other.header("x-error-code"), "idempotency.other_request");
    // The same fields in other bytes are another body, too.
    let spaced = keyed(&app, CATEGORIES, &boss, "key").header("Content-Type", "application/json");
    assert_eq!(app.send(spaced.body(format!("{} ", category("Food")))).await.status, 422);
    let again = post(&app, CATEGORIES, &boss, "key", &category("Food")).await;
    assert_eq!((again.status, &again.text), (202, &first.text));
    assert_eq!(count(&app, CATEGORIES, &boss).await, 1);
}

#[actix_web::test]
async fn a_form_and_a_multipart_body_are_repeated_by_their_bytes() {
    let (app, _, boss) = office();
    let form = "name=Food&description=x&type=expense&hexColor=%23000000";
    let parts = [("name", "Food"), ("description", "x"), ("type", "expense"), ("hexColor", "#000000")];
    let part = |(name, value)| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let multipart = parts.map(part).concat() + "--b--\r\n";
    for (media_type, body) in
        [("application/x-www-form-urlencoded", form.to_owned()), ("multipart/form-data; boundary=b", multipart)]
    {
        let send = async |body: String| {
            let request = keyed(&app, CATEGORIES, &boss, media_type.split_once(';').map_or("form", |_| "multipart"));
            app.send(request.header("Content-Type", media_type).body(body)).await
        };
        let first = send(body.clone()).await;
        let again = send(body.clone()).await;
        assert_eq!((first.status, again.status, &again.text), (202, 202, &first.text));
        assert_eq!(send(body.replace("Food", "Rent")).await.status, 422);
    }
    assert_eq!(count(&app, CATEGORIES, &boss).await, 2);
}

#[actix_web::test]
async fn keys_of_other_users_and_other_routes_are_other_keys() {
    let (app, _, boss) = office();
    let other = app.account("other", Role::Staff);
    let body = category("Food");
    let first = post(&app, CATEGORIES, &boss, "key", &body).await;
    let second = post(&app, CATEGORIES, &other, "key", &body).await;
    assert_ne!(first.json()["id"], second.json()["id"]);
    let mut below = category("Food");
    below["category"] = first.json()["id"].clone();
    let subcategory = post(&app, SUBCATEGORIES, &boss, "key", &below).await;
    assert_eq!((subcategory.status, is_replayed(&subcategory)), (202, false), "{}", subcategory.text);
    let unnamed = app.call_with("POST", CATEGORIES, &boss, &body).await;
    assert_ne!(first.json()["id"], unnamed.json()["id"]);
}

#[actix_web::test]
async fn a_key_is_forgotten_after_a_day() {
    let (app, clock, boss) = office();
    let first = post(&app, CATEGORIES, &boss, "key", &category("Food")).await;
    clock.advance_seconds(DAY_SECONDS - 1);
    // Tokens die earlier than keys.
    let user: Result<_, kernel::StoreError> = app.store().read(|tx| tx.find_user(boss.id));
    let boss = app.login(&user.unwrap().unwrap());
    assert_eq!(post(&app, CATEGORIES, &boss, "key", &category("Food")).await.text, first.text);
    clock.advance_seconds(1);
    let other = post(&app, CATEGORIES, &boss, "key", &category("Rent")).await;
    assert_eq!((other.status, is_replayed(&other)), (202, false), "{}", other.text);
    let again = post(&app, CATEGORIES, &boss, "key", &category("Rent")).await;
    assert_eq!((&again.text, is_replayed(&again)), (&other.text, true));
}

#[actix_web::test]
async fn refusals_are_not_kept() {
    let (app, _, boss) = office();
    let mut missing = category("Lunch");
    missing["category"] = json!("99999999-0000-4000-8000-000000000000");
    assert_eq!(post(&app, SUBCATEGORIES, &boss, "key", &missing).await.status, 400);
    let mut mended = category("Lunch");
    mended["category"] = app.call_with("POST", CATEGORIES, &boss, &category("Food")).await.json()["id"].clone();
    let reply = post(&app, SUBCATEGORIES, &boss, "key", &mended).await;
    assert_eq!((reply.status, is_replayed(&reply)), (202, false), "{}", reply.text);
}

#[actix_web::test]
async fn who_may_not_or_no_longer_gets_no_answer_of_old() {
    let (app, _, boss) = office();
    let staff = app.account("sue", Role::Staff);
    let body = category("Food");
    let first = post(&app, CATEGORIES, &staff, "key", &body).await;
    assert_eq!(first.status, 202);
    let demotion = json!({"is_staff": false});
    let demoted = app.call_with("PUT", &format!("{USERS}{}/", staff.id), &boss, &demotion).await;
    assert!(demoted.status < 300, "{}", demoted.text);
    assert!([401, 403].contains(&post(&app, CATEGORIES, &staff, "key", &body).await.status));
    app.log_out(&boss);
    assert_eq!(post(&app, CATEGORIES, &boss, "", &body).await.status, 401, "before the key is looked at");
}

#[actix_web::test]
async fn a_malformed_key_is_refused_before_anything_is_done() {
    let (app, _, boss) = office();
    let longer = "x".repeat(256);
    for key in ["", "a b", "\"abc", "abc\"", "\"a\";p=1", longer.as_str()] {
        let reply = post(&app, CATEGORIES, &boss, key, &category("Food")).await;
        let expected = json!({"detail": "Idempotency-Key must be a string of 1 to 255 visible ASCII characters."});
        assert_eq!((reply.status, reply.json()), (400, expected), "{key}");
    }
    let two = keyed(&app, CATEGORIES, &boss, "a").header("Idempotency-Key", "b").json(&category("Food"));
    assert_eq!(app.send(two).await.status, 400, "two keys are none");
    let request = app.request("POST", CATEGORIES).header("Authorization", format!("Token {}", boss.token));
    let request = request.header("Idempotency-Key", "ä".as_bytes()).json(&category("Food"));
    assert_eq!(app.send(request).await.status, 400);
    assert_eq!(count(&app, CATEGORIES, &boss).await, 0);
    let longest = "x".repeat(255);
    assert_eq!(post(&app, CATEGORIES, &boss, &longest, &category("Food")).await.status, 202);
}

#[actix_web::test]
async fn a_request_without_a_body_may_have_a_key() {
    let (app, _, boss) = office();
    let empty = app.send(keyed(&app, CATEGORIES, &boss, "key")).await;
    assert_eq!(empty.status, 400, "{}", empty.text);
    assert!(empty.json()["name"].is_array(), "{}", empty.text);
}

#[actix_web::test]
async fn elsewhere_a_key_means_nothing() {
    let (app, _, boss) = office();
    let row = post(&app, CATEGORIES, &boss, "key", &category("Food")).await.json();
    let path = format!("{CATEGORIES}{}/", row["id"].as_str().unwrap());
    for name in ["Rent", "Fun"] {
        let request = app.request("PUT", &path).header("Authorization", format!("Token {}", boss.token));
        let reply = app.send(request.header("Idempotency-Key", "a b").json(&json!({"name": name}))).await;
        assert_eq!((reply.status, &reply.json()["name"]), (202, &json!(name)));
    }
}

#[actix_web::test]
async fn of_a_hundred_equal_requests_one_is_done() {
    let (app, _, boss) = office();
    let body = category("Food");
    let replies = join_all((0..100).map(|_| post(&app, CATEGORIES, &boss, "key", &body))).await;
    let (done, running): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 202);
    assert!(running.iter().all(|reply| reply.status == 409 && reply.header("retry-after") == "1"), "{running:?}");
    assert_eq!(done.iter().filter(|reply| !is_replayed(reply)).count(), 1);
    assert_eq!(done.iter().map(|reply| &reply.text).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(count(&app, CATEGORIES, &boss).await, 1);
}

#[actix_web::test]
async fn while_a_request_is_running_its_repetition_is_told_so() {
    let (app, _, boss) = office();
    let body = category("Food");
    let key = Key::parse("key").unwrap();
    let first = Request::new(Sender::User(boss.id), "POST /api/management/category", &key, b"of the first one");
    let running = app.state.running.enter(&first.id);
    assert!(running.is_some());
    let refused = post(&app, CATEGORIES, &boss, "key", &body).await;
    let expected = json!({"detail": "A request with this Idempotency-Key is still running. Try again in a moment."});
    assert_eq!((refused.status, refused.json(), refused.header("retry-after")), (409, expected, "1"));
    assert_eq!(refused.header("x-error-code"), "idempotency.still_running");
    assert_eq!(post(&app, CATEGORIES, &boss, "other", &body).await.status, 202);
    drop(running);
    assert_eq!(post(&app, CATEGORIES, &boss, "key", &body).await.status, 202);
}

#[actix_web::test]
async fn web_pages_may_send_keys_and_read_whether_an_answer_is_old() {
    let (app, _, boss) = office();
    let preflight = app.request("OPTIONS", CATEGORIES).header("Origin", "https://ease.example.org");
    let preflight = app.send(preflight.header("Access-Control-Request-Method", "POST")).await;
    assert!(preflight.header("access-control-allow-headers").contains("idempotency-key"));
    let reply = post(&app, CATEGORIES, &boss, "key", &category("Food")).await;
    assert!(reply.header("access-control-expose-headers").contains("Idempotency-Replayed"));
}

#[actix_web::test]
async fn answers_to_a_user_go_with_the_user() {
    let (app, _, boss) = office();
    let ann = app.account("ann", Role::Staff);
    assert_eq!(post(&app, CATEGORIES, &ann, "key", &category("Food")).await.status, 202);
    assert_eq!(app.call("DELETE", &format!("{USERS}{}/", ann.id), &boss).await.status, 204);
    let purged: Result<u32, kernel::StoreError> =
        app.store().write(|tx| tx.purge_responses(kernel::Instant::FAR_FUTURE, 9));
    assert_eq!(purged.unwrap(), 0);
}
