//! The headers in which proxies name those before them. Clients write them too, so nothing here fails or panics: what
//! cannot be read is a hop without an address.

use super::Scheme;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// One station on the way of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hop {
    /// Its address, if it was told.
    pub(super) address: Option<IpAddr>,
    /// How it spoke to the next one, if that was told.
    pub(super) scheme: Option<Scheme>,
}

/// Reads `X-Forwarded-For`: addresses, with or without ports.
pub(super) fn read_x_forwarded_for(line: &str) -> Vec<Hop> {
    line.split(',').map(|node| Hop { address: read_node(node.trim()), scheme: None }).collect()
}

/// Reads `Forwarded` (RFC 7239): elements of pairs, of which `for` and `proto` count.
pub(super) fn read_forwarded(line: &str) -> Vec<Hop> {
    split_unquoted(line, ',').into_iter().map(read_element).collect()
}

fn read_element(element: &str) -> Hop {
    let mut hop = Hop::default();
    for pair in split_unquoted(element, ';') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = unquoted(value.trim());
        match name.trim() {
            name if name.eq_ignore_ascii_case("for") => hop.address = read_node(&value),
            name if name.eq_ignore_ascii_case("proto") => hop.scheme = Scheme::read(&value),
            _ => {}
        }
    }
    hop
}

/// Splits where a separator stands outside of quotes.
fn split_unquoted(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(|c: char| {
        let splits = c == separator && !quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            _ => {}
        }
        splits
    });
    parts.collect()
}

/// The content of a quoted text, or the text as it is.
fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { return text.to_owned() };
    let mut escaped = false;
    let kept = inner.chars().filter(|c| {
        escaped = *c == '\\' && !escaped;
        !escaped
    });
    kept.collect()
}

/// Reads an address: bare, with a port, or in brackets. Names such as `unknown` or `_hidden` are none.
fn read_node(node: &str) -> Option<IpAddr> {
    let bracketed = || node.strip_prefix('[').and_then(|node| node.strip_suffix(']'));
    let address = node
        .parse::<IpAddr>()
        .ok()
        .or_else(|| node.parse::<SocketAddr>().ok().map(|address| address.ip()))
        .or_else(|| bracketed().and_then(|node| node.parse::<Ipv6Addr>().ok()).map(IpAddr::V6));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn addresses(hops: &[Hop]) -> Vec<String> {
        hops.iter().map(|hop| hop.address.map_or("-".to_owned(), |address| address.to_string())).collect()
    }

    #[test]
    fn addresses_come_bare_with_ports_and_in_brackets() {
        let line = "192.0.2.1, 192.0.2.2:4711 ,[2001:db8::1],[2001:db8::2]:80,2001:db8::3,::ffff:192.0.2.9,unknown,";
        let expected = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.9", "-", "-"];
        assert_eq!(addresses(&read_x_forwarded_for(line)), expected);
    }

    #[test]
    fn the_standard_header_has_quotes_escapes_and_other_pairs() {
        let line = "For=192.0.2.1;by=10.0.0.1;PROTO=HTTPS, for=\"[2001:db8::1]:80\" ; host=\"a,b;\\\"c\", for=_hidden";
        let hops = read_forwarded(line);
        assert_eq!(addresses(&hops), ["192.0.2.1", "2001:db8::1", "-"]);
        assert_eq!(hops.first().and_then(|hop| hop.scheme), Some(Scheme::Https));
    }

    proptest! {
        #[test]
        fn no_text_whatever_stops_the_readers(line in "\\PC*") {
            read_forwarded(&line);
            read_x_forwarded_for(&line);
        }

        #[test]
        fn texts_that_look_right_do_not_stop_them_either(line in "(for=|proto=|[\"\\\\;,\\[\\]:=. 0-9a-f])*") {
            read_forwarded(&line);
            read_x_forwarded_for(&line);
        }

        #[test]
        fn every_address_that_was_written_is_read(address: IpAddr, port: u16) {
            let socket = SocketAddr::new(address, port).to_string();
            let wanted = [Hop { address: Some(address.to_canonical()), scheme: None }];
            prop_assert_eq!(&read_x_forwarded_for(&address.to_string()), &wanted);
            prop_assert_eq!(&read_x_forwarded_for(&socket), &wanted);
            prop_assert_eq!(&read_forwarded(&format!("for=\"{socket}\"")), &wanted);
        }
    }
}
