//! Somebody who keeps books on a server that dies again and again, and remembers what was promised.

use crate::support::{Chance, Client, Server};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeMap;

const EXPENSES: &str = "/api/management/expense/";

/// How many rows a writer keeps at most, so that a long run is as quick at its end as at its beginning.
const ROWS_MAX: usize = 25;

/// One row, as far as its writer can know.
struct Row {
    /// Known once creating it was answered.
    id: Option<String>,
    /// The versions that the server may have; `None` is a row that is not there. More than one only while an answer to
    /// the last request is missing.
    may_be: Vec<Option<u32>>,
}

/// What a writer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Create,
    Change { to: u32 },
    Remove,
}

impl Step {
    fn outcome(self) -> Option<u32> {
        match self {
            Self::Create => Some(1),
            Self::Change { to } => Some(to),
            Self::Remove => None,
        }
    }
}

/// Somebody with books.
pub(super) struct Writer {
    client: Client,
    /// A category and a subcategory of it.
    category: [String; 2],
    chance: Chance,
    /// By title, which nothing else has.
    rows: BTreeMap<String, Row>,
    /// Titles of the rows that are known to be there.
    present: Vec<String>,
    /// The last step, when there was no answer to it.
    unanswered: Option<(String, Step)>,
    /// How many steps were answered.
    pub(super) answered: u32,
}

impl Writer {
    pub(super) fn new(client: Client, category: [&str; 2], chance: Chance) -> Self {
        let (rows, present) = (BTreeMap::new(), Vec::new());
        Self { client, category: category.map(str::to_owned), chance, rows, present, unanswered: None, answered: 0 }
    }

    /// Takes one step after the other, until the server is gone.
    pub(super) async fn work(&mut self, is_killed: &Cell<bool>) {
        loop {
            let (title, step) = self.choose();
            if !self.take(title, step, false).await {
                assert!(is_killed.get(), "a living server did not answer: {:?}", self.unanswered);
                return;
            }
        }
    }

    /// Goes on with a server that was started again. What was not answered is mostly done again, as a careful client
    /// does, and sometimes left as it is.
    pub(super) async fn come_back(&mut self, server: &Server) {
        self.client = self.client.at(server.address());
        if let Some((title, step)) = self.unanswered.take()
            && self.chance.percent(70)
        {
            assert!(self.take(title, step, true).await, "nobody kills the server now");
        }
    }

    /// Holds what the server has against what it has promised.
    pub(super) async fn check(&self) {
        let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for row in self.client.get(EXPENSES).await.is(StatusCode::OK).as_array().expect("a list") {
            found.entry(row["title"].as_str().expect("text").to_owned()).or_default().push(row.clone());
        }
        for (title, row) in &self.rows {
            let copies = found.remove(title).unwrap_or_default();
            assert!(copies.len() <= 1, "it is there more than once: {copies:?}");
            let version = copies.first().map(|copy| self.version_of(title, row, copy));
            assert!(row.may_be.contains(&version), "{title} is {version:?} and may be {:?}", row.may_be);
        }
        assert!(found.is_empty(), "nobody has made these: {found:?}");
    }

    /// The version of a row, which must be that version from end to end.
    fn version_of(&self, title: &str, row: &Row, copy: &Value) -> u32 {
        let amount = copy["amount"].as_str().and_then(|amount| amount.strip_suffix(".00"));
        let version = amount.and_then(|amount| amount.parse().ok());
        let version = version.unwrap_or_else(|| panic!("nobody has written this amount: {copy}"));
        let mut whole = self.body(title, version);
        whole["amount"] = json!(format!("{version}.00"));
        whole["user"] = json!(self.client.id);
        whole["id"] = row.id.as_ref().map_or_else(|| copy["id"].clone(), |id| json!(id));
        assert_eq!(*copy, whole, "it is half applied");
        version
    }

    fn body(&self, title: &str, version: u32) -> Value {
        json!({
            "title": title, "description": format!("version {version}"), "amount": version.to_string(),
            "creation_date": "2026-03-01", "creation_time": "08:15:00",
            "category": self.category[0], "subcategory": self.category[1],
        })
    }

    fn choose(&mut self) -> (String, Step) {
        let count = self.present.len();
        if count < 3 || (count < ROWS_MAX && self.chance.percent(45)) {
            return (format!("{}-{}", self.client.email, self.rows.len()), Step::Create);
        }
        let place = self.chance.below(u64::try_from(count).expect("few"));
        let title = self.present[usize::try_from(place).expect("few")].clone();
        if self.chance.percent(50) {
            return (title, Step::Remove);
        }
        let now = self.rows[&title].may_be[0].expect("it is there");
        (title, Step::Change { to: now + 1 })
    }

    /// Takes a step; false when there was no answer.
    async fn take(&mut self, title: String, step: Step, is_again: bool) -> bool {
        let row = self.rows.entry(title.clone()).or_insert_with(|| Row { id: None, may_be: vec![None] });
        if !is_again {
            row.may_be.push(step.outcome());
        }
        let id = row.id.clone();
        let Some((status, text)) = self.ask(&title, step, id.as_deref()).await else {
            self.present.retain(|present| *present != title);
            self.unanswered = Some((title, step));
            return false;
        };
        let is_done = match step {
            Step::Create | Step::Change { .. } => status == StatusCode::ACCEPTED,
            // Whoever removes a second time is told that there is nothing any more.
            Step::Remove => status == StatusCode::NO_CONTENT || (is_again && status == StatusCode::FORBIDDEN),
        };
        assert!(is_done, "{title}, {step:?}: {status} {text}");
        self.answered += 1;
        let row = self.rows.get_mut(&title).expect("it was put there above");
        row.may_be = vec![step.outcome()];
        self.present.retain(|present| *present != title);
        if step == Step::Create {
            let created: Value = serde_json::from_str(&text).expect("JSON");
            row.id = Some(created["id"].as_str().expect("an id").to_owned());
        }
        if step != Step::Remove {
            self.present.push(title);
        }
        true
    }

    /// The whole answer, if one came. A request that the dead server had begun may be running in the database yet; who
    /// asks again under its key is told so, and asks once more.
    async fn ask(&self, title: &str, step: Step, id: Option<&str>) -> Option<(StatusCode, String)> {
        loop {
            let one = format!("{EXPENSES}{}/", id.unwrap_or_default());
            let request = match step {
                Step::Create => self.client.request(Method::POST, EXPENSES).header("Idempotency-Key", title),
                Step::Change { .. } => self.client.request(Method::PUT, &one),
                Step::Remove => self.client.request(Method::DELETE, &one),
            };
            let request = match step.outcome() {
                Some(version) => request.json(&self.body(title, version)),
                None => request,
            };
            let response = request.send().await.ok()?;
            let status = response.status();
            let text = response.text().await.ok()?;
            if status != StatusCode::CONFLICT {
                return Some((status, text));
            }
        }
    }
}
