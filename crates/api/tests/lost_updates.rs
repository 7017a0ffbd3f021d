//! Tags of what is read, and changes that depend on them.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{Account, Reply, TestApp};
use serde_json::{Value, json};
use users::Role;

const NEVER_A_TAG: &str = "\"00000000000000000000000000000000\"";

/// One resource of every kind, with a change that is good for it and one that is not.
struct Resource {
    address: String,
    change: Value,
    bad_change: Value,
}

struct World {
    app: TestApp,
    boss: Account,
    /// In an order in which each can be removed while those behind it are there.
    resources: Vec<Resource>,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start();
        let boss = app.account("boss", Role::Superuser);
        let bob = app.account("bob", Role::User);
        let mut world = Self { app, boss, resources: Vec::new() };
        let body = json!({"name": "Food", "description": "x", "type": "expense", "hexColor": "#fff"});
        let category = world.create("/api/management/category/", &body).await;
        let mut below = body.clone();
        below["category"] = json!(category);
        let subcategory = world.create("/api/management/subcategory/", &below).await;
        let entry = json!({
            "title": "x", "description": "x", "amount": 1, "creation_date": "2026-11-20", "creation_time": "10:00:00",
            "category": category, "subcategory": subcategory,
        });
        for path in ["/api/management/expense/", "/api/management/income/"] {
            let id = world.create(path, &entry).await;
            world.add(format!("{path}{id}/"), json!({"title": "y"}), json!({"title": ""}));
        }
        for (path, made) in [("/api/management/category/", &body), ("/api/management/subcategory/", &below)] {
            let id = world.create(path, made).await;
            world.add(format!("{path}{id}/"), json!({"name": "Drink"}), json!({"name": ""}));
        }
        let log = world.insert_login_log();
        let correction = json!({
            "creation_date": "2026-11-01", "creation_time": "01:02:03", "platform_OS": "ios", "successful": false,
            "description": "corrected",
        });
        world.add(format!("/api/users/loginLog/{log}/"), correction, json!({}));
        world.add(
            format!("/api/superadmin/user/{}/", bob.id),
            json!({"first_name": "Robert"}),
            json!({"email": "no address"}),
        );
        world
    }

    fn add(&mut self, address: String, change: Value, bad_change: Value) {
        self.resources.push(Resource { address, change, bad_change });
    }

    async fn create(&self, path: &str, body: &Value) -> String {
        let reply = self.app.call_with("POST", path, &self.boss, body).await;
        assert_eq!(reply.status, 202, "{}", reply.text);
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    fn insert_login_log(&self) -> String {
        let id = audit::LoginLogId(self.app.state.ids.uuid());
        let now = self.app.state.clock.now();
        let log = audit::LoginLog::new(id, self.boss.id, now, "web", audit::LoginOutcome::Successful);
        let inserted: Result<(), kernel::StoreError> = self.app.store().write(|tx| tx.insert_login_log(&log));
        inserted.unwrap();
        id.to_string()
    }

    async fn ask(&self, method: &str, address: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Reply {
        let mut request = self.app.request(method, address).bearer_auth(&self.boss.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.app.send(if let Some(body) = body { request.json(body) } else { request }).await
    }

    async fn tag(&self, address: &str) -> String {
        let reply = self.ask("GET", address, &[], None).await;
        assert!((200..300).contains(&reply.status), "{address}: {}", reply.text);
        let tag = reply.header("etag").to_owned();
        assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "{address}: {tag}");
        tag
    }
}

#[actix_web::test]
async fn a_tag_stays_until_what_it_names_changes() {
    let world = World::new().await;
    for Resource { address, change, .. } in &world.resources {
        let before = world.tag(address).await;
        assert_eq!(world.tag(address).await, before, "{address}");
        let changed = world.ask("PUT", address, &[], Some(change)).await;
        assert!(changed.status < 300, "{address}: {}", changed.text);
        let after = world.tag(address).await;
        assert_ne!(after, before, "{address}");
        let body = changed.json();
        if body.get("id").is_some() {
            assert_eq!(changed.header("etag"), after, "the answer to a change is what can be read afterwards");
        }
    }
}

#[actix_web::test]
async fn a_change_of_what_was_not_read_is_refused_and_tells_the_current_tag() {
    let world = World::new().await;
    let told = json!({"detail": "This was changed in the meantime. Read it again."});
    for Resource { address, change, bad_change } in &world.resources {
        let old = world.tag(address).await;
        assert!(world.ask("PUT", address, &[("If-Match", &old)], Some(change)).await.status < 300, "{address}");
        let current = world.tag(address).await;
        for (method, body) in [("PUT", Some(change)), ("PUT", Some(bad_change)), ("DELETE", None)] {
            for stale in [old.as_str(), NEVER_A_TAG, "W/\"x\"", "none", &format!("W/{current}")] {
                let refused = world.ask(method, address, &[("If-Match", stale)], body).await;
                assert_eq!((refused.status, refused.json()), (412, told.clone()), "{method} {address} {stale}");
                assert_eq!(refused.header("etag"), current);
            }
            let known = world.ask(method, address, &[("If-None-Match", "*")], body).await;
            assert_eq!(known.status, 412, "{method} {address}");
        }
        assert_eq!(world.tag(address).await, current, "a refusal changes nothing");
        let bad = world.ask("PUT", address, &[("If-Match", &current)], Some(bad_change)).await;
        assert_eq!(bad.status, 400, "{address}: {}", bad.text);
        let several = format!("{NEVER_A_TAG}, {current}");
        assert!(world.ask("PUT", address, &[("If-Match", &several)], Some(change)).await.status < 300, "{address}");
        assert!(world.ask("PUT", address, &[("If-Match", "*")], Some(change)).await.status < 300, "{address}");
        let current = world.tag(address).await;
        let gone = world.ask("DELETE", address, &[("If-Match", &current)], None).await;
        assert_eq!(gone.status, 204, "{address}: {}", gone.text);
        let missing = if address.contains("expense") || address.contains("income") { 403 } else { 404 };
        for method in ["PUT", "DELETE"] {
            let late = world.ask(method, address, &[("If-Match", &current)], Some(change)).await;
            assert_eq!(late.status, missing, "{method} {address}: what is not there is not there");
        }
    }
}

#[actix_web::test]
async fn whoever_may_not_learns_no_tag() {
    let world = World::new().await;
    let stranger = world.app.account("stranger", Role::User);
    for Resource { address, change, .. } in &world.resources {
        for method in ["PUT", "DELETE"] {
            let request = world.app.request(method, address).header("If-Match", NEVER_A_TAG).json(change);
            let nobody = world.app.send(request.try_clone().unwrap()).await;
            assert_eq!((nobody.status, nobody.header("etag")), (401, ""), "{method} {address}");
            let refused = world.app.send(request.bearer_auth(&stranger.token)).await;
            assert_eq!((refused.status, refused.header("etag")), (403, ""), "{method} {address}");
        }
    }
}

#[actix_web::test]
async fn what_the_client_has_is_not_sent_again() {
    let world = World::new().await;
    let lists = ["/api/management/category/", "/api/management/subcategory/", "/api/management/category/?type=expense"];
    let singles = world.resources.iter().map(|resource| resource.address.as_str());
    for address in singles.chain(lists) {
        let tag = world.tag(address).await;
        for known in [tag.clone(), format!("W/{tag}"), format!("{NEVER_A_TAG},{tag}"), "*".to_owned()] {
            for method in ["GET", "HEAD"] {
                let reply = world.ask(method, address, &[("If-None-Match", &known)], None).await;
                assert_eq!((reply.status, reply.text.as_str()), (304, ""), "{method} {address} {known}");
                assert_eq!((reply.header("etag"), reply.header("content-length")), (tag.as_str(), ""));
            }
        }
        for unknown in [NEVER_A_TAG, "none", ""] {
            let reply = world.ask("GET", address, &[("If-None-Match", unknown)], None).await;
            assert!((200..300).contains(&reply.status) && !reply.text.is_empty(), "{address} {unknown}");
        }
        let other = world.ask("GET", address, &[("If-Match", NEVER_A_TAG)], None).await;
        assert_eq!(other.status, 412, "{address}");
    }
}

#[actix_web::test]
async fn a_new_category_makes_the_list_another_one() {
    let world = World::new().await;
    let address = "/api/management/category/";
    let before = world.tag(address).await;
    world.create(address, &json!({"name": "New", "description": "x", "type": "income", "hexColor": "#fff"})).await;
    let reply = world.ask("GET", address, &[("If-None-Match", &before)], None).await;
    assert_eq!(reply.status, 200);
    assert_ne!(reply.header("etag"), before);
}

#[actix_web::test]
async fn a_user_is_blocked_as_it_was_read() {
    let world = World::new().await;
    let bob = world.app.account("bobby", Role::User);
    let address = format!("/api/superadmin/user/{}/", bob.id);
    let block = format!("/api/superadmin/user/block/{}/", bob.id);
    let old = world.tag(&address).await;
    let body = json!({"is_active": false});
    assert_eq!(world.ask("PUT", &block, &[("If-Match", NEVER_A_TAG)], Some(&body)).await.status, 412);
    assert_eq!(world.ask("PUT", &block, &[("If-Match", &old)], Some(&body)).await.status, 202);
    assert_ne!(world.tag(&address).await, old);
}

#[actix_web::test]
async fn a_lock_that_ends_by_itself_changes_the_tag() {
    let (app, clock) = TestApp::with_clock();
    let boss = app.account("boss", Role::Superuser);
    let bob = app.account("bob", Role::User);
    let locked: Result<(), users::UserError> = app.store().write(|tx| {
        let mut user = tx.find_user(bob.id)?.unwrap();
        user.locked_until = Some(app.state.clock.now().plus_seconds(60));
        tx.update_user(&user)
    });
    locked.unwrap();
    let address = format!("/api/superadmin/user/{}/", bob.id);
    let before = app.call("GET", &address, &boss).await;
    clock.advance_seconds(61);
    let after = app.call("GET", &address, &boss).await;
    assert_eq!((&before.json()["is_active"], &after.json()["is_active"]), (&json!(false), &json!(true)));
    assert_ne!(before.header("etag"), after.header("etag"));
}
