//! Whoever had an account in the previous system has it here, with all that is theirs.

use crate::support::{Engine, Home, PASSWORD, Socket};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The tables of the previous system, and a few rows.
const BEFORE: &str = include_str!("from_django.sql");
/// What operators run.
const MOVE: &str = include_str!("../docs/from-django.sql");
const SECRET_KEY: &str = "the-key-of-the-previous-system-stays-the-same";
/// Tokens of Ann that the previous system signed with that key, good until 2100; the second was logged out there.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo0MTAyNDQ0ODAwLCJpYXQiOjE3NjM2MDAwMDAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwidXNlcl9pZCI6N30.pKKSqsVsfPO_aXpruFjEl4_VWdJKFfDsMbEANU112qI";
const DEAD_TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo0MTAyNDQ0ODAwLCJpYXQiOjE3NjM2MDAwMDAsImp0aSI6ImZlZGNiYTk4NzY1NDMyMTBmZWRjYmE5ODc2NTQzMjEwIiwidXNlcl9pZCI6N30.rrNDlNHffBaX7fLo9jdaI5rJYMjhXYZDqWIEvU1wahU";

/// A place in which the previous system has run, and everything was copied.
fn moved() -> Home {
    let home = Home::new(Engine::Postgres).without("SECRET_KEY").with("SECRET_KEY", SECRET_KEY);
    home.run_sql(BEFORE);
    assert!(home.run(&["migrate"]).status.success());
    home.run_sql(&format!("BEGIN; {MOVE} COMMIT;"));
    home
}

fn titles(list: &Value) -> Vec<(&str, &str)> {
    let rows = list.as_array().unwrap().iter();
    rows.map(|row| (row["title"].as_str().unwrap(), row["amount"].as_str().unwrap())).collect()
}

mod postgres {
    use super::*;

    #[tokio::test]
    async fn an_account_keeps_its_password_its_number_and_its_ledger() {
        let home = moved();
        let server = home.start();
        let ann = server.stranger().login("Ann@example.org", PASSWORD).await;
        assert_eq!(ann.id, 7);
        let expenses = ann.get("/api/management/expense/").await.is(StatusCode::OK);
        assert_eq!(titles(&expenses), [("Rye bread", "99999999.99"), ("Cake", "12.50")]);
        assert_eq!(expenses[1]["creation_time"], "10:00:00.250000");
        let incomes = ann.get("/api/management/income/").await.is(StatusCode::OK);
        assert_eq!(titles(&incomes), [("March", "0.01")]);
        // The hash was replaced at the login, and the password stays what it was.
        server.stranger().login("ann@example.org", PASSWORD).await;

        let newcomer = server.customer("Zoe").await;
        assert_eq!(newcomer.id, 10, "no number is given twice");
    }

    #[tokio::test]
    async fn ranks_and_blocks_stay_what_they_were() {
        let home = moved();
        let server = home.start();
        let chief = server.stranger().login("chief@example.org", PASSWORD).await;
        let users = chief.get("/api/superadmin/user/").await.is(StatusCode::OK);
        let emails: Vec<_> = users.as_array().unwrap().iter().map(|user| user["email"].as_str().unwrap()).collect();
        assert_eq!(
            emails,
            ["chief@example.org", "ann@example.org", "bob@example.org"],
            "the anonymous one stayed behind"
        );
        server.stranger().try_login("bob@example.org", PASSWORD).await.is(StatusCode::FORBIDDEN);
        // The old user name opens the door too.
        server.stranger().login("chief", PASSWORD).await;
    }

    #[tokio::test]
    async fn tokens_that_are_out_stay_good_and_logged_out_ones_stay_dead() {
        let home = moved();
        let server = home.start();
        let ann = server.stranger().with_token(TOKEN);
        ann.get("/api/management/expense/").await.is(StatusCode::OK);
        let answer = ann.with_token(DEAD_TOKEN).get("/api/management/expense/").await.is(StatusCode::UNAUTHORIZED);
        assert_eq!(answer["error"], "Token has been blacklisted.");
        ann.get("/api/users/logout/").await.is(StatusCode::OK);
        ann.get("/api/management/expense/").await.is(StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn a_conversation_goes_on_where_it_was() {
        let home = moved();
        let server = home.start();
        let ann = server.stranger().login("ann@example.org", PASSWORD).await;
        let opened = ann.post("/api/chats/get-or-create/", &json!({})).await.is(StatusCode::OK);
        let chat = opened["chat_id"].as_str().unwrap();
        assert_eq!(chat, "77777777-7777-4777-8777-777777777772", "the newest of the two");
        let mut socket = Socket::join(&server, chat, &ann).await;
        let history = socket.history().await;
        let said: Vec<_> = history.iter().map(|row| row["message"].as_str().unwrap()).collect();
        assert_eq!(said, ["Hello", "Hello Ann"], "what was said in either, in order");
        socket.say("Still there?").await;
        assert_eq!(socket.hears("Still there?").await["seq"], 3);
    }

    #[tokio::test]
    async fn chats_are_in_the_order_in_which_they_were_opened() {
        let home = moved();
        let server = home.start();
        let chief = server.stranger().login("chief@example.org", PASSWORD).await;
        let chats = chief.get("/api/chats/chat/").await.is(StatusCode::OK);
        let customers: Vec<_> =
            chats.as_array().unwrap().iter().map(|chat| chat["customer"].as_i64().unwrap()).collect();
        assert_eq!(customers, [9, 7]);
    }
}
