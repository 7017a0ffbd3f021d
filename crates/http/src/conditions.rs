//! Entity tags, and what a client makes a request depend on (RFC 9110, section 13).

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The name of one exact representation: equal bytes have equal tags, and others have others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntityTag(String);

impl EntityTag {
    /// How many bytes of the digest make a tag: too many for two representations to meet.
    const DIGEST_BYTES: usize = 16;

    /// The tag of a representation, which may come in parts.
    pub(crate) fn of<Part: AsRef<[u8]>>(parts: impl IntoIterator<Item = Part>) -> Self {
        let mut digest = Sha256::new();
        parts.into_iter().for_each(|part| digest.update(part));
        let digest = digest.finalize();
        let mut text = String::with_capacity(Self::DIGEST_BYTES * 2);
        for byte in digest.iter().take(Self::DIGEST_BYTES) {
            // Writing to text cannot fail.
            write!(text, "{byte:02x}").unwrap_or_default();
        }
        Self(text)
    }

    /// The tag as a header has it, in quotes.
    pub(crate) fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&format!("\"{}\"", self.0)).unwrap_or(HeaderValue::from_static("\"\""))
    }
}

/// What a request depends on. A header that is absent asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    if_match: Option<Tags>,
    if_none_match: Option<Tags>,
}

impl Conditions {
    /// Reads both headers; one that comes several times is one list.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        Self { if_match: Tags::read(headers, &IF_MATCH), if_none_match: Tags::read(headers, &IF_NONE_MATCH) }
    }

    /// Whether a change depends on anything.
    pub(crate) fn is_any(&self) -> bool {
        self.if_match.is_some() || self.if_none_match.is_some()
    }

    /// Whether what is there now is what the client wants to change, and to read: by strong comparison, as a weak tag
    /// says that the bytes may differ.
    pub(crate) fn is_matched(&self, current: &EntityTag) -> bool {
        self.if_match.as_ref().is_none_or(|tags| tags.name_strongly(current))
    }

    /// Whether the client has what is there now.
    pub(crate) fn is_known(&self, current: &EntityTag) -> bool {
        self.if_none_match.as_ref().is_some_and(|tags| tags.name_weakly(current))
    }
}

/// The tags of one header.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tags {
    /// Whatever is there.
    Any,
    /// One of these.
    Listed(Vec<Listed>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    is_weak: bool,
    opaque: Vec<u8>,
}

impl Tags {
    fn read(headers: &HeaderMap, name: &HeaderName) -> Option<Self> {
        let mut lines = headers.get_all(name).map(|line| line.as_bytes().trim_ascii()).peekable();
        lines.peek()?;
        let mut listed = Vec::new();
        for line in lines {
            if line == b"*" {
                return Some(Self::Any);
            }
            listed.extend(Listed::read_all(line));
        }
        Some(Self::Listed(listed))
    }

    fn name_strongly(&self, tag: &EntityTag) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(tags) => tags.iter().any(|listed| !listed.is_weak && listed.opaque == tag.0.as_bytes()),
        }
    }

    fn name_weakly(&self, tag: &EntityTag) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(tags) => tags.iter().any(|listed| listed.opaque == tag.0.as_bytes()),
        }
    }
}

