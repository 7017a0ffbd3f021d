//! A server that is being stopped.

use crate::support::TestApp;
use crate::support::desk::Desk;
use serde_json::json;
use std::time::Duration;

#[actix_web::test]
async fn a_server_that_goes_down_says_so_and_answers_all_the_same() {
    let app = TestApp::start();
    let ready = app.send(app.request("GET", "/readyz")).await;
    assert_eq!((ready.status, ready.header("connection")), (200, ""));
    app.state.shutdown.drain(Duration::from_secs(3600));
    let ready = app.send(app.request("GET", "/readyz")).await;
    assert_eq!((ready.status, ready.header("connection")), (503, "close"));
    assert_eq!(ready.json()["detail"], "This node is being stopped. Others take over.");
    for (path, status) in [("/livez", 200), ("/", 200), ("/nowhere/", 404), ("/api/management/expense/", 401)] {
        let answer = app.send(app.request("GET", path)).await;
        assert_eq!((answer.status, answer.header("connection")), (status, "close"), "{path}");
    }
}

#[actix_web::test]
async fn a_server_that_goes_down_tells_clients_to_resume() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    desk.app.state.shutdown.begin();
    assert_eq!(ann.close_code().await, 1012);
}

#[actix_web::test]
async fn sockets_go_on_in_a_server_that_hands_over_until_it_is_their_turn() {
    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    desk.app.state.shutdown.drain(Duration::from_secs(3600));
    ann.send(&json!({ "message": "hello" }).to_string()).await;
    assert_eq!(ann.json().await["message"], "hello");
    let mut again = desk.socket(&desk.customer).await;
    assert_eq!(again.json().await[0]["message"], "hello", "whoever comes yet is let in");
    desk.app.state.shutdown.begin();
    assert_eq!((ann.close_code().await, again.close_code().await), (1012, 1012));

    let desk = Desk::open().await;
    let mut ann = desk.socket(&desk.customer).await;
    desk.app.state.shutdown.drain(Duration::from_millis(10));
    assert_eq!(ann.close_code().await, 1012);
}
