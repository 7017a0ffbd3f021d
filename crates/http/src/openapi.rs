//! The words in which operations describe themselves, and what the description says of all of them.

mod every_answer;
mod every_field;
mod inputs;
mod links;
mod policies;

use crate::routes::Surface;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, ContentBuilder, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};

pub use inputs::{body_schema, query_parameters};

/// The description of a server with these surfaces, on top of what it says of itself.
pub fn describe(mut document: Document, surfaces: Vec<Surface>) -> Document {
    let mut endpoints = Vec::new();
    for surface in surfaces {
        surface.documents.into_iter().for_each(|part| document.merge(part));
        endpoints.extend(surface.endpoints);
    }
    let mut components = document.components.take().unwrap_or_default();
    let shared = ComponentsBuilder::new()
        .security_scheme("token", token_scheme())
        .security_scheme("bearer", bearer_scheme())
        .security_scheme("socket_token", socket_token_scheme())
        .schema_from::<Detail>()
        .schema_from::<Faults>()
        .responses_from_iter(SHARED.iter().map(|shared| (shared.name, shared.response())))
        .build();
    components.security_schemes.extend(shared.security_schemes);
    components.schemas.extend(shared.schemas);
    components.schemas.extend([inputs::amount()]);
    components.responses.extend(shared.responses);
    document.components = Some(components);
    policies::describe(&mut document, &endpoints);
    links::describe(&mut document, &endpoints);
    every_field::describe(&mut document);
    every_answer::describe(&mut document);
    document
}

fn token_scheme() -> SecurityScheme {
    let how = "The word `Token`, a blank, and the token of a login: `Token eyJ..`";
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("Authorization", how)))
}

fn socket_token_scheme() -> SecurityScheme {
    let how = "The access token, for sockets: browsers cannot send them a header.";
    SecurityScheme::ApiKey(ApiKey::Query(ApiKeyValue::with_description("token", how)))
}

fn bearer_scheme() -> SecurityScheme {
    SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build())
}

/// A refusal that many operations share.
struct Shared {
    status: &'static str,
    name: &'static str,
    description: &'static str,
    example: fn() -> Value,
}

impl Shared {
    fn response(&self) -> Response {
        let schema = if self.status == "400" { "Faults" } else { "Detail" };
        let schema = Ref::from_schema_name(schema);
        let content = ContentBuilder::new().schema(Some(schema)).example(Some((self.example)())).build();
        ResponseBuilder::new().description(self.description).content("application/json", content).build()
    }
}

const SHARED: [Shared; 11] = [
    Shared {
        status: "400",
        name: "BadRequest",
        description: "What is wrong: by field, in `detail`, or in `non_field_errors`.",
        example: || json!({ "title": ["This field is required."] }),
    },
    Shared {
        status: "401",
        name: "Unauthorized",
        description: "No token, or one that is not valid, expired or logged out.",
        example: || json!({ "detail": "Authentication credentials were not provided." }),
    },
    Shared {
        status: "403",
        name: "Forbidden",
        description: "The caller may not.",
        example: || json!({ "detail": "You do not have permission to perform this action." }),
    },
    Shared {
        status: "408",
        name: "RequestTimeout",
        description: "The body took too long to arrive.",
        example: || json!({ "detail": "The request body took too long to arrive." }),
    },
    Shared {
        status: "409",
        name: "StillRunning",
        description: "A request with this `Idempotency-Key` is being worked on; `Retry-After` says when to come again.",
        example: || json!({ "detail": "A request with this Idempotency-Key is still running. Try again in a moment." }),
    },
    Shared {
        status: "412",
        name: "PreconditionFailed",
        description: "It is not, or no longer, what the client has read; `ETag` names what it is now.",
        example: || json!({ "detail": "This was changed in the meantime. Read it again." }),
    },
    Shared {
        status: "413",
        name: "BodyTooLarge",
        description: "The body is larger than 1 MiB, or than 16 MiB as multipart, or than 32 MiB as a file to import.",
        example: || json!({ "detail": "Request body too large." }),
    },
    Shared {
        status: "415",
        name: "UnsupportedMediaType",
        description: "The body is neither JSON nor a form.",
        example: || json!({ "detail": "Unsupported media type \"text/plain\" in request." }),
    },
    Shared {
        status: "422",
        name: "OtherRequest",
        description: "This `Idempotency-Key` came before, with another body.",
        example: || json!({ "detail": "This Idempotency-Key was used for a request with another body." }),
    },
    Shared {
        status: "500",
        name: "ServerFault",
        description: "A fault of the server.",
        example: || json!({ "detail": "A server error occurred.", "error 500": "Something went wrong on our side. Try again later." }),
    },
    Shared {
        status: "503",
        name: "Busy",
        description: "The service is busy or away; `Retry-After` says when to come again.",
        example: || json!({ "detail": "The service is busy. Try again in a moment." }),
    },
];

fn shared(statuses: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    let wanted = SHARED.iter().filter(|shared| statuses.contains(&shared.status));
    wanted.map(|shared| (shared.status.to_owned(), RefOr::Ref(Ref::from_response_name(shared.name)))).collect()
}

/// One sentence that says what is wrong.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Detail {
    /// The sentence.
    detail: String,
}

/// What is wrong with a request: by field, in `detail`, or in `non_field_errors`; some operations answer with a bare list.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Faults {
    /// By name.
    Named(BTreeMap<String, Sentences>),
    /// Alone.
    Bare(Vec<String>),
    /// By row, of a file that was to be imported.
    Rows(FaultyRows),
}

/// What is wrong with a file that was to be imported.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct FaultyRows {
    /// How many rows are faulty.
    detail: String,
    /// What is wrong with the first of them.
    errors: Vec<FaultyField>,
    /// Whether there may be more faulty rows than are told.
    more: bool,
}

/// What is wrong with a field of a row.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct FaultyField {
    /// Which row; 1 is the header.
    row: u64,
    /// Which column; `row` for what is wrong with a row as a whole.
    field: String,
    /// What is wrong with it.
    detail: String,
}

/// One sentence, or several.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Sentences {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}
