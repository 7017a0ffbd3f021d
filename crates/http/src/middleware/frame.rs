//! Around every request: its name, its line in the log, and the headers that every answer carries.

use super::problem_json;
use super::request_id::{REQUEST_ID, request_id};
use super::trace_context::TraceContext;
use crate::budgets::Charge;
use crate::client::Client;
use crate::credentials::Credentials;
use crate::metrics::Counted;
use crate::policy::Matched;
use crate::problem::Problem;
use crate::protocol::Began;
use crate::routes::Routes;
use crate::state::AppState;
use crate::traces::{RequestFacts, end_request};
use crate::words::Words;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    CACHE_CONTROL, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError, web};
use opentelemetry::Context;
use opentelemetry::trace::{FutureExt, TraceContextExt};
use std::time::Instant;
use tracing::{Instrument, Span, field, info, info_span};

/// What every answer carries unless its handler said otherwise.
const HEADERS: [(HeaderName, &str); 4] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
];

/// What is kept of a request until it is answered.
struct Asked {
    state: Option<web::Data<AppState>>,
    id: HeaderValue,
    method: Method,
    route: Option<String>,
    matched: Option<Matched>,
    client: Option<Client>,
    charge: Charge,
    trace: Option<TraceContext>,
    /// The span of the request, when it is traced.
    context: Option<Context>,
    /// Lets go of its count also when the client goes away.
    in_flight: Option<Counted>,
    origin: Option<HeaderValue>,
    wants_problem_json: bool,
    since: Instant,
    span: Span,
}

/// Names the request, runs it, completes its answer and logs one line: never a query string, a body or a token.
pub async fn frame(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = Asked::read(&request);
    if let Some(client) = asked.client {
        request.extensions_mut().insert(client);
    }
    request.extensions_mut().insert(Began(asked.since));
    if let Some(matched) = asked.matched {
        request.extensions_mut().insert(matched);
    }
    if let Some(refusal) = asked.throttled() {
        return Ok(request.into_response(asked.finish(refusal.error_response())));
    }
    let answer = next.call(request).instrument(asked.span.clone());
    let answer = match asked.context.clone() {
        Some(context) => answer.with_context(context).await,
        None => answer.await,
    };
    match answer {
        Ok(answer) => {
            let (request, response) = answer.into_parts();
            let response = asked.finish(response.map_into_boxed_body());
            Ok(ServiceResponse::new(request, response))
        }
        // The request is gone by now, so the complete answer travels as an error.
        Err(error) => {
            let response = asked.finish(error.error_response());
            Err(InternalError::from_response("refused by a convention", response).into())
        }
    }
}

/// Takes the cost of a request from the budgets of its client: a token that was signed here names the user, whether or
/// not it still opens doors.
fn charge(state: &AppState, client: Client, request: &ServiceRequest, cost: u32) -> Charge {
    let credentials = Credentials::read(request.headers());
    let claims = credentials.token().ok().and_then(|token| state.tokens.read(token, state.clock.now()).ok());
    state.budgets.charge(client.network(), claims.map(|claims| claims.user()), cost)
}

