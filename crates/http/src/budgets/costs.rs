//! What requests cost. A plain read is one.

use crate::state::IMPORT;
use actix_web::http::Method;

/// What a frame costs.
pub(crate) const FRAME_COST: u32 = 1;

const READ: u32 = 1;
const WRITE: u32 = 2;
/// Hashing a password takes a thread for a good part of a second.
const HASHED: u32 = 5;

/// A file may have as many rows as a hundred thousand requests.
const IMPORTED: u32 = 50;

/// Routes that cost more than their method says.
const ROUTES: [(&str, u32); 6] = [
    ("/api/users/login", HASHED),
    ("/api/users/register", HASHED),
    ("/api/users/changepwd", HASHED),
    ("/api/superadmin/user", HASHED),
    ("/api/superadmin/user/{id}", HASHED),
    (IMPORT, IMPORTED),
];

/// What a request costs, by its route template; what has no route is looked for and not found.
pub(crate) fn cost_of(method: &Method, route: Option<&str>) -> u32 {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method) {
        return READ;
    }
    ROUTES.iter().find(|(dear, _)| route == Some(dear)).map_or(WRITE, |(_, cost)| *cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_costs_more_than_reading_and_hashing_costs_most() {
        assert_eq!(cost_of(&Method::GET, Some("/api/users/login")), READ);
        assert_eq!(cost_of(&Method::DELETE, Some("/api/management/expense/{id}")), WRITE);
        assert_eq!(cost_of(&Method::POST, Some("/api/users/login")), HASHED);
        assert_eq!(cost_of(&Method::POST, Some("/api/management/import")), IMPORTED);
        assert_eq!(cost_of(&Method::GET, None), READ);
    }
}
