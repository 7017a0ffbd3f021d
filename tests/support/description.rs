//! The description of the API, and whether answers are as it says.

use super::answer::Answer;
use super::home::binary;
use jsonschema::Validator;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Statuses that any operation may answer with, without saying so.
const ANYWHERE: [u16; 4] = [400, 401, 404, 405];

/// The description of the API that the binary prints.
pub(crate) struct Description {
    document: Value,
    /// Made when they are needed first, by the pointer to their schema.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Description {
    /// The one of the binary under test; printed once.
    pub(crate) fn of_the_api() -> &'static Self {
        static DESCRIPTION: OnceLock<Description> = OnceLock::new();
        DESCRIPTION.get_or_init(|| {
            let printed = Command::new(binary()).args(["openapi", "--json"]).env_clear().output();
            let printed = printed.expect("the binary runs");
            assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
            Self { document: serde_json::from_slice(&printed.stdout).expect("JSON"), validators: Mutex::default() }
        })
    }

    /// The document.
    pub(crate) fn document(&self) -> &Value {
        &self.document
    }

    /// Every operation: its path and its method.
    pub(crate) fn operations(&self) -> Vec<(String, Method)> {
        let paths = self.document["paths"].as_object().expect("paths");
        let methods = |(path, item): (&String, &Value)| {
            let methods = item.as_object().expect("operations").keys().cloned();
            let methods = methods.filter_map(|name| Method::from_bytes(name.to_uppercase().as_bytes()).ok());
            let known = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH];
            methods.filter(|method| known.contains(method)).map(|method| (path.clone(), method)).collect::<Vec<_>>()
        };
        paths.iter().flat_map(methods).collect()
    }

    /// Insists that the answer is one that the description promises.
    pub(crate) fn check(&self, method: &Method, path: &str, answer: &Answer) {
        let Some(template) = self.template_of(path) else {
            let nowhere = [StatusCode::NOT_FOUND, StatusCode::UNAUTHORIZED].contains(&answer.status);
            assert!(nowhere, "{method} {path} is not described: {answer:?}");
            return;
        };
        let verb = method.as_str().to_lowercase();
        let responses = &self.document["paths"][&template][&verb]["responses"];
        if responses.is_null() {
            assert!(!answer.status.is_success() || *method == Method::OPTIONS, "{method} {template} is not described");
            return;
        }
        let status = answer.status.as_u16();
        let response = &responses[status.to_string()];
        if response.is_null() {
            assert!(ANYWHERE.contains(&status), "{method} {template} is not said to answer {status}: {answer:?}");
            return;
        }
        if response["content"]["application/json"]["schema"].is_null() {
            return;
        }
        let pointer = format!(
            "/paths/{}/{verb}/responses/{status}/content/application~1json/schema",
            template.replace('~', "~0").replace('/', "~1")
        );
        let (validator, body) = (self.validator(&pointer), answer.json());
        let problems: Vec<String> = validator.iter_errors(&body).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{method} {template} {status} is not as described: {problems:?} in {body}");
    }

    /// The described path that leads there.
    fn template_of(&self, path: &str) -> Option<String> {
        let segments = |path: &str| path.trim_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
        let asked = segments(path);
        let fits = |template: &&String| {
            let template = segments(template);
            let mut pairs = template.iter().zip(&asked);
            template.len() == asked.len() && pairs.all(|(part, asked)| part.starts_with('{') || part == asked)
        };
        let paths = self.document["paths"].as_object().expect("paths").keys();
        // A literal path goes before one with a hole.
        paths.filter(fits).min_by_key(|template| template.matches('{').count()).cloned()
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = validators.entry(pointer.to_owned()).or_insert_with(|| {
            let schema = self.document.pointer(pointer).expect("a schema").clone();
            let rooted = json!({ "components": self.document["components"], "allOf": [schema] });
            Arc::new(jsonschema::options().should_validate_formats(true).build(&rooted).expect("a sound schema"))
        });
        Arc::clone(validator)
    }
}
