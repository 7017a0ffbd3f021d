//! Who may do what on the socket of a chat: every operation of its description, as every kind of caller, and what ends a
//! socket that is open.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::desk::{Desk, open_chat};
use crate::support::socket::Socket;
use crate::support::{Account, PASSWORD, TestApp};
use kernel::StoreError;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use users::{Role, UserError};

const DESCRIPTION: &str = include_str!("../../../docs/asyncapi.yaml");

/// Callers, in the order of the columns below: nobody, the customer of the chat, another customer, the staff that answers
/// the chat, other staff, a superuser; and the customer of a chat of its own that was blocked, and one that was logged out.
const CALLERS: [&str; 8] = ["nobody", "owner", "stranger", "agent", "staff", "superuser", "blocked", "logged out"];

/// What a handshake is answered with; `101` opens.
const HANDSHAKE: [u16; 8] = [403, 101, 403, 101, 403, 403, 403, 403];

/// Every operation that the description names, and who can do it: whoever gets in, all of it; nobody else, any of it.
#[rustfmt::skip]
const TABLE: [(&str, [bool; 8]); 4] = [
    //           nobody owner  stranger agent staff  superuser blocked logged out
    ("post",    [false, true,  false,   true, false, false,    false,  false]),
    ("history", [false, true,  false,   true, false, false,    false,  false]),
    ("live",    [false, true,  false,   true, false, false,    false,  false]),
    ("error",   [false, true,  false,   true, false, false,    false,  false]),
];

#[test]
fn every_operation_of_the_description_is_in_the_table_and_the_other_way_round() {
    let operations = DESCRIPTION.split("\noperations:\n").nth(1).unwrap().split("\ncomponents:").next().unwrap();
    let names = operations.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let described: BTreeSet<&str> = names.map(|line| line.trim().trim_end_matches(':')).collect();
    assert_eq!(described, TABLE.iter().map(|(name, _)| *name).collect());
    let channels = DESCRIPTION.matches("\n    address: ").count();
    assert_eq!(channels, 1, "a new channel needs a table of its own");
}

/// A desk with every kind of caller: its token, and the chat that it asks for.
async fn callers() -> (Desk, Vec<Option<(Account, String)>>) {
    let desk = Desk::open().await;
    let app = &desk.app;
    let (blocked, gone) = (app.account("blocked", Role::User), app.account("gone", Role::User));
    let (chat_of_blocked, chat_of_gone) = (open_chat(app, &blocked).await, open_chat(app, &gone).await);
    app.log_out(&gone);
    change(app, &blocked, users::User::block);
    let asks = |who: Account| Some((who, desk.chat.clone()));
    let callers = vec![
        None,
        asks(desk.customer.clone()),
        asks(app.account("stranger", Role::User)),
        asks(desk.admin.clone()),
        asks(app.account("staff", Role::Staff)),
        asks(app.account("superuser", Role::Superuser)),
        Some((blocked, chat_of_blocked)),
        Some((gone, chat_of_gone)),
    ];
    (desk, callers)
}

/// Changes an account behind the back of every socket.
fn change(app: &TestApp, who: &Account, change: fn(&mut users::User)) {
    let done: Result<(), UserError> = app.store().write(|tx| {
        let mut user = tx.find_user(who.id)?.unwrap();
        change(&mut user);
        tx.update_user(&user)
    });
    done.unwrap();
}

async fn enter(desk: &Desk, caller: Option<&(Account, String)>) -> Result<Socket, u16> {
    let path = match caller {
        None => format!("/ws/support/chat/{}/", desk.chat),
        Some((who, chat)) => format!("/ws/support/chat/{chat}/?token={}", who.token),
    };
    Socket::open(&desk.app, &path).await
}

fn say(text: &str) -> String {
    json!({ "message": text }).to_string()
}

#[actix_web::test]
async fn every_caller_gets_what_the_tables_say() {
    for (number, name) in CALLERS.into_iter().enumerate() {
        let (desk, callers) = callers().await;
        let mut other = desk.socket(if name == "owner" { &desk.admin } else { &desk.customer }).await;
        other.send(&say("said before")).await;
        assert_eq!(other.json().await["seq"], 1);
        let entered = enter(&desk, callers[number].as_ref()).await;
        let status = entered.as_ref().map_or_else(|status| *status, |_| 101);
        assert_eq!(status, HANDSHAKE[number], "{name}");
        let mut can = BTreeSet::new();
        if let Ok(mut socket) = entered {
            if socket.json().await[0]["message"] == "said before" {
                can.insert("history");
            }
            socket.send("nonsense").await;
            if socket.json().await["code"] == "chat.not_an_object" {
                can.insert("error");
            }
            socket.send(&say("said by the caller")).await;
            if other.json().await["message"] == "said by the caller" && socket.json().await["seq"] == 2 {
                can.insert("post");
            }
            other.send(&say("said to the caller")).await;
            if socket.json().await["message"] == "said to the caller" {
                can.insert("live");
            }
        }
        let may: BTreeSet<_> = TABLE.iter().filter(|(_, may)| may[number]).map(|(operation, _)| *operation).collect();
        assert_eq!(can, may, "{name}");
    }
}

/// Who sends the request that ends something.
#[derive(Clone, Copy)]
enum Sender {
    Customer,
    Agent,
    Superuser,
}

/// What a request does to open sockets: `None` stays, a number is the code that it is closed with.
struct Ending {
    about: &'static str,
    sender: Sender,
    method: &'static str,
    path: &'static str,
    body: fn() -> Value,
    status: u16,
    /// The customer's socket, the socket of another login of the customer, and the agent's.
    sockets: [Option<u16>; 3],
}

