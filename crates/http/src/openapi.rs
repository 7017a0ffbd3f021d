//! The words in which operations describe themselves, and what the description says of all of them.

mod every_answer;
mod every_field;
mod links;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder,
};
use utoipa::{IntoParams, IntoResponses};

/// Adds to the operations of a document what holds for all of them, and the words that they share.
pub fn complete(mut document: Document) -> Document {
    let posts = document.paths.paths.values_mut().filter_map(|item| item.post.as_mut());
    posts.filter(|post| takes_key(post)).for_each(describe_repetition);
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
    components.responses.extend(shared.responses);
    document.components = Some(components);
    links::describe(&mut document);
    every_field::describe(&mut document);
    every_answer::describe(&mut document);
    document
}

/// Whether an operation takes an [`IdempotencyKey`].
fn takes_key(operation: &Operation) -> bool {
    let is_key = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(it) if it.name == "Idempotency-Key");
    operation.parameters.iter().flatten().any(is_key)
}

/// Adds what is answered because of a key, which is the same for every operation that takes one.
fn describe_repetition(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
        if let RefOr::T(response) = response {
            let about = "`true` when this was answered before, to the first request with this key; else absent.";
            let header = HeaderBuilder::new().description(Some(about)).build();
            response.headers.insert("Idempotency-Replayed".to_owned(), RefOr::T(header));
        }
    }
    responses.extend(shared(&["400", "409", "422"]));
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

/// What anybody may be told whatever the operation.
#[derive(Debug)]
pub struct PublicRefusals;

impl IntoResponses for PublicRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["401", "500", "503"])
    }
}

/// What a caller with a token may be told by an operation without a body.
#[derive(Debug)]
pub struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["401", "403", "500", "503"])
    }
}

/// What a caller with a token may be told by an operation with a body.
#[derive(Debug)]
pub struct BodyRefusals;

impl IntoResponses for BodyRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["400", "401", "403", "408", "413", "415", "500", "503"])
    }
}

/// What anybody may be told by a public operation with a body.
#[derive(Debug)]
pub struct PublicBodyRefusals;

impl IntoResponses for PublicBodyRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["400", "401", "408", "413", "415", "500", "503"])
    }
}

/// How a request can be repeated without being done twice.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what clients send; `Call` reads the header")]
pub struct IdempotencyKey {
    /// A name for this request, best a random UUID; with or without quotes. For 24 hours, the same caller gets the first
    /// answer again when it sends the same body, byte for byte, under the same key. Refusals are not kept.
    #[param(
        nullable = false,
        rename = "Idempotency-Key",
        pattern = r#"^([!#-~]{1,255}|"([ !#-\[\]-~]|\\["\\]){1,255}")$"#,
        example = "8e03978e-40d5-43dd-bc93-6894a57f9324"
    )]
    idempotency_key: Option<String>,
}

/// What a caller is told who would change something else than what it has read.
#[derive(Debug)]
pub struct PreconditionFailed;

impl IntoResponses for PreconditionFailed {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        shared(&["412"])
    }
}

/// What a caller is told who has the answer already.
#[derive(Debug, IntoResponses)]
#[response(status = 304, description = "The client has it already.")]
pub struct NotModified;

/// What a change may depend on.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what clients send; `Conditions` reads the header")]
pub struct IfMatch {
    /// Tags of what the client has read, or `*`: the change happens only if one of them is that of what is there now.
    #[param(nullable = false, rename = "If-Match", example = "\"4ac1d7a15e3b8f0297c6de5b1a2f3c4d\"")]
    if_match: Option<String>,
}

/// What a client has already.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes what clients send; `Conditions` reads the header")]
pub struct IfNoneMatch {
    /// Tags of what the client has already: if one of them is that of what is there now, the answer is 304.
    #[param(nullable = false, rename = "If-None-Match", example = "\"4ac1d7a15e3b8f0297c6de5b1a2f3c4d\"")]
    if_none_match: Option<String>,
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
