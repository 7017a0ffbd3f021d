//! Requests that are sent again under the same `Idempotency-Key`, by clients that cannot know whether they arrived.

use crate::support::{Client, Engine, Home, PASSWORD, Server};
use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

on_both_engines! {
    a_hundred_equal_requests_make_one_row,
    what_was_answered_before_a_power_cut_is_answered_again_after_it,
    two_nodes_do_it_once,
}

const CATEGORIES: &str = "/api/management/category/";
const REGISTER: &str = "/api/users/register/";
const KEY: &str = "8e03978e-40d5-43dd-bc93-6894a57f9324";

fn category() -> Value {
    json!({ "name": "Food", "description": "x", "type": "expense", "hexColor": "#000000" })
}

/// What a client was answered: the status, the body, and whether it is an answer of old.
async fn post(client: &Client, path: &str, body: &Value) -> (StatusCode, String, bool) {
    let request = client.request(Method::POST, path).header("Idempotency-Key", KEY).json(body);
    let answer = client.send(request).await;
    let is_replayed = answer.header("idempotency-replayed") == "true";
    (answer.status, answer.text, is_replayed)
}

/// Sends again for as long as it is told that the first one is still running.
async fn insist(client: &Client, path: &str, body: &Value) -> (StatusCode, String, bool) {
    loop {
        let answer = post(client, path, body).await;
        if answer.0 != StatusCode::CONFLICT {
            return answer;
        }
    }
}

/// How many answers are new; all of them must be the same.
fn firsts(answers: &[(StatusCode, String, bool)]) -> usize {
    let all: BTreeSet<_> = answers.iter().map(|(status, text, _)| (status.as_u16(), text)).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    answers.iter().filter(|(_, _, is_replayed)| !is_replayed).count()
}

async fn rows(client: &Client) -> usize {
    client.get(CATEGORIES).await.is(StatusCode::OK).as_array().expect("a list").len()
}

async fn a_hundred_equal_requests_make_one_row(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let insistent = async |_| insist(&root.at(server.address()), CATEGORIES, &category()).await;
    let answers = join_all((0..100).map(insistent)).await;
    assert_eq!((firsts(&answers), rows(&root).await), (1, 1));
    assert_eq!(answers[0].0, StatusCode::ACCEPTED);
}

async fn what_was_answered_before_a_power_cut_is_answered_again_after_it(engine: Engine) {
    let home = Home::new(engine).with_root();
    let server = home.start();
    let root = server.root().await;
    let first = post(&root, CATEGORIES, &category()).await;
    assert_eq!((first.0, first.2), (StatusCode::ACCEPTED, false));
    server.cut_off();
    let server = home.start();
    let root = root.at(server.address());
    let again = post(&root, CATEGORIES, &category()).await;
    assert_eq!(again, (first.0, first.1, true));
    assert_eq!(rows(&root).await, 1);
}

async fn two_nodes_do_it_once(engine: Engine) {
    let home = Home::new(engine).with_root();
    let nodes = [home.start(), home.start()];
    let root = nodes[0].root().await;
    // Whoever is slower would be refused for good by the address, if it did not wait for the faster one.
    let ann = json!({ "first_name": "Ann", "last_name": "x", "email": "ann@example.org", "password": PASSWORD });
    let register = async |node: usize| insist(&nodes[node % 2].stranger(), REGISTER, &ann).await;
    let answers = join_all((0..8).map(register)).await;
    assert_eq!((firsts(&answers), answers[0].0), (1, StatusCode::ACCEPTED));
    let create = async |node: usize| insist(&root.at(nodes[node % 2].address()), CATEGORIES, &category()).await;
    let answers = join_all((0..20).map(create)).await;
    assert_eq!((firsts(&answers), rows(&root).await), (1, 1));
}