impl Listed {
    /// The tags of a line, up to what is no tag: a line that cannot be read names nothing.
    fn read_all(line: &[u8]) -> Vec<Self> {
        let mut tags = Vec::new();
        let mut rest = line;
        loop {
            rest = rest.trim_ascii_start();
            // Lists may have empty places.
            while let Some(after) = rest.strip_prefix(b",") {
                rest = after.trim_ascii_start();
            }
            let (is_weak, quoted) = match rest.strip_prefix(b"W/") {
                Some(quoted) => (true, quoted),
                None => (false, rest),
            };
            let Some(unquoted) = quoted.strip_prefix(b"\"") else { return tags };
            let mut parts = unquoted.splitn(2, |byte| *byte == b'"');
            let (Some(opaque), Some(after)) = (parts.next(), parts.next()) else { return tags };
            tags.push(Self { is_weak, opaque: opaque.to_vec() });
            rest = after.trim_ascii_start();
            if !rest.is_empty() && !rest.starts_with(b",") {
                return tags;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn conditions(name: &HeaderName, lines: &[&'static str]) -> Conditions {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name.clone(), HeaderValue::from_static(line));
        }
        Conditions::read(&headers)
    }

    fn tag() -> EntityTag {
        EntityTag("abc".to_owned())
    }

    #[test]
    fn equal_bytes_have_equal_tags_and_others_have_others() {
        assert_eq!(EntityTag::of(["{}"]), EntityTag::of(["{", "}"]));
        assert_ne!(EntityTag::of(["{}"]), EntityTag::of(["{ }"]));
        assert_eq!(EntityTag::of([""]).header(), "\"e3b0c44298fc1c149afbf4c8996fb924\"");
    }

    #[test]
    fn a_change_is_matched_by_strong_tags_alone() {
        for (lines, matched) in [
            (&[][..], true),
            (&["*"], true),
            (&[" * "], true),
            (&["\"abc\""], true),
            (&["\"x\" , \"abc\""], true),
            (&["\"a,b\",\"abc\""], true),
            (&[", ,\"x\",,\"abc\",", ""], true),
            (&["\"x\"", "\"abc\""], true),
            (&["W/\"abc\""], false),
            (&["w/\"abc\""], false),
            (&["abc"], false),
            (&["\"abc"], false),
            (&["\"ABC\""], false),
            (&["\"x\" \"abc\""], false),
            (&["\"x\", abc, \"abc\""], false),
            (&[""], false),
            (&["\"\""], false),
        ] {
            assert_eq!(conditions(&IF_MATCH, lines).is_matched(&tag()), matched, "{lines:?}");
        }
    }

    #[test]
    fn what_is_known_is_known_by_weak_tags_too() {
        for (lines, known) in [
            (&[][..], false),
            (&["*"], true),
            (&["W/\"abc\""], true),
            (&["\"x\", W/\"abc\""], true),
            (&["\"x\""], false),
            (&["abc"], false),
        ] {
            assert_eq!(conditions(&IF_NONE_MATCH, lines).is_known(&tag()), known, "{lines:?}");
        }
    }

    /// A list as a client may write it, and whether it holds the tag, and holds it as a strong one.
    fn lists() -> impl Strategy<Value = (String, bool, bool)> {
        let opaque = prop_oneof![Just("abc".to_owned()), "[!#-~]{0,6}"];
        let tags = prop::collection::vec((any::<bool>(), opaque, " {0,2}", "(, ?){1,3}"), 0..6);
        tags.prop_map(|tags| {
            let write = |(weak, opaque, before, after): &(bool, String, String, String)| {
                format!("{}\"{opaque}\"{before}{after}", if *weak { "W/" } else { "" })
            };
            let known = tags.iter().any(|(_, opaque, ..)| opaque == "abc");
            let matched = tags.iter().any(|(weak, opaque, ..)| opaque == "abc" && !weak);
            (tags.iter().map(write).collect(), known, matched)
        })
    }

    fn read(name: &HeaderName, line: &[u8]) -> Option<Conditions> {
        let mut headers = HeaderMap::new();
        headers.insert(name.clone(), HeaderValue::from_bytes(line).ok()?);
        Some(Conditions::read(&headers))
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

        #[test]
        fn a_list_names_the_tags_that_were_written_into_it((list, known, matched) in lists()) {
            prop_assert_eq!(read(&IF_NONE_MATCH, list.as_bytes()).unwrap().is_known(&tag()), known);
            prop_assert_eq!(read(&IF_MATCH, list.as_bytes()).unwrap().is_matched(&tag()), matched);
        }

        #[test]
        fn no_other_line_names_a_tag(line in prop_oneof![any::<Vec<u8>>(), "[Ww/\"abc,* ]{0,20}".prop_map(String::into_bytes)]) {
            let quoted = line.windows(5).any(|part| part == b"\"abc\"");
            if let Some(conditions) = read(&IF_MATCH, &line) {
                prop_assert!(!conditions.is_matched(&tag()) || quoted || line.trim_ascii() == b"*");
            }
        }
    }
}
