//! Getting in, getting out, and one's own account and password, one use case per file.

mod change_password;
mod login;
mod logout;
mod register;

pub use change_password::{PasswordChange, change_password};
pub use login::{ComparedPassword, Credentials, LoggedIn, LoginContext, LoginResult, login};
pub use logout::logout;
pub use register::{Registration, register};
