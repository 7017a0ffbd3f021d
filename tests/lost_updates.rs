//! Several editors of one thing: whoever says what it has read never overwrites what it has not.

use crate::support::{Client, Engine, Server};
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

on_both_engines! {
    of_two_editors_one_wins_each_round_and_nothing_is_overwritten_unseen,
    of_a_change_and_a_removal_one_wins,
}

const CATEGORIES: &str = "/api/management/category/";
const ROUNDS: usize = 100;

async fn make_category(staff: &Client) -> String {
    let body = json!({ "name": "Food", "description": "0", "type": "expense", "hexColor": "#a1b2c3" });
    let made = staff.post(CATEGORIES, &body).await.is(StatusCode::ACCEPTED);
    format!("{CATEGORIES}{}/", made["id"].as_str().expect("an id"))
}

/// What there is to read, and its tag.
async fn read(client: &Client, path: &str) -> (Value, String) {
    let answer = client.get(path).await;
    (answer.is(StatusCode::ACCEPTED), answer.header("etag").to_owned())
}

async fn change(client: &Client, path: &str, tag: &str, body: &Value) -> StatusCode {
    client.send(client.request(Method::PUT, path).header("If-Match", tag).json(body)).await.status
}

/// Each editor adds one to the number in the description, over and over. If nothing is lost, the number at the end is how
/// often an editor was told that its change was made.
async fn of_two_editors_one_wins_each_round_and_nothing_is_overwritten_unseen(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let path = make_category(&root).await;
    let edit = async |_: usize| {
        // A client of its own, so that each editor has a connection of its own.
        let editor = root.at(server.address());
        let mut won = 0_u32;
        for _ in 0..ROUNDS {
            let (seen, tag) = read(&editor, &path).await;
            let number: u32 = seen["description"].as_str().expect("text").parse().expect("a number");
            match change(&editor, &path, &tag, &json!({ "description": (number + 1).to_string() })).await {
                StatusCode::ACCEPTED => won += 1,
                status => assert_eq!(status, StatusCode::PRECONDITION_FAILED),
            }
        }
        won
    };
    let won: u32 = join_all((0..2).map(edit)).await.into_iter().sum();
    let (last, _) = read(&root, &path).await;
    assert_eq!(last["description"], json!(won.to_string()));
    assert!(won >= u32::try_from(ROUNDS).expect("few"), "of two that meet one wins, and here {won} won");
}

async fn of_a_change_and_a_removal_one_wins(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let other = root.at(server.address());
    for _ in 0..20 {
        let path = make_category(&root).await;
        let (_, tag) = read(&root, &path).await;
        let body = json!({ "description": "changed" });
        let removal = async { other.send(other.request(Method::DELETE, &path).header("If-Match", &tag)).await.status };
        let (changed, removed) = tokio::join!(change(&root, &path, &tag, &body), removal);
        match (changed, removed) {
            (StatusCode::ACCEPTED, StatusCode::PRECONDITION_FAILED) => {
                assert_eq!(read(&root, &path).await.0["description"], json!("changed"));
            }
            (StatusCode::NOT_FOUND, StatusCode::NO_CONTENT) => {
                root.get(&path).await.is(StatusCode::NOT_FOUND);
            }
            other => panic!("both or none: {other:?}"),
        }
    }
}
