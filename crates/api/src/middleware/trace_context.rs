//! The trace that a request belongs to, as W3C Trace Context has it: its client names the trace, the log line and the
//! answer carry it on.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use kernel::IdSource;

/// The header that carries it, in and out.
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// A trace, and this request's place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TraceContext {
    /// The trace: 32 hexadecimal digits.
    pub(crate) trace: String,
    /// The client's step in it: 16 hexadecimal digits.
    pub(crate) parent: String,
    /// This request's own step: 16 hexadecimal digits.
    pub(crate) span: String,
    sampled: bool,
}

impl TraceContext {
    /// Reads the header; one that is not valid, or comes twice, is as good as none.
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
        let (trace, parent) = (trace.to_owned(), parent.to_owned());
        (ends && valid).then(|| Self { trace, parent, span: format!("{span:016x}"), sampled })
    }

    /// The header that passes the trace on, with this request as the parent.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let flags = u8::from(self.sampled);
        HeaderValue::try_from(format!("00-{}-{}-{flags:02x}", self.trace, self.span)).ok()
    }
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
        assert_eq!((context.trace.as_str(), context.parent.as_str()), (TRACE, "00f067aa0ba902b7"));
        assert_ne!(context.span, context.parent);
        assert_eq!(context.header().unwrap(), format!("00-{TRACE}-{}-01", context.span).as_str());
        assert_eq!(read(&[context.header().unwrap().to_str().unwrap()]).unwrap().parent, context.span);
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
            drop((read(&[&line]), read(&[&shaped])));
        }
    }
}
