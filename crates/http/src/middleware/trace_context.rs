//! The trace that a request belongs to, as W3C Trace Context has it: its client names the trace, the log line, the span
//! and the answer carry it on.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use kernel::IdSource;
use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};

/// The header that carries it, in and out.
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// What tracing systems on the way have to say about it, in and out.
pub(crate) const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The longest `tracestate` that is kept: what everybody must be able to pass on.
const STATE_BYTES_MAX: usize = 512;

/// A trace, and this request's place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TraceContext {
    /// The trace: 32 hexadecimal digits.
    pub(crate) trace: String,
    /// The client's step in it, if it named one: 16 hexadecimal digits.
    pub(crate) parent: Option<String>,
    /// This request's own step: 16 hexadecimal digits.
    pub(crate) span: String,
    sampled: bool,
    state: String,
}

impl TraceContext {
    /// Reads the headers; a `traceparent` that is not valid, or comes twice, is as good as none.
    pub(crate) fn read(headers: &HeaderMap, ids: &dyn IdSource) -> Option<Self> {
        let mut lines = headers.get_all(TRACEPARENT);
        let (Some(line), None) = (lines.next(), lines.next()) else { return None };
        let mut parts = line.to_str().ok()?.split('-');
        let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // Later versions may say more behind it; this one says no more.
        let ends = version != "00" || parts.next().is_none();
        let valid = is_hex(version, 2) && version != "ff" && is_id(trace, 32) && is_id(parent, 16) && is_hex(flags, 2);
        let sampled = u8::from_str_radix(flags, 16).is_ok_and(|flags| flags & 1 == 1);
        let (_, span) = ids.uuid().as_u64_pair();
        let (trace, parent) = (trace.to_owned(), Some(parent.to_owned()));
        (ends && valid).then(|| Self { trace, parent, span: format!("{span:016x}"), sampled, state: state_of(headers) })
    }

    /// The place of a span in its trace; `named` is what the client said of it.
    pub(crate) fn of(span: &SpanContext, named: Option<Self>) -> Self {
        Self {
            trace: span.trace_id().to_string(),
            parent: named.and_then(|named| named.parent),
            span: span.span_id().to_string(),
            sampled: span.is_sampled(),
            state: span.trace_state().header(),
        }
    }

    /// The client's own place, below which this request's span belongs.
    pub(crate) fn above(&self) -> Option<SpanContext> {
        let trace = TraceId::from_hex(&self.trace).ok()?;
        let parent = SpanId::from_hex(self.parent.as_deref()?).ok()?;
        let flags = TraceFlags::default().with_sampled(self.sampled);
        Some(SpanContext::new(trace, parent, flags, true, self.state.parse().unwrap_or_default()))
    }

    /// Tells a client that named the trace where this request stands in it.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        if self.parent.is_none() {
            return;
        }
        let flags = u8::from(self.sampled);
        if let Ok(line) = HeaderValue::try_from(format!("00-{}-{}-{flags:02x}", self.trace, self.span)) {
            headers.insert(TRACEPARENT, line);
        }
        if let Some(line) = HeaderValue::try_from(&self.state).ok().filter(|line| !line.is_empty()) {
            headers.insert(TRACESTATE, line);
        }
    }
}

/// What the client sent in `tracestate`, as one list; nothing when it is too long or not valid.
fn state_of(headers: &HeaderMap) -> String {
    let lines = headers.get_all(TRACESTATE).map(|line| line.to_str().unwrap_or_default()).collect::<Vec<_>>();
    let state = Some(lines.join(",")).filter(|state| state.len() <= STATE_BYTES_MAX);
    let state = state.and_then(|state| state.parse::<TraceState>().ok());
    state.map(|state| state.header()).unwrap_or_default()
}

