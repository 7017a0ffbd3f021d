//! Who may do what: every operation that is served, as every kind of caller. Each surface has a table of its own.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ease;
mod shared;

use crate::support::{Account, TestApp};
use audit::{LoginLog, LoginLogId, LoginOutcome};
use chat::{Chat, ChatId};
use http::{Access, Policy};
use kernel::StoreError;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use users::{Role, UserError};

/// Callers, in the order of the columns below: nobody, the plain user whose things are asked for, another plain user,
/// the staff that answers the user's chat, other staff, a superuser, a blocked user, a logged-out user.
const CALLERS: [&str; 8] = ["nobody", "owner", "stranger", "agent", "staff", "superuser", "blocked", "logged out"];

/// An operation, with the status that each caller gets for a request with an empty JSON body.
type Row = (&'static str, &'static str, [u16; 8]);

/// The tables of all surfaces.
fn table() -> impl Iterator<Item = Row> {
    ease::TABLE.into_iter().chain(shared::TABLE)
}

/// Operations that are not of this kind: the socket has a table of its own in `socket_authorisation.rs`, and a file of the
/// page of the description is whatever the page loads.
const ELSEWHERE: [(&str, &str); 2] = [("GET", "/ws/support/chat/{id}/"), ("GET", "/api/docs/schema/ui/{file}/")];

/// The path as endpoints have it, whatever its parameters are called.
fn nameless(path: &str) -> String {
    let segment = |segment: &str| if segment.starts_with('{') { "{}".to_owned() } else { segment.to_owned() };
    path.trim_end_matches('/').split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Every operation that is served, with who may use it as its endpoint states it.
fn stated() -> BTreeMap<(String, String), Access> {
    let surfaces = api::surfaces();
    let endpoints = surfaces.iter().flat_map(|surface| &surface.endpoints);
    let operations = endpoints.flat_map(|endpoint| {
        let named =
            |(method, policy): &(_, Policy)| (ToString::to_string(method), nameless(endpoint.path()), policy.access);
        endpoint.operations().iter().map(named).collect::<Vec<_>>()
    });
    operations.map(|(method, path, access)| ((method, path), access)).collect()
}

#[test]
fn every_operation_that_is_served_is_in_a_table_and_the_other_way_round() {
    let served: BTreeSet<_> = stated().into_keys().collect();
    let tested = table().map(|(method, path, _)| (method, path)).chain(ELSEWHERE);
    let tested: BTreeSet<_> = tested.map(|(method, path)| (method.to_owned(), nameless(path))).collect();
    assert_eq!(served, tested);
}

/// Operations that are served and not described: a file of the page of the description is whatever the page loads.
const NOT_DESCRIBED: [(&str, &str); 1] = [("GET", "/api/docs/schema/ui/{file}/")];

#[test]
fn every_operation_that_is_served_is_described_and_the_other_way_round() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let not_described = NOT_DESCRIBED.map(|(method, path)| (method.to_owned(), nameless(path)));
    let mut described = BTreeSet::from(not_described);
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            described.insert((method.to_uppercase(), nameless(path)));
            assert!(operation["x-access"].is_string(), "{method} {path} does not say who may use it");
        }
    }
    assert_eq!(described, stated().into_keys().collect());
}

/// What a table says must be what the endpoint states: a row cannot be right by a check that is somewhere else.
#[test]
fn the_tables_say_what_the_endpoints_state() {
    let served = stated();
    for (method, path, statuses) in table() {
        let access = served[&(method.to_owned(), nameless(path))];
        let [nobody, owner, stranger, agent, staff, superuser, blocked, logged_out] = statuses;
        let (needs_token, refused) = (access.needs_caller(), |status: u16| [401, 403].contains(&status));
        let name = format!("{method} {path}");
        assert_eq!([nobody, blocked].map(|status| status == 401), [needs_token; 2], "{name}");
        assert_eq!(logged_out == 401, access != Access::Unchecked, "{name}");
        match access {
            Access::Unchecked | Access::Anyone | Access::SignedInOrNot => {
                assert!(![owner, stranger, agent, staff, superuser].into_iter().any(refused), "{name}");
            }
            Access::Owner => assert!(!refused(owner), "{name}"),
            Access::AtLeast(role) => {
                assert_eq!([owner, stranger].map(|status| status == 403), [role > Role::User; 2], "{name}");
                assert_eq!(agent == 403, role > Role::Staff, "{name}");
                assert!(!refused(superuser), "{name}");
            }
        }
    }
}

/// A server with something of everything, and every kind of caller.
struct World {
    app: TestApp,
    callers: Vec<Option<Account>>,
    /// What stands for the parameters of a path.
    ids: Vec<(&'static str, String)>,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start();
        let owner = app.account("owner", Role::User);
        let agent = app.account("agent", Role::Staff);
        let callers = vec![
            None,
            Some(owner.clone()),
            Some(app.account("stranger", Role::User)),
            Some(agent.clone()),
            Some(app.account("staff", Role::Staff)),
            Some(app.account("superuser", Role::Superuser)),
            Some(app.account("blocked", Role::User)),
            Some(app.account("gone", Role::User)),
        ];
        let mut world = Self { app, callers, ids: Vec::new() };
        world.fill(&owner, &agent).await;
        world.shut_out();
        world
    }

