//! Login logs and the trail, in tables.

mod login_logs;
mod schema;
mod trail;