fn is_id(text: &str, length: usize) -> bool {
    is_hex(text, length) && text.bytes().any(|byte| byte != b'0')
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::fakes::SequentialIds;
    use proptest::prelude::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    fn read(lines: &[&str]) -> Option<TraceContext> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(TRACEPARENT, HeaderValue::from_str(line).unwrap());
        }
        TraceContext::read(&headers, &SequentialIds::default())
    }

    #[test]
    fn a_trace_is_passed_on_with_a_step_of_our_own() {
        let context = read(&[&format!("00-{TRACE}-00f067aa0ba902b7-01")]).unwrap();
        assert_eq!((context.trace.as_str(), context.parent.as_deref()), (TRACE, Some("00f067aa0ba902b7")));
        assert_ne!(Some(&context.span), context.parent.as_ref());
        let mut answer = HeaderMap::new();
        context.add_headers(&mut answer);
        let line = answer.get(TRACEPARENT).unwrap().to_str().unwrap();
        assert_eq!(line, format!("00-{TRACE}-{}-01", context.span));
        assert_eq!(read(&[line]).unwrap().parent, Some(context.span));
        assert!(answer.get(TRACESTATE).is_none());
    }

    #[test]
    fn what_others_say_of_a_trace_is_passed_on() {
        let long = format!("a={}", "b".repeat(600));
        for (lines, kept) in [
            (vec!["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"], "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"),
            (vec!["rojo=1", " congo=2"], "rojo=1,congo=2"),
            (vec!["no list at all"], ""),
            (vec![long.as_str()], ""),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(TRACEPARENT, HeaderValue::from_str(&format!("00-{TRACE}-00f067aa0ba902b7-00")).unwrap());
            for line in lines {
                headers.append(TRACESTATE, HeaderValue::from_str(line).unwrap());
            }
            let context = TraceContext::read(&headers, &SequentialIds::default()).unwrap();
            let above = context.above().unwrap();
            assert_eq!((above.trace_state().header().as_str(), above.is_sampled()), (kept, false));
            let mut answer = HeaderMap::new();
            context.add_headers(&mut answer);
            assert_eq!(answer.get(TRACESTATE).map_or("", |line| line.to_str().unwrap()), kept);
        }
    }

    #[test]
    fn a_later_version_may_say_more() {
        assert!(read(&[&format!("01-{TRACE}-00f067aa0ba902b7-00-more")]).is_some());
    }

    #[test]
    fn what_is_not_valid_is_as_good_as_none() {
        let zeros = "0".repeat(32);
        for line in [
            String::new(),
            "00".to_owned(),
            format!("00-{TRACE}-00f067aa0ba902b7"),
            format!("00-{TRACE}-00f067aa0ba902b7-01-more"),
            format!("ff-{TRACE}-00f067aa0ba902b7-01"),
            format!("00-{zeros}-00f067aa0ba902b7-01"),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00-{}-00f067aa0ba902b7-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-00f067aa0ba902b-01"),
        ] {
            assert_eq!(read(&[&line]), None, "{line}");
        }
        let line = format!("00-{TRACE}-00f067aa0ba902b7-01");
        assert_eq!(read(&[&line, &line]), None);
    }

    proptest! {
        #[test]
        fn no_line_whatever_stops_the_reader(line in "[ -~]{0,80}", shaped in "[0-9a-f]{2}(-[0-9a-f]{0,40}){0,5}") {
            for context in [read(&[&line]), read(&[&shaped])].into_iter().flatten() {
                prop_assert!(line.contains(&context.trace) || shaped.contains(&context.trace));
                let mut answer = HeaderMap::new();
                context.add_headers(&mut answer);
                prop_assert!(answer.contains_key(TRACEPARENT));
            }
        }

        #[test]
        fn every_valid_line_is_read(trace in 1_u128.., parent in 1_u64.., flags: u8) {
            let context = read(&[&format!("00-{trace:032x}-{parent:016x}-{flags:02x}")]).unwrap();
            prop_assert_eq!((context.trace, context.parent), (format!("{trace:032x}"), Some(format!("{parent:016x}"))));
            prop_assert_eq!(context.sampled, flags & 1 == 1);
        }
    }
}
