//! What every operation answers and every answer carries, so that no handler has to say it.

use serde_json::json;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{
    Components, ContentBuilder, Header, HeaderBuilder, ObjectBuilder, OpenApi as Document, Ref, RefOr, Required,
    Response, ResponseBuilder,
};

/// Headers of every answer, with what they say.
const HEADERS: [(&str, &str); 5] = [
    (
        "RateLimit",
        "What is left (`r`) of each budget of the client, and in how many seconds it is full again (`t`), as \
         draft-ietf-httpapi-ratelimit-headers-10 has it: `\"address\";r=4998;t=1, \"user\";r=1998;t=1`. Absent when budgets \
         are off.",
    ),
    (
        "RateLimit-Policy",
        "How much each budget of the client holds (`q`), and in how many seconds it fills (`w`): \
         `\"address\";q=5000;w=10, \"user\";q=2000;w=10`. Absent when budgets are off.",
    ),
    ("X-Request-Id", "The name of the request in the server's log: the one that the client sent, or a new one."),
    (
        "traceparent",
        "The trace that the client named, with a step of the server's own (W3C Trace Context); else absent.",
    ),
    ("tracestate", "What the client sent in `tracestate` beside a valid `traceparent`, up to 512 bytes; else absent."),
];

/// Refusals of every operation: status, name, description, and what a body says.
const REFUSALS: [(&str, &str, &str, &str); 3] = [
    (
        "414",
        "AddressTooLong",
        "The path with its query has more than 8192 bytes, unless configured otherwise.",
        "The address of the request is too long.",
    ),
    (
        "429",
        "Throttled",
        "A budget of the client is used up: of its address, its user, its sockets or its failed logins.",
        "Request was throttled. Expected available in 3 seconds.",
    ),
    (
        "431",
        "HeadersTooLarge",
        "There are more than 64 headers, or they have more than 32768 bytes, unless configured otherwise.",
        "The headers of the request are too large.",
    ),
];

/// What an operation on one thing answers when its path holds no identifier.
const NO_SUCH_PATH: &str = "NoSuchPath";

const TRACEPARENT: &str = "traceparent";

/// Adds it to each operation.
pub(super) fn describe(document: &mut Document) {
    for (path, item) in &mut document.paths.paths {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            if path.contains('{') {
                refuse(operation, "404", NO_SUCH_PATH);
            }
            describe_operation(operation);
        }
    }
    let components = document.components.get_or_insert_with(Components::new);
    components.headers.extend(HEADERS.map(|(name, about)| (name.to_owned(), RefOr::T(header(about)))));
    components.parameters.insert(TRACEPARENT.to_owned(), RefOr::T(traceparent()));
    for (status, name, about, example) in REFUSALS {
        components.responses.insert(name.to_owned(), RefOr::T(refusal(status, about, example)));
    }
    let about = "The path holds no identifier, so it leads nowhere.";
    components.responses.insert(NO_SUCH_PATH.to_owned(), RefOr::T(refusal("404", about, "Not found.")));
    components.responses.values_mut().for_each(describe_answer);
}

fn describe_operation(operation: &mut Operation) {
    let traceparent = Ref::new(format!("#/components/parameters/{TRACEPARENT}"));
    operation.parameters.get_or_insert_default().push(RefOr::Ref(traceparent));
    for (status, name, ..) in REFUSALS {
        refuse(operation, status, name);
    }
    operation.responses.responses.values_mut().for_each(describe_answer);
}

/// Adds a refusal, unless the operation has words of its own for it.
fn refuse(operation: &mut Operation, status: &str, name: &str) {
    let responses = &mut operation.responses.responses;
    responses.entry(status.to_owned()).or_insert_with(|| RefOr::Ref(Ref::from_response_name(name)));
}

fn describe_answer(answer: &mut RefOr<Response>) {
    let RefOr::T(answer) = answer else { return };
    for (name, _) in HEADERS {
        let shared = Ref::new(format!("#/components/headers/{name}"));
        answer.headers.entry(name.to_owned()).or_insert(RefOr::Ref(shared));
    }
}

fn traceparent() -> Parameter {
    let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    ParameterBuilder::new()
        .name(TRACEPARENT)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The trace that the request belongs to (W3C Trace Context); it is logged, and passed on."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .example(Some(example.into()))
        .build()
}

fn header(about: &str) -> Header {
    HeaderBuilder::new().description(Some(about)).build()
}

fn refusal(status: &str, about: &str, sentence: &str) -> Response {
    let content = ContentBuilder::new();
    let content =
        content.schema(Some(Ref::from_schema_name("Detail"))).example(Some(json!({ "detail": sentence }))).build();
    let answer = ResponseBuilder::new().description(about).content("application/json", content);
    match status {
        "429" => answer.header("Retry-After", header("Seconds after which to come again.")).build(),
        _ => answer.build(),
    }
}
