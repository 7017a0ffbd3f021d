//! The description of the API: the copy that is checked in, and what every operation must say.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::Value;

const COPY: &str = include_str!("../../../docs/openapi.yaml");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Every operation, with its method and path.
fn operations() -> Vec<(String, Value)> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if METHODS.contains(&method.as_str()) {
                operations.push((format!("{method} {path}"), operation.clone()));
            }
        }
    }
    operations
}

fn statuses(operation: &Value) -> Vec<&str> {
    operation.get("responses").and_then(Value::as_object).unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_copy_in_docs_is_what_the_program_prints() {
    let printed = api::openapi().to_yaml().unwrap();
    let equal = printed.trim_end() == COPY.trim_end();
    assert!(equal, "docs/openapi.yaml is out of date: cargo run -- openapi > docs/openapi.yaml");
}

#[test]
fn every_operation_has_an_identifier_a_tag_a_summary_and_its_answers() {
    let mut identifiers = std::collections::BTreeSet::new();
    for (name, operation) in operations() {
        let identifier = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
        assert!(!identifier.is_empty() && identifiers.insert(identifier), "{name} has no identifier of its own");
        assert!(operation.get("tags").is_some_and(|tags| !tags.as_array().unwrap().is_empty()), "{name} has no tag");
        assert!(operation.get("summary").is_some(), "{name} has no summary");
        let statuses = statuses(&operation);
        assert!(statuses.iter().any(|status| status.starts_with(['1', '2'])), "{name} never succeeds");
        let is_probe = ["get /livez", "get /readyz"].contains(&name.as_str());
        assert!(is_probe || statuses.contains(&"500"), "{name} does not say what a fault looks like");
    }
}

#[test]
fn every_operation_describes_the_limits_and_every_answer_its_budgets() {
    for (name, operation) in operations() {
        for status in ["414", "429", "431"] {
            assert!(statuses(&operation).contains(&status), "{name} does not describe {status}");
        }
        for (status, answer) in operation.get("responses").and_then(Value::as_object).unwrap() {
            for header in ["RateLimit", "RateLimit-Policy", "X-Request-Id"] {
                let told = answer.get("$ref").is_some() || answer.pointer(&format!("/headers/{header}")).is_some();
                assert!(told, "{name} does not describe {header} of {status}");
            }
        }
    }
}

#[test]
fn every_operation_that_wants_a_token_says_so() {
    for (name, operation) in operations() {
        let is_public =
            operation.get("security").is_some_and(|it| it == &serde_json::json!([{}]) || it == &serde_json::json!([]));
        let refuses = statuses(&operation).iter().any(|status| ["401", "403"].contains(status));
        assert!(is_public || refuses, "{name} wants a token and refuses nobody");
    }
}

#[test]
fn every_operation_with_a_body_says_what_is_wrong_with_it() {
    for (name, operation) in operations() {
        if operation.get("requestBody").is_some() {
            for status in ["400", "413", "415"] {
                assert!(statuses(&operation).contains(&status), "{name} does not describe {status}");
            }
        }
    }
}

/// Operations of method `POST` that create nothing: one mints secrets, the other removes.
const CREATE_NOTHING: [&str; 2] = ["post /api/users/login/", "post /api/chats/{id}/close/"];

#[test]
fn every_operation_that_creates_can_be_repeated_under_a_key() {
    let mut keyed = 0;
    for (name, operation) in operations() {
        let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let takes_key = parameters.filter_map(|it| it.get("name")).any(|it| it == "Idempotency-Key");
        let creates = name.starts_with("post ") && !CREATE_NOTHING.contains(&name.as_str());
        assert_eq!(takes_key, creates, "{name}");
        if takes_key {
            keyed += 1;
            for status in ["400", "409", "422"] {
                assert!(statuses(&operation).contains(&status), "{name} does not describe {status}");
            }
            let responses = operation.get("responses").and_then(Value::as_object).unwrap();
            let success = responses.iter().find(|(status, _)| status.starts_with('2')).unwrap().1;
            let replayed = success.pointer("/headers/Idempotency-Replayed");
            assert!(replayed.is_some(), "{name} does not say how a repetition is told");
        }
    }
    let surfaces = api::surfaces();
    let policies = surfaces.iter().flat_map(|surface| &surface.endpoints).flat_map(http::Endpoint::operations);
    assert_eq!(keyed, policies.filter(|(_, policy)| policy.is_repeatable).count());
    assert!(keyed >= 8, "only {keyed} operations were found");
}
