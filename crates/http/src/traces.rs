//! Traces as OpenTelemetry has them: a span for each request, for each frame of a socket, and for what they ask of the
//! store. Without a tracer nothing of it runs.

use actix_web::http::{Method, StatusCode};
use opentelemetry::global::BoxedTracer;
use opentelemetry::trace::{SpanBuilder, SpanContext, SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Array, Context, KeyValue, StringValue, Value};
use std::sync::Arc;

/// What makes spans, if anything does. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Traces(Option<Arc<BoxedTracer>>);

/// What is said of a request in its span: no path, no query, no body, and nothing that tells who the caller is.
pub(crate) struct RequestFacts<'request> {
    /// The place in a trace that the client named.
    pub(crate) above: Option<SpanContext>,
    /// The method, whatever the client wrote.
    pub(crate) method: &'request Method,
    /// The template of the path, when there is such a route.
    pub(crate) route: Option<&'request str>,
    /// `http` or `https`, as the client sees it.
    pub(crate) scheme: Option<&'static str>,
    /// The host that the client asked, when it is one of ours.
    pub(crate) host: Option<&'request str>,
    /// The name of the request in answers and logs.
    pub(crate) id: &'request str,
}

impl Traces {
    /// Traces by way of this tracer.
    pub fn new(tracer: BoxedTracer) -> Self {
        Self(Some(Arc::new(tracer)))
    }

    /// Begins the span of a request. The facts are looked for only when it is traced.
    pub(crate) fn begin_request<'request>(&self, facts: impl FnOnce() -> RequestFacts<'request>) -> Option<Context> {
        let tracer = self.0.as_ref()?;
        let facts = facts();
        let method = method_name(facts.method);
        let name = match (facts.route, method) {
            (Some(route), method) => format!("{method} {route}"),
            (None, "_OTHER") => "HTTP".to_owned(),
            (None, method) => method.to_owned(),
        };
        let id = Array::String(vec![StringValue::from(facts.id.to_owned())]);
        let mut attributes = vec![
            KeyValue::new("http.request.method", method),
            KeyValue::new("http.response.header.x-request-id", Value::Array(id)),
        ];
        let known = [("http.route", facts.route), ("url.scheme", facts.scheme), ("server.address", facts.host)];
        let known = known.into_iter().filter_map(|(key, value)| Some(KeyValue::new(key, value?.to_owned())));
        attributes.extend(known);
        let above = facts.above.map_or_else(Context::new, |above| Context::new().with_remote_span_context(above));
        Some(begin(tracer, name, SpanKind::Server, attributes, &above))
    }

    /// Begins the span of a frame that came in on a socket, below the request that opened the socket.
    pub fn begin_frame(&self, opened_by: &SpanContext) -> Option<Context> {
        let tracer = self.0.as_ref()?;
        let above = Context::new().with_remote_span_context(opened_by.clone());
        let attributes = vec![KeyValue::new("network.protocol.name", "websocket")];
        Some(begin(tracer, "chat frame".to_owned(), SpanKind::Server, attributes, &above))
    }

    /// Begins a span for a part of what this thread is at, if that is traced.
    pub fn begin_part(&self, name: &'static str, kind: SpanKind, attributes: Vec<KeyValue>) -> Option<Context> {
        let tracer = self.0.as_ref()?;
        let above = Context::current();
        above.has_active_span().then(|| begin(tracer, name.to_owned(), kind, attributes, &above))
    }
}

fn begin(tracer: &BoxedTracer, name: String, kind: SpanKind, attributes: Vec<KeyValue>, above: &Context) -> Context {
    let builder = SpanBuilder::from_name(name).with_kind(kind).with_attributes(attributes);
    Context::new().with_span(tracer.build_with_context(builder, above))
}

/// Ends the span of a request with its answer.
pub(crate) fn end_request(context: &Context, status: StatusCode) {
    let span = context.span();
    span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
    if status.is_server_error() {
        mark_failed(context, status.as_str().to_owned());
    }
    span.end();
}

/// Notes on a span that what it stands for failed, and the stable name of the failure.
pub fn mark_failed(context: &Context, error: impl Into<StringValue>) {
    context.span().set_attribute(KeyValue::new("error.type", error.into()));
    context.span().set_status(Status::error(""));
}

/// Methods are free text on the wire: those that nobody serves are one, as the conventions ask.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "_OTHER",
    }
}
