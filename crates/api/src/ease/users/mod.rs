//! Users, as administrators keep them.

mod announce;
mod block;
mod change;
mod create;
mod delete;
mod get;
mod list;
mod view;

use actix_web::web::ServiceConfig;
use http::Endpoint;
use users::Role;
use utoipa::OpenApi;

pub(crate) use view::AccountView;

/// The routes of this folder.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(Endpoint::new("/api/superadmin/user", Role::Staff).get(list::list).post(create::create))
        .service(
            Endpoint::new("/api/superadmin/user/{id}", Role::Staff)
                .get(get::get)
                .put(change::change)
                .delete(delete::delete),
        )
        .service(Endpoint::new("/api/superadmin/user/block/{id}", Role::Staff).put(block::block));
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, create::create, get::get, change::change, delete::delete, block::block),
    tags((name = "Users", description = "Superusers keep everybody, staff keeps plain users."))
)]
pub(crate) struct Docs;
