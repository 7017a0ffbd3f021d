#![doc = include_str!("../README.md")]

mod ease;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod openapi;
mod shared;

pub use openapi::openapi;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::{App, Error, web};
use http::{AppState, Surface};

/// Every surface. What is asked most comes first, what no surface owns last.
pub fn surfaces() -> Vec<Surface> {
    vec![ease::surface(), shared::surface()]
}

/// The whole server over one state; made once per worker. The binary and the tests use the same one.
pub fn app(
    state: web::Data<AppState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    http::app(state, surfaces()).app_data(web::Data::from(openapi::description()))
}
