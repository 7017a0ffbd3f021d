//! The server, put together: the binary and the tests use the same one.

use crate::{ease, shared};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{App, Error};
use http::middleware::{answer_preflights_and_heads, check_host, frame, guard, limit_head};
use http::{Call, Problem, Reply, Shell};

/// The whole server over one shell; made once per worker.
pub fn app(
    shell: web::Data<Shell>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    // The last one wrapped is the first one asked.
    App::new()
        .app_data(shell)
        .wrap(from_fn(answer_preflights_and_heads))
        .wrap(from_fn(check_host))
        .wrap(from_fn(guard))
        .wrap(from_fn(limit_head))
        .wrap(from_fn(frame))
        .configure(routes)
}

/// Every route of every surface.
fn routes(config: &mut ServiceConfig) {
    ease::routes(config);
    shared::routes(config);
    config.default_service(web::to(no_such_path));
}

/// What every other path answers, but to the holder of a logged-out token.
async fn no_such_path(call: Call) -> Result<Reply, Problem> {
    call.public().await?;
    Err(Problem::no_such_path())
}
