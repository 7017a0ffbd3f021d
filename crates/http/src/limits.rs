//! How large and how slow requests may be.

use std::time::Duration;

/// How large and how slow a request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a body.
    pub body_max_bytes: usize,
    /// The most bytes of a multipart body.
    pub multipart_max_bytes: usize,
    /// The most bytes of a path with its query.
    pub target_max_bytes: usize,
    /// The most headers.
    pub headers_max: usize,
    /// The most bytes of all headers together.
    pub header_max_bytes: usize,
    /// The most bytes of a file to import, also as multipart.
    pub import_max_bytes: usize,
    /// The most rows of a file to import.
    pub import_rows_max: u32,
    /// How long an import may take, from the head of its request to its answer.
    pub import_timeout: Duration,
    /// How long a client may take to send a body.
    pub body_timeout: Duration,
    /// How long the server may take to answer.
    pub request_timeout: Duration,
}

impl Limits {
    /// Those of most requests.
    pub fn plain(&self) -> RequestLimits {
        RequestLimits {
            plain_max_bytes: self.body_max_bytes,
            multipart_max_bytes: self.multipart_max_bytes,
            body_timeout: self.body_timeout,
            answer_timeout: self.request_timeout,
        }
    }

    /// Those of an import.
    pub fn import(&self) -> RequestLimits {
        RequestLimits {
            plain_max_bytes: self.import_max_bytes,
            multipart_max_bytes: self.import_max_bytes,
            body_timeout: self.import_timeout,
            answer_timeout: self.import_timeout,
        }
    }
}

/// How large and how slow one request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLimits {
    /// The most bytes of a body.
    pub plain_max_bytes: usize,
    /// The most bytes of a multipart body.
    pub multipart_max_bytes: usize,
    /// How long a client may take to send the body.
    pub body_timeout: Duration,
    /// How long the server may take to answer, from the head of the request on.
    pub answer_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_max_bytes: 1024 * 1024,
            multipart_max_bytes: 16 * 1024 * 1024,
            import_max_bytes: 32 * 1024 * 1024,
            import_rows_max: 100_000,
            import_timeout: Duration::from_secs(120),
            target_max_bytes: 8 * 1024,
            headers_max: 64,
            header_max_bytes: 32 * 1024,
            body_timeout: Duration::from_secs(15),
            request_timeout: Duration::from_secs(30),
        }
    }
}
