//! A server, put together from its surfaces.

use crate::call::Call;
use crate::middleware::{answer_preflights_and_heads, check_host, frame, guard, limit_head};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::routes::{Routes, Surface};
use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};

/// A server with these surfaces over one state; made once per worker.
pub fn app(
    state: web::Data<AppState>,
    surfaces: Vec<Surface>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let routes = Routes::of(&surfaces);
    // The last one wrapped is the first one asked.
    App::new()
        .app_data(state)
        .app_data(web::Data::new(routes))
        .wrap(from_fn(answer_preflights_and_heads))
        .wrap(from_fn(check_host))
        .wrap(from_fn(guard))
        .wrap(from_fn(limit_head))
        .wrap(from_fn(frame))
        .configure(|config| {
            for endpoint in surfaces.into_iter().flat_map(|surface| surface.endpoints) {
                config.service(endpoint);
            }
            config.default_service(web::to(no_such_path));
        })
}

/// What every other path answers, but to the holder of a logged-out token.
async fn no_such_path(call: Call) -> Result<Reply, Problem> {
    call.admit().await?;
    Err(Problem::no_such_path())
}
