//! A path with its methods, and what every path answers to all the others.

use crate::call::Call;
use crate::problem::Problem;
use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, web};
use std::fmt;
use users::Role;

/// A path with its methods, served with and without a slash at its end. `HEAD` goes the way of `GET`; `OPTIONS` says what
/// is allowed; any other method is 405, for those who may use the path at all.
pub struct Endpoint {
    resource: Resource,
    allowed: Vec<&'static str>,
    at_least: Option<Role>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}

impl Endpoint {
    /// A path without a slash at its end, for callers of at least this rank.
    pub fn new(path: &str, at_least: Role) -> Self {
        Self { at_least: Some(at_least), ..Self::public(path) }
    }

    /// A path without a slash at its end, for everybody.
    pub fn public(path: &str) -> Self {
        let resource = web::resource(vec![path.to_owned(), format!("{path}/")]);
        Self { resource, allowed: Vec::new(), at_least: None }
    }

    /// Serves `GET`, and `HEAD` with it.
    #[must_use]
    pub fn get<F, Args>(mut self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.allowed.extend(["GET", "HEAD"]);
        self.resource = self.resource.route(web::get().to(handler));
        self
    }

    /// Serves `POST`.
    #[must_use]
    pub fn post<F, Args>(mut self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.allowed.push("POST");
        self.resource = self.resource.route(web::post().to(handler));
        self
    }

    /// Serves `PUT`.
    #[must_use]
    pub fn put<F, Args>(mut self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.allowed.push("PUT");
        self.resource = self.resource.route(web::put().to(handler));
        self
    }

    /// Serves `DELETE`.
    #[must_use]
    pub fn delete<F, Args>(mut self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.allowed.push("DELETE");
        self.resource = self.resource.route(web::delete().to(handler));
        self
    }
}

impl HttpServiceFactory for Endpoint {
    fn register(self, config: &mut AppService) {
        let Self { resource, mut allowed, at_least } = self;
        allowed.push("OPTIONS");
        let allow = HeaderValue::from_str(&allowed.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"));
        let told = allow.clone();
        let options = web::method(Method::OPTIONS)
            .to(move || std::future::ready(HttpResponse::NoContent().insert_header((ALLOW, told.clone())).finish()));
        let others = web::to(move |call: Call| refuse_method(call, at_least, allow.clone()));
        resource.route(options).default_service(others).register(config);
    }
}

async fn refuse_method(call: Call, at_least: Option<Role>, allow: HeaderValue) -> Result<HttpResponse, Problem> {
    match at_least {
        Some(role) => call.read(role, |_, _, _| Ok(())).await?,
        None => call.public().await?,
    }
    Err(Problem::method_not_allowed(call.method(), &allow))
}
