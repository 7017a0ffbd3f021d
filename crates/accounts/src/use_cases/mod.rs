//! What administrators do with accounts and login logs, one use case per file.

mod block_user;
mod change_user;
mod correct_login_log;
mod create_superuser;
mod create_user;
mod delete_login_log;
mod delete_user;
mod get_login_log;
mod get_user;
mod list_login_logs;
mod list_users;
mod page_login_logs;
mod page_users;

pub use block_user::{ActivationChange, Blocking, block_user};
pub use change_user::{ChangedUser, UserChanges, change_user};
pub use correct_login_log::correct_login_log;
pub use create_superuser::{NewSuperuser, create_superuser};
pub use create_user::{NewAccount, Username, create_user};
pub use delete_login_log::delete_login_log;
pub use delete_user::{DeletedUser, delete_user};
pub use get_login_log::get_login_log;
pub use get_user::{get_managed_user, get_user};
pub use list_login_logs::list_login_logs;
pub use list_users::list_users;
pub use page_login_logs::page_login_logs;
pub use page_users::page_users;
