//! The line that each request leaves in the log.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::TestApp;
use serde_json::{Value, json};
use std::io;
use std::sync::{Arc, Mutex};
use users::Role;

/// A log that the test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[actix_web::test]
async fn a_request_leaves_one_line_and_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    // Other tests in this program write into the same log: this one knows its request by the identifier.
    tracing_subscriber::fmt().json().with_env_filter("api=trace,http=trace").with_writer(move || writer.clone()).init();
    let app = TestApp::start();
    let ann = app.account("ann", Role::User);
    let path = "/api/management/expense/99999999-0000-4000-8000-000000000000/?start_date=hush-query";
    let request = app.request("PUT", path).bearer_auth(&ann.token).header("X-Request-Id", "the-one-that-is-logged");
    assert_eq!(app.send(request.json(&json!({"title": "hush-body"}))).await.status, 403);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut answered =
        lines.filter(|line| line["fields"]["message"] == "answered" && line["span"]["id"] == "the-one-that-is-logged");
    let line = answered.next().unwrap();
    let (fields, span) = (&line["fields"], &line["span"]);
    assert_eq!(
        (&fields["method"], &fields["route"], &fields["status"]),
        (&json!("PUT"), &json!("/api/management/expense/{id}"), &json!(403))
    );
    assert!(fields["ms"].is_u64());
    assert_eq!((&span["id"], &span["user"]), (&json!("the-one-that-is-logged"), &json!(ann.id.0)));
    assert!(answered.next().is_none());
    for secret in ["hush", ann.token.as_str(), "99999999-0000"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
