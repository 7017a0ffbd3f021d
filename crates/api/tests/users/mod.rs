//! The administration of users over HTTP.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod access;
mod announcements;
mod block;
mod change;
mod create;
mod list;

use crate::support::{Account, Reply, TestApp, start_of_test};
use chat::{Chat, ChatId};
use kernel::{SessionId, UserId, Uuid};
use serde_json::Value;
use users::{Role, User};

const USERS: &str = "/api/superadmin/user/";

/// One of each rank, and a second one of the higher two.
struct Cast {
    app: TestApp,
    user: Account,
    staff: Account,
    other: Account,
    root: Account,
    twin: Account,
}

fn cast() -> Cast {
    let app = TestApp::start();
    let user = app.account("user", Role::User);
    let [staff, other] = ["staff", "other"].map(|name| app.account(name, Role::Staff));
    let [root, twin] = ["root", "twin"].map(|name| app.account(name, Role::Superuser));
    Cast { app, user, staff, other, root, twin }
}

/// The path of one user.
fn path_of(whom: &Account) -> String {
    format!("{USERS}{}/", whom.id)
}

/// The path that blocks one user.
fn block_path_of(whom: &Account) -> String {
    format!("{USERS}block/{}/", whom.id)
}

/// The user as the store has it.
fn stored(app: &TestApp, id: UserId) -> User {
    let found: Result<_, kernel::StoreError> = app.store().read(|tx| tx.find_user(id));
    found.unwrap().unwrap()
}

/// Changes a user behind the back of every rule.
fn alter(app: &TestApp, whom: &Account, change: impl FnOnce(&mut User)) {
    let mut user = stored(app, whom.id);
    change(&mut user);
    let done: Result<(), users::UserError> = app.store().write(|tx| tx.update_user(&user));
    done.unwrap();
}

/// Opens a chat between two people.
fn open_chat(app: &TestApp, number: u128, customer: &Account, admin: &Account) -> ChatId {
    let id = ChatId(Uuid::from_u128(number));
    let chat = Chat { id, customer: customer.id, admin: admin.id, created_at: start_of_test() };
    let done: Result<(), kernel::StoreError> = app.store().write(|tx| tx.insert_chat(&chat));
    done.unwrap();
    id
}

/// Tries to log in, and tells the status.
async fn log_in(app: &TestApp, username: &str, password: &str) -> u16 {
    let body = serde_json::json!({"username": username, "password": password});
    app.send(app.request("POST", "/api/users/login/").json(&body)).await.status
}

/// Somebody whose number nobody has.
fn nobody() -> Account {
    let text = String::new;
    Account { id: UserId(999), email: text(), session: SessionId(Uuid::nil()), token: text(), refresh: text() }
}

/// Checks an answer, status and body.
#[track_caller]
fn assert_answer(reply: &Reply, status: u16, body: &Value, what: &str) {
    assert_eq!((reply.status, &reply.json()), (status, body), "{what}");
}
