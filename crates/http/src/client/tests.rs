//! Who is believed about where a request comes from.

use super::*;
use actix_web::http::header::HeaderValue;
use proptest::prelude::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn seen(peer: &str, trusted: &[&str], headers: &[(HeaderName, &str)]) -> (String, Scheme) {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(name.clone(), HeaderValue::from_str(value).unwrap());
    }
    let client = Client::seen(ip(peer), &map, &TrustedProxies::parse(trusted).unwrap());
    (client.address.to_string(), client.scheme)
}

fn address(peer: &str, trusted: &[&str], headers: &[(HeaderName, &str)]) -> String {
    seen(peer, trusted, headers).0
}

#[test]
fn nobody_is_believed_by_default() {
    let said = [(X_FORWARDED_FOR, "192.0.2.1"), (FORWARDED, "for=192.0.2.1"), (X_FORWARDED_PROTO, "https")];
    assert_eq!(seen("10.0.0.1", &[], &said), ("10.0.0.1".to_owned(), Scheme::Http));
    assert_eq!(address("10.0.0.1", &["10.0.0.2"], &said), "10.0.0.1");
}

#[test]
fn the_right_most_hop_that_is_not_trusted_is_the_client() {
    let line = [(X_FORWARDED_FOR, "203.0.113.9, 192.0.2.1"), (X_FORWARDED_FOR, "10.1.2.3")];
    assert_eq!(address("10.0.0.1", &["10.0.0.0/8"], &line), "192.0.2.1");
    let line = [(FORWARDED, "for=203.0.113.9, for=192.0.2.1;proto=https, for=10.1.2.3")];
    assert_eq!(seen("10.0.0.1", &["10.0.0.0/8"], &line), ("192.0.2.1".to_owned(), Scheme::Https));
}

#[test]
fn a_hop_without_an_address_ends_the_search_at_the_last_trusted_one() {
    let line = [(X_FORWARDED_FOR, "192.0.2.1, unknown, 10.1.2.3")];
    assert_eq!(address("10.0.0.1", &["10.0.0.0/8"], &line), "10.1.2.3");
    assert_eq!(address("10.0.0.1", &["10.0.0.0/8"], &[(X_FORWARDED_FOR, "")]), "10.0.0.1");
}

#[test]
fn two_headers_that_disagree_are_both_not_believed() {
    let made_up = [(X_FORWARDED_FOR, "192.0.2.1"), (FORWARDED, "for=203.0.113.9")];
    assert_eq!(address("10.0.0.1", &["10.0.0.1"], &made_up), "10.0.0.1");
    let agreeing = [(X_FORWARDED_FOR, "192.0.2.1"), (FORWARDED, "for=192.0.2.1")];
    assert_eq!(address("10.0.0.1", &["10.0.0.1"], &agreeing), "192.0.2.1");
}

#[test]
fn the_scheme_is_believed_from_the_same_proxies() {
    let said = [(X_FORWARDED_FOR, "192.0.2.1"), (X_FORWARDED_PROTO, "http, https")];
    assert_eq!(seen("10.0.0.1", &["10.0.0.1"], &said).1, Scheme::Https);
    assert_eq!(seen("10.0.0.2", &["10.0.0.1"], &said).1, Scheme::Http);
}

#[test]
fn a_mapped_address_is_the_one_that_it_maps() {
    let said = [(X_FORWARDED_FOR, "::ffff:192.0.2.1")];
    assert_eq!(address("::ffff:10.0.0.1", &["10.0.0.1"], &said), "192.0.2.1");
}

#[test]
fn one_client_has_one_network_whatever_address_it_takes() {
    let network = |text| Client { address: ip(text), scheme: Scheme::Http }.network();
    assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::"));
    assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
    assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
}

#[test]
fn what_is_no_address_is_no_proxy() {
    assert!(TrustedProxies::parse(["10.0.0.0/8", "fd00::/8", "192.0.2.7"]).is_some());
    for wrong in ["proxy", "10.0.0.0/33", "10.0.0", "*"] {
        assert!(TrustedProxies::parse([wrong]).is_none(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn a_client_that_is_not_trusted_is_seen_whatever_it_writes(
        standard in "[ -~]{0,80}",
        customary in "[ -~]{0,80}",
        client: Ipv4Addr,
    ) {
        let trusted = TrustedProxies::parse(["fd00::/8"]).unwrap();
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED, HeaderValue::from_str(&standard).unwrap());
        headers.append(X_FORWARDED_FOR, HeaderValue::from_str(&customary).unwrap());
        prop_assert_eq!(Client::seen(IpAddr::V4(client), &headers, &trusted).address, IpAddr::V4(client));
        // Behind a proxy that appends, its own word is what counts.
        let mut headers = HeaderMap::new();
        headers.append(X_FORWARDED_FOR, HeaderValue::from_str(&format!("{customary}, {client}")).unwrap());
        prop_assert_eq!(Client::seen(ip("fd00::1"), &headers, &trusted).address, IpAddr::V4(client));
    }
}
