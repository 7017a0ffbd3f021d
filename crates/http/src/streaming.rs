//! Answers that may be longer than what is kept of them: made part by part, as fast as the client takes them.

use crate::call::Call;
use crate::metrics::Metrics;
use crate::metrics::{Counted, StreamEnd};
use crate::problem::Problem;
use actix_web::http::Method;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder};
use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt};
use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tracing::{Instrument, Span, info, info_span, warn};

/// An answer of 200 whose body is made while it is sent.
///
/// The next part is asked for when the one before has left for the
/// client, so that there is one part in memory, and nothing of the database is held in between.
///
/// A part that fails cuts the answer: the connection ends without the end of the body, which every client of HTTP/1.1 can
/// tell from a whole one.
pub struct Streamed {
    headers: Vec<(HeaderName, HeaderValue)>,
    parts: LocalBoxStream<'static, Result<Bytes, Cut>>,
}

impl fmt::Debug for Streamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streamed").field("headers", &self.headers).finish_non_exhaustive()
    }
}

/// The answer ends before its end; why is in the log.
#[derive(Debug)]
pub struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer was cut")
    }
}

impl Error for Cut {}

/// What is on its way, and what is to be told about it when it ends, however it ends.
struct Transfer {
    parts: LocalBoxStream<'static, Result<Bytes, Problem>>,
    part_timeout: Duration,
    metrics: Metrics,
    /// The request counts as being answered until its body has left.
    _in_flight: Counted,
    since: Instant,
    bytes: u64,
    end: StreamEnd,
    span: Span,
}

impl Streamed {
    /// The answer to a call. Each part may take as long as a whole answer.
    pub fn new(call: &Call, parts: impl Stream<Item = Result<Bytes, Problem>> + 'static) -> Self {
        // To `HEAD` nothing is sent, so nothing need be made.
        let parts = if call.method() == Method::HEAD { stream::empty().boxed_local() } else { parts.boxed_local() };
        let metrics = call.state().metrics.clone();
        let transfer = Transfer {
            parts,
            part_timeout: call.state().limits.request_timeout,
            _in_flight: metrics.request_begins(),
            metrics,
            since: Instant::now(),
            bytes: 0,
            end: StreamEnd::Abandoned,
            span: Span::current(),
        };
        Self { headers: Vec::new(), parts: stream::unfold(Some(transfer), Transfer::next).boxed_local() }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Transfer {
    async fn next(transfer: Option<Self>) -> Option<(Result<Bytes, Cut>, Option<Self>)> {
        let mut transfer = transfer?;
        let span = transfer.span.clone();
        // A span of its own, because reading a part notes once more whose request it is.
        let part = timeout(transfer.part_timeout, transfer.parts.next());
        let part = part.instrument(info_span!(parent: &span, "part")).await;
        match part.unwrap_or_else(|_elapsed| Some(Err(too_slow()))) {
            Some(Ok(bytes)) => {
                transfer.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Some((Ok(bytes), Some(transfer)))
            }
            Some(Err(problem)) => {
                span.in_scope(|| {
                    problem.log();
                    warn!(code = problem.code(), "the answer is cut");
                });
                transfer.end = StreamEnd::Cut;
                Some((Err(Cut), None))
            }
            None => {
                transfer.end = StreamEnd::Complete;
                None
            }
        }
    }
}

fn too_slow() -> Problem {
    Problem::refusal(StatusCode::SERVICE_UNAVAILABLE, "api.too_slow", "A part of the answer took too long.")
}

impl Drop for Transfer {
    fn drop(&mut self) {
        self.metrics.streamed(self.end);
        let ms = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.in_scope(|| info!(bytes = self.bytes, ms, end = self.end.label(), "streamed"));
    }
}

impl Responder for Streamed {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        for header in self.headers {
            response.append_header(header);
        }
        response.streaming(self.parts)
    }
}