    async fn fill(&mut self, owner: &Account, agent: &Account) {
        let word = |name: &str| json!({ "name": name, "description": "x", "type": "expense", "hexColor": "#000000" });
        let used = self.create("/api/management/category/", agent, &word("used")).await;
        let mut below = word("used");
        below["category"] = json!(used);
        let used_below = self.create("/api/management/subcategory/", agent, &below).await;
        let entry = json!({
            "title": "x", "description": "x", "amount": 1, "creation_date": "2026-11-20", "creation_time": "10:00:00",
            "category": used, "subcategory": used_below,
        });
        let expense = self.create("/api/management/expense/", owner, &entry).await;
        let income = self.create("/api/management/income/", owner, &entry).await;
        let category = self.create("/api/management/category/", agent, &word("free")).await;
        let subcategory = self.create("/api/management/subcategory/", agent, &below).await;
        let (log, chat) = self.insert_log_and_chat(owner, agent);
        self.ids = vec![
            ("{expense}", expense),
            ("{income}", income),
            ("{category}", category),
            ("{subcategory}", subcategory),
            ("{log}", log),
            ("{chat}", chat),
            ("{user}", owner.id.to_string()),
        ];
    }

    async fn create(&self, path: &str, who: &Account, body: &Value) -> String {
        let reply = self.app.call_with("POST", path, who, body).await;
        assert_eq!(reply.status, 202, "{}", reply.text);
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    fn insert_log_and_chat(&self, owner: &Account, agent: &Account) -> (String, String) {
        let state = &self.app.state;
        let now = state.clock.now();
        let log = LoginLog::new(LoginLogId(state.ids.uuid()), owner.id, now, "web", LoginOutcome::Successful);
        let chat = Chat { id: ChatId(state.ids.uuid()), customer: owner.id, admin: agent.id, created_at: now };
        let inserted: Result<(), StoreError> = self.app.store().write(|tx| {
            tx.insert_login_log(&log)?;
            tx.insert_chat(&chat)
        });
        inserted.unwrap();
        (log.id.to_string(), chat.id.to_string())
    }

    fn shut_out(&self) {
        let [.., Some(blocked), Some(gone)] = self.callers.as_slice() else { return };
        self.app.log_out(gone);
        let done: Result<(), UserError> = self.app.store().write(|tx| {
            let mut user = tx.find_user(blocked.id)?.unwrap();
            user.block();
            tx.update_user(&user)
        });
        done.unwrap();
    }

    async fn ask(&self, method: &str, path: &str, caller: usize) -> u16 {
        let path = self.ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(name, id));
        let mut request = self.app.request(method, &path);
        if let Some(account) = &self.callers[caller] {
            request = request.header("Authorization", format!("Token {}", account.token));
        }
        if method == "POST" || method == "PUT" {
            request = request.json(&json!({}));
        }
        self.app.send(request).await.status
    }
}

#[actix_web::test]
async fn every_caller_gets_what_the_table_says() {
    let mut wrong = Vec::new();
    for (method, path, expected) in table() {
        for (caller, status) in expected.into_iter().enumerate() {
            // What one caller may change must not be gone for the next.
            let world = World::new().await;
            let got = world.ask(method, path, caller).await;
            if got != status {
                wrong.push(format!("{method} {path} as {}: {got}, not {status}", CALLERS[caller]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lists of what is somebody's own, with how many rows each caller is shown of what the world holds.
#[rustfmt::skip]
const OWN_ROWS: [(&str, [usize; 8]); 4] = [
    //                             nobody owner stranger agent staff superuser blocked logged out
    ("/api/management/expense/",  [0, 1, 0, 0, 0, 0, 0, 0]),
    ("/api/management/income/",   [0, 1, 0, 0, 0, 0, 0, 0]),
    ("/api/users/loginLog/",      [0, 0, 0, 0, 0, 0, 0, 0]),
    ("/api/chats/chat/",          [0, 0, 0, 1, 0, 0, 0, 0]),
];

#[actix_web::test]
async fn lists_of_what_is_ones_own_show_nothing_of_others() {
    let world = World::new().await;
    for (path, rows) in OWN_ROWS {
        for ((caller, name), expected) in world.callers.iter().zip(CALLERS).zip(rows) {
            let mut request = world.app.request("GET", path);
            if let Some(account) = caller {
                request = request.header("Authorization", format!("Token {}", account.token));
            }
            let shown = world.app.send(request).await.json().as_array().map_or(0, Vec::len);
            assert_eq!(shown, expected, "{path} as {name}");
        }
    }
}
