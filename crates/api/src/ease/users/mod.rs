//! Users, as administrators keep them.

mod announce;
mod block;
mod change;
mod create;
mod delete;
mod get;
mod list;
mod view;

use http::{Access, Endpoint, Policy};
use users::Role;
use utoipa::OpenApi;

pub(crate) use view::AccountView;

/// The endpoints of this folder.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    let staff = Policy::of(Access::AtLeast(Role::Staff));
    vec![
        Endpoint::new("/api/superadmin/user")
            .get(staff, list::list)
            .post(staff.fields().hashing().repeatable(), create::create),
        Endpoint::new("/api/superadmin/user/{id}")
            .get(staff.cacheable(), get::get)
            .put(staff.fields().hashing().guarded(), change::change)
            .delete(staff.hashing().guarded(), delete::delete),
        Endpoint::new("/api/superadmin/user/block/{id}")
            .put(staff.fields().guarded().linked_from("list_users"), block::block),
    ]
}

/// The description of this folder's operations.
#[derive(OpenApi)]
#[openapi(
    paths(list::list, create::create, get::get, change::change, delete::delete, block::block),
    tags((name = "Users", description = "Superusers keep everybody, staff keeps plain users."))
)]
pub(crate) struct Docs;
