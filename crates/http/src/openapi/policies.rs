//! What every operation says because of its policy, so that no handler has to say it.

use super::shared;
use crate::access::Access;
use crate::endpoint::Endpoint;
use crate::policy::{BodyKind, Policy};
use actix_web::http::Method;
use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::Type;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{HeaderBuilder, ObjectBuilder, OpenApi as Document, RefOr, Required, Response};

/// Adds it to the operation of each endpoint that is described.
pub(super) fn describe(document: &mut Document, endpoints: &[Endpoint]) {
    for endpoint in endpoints {
        let (bare, slashed) = (endpoint.path(), format!("{}/", endpoint.path()));
        let paths = &mut document.paths.paths;
        let path = if paths.contains_key(&slashed) { slashed.as_str() } else { bare };
        let Some(item) = paths.get_mut(path) else { continue };
        for (method, policy) in endpoint.operations() {
            if let Some(operation) = operation_of(item, method) {
                describe_operation(operation, *policy);
            }
        }
    }
}

/// The operation of a path by its method.
fn operation_of<'item>(item: &'item mut PathItem, method: &Method) -> Option<&'item mut Operation> {
    match *method {
        Method::GET => item.get.as_mut(),
        Method::POST => item.post.as_mut(),
        Method::PUT => item.put.as_mut(),
        Method::PATCH => item.patch.as_mut(),
        Method::DELETE => item.delete.as_mut(),
        _ => None,
    }
}

fn describe_operation(operation: &mut Operation, policy: Policy) {
    let responses = &mut operation.responses.responses;
    let mut add = |statuses: &[&str]| {
        for (status, response) in shared(statuses) {
            responses.entry(status).or_insert(response);
        }
    };
    add(match policy.access {
        Access::Unchecked => &[],
        Access::Anyone | Access::SignedInOrNot => &["401", "500", "503"],
        Access::Owner | Access::AtLeast(_) => &["401", "403", "500", "503"],
    });
    if policy.body != BodyKind::Ignored {
        add(&["400", "408", "413", "415"]);
    }
    if policy.is_guarded {
        add(&["412"]);
    }
    if policy.is_repeatable {
        add(&["400", "409", "422"]);
    }
    if policy.is_cacheable {
        responses.entry("304".to_owned()).or_insert(RefOr::T(Response::new("The client has it already.")));
    }
    let headers = [
        policy.is_repeatable.then(idempotency_key),
        policy.is_guarded.then(if_match),
        policy.is_cacheable.then(if_none_match),
    ];
    let parameters = operation.parameters.get_or_insert_default();
    parameters.extend(headers.into_iter().flatten().map(RefOr::T));
    if policy.is_repeatable {
        describe_repetition(operation);
    }
    if policy.access == Access::Anyone {
        operation.security = Some(vec![SecurityRequirement::default()]);
    }
    let access = ExtensionsBuilder::new().add("x-access", json!(policy.access.word())).build();
    operation.extensions.get_or_insert_default().merge(access);
}

/// Says of the answers that are kept under a key that they may be repetitions.
fn describe_repetition(operation: &mut Operation) {
    for (_, response) in operation.responses.responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
        if let RefOr::T(response) = response {
            let about = "`true` when this was answered before, to the first request with this key; else absent.";
            let header = HeaderBuilder::new().description(Some(about)).build();
            response.headers.insert("Idempotency-Replayed".to_owned(), RefOr::T(header));
        }
    }
}

fn idempotency_key() -> Parameter {
    let about = "A name for this request, best a random UUID; with or without quotes. For 24 hours, the same caller gets the \
                 first\nanswer again when it sends the same body, byte for byte, under the same key. Refusals are not kept.";
    let pattern = r#"^([!#-~]{1,255}|"([ !#-\[\]-~]|\\["\\]){1,255}")$"#;
    header("Idempotency-Key", about, Some(pattern), "8e03978e-40d5-43dd-bc93-6894a57f9324")
}

fn if_match() -> Parameter {
    let about = "Tags of what the client has read, or `*`: the change happens only if one of them is that of what is there now.";
    header("If-Match", about, None, "\"4ac1d7a15e3b8f0297c6de5b1a2f3c4d\"")
}

fn if_none_match() -> Parameter {
    let about = "Tags of what the client has already: if one of them is that of what is there now, the answer is 304.";
    header("If-None-Match", about, None, "\"4ac1d7a15e3b8f0297c6de5b1a2f3c4d\"")
}

fn header(name: &str, about: &str, pattern: Option<&str>, example: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(pattern).build()))
        .example(Some(json!(example)))
        .build()
}