impl Asked {
    fn read(request: &ServiceRequest) -> Self {
        let state = request.app_data::<web::Data<AppState>>().cloned();
        let client = state.as_ref().map(|state| Client::of(request.request(), &state.proxies));
        let (method, route) = (request.method().clone(), request.match_pattern());
        let routes = request.app_data::<web::Data<Routes>>();
        let matched = routes.map(|routes| routes.find(route.as_deref(), &method));
        let cost = matched.map_or(0, |matched| matched.cost_by(&method));
        let charge = match (&state, client) {
            (Some(state), Some(client)) => charge(state, client, request, cost),
            _ => Charge::default(),
        };
        let id = request_id(request.headers(), state.as_ref().map(|state| state.ids.as_ref()));
        let named = state.as_ref().and_then(|state| TraceContext::read(request.headers(), state.ids.as_ref()));
        let context = state.as_ref().and_then(|state| {
            state.traces.begin_request(|| RequestFacts {
                above: named.as_ref().and_then(TraceContext::above),
                method: &method,
                route: route.as_deref(),
                scheme: client.map(|client| client.scheme.as_str()),
                host: state.hosts.named_in(request.headers()),
                id: id.to_str().unwrap_or_default(),
            })
        });
        let trace = match &context {
            Some(context) => Some(TraceContext::of(context.span().span_context(), named)),
            None => named,
        };
        let span = info_span!(
            "request",
            id = id.to_str().unwrap_or_default(),
            user = field::Empty,
            trace = trace.as_ref().map(|context| context.trace.as_str()),
            parent = trace.as_ref().and_then(|context| context.parent.as_deref()),
            span = trace.as_ref().map(|context| context.span.as_str()),
        );
        let in_flight = state.as_ref().map(|state| state.metrics.request_begins());
        Self {
            state,
            client,
            charge,
            trace,
            context,
            in_flight,
            id,
            method,
            route,
            matched,
            origin: request.headers().get(ORIGIN).cloned(),
            wants_problem_json: problem_json::is_wanted(request.headers()),
            since: Instant::now(),
            span,
        }
    }

    /// The refusal, when a budget is used up.
    fn throttled(&self) -> Option<Problem> {
        let (status, state) = (self.charge.refused_by()?, self.state.as_ref()?);
        state.metrics.throttled(status.name);
        self.charge.refusal()
    }

    fn finish(self, response: HttpResponse) -> HttpResponse {
        let mut response = self.problem_as_json(response);
        self.close_when_draining(&mut response);
        let headers = response.headers_mut();
        for (name, value) in HEADERS {
            if !headers.contains_key(&name) {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        if let Some(state) = &self.state {
            state.cors.add_headers(self.origin.as_ref(), headers);
        }
        self.charge.add_headers(headers);
        if let Some(trace) = &self.trace {
            trace.add_headers(headers);
        }
        headers.insert(REQUEST_ID, self.id);
        let (took, route) = (self.since.elapsed(), self.route.as_deref());
        if let Some(state) = &self.state {
            state.metrics.answered(&self.method, route, response.status(), took);
        }
        if let Some(context) = &self.context {
            end_request(context, response.status());
        }
        drop(self.in_flight);
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let (method, status) = (self.method.as_str(), response.status().as_u16());
        let client = self.client.map(|client| field::display(client.address));
        let scheme = self.client.map(|client| client.scheme.as_str());
        self.span.in_scope(|| info!(method, route = route.unwrap_or("-"), status, ms, client, scheme, "answered"));
        response
    }

    /// Lets no client come back on the same connection while the server is going down: a new one finds another node.
    fn close_when_draining(&self, response: &mut HttpResponse) {
        let is_going_down = self.state.as_ref().is_some_and(|state| state.shutdown.has_begun());
        if is_going_down && response.status() != StatusCode::SWITCHING_PROTOCOLS {
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
    }

    /// Makes sure that an error is told in JSON, in the form that the client asked for, and that its cause is logged.
    fn problem_as_json(&self, response: HttpResponse) -> HttpResponse {
        let Some(error) = response.error() else { return response };
        let problem = error.as_error::<Problem>().cloned().unwrap_or_else(|| {
            // A refusal of the framework's own, such as a broken socket handshake.
            let status = response.status();
            let sentence = status.canonical_reason().unwrap_or("The request is not valid.");
            Problem::refusal(status, "api.protocol", sentence)
        });
        let problem = problem.worded(self.matched.map_or(Words::NONE, |matched| matched.words));
        let response = problem.error_response();
        self.span.in_scope(|| problem.log());
        if self.wants_problem_json { problem_json::render(response, &problem, &self.id) } else { response }
    }
}
