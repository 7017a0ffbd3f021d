//! Where a request comes from, seen through the proxies that the operator trusts.

mod forwarded;
mod proxies;

pub use proxies::TrustedProxies;

use actix_web::HttpRequest;
use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR, X_FORWARDED_PROTO};
use forwarded::Hop;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// Its address; that of the nearest proxy when no better one can be believed.
    pub address: IpAddr,
    /// How it speaks to the first server that it reaches.
    pub scheme: Scheme,
}

/// How a client speaks to the first server that it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// In the open.
    #[default]
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    fn read(text: &str) -> Option<Self> {
        match text.trim() {
            text if text.eq_ignore_ascii_case("https") => Some(Self::Https),
            text if text.eq_ignore_ascii_case("http") => Some(Self::Http),
            _ => None,
        }
    }

    /// As it stands in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Client {
    /// Finds out where a request comes from.
    pub fn of(request: &HttpRequest, trusted: &TrustedProxies) -> Self {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        Self::seen(peer, request.headers(), trusted)
    }

    /// What a peer says of others counts only when the peer is trusted. Then the right-most hop that is not trusted is
    /// the client: what stands to the left of it was written by the client.
    pub fn seen(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> Self {
        let direct = Self { address: peer.to_canonical(), scheme: Scheme::Http };
        if !trusted.contain(direct.address) {
            return direct;
        }
        let line = |name: HeaderName| joined(headers, name);
        let standard = line(FORWARDED).map(|line| direct.behind(&forwarded::read_forwarded(&line), trusted));
        let customary = line(X_FORWARDED_FOR).map(|line| {
            let client = direct.behind(&forwarded::read_x_forwarded_for(&line), trusted);
            let scheme = line_scheme(headers).unwrap_or_default();
            Self { scheme, ..client }
        });
        match (standard, customary) {
            (Some(standard), None) => standard,
            (None, Some(customary)) => customary,
            // A proxy writes one of them and may hand on the other as it came. Where they agree nothing was made up.
            (Some(standard), Some(customary)) if standard.address == customary.address => customary,
            (Some(_), Some(_)) => direct,
            (None, None) => Self { scheme: line_scheme(headers).unwrap_or_default(), ..direct },
        }
    }

    fn behind(self, hops: &[Hop], trusted: &TrustedProxies) -> Self {
        let mut seen = self;
        for hop in hops.iter().rev() {
            // A trusted proxy that does not name the one before it is the last one known.
            let Some(address) = hop.address else { return seen };
            seen = Self { address, scheme: hop.scheme.unwrap_or_default() };
            if !trusted.contain(address) {
                return seen;
            }
        }
        seen
    }

    /// Whom budgets count as one: an IPv4 address, or an IPv6 network of 64 bits, of which one client has many addresses.
    pub fn network(self) -> IpAddr {
        match self.address {
            IpAddr::V4(_) => self.address,
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        }
    }
}

/// The right-most value: the nearest proxy wrote it.
fn line_scheme(headers: &HeaderMap) -> Option<Scheme> {
    joined(headers, X_FORWARDED_PROTO).and_then(|line| line.rsplit(',').next().and_then(Scheme::read))
}

/// All lines of a header as one, as HTTP has it.
fn joined(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let lines: Vec<_> = headers.get_all(name).map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

#[cfg(test)]
mod tests;
