//! A path with its methods, what holds for each of them, and what every path answers to all the others.

use crate::access::Access;
use crate::call::Call;
use crate::policy::Policy;
use crate::problem::Problem;
use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, web};
use std::fmt;

/// A path with its methods, served with and without a slash at its end. `HEAD` goes the way of `GET`; `OPTIONS` says what
/// is allowed; any other method is 405, for those who may use the path at all.
pub struct Endpoint {
    path: &'static str,
    resource: Resource,
    operations: Vec<(Method, Policy)>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("path", &self.path)
            .field("operations", &self.operations)
            .finish_non_exhaustive()
    }
}

impl Endpoint {
    /// A path without a slash at its end.
    pub fn new(path: &'static str) -> Self {
        Self { path, resource: web::resource(vec![path.to_owned(), format!("{path}/")]), operations: Vec::new() }
    }

    /// Serves `GET`, and `HEAD` with it.
    #[must_use]
    pub fn get<F, Args>(self, policy: impl Into<Policy>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.serve(Method::GET, policy.into(), handler)
    }

    /// Serves `POST`.
    #[must_use]
    pub fn post<F, Args>(self, policy: impl Into<Policy>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.serve(Method::POST, policy.into(), handler)
    }

    /// Serves `PUT`.
    #[must_use]
    pub fn put<F, Args>(self, policy: impl Into<Policy>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.serve(Method::PUT, policy.into(), handler)
    }

    /// Serves `PATCH`.
    #[must_use]
    pub fn patch<F, Args>(self, policy: impl Into<Policy>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.serve(Method::PATCH, policy.into(), handler)
    }

    /// Serves `DELETE`.
    #[must_use]
    pub fn delete<F, Args>(self, policy: impl Into<Policy>, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.serve(Method::DELETE, policy.into(), handler)
    }

    /// The path, without a slash at its end.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Its methods, with what holds for each.
    pub fn operations(&self) -> &[(Method, Policy)] {
        &self.operations
    }

    fn serve<F, Args>(mut self, method: Method, policy: Policy, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.resource = self.resource.route(web::method(method.clone()).to(handler));
        self.operations.push((method, policy));
        self
    }

    /// The methods that are allowed, as `Allow` has them.
    fn allowed(&self) -> String {
        let mut allowed = Vec::new();
        for (method, _) in &self.operations {
            allowed.push(method.as_str());
            if *method == Method::GET {
                allowed.push(Method::HEAD.as_str());
            }
        }
        allowed.push(Method::OPTIONS.as_str());
        allowed.join(", ")
    }
}

impl HttpServiceFactory for Endpoint {
    fn register(self, config: &mut AppService) {
        let allow = HeaderValue::from_str(&self.allowed()).unwrap_or(HeaderValue::from_static("OPTIONS"));
        // Who may use none of the methods learns nothing of them.
        let widest = self.operations.iter().map(|(_, policy)| policy.access).min().unwrap_or(Access::Anyone);
        let told = allow.clone();
        let options = web::method(Method::OPTIONS)
            .to(move || std::future::ready(HttpResponse::NoContent().insert_header((ALLOW, told.clone())).finish()));
        let others = web::to(move |call: Call| refuse_method(call, widest, allow.clone()));
        self.resource.route(options).default_service(others).register(config);
    }
}

async fn refuse_method(call: Call, widest: Access, allow: HeaderValue) -> Result<HttpResponse, Problem> {
    // Where nobody's credentials count, those of a login that is over do.
    let access = if widest == Access::Unchecked { Access::Anyone } else { widest };
    call.admit_to(access).await?;
    Err(Problem::method_not_allowed(call.method(), &allow))
}
