//! Who may do what on what no surface owns.

use super::Row;

#[rustfmt::skip]
pub(super) const TABLE: [Row; 5] = [
    //                                              nobody owner stranger agent staff superuser blocked logged out
    ("GET",    "/",                                 [200, 200, 200, 200, 200, 200, 200, 401]),
    ("GET",    "/livez",                            [200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/readyz",                           [200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/api/docs/schema/",                 [200, 200, 200, 200, 200, 200, 200, 401]),
    ("GET",    "/api/docs/schema/ui/",              [200, 200, 200, 200, 200, 200, 200, 401]),
];
