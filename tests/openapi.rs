//! The description of the API: served, complete and true. That answers are as it says is checked with all of them.

use crate::support::{Description, Engine, Server};
use reqwest::StatusCode;
use serde_json::{Value, json};

on_both_engines! {
    the_description_is_served_as_yaml_and_as_json,
    the_page_and_everything_it_loads_are_served,
    every_described_operation_exists,
    every_operation_names_its_refusals_and_its_credentials,
}

const SCHEMA: &str = "/api/docs/schema/";

/// The paths that are there for everybody.
const PUBLIC: [&str; 7] =
    ["/", SCHEMA, "/api/docs/schema/ui/", "/api/users/login/", "/api/users/register/", "/livez", "/readyz"];

async fn the_description_is_served_as_yaml_and_as_json(engine: Engine) {
    let server = Server::fresh(engine);
    let stranger = server.stranger();
    let yaml = stranger.get(SCHEMA).await;
    assert_eq!(yaml.status, StatusCode::OK);
    assert!(yaml.header("content-type").contains("yaml"), "{}", yaml.header("content-type"));
    let from_yaml: Value = yaml_serde::from_str(&yaml.text).expect("YAML");
    let by_query = stranger.get(&format!("{SCHEMA}?format=json")).await.is(StatusCode::OK);
    let by_header = stranger.request(reqwest::Method::GET, SCHEMA).header("Accept", "application/json");
    let by_header = stranger.send(by_header).await.is(StatusCode::OK);
    assert_eq!((&from_yaml, &by_header), (&by_query, &by_query));
    assert_eq!(&by_query, Description::of_the_api().document(), "what is printed is what is served");
    assert!(by_query["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
}

async fn the_page_and_everything_it_loads_are_served(engine: Engine) {
    let server = Server::fresh(engine);
    let stranger = server.stranger();
    let page = stranger.get(&format!("{SCHEMA}ui/")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.header("content-type"));
    let quoted = page
        .text
        .split('"')
        .filter(|text| [Some("js"), Some("css")].contains(&text.rsplit_once('.').map(|(_, ending)| ending)));
    let assets: Vec<&str> = quoted.collect();
    assert!(assets.len() >= 3, "{assets:?}");
    for asset in assets {
        assert!(!asset.contains("//"), "{asset} is somebody else's");
        let path = match asset.strip_prefix('/') {
            Some(_) => asset.to_owned(),
            None => format!("{SCHEMA}ui/{}", asset.trim_start_matches("./")),
        };
        let answer = stranger.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.text.is_empty(), "{path}");
    }
}

/// A path with its holes filled by something that fits.
fn filled(template: &str) -> String {
    let parts = template.split('/').map(|part| match part {
        "{id}" if template.contains("superadmin") => "4711",
        "{user_id}" | "{user}" => "4711",
        part if part.starts_with('{') => "0f5b6c1e-7f0a-4a5e-9a55-0d1f6a3f6f10",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn every_described_operation_exists(engine: Engine) {
    let server = Server::fresh(engine);
    let root = server.root().await;
    let operations = Description::of_the_api().operations();
    assert!(operations.len() >= 35, "{operations:?}");
    let nobody = server.stranger();
    for (template, method) in operations {
        let request = nobody.request(method.clone(), &filled(&template)).json(&json!({}));
        let answer = nobody.send(request).await;
        assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {template}");
        assert_ne!(answer.status, StatusCode::NOT_FOUND, "{method} {template}: {}", answer.text);
        assert!(!answer.status.is_server_error(), "{method} {template}: {}", answer.text);
        // Somebody who may do anything gets no fault either; what is missing may be said to be missing.
        if template.contains("logout") {
            continue;
        }
        let request = root.request(method.clone(), &filled(&template)).json(&json!({}));
        let answer = root.send(request).await;
        assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {template}");
        assert!(!answer.status.is_server_error(), "{method} {template}: {}", answer.text);
    }
}

async fn every_operation_names_its_refusals_and_its_credentials(engine: Engine) {
    let server = Server::fresh(engine);
    let document = server.stranger().get(&format!("{SCHEMA}?format=json")).await.is(StatusCode::OK);
    let schemes = document["components"]["securitySchemes"].as_object().expect("schemes");
    assert!(schemes.len() >= 2, "{schemes:?}");
    for (template, method) in Description::of_the_api().operations() {
        let operation = &document["paths"][&template][method.as_str().to_lowercase()];
        let named = format!("{method} {template}");
        assert!(operation["summary"].is_string() && operation["operationId"].is_string(), "{named}");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with('2') || status == "101"), "{named}");
        // Whoever is not let in without credentials is told so; an empty requirement lets everybody in.
        let security = operation.get("security").or(document.get("security")).and_then(Value::as_array);
        let guarded = security.is_some_and(|all| all.iter().all(|one| *one != json!({})));
        assert_eq!(guarded, !PUBLIC.contains(&template.as_str()), "{named}");
        let refusal = if template.starts_with("/ws/") { "403" } else { "401" };
        assert!(!guarded || responses.contains_key(refusal), "{named}");
    }
}