const OVER: Option<u16> = Some(4001);
const CLOSED: Option<u16> = Some(4005);
const BLOCK: fn() -> Value = || json!({ "is_active": false });
const NOTHING: fn() -> Value = || json!({});

#[rustfmt::skip]
const ENDINGS: [Ending; 9] = [
    Ending { about: "the customer logs out", sender: Sender::Customer, method: "GET", path: "/api/users/logout/",
        body: NOTHING, status: 200, sockets: [OVER, None, None] },
    Ending { about: "the customer changes its password", sender: Sender::Customer, method: "PUT", path: "/api/users/changepwd/",
        body: || json!({ "current_password": PASSWORD, "new_password": "laskiaispulla-7" }), status: 200, sockets: [None, OVER, None] },
    Ending { about: "the customer is blocked", sender: Sender::Superuser, method: "PUT", path: "/api/superadmin/user/block/{customer}/",
        body: BLOCK, status: 202, sockets: [OVER, OVER, None] },
    Ending { about: "the customer becomes staff", sender: Sender::Superuser, method: "PUT", path: "/api/superadmin/user/{customer}/",
        body: || json!({ "is_staff": true }), status: 200, sockets: [OVER, OVER, None] },
    Ending { about: "the customer is deleted", sender: Sender::Superuser, method: "DELETE", path: "/api/superadmin/user/{customer}/",
        body: NOTHING, status: 204, sockets: [OVER, OVER, CLOSED] },
    Ending { about: "the agent is blocked", sender: Sender::Superuser, method: "PUT", path: "/api/superadmin/user/block/{agent}/",
        body: BLOCK, status: 202, sockets: [None, None, OVER] },
    Ending { about: "the agent is staff no longer", sender: Sender::Superuser, method: "PUT", path: "/api/superadmin/user/{agent}/",
        body: || json!({ "is_staff": false }), status: 200, sockets: [None, None, OVER] },
    Ending { about: "the agent closes the chat", sender: Sender::Agent, method: "POST", path: "/api/chats/{chat}/close/",
        body: NOTHING, status: 202, sockets: [CLOSED, CLOSED, CLOSED] },
    Ending { about: "a superuser closes the chat", sender: Sender::Superuser, method: "POST", path: "/api/chats/{chat}/close/",
        body: NOTHING, status: 202, sockets: [CLOSED, CLOSED, CLOSED] },
];

#[actix_web::test]
async fn what_takes_the_right_away_ends_the_open_sockets_that_had_it_and_no_others() {
    for ending in ENDINGS {
        let desk = Desk::open().await;
        let app = &desk.app;
        let chief = app.account("chief", Role::Superuser);
        let customer: Result<_, StoreError> = app.store().read(|tx| tx.find_user(desk.customer.id));
        let again = app.login(&customer.unwrap().unwrap());
        let mut sockets =
            [desk.socket(&desk.customer).await, desk.socket(&again).await, desk.socket(&desk.admin).await];
        let sender = match ending.sender {
            Sender::Customer => &desk.customer,
            Sender::Agent => &desk.admin,
            Sender::Superuser => &chief,
        };
        let path = ending.path.replace("{customer}", &desk.customer.id.to_string());
        let path = path.replace("{agent}", &desk.admin.id.to_string()).replace("{chat}", &desk.chat);
        let reply = app.call_with(ending.method, &path, sender, &(ending.body)()).await;
        assert_eq!(reply.status, ending.status, "{}: {}", ending.about, reply.text);
        for (socket, code) in sockets.iter_mut().zip(ending.sockets).filter(|(_, code)| code.is_some()) {
            assert_eq!(Some(socket.close_code().await), code, "{}", ending.about);
        }
        let mut seq = 0;
        for (socket, _) in sockets.iter_mut().zip(ending.sockets).filter(|(_, code)| code.is_none()) {
            seq += 1;
            let said = seq.to_string();
            socket.send(&say(&said)).await;
            // Those that were said by others before come first.
            while socket.json().await["message"] != said.as_str() {}
        }
    }
}

/// A right that is lost without any socket being told: what it is, the code that follows, and how it is lost.
type Loss = (&'static str, u16, fn(&Desk));

#[actix_web::test]
async fn a_frame_after_a_right_that_was_lost_untold_is_not_stored() {
    let losses: [Loss; 4] = [
        ("logged out", 4001, |desk| desk.app.log_out(&desk.customer)),
        ("blocked", 4001, |desk| change(&desk.app, &desk.customer, users::User::block)),
        ("password changed", 4001, |desk| {
            change(&desk.app, &desk.customer, |user| user.set_password("another hash".to_owned(), None));
        }),
        ("chat closed", 4005, |desk| {
            let chat = chat::ChatId(desk.chat.parse().unwrap());
            let gone: Result<bool, StoreError> = desk.app.store().write(|tx| tx.delete_chat(chat));
            assert!(gone.unwrap());
        }),
    ];
    for (about, code, lose) in losses {
        let desk = Desk::open().await;
        let mut ann = desk.socket(&desk.customer).await;
        lose(&desk);
        ann.send(&say("too late")).await;
        assert_eq!(ann.close_code().await, code, "{about}");
        if code == 4001 {
            let mut bob = desk.socket(&desk.admin).await;
            bob.send(&say("first")).await;
            assert_eq!(bob.json().await["seq"], 1, "{about}: nothing was stored before");
        }
    }
}
