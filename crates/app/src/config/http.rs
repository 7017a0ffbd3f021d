//! The settings of the HTTP server.

use super::reader::Reader;
use http::TrustedProxies;
use std::net::{Ipv4Addr, SocketAddr};

/// The settings of the HTTP server.
#[derive(Debug)]
pub(crate) struct HttpConfig {
    /// Address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// Address and port for metrics, if they are on.
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// The address for absolute links, without a slash at its end.
    pub(crate) public_url: Option<String>,
    /// Proxies whose headers are trusted for the client's address.
    pub(crate) trusted_proxies: TrustedProxies,
    /// Host names that are accepted in requests; none means every name.
    pub(crate) allowed_hosts: Vec<String>,
    /// Origins that may send credentials.
    pub(crate) client_origins: Vec<String>,
}

impl HttpConfig {
    /// Reads and checks the settings.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let listen = reader.text("listen").and_then(|text| text.parse().ok());
        if listen.is_none() {
            reader.refuse("listen", "must be an IP address and a port, such as 127.0.0.1:8000 or [::]:8000");
        }
        let metrics_listen = reader.text("metrics_listen").and_then(|text| {
            let address = text.parse().ok();
            if address.is_none() {
                reader.refuse("metrics_listen", "must be an IP address and a port, such as 127.0.0.1:9100");
            }
            address
        });
        let public_url = reader.text("public_url").map(|url| url.trim_end_matches('/').to_owned());
        if public_url.as_deref().is_some_and(|url| !is_web_address(url)) {
            reader.refuse("public_url", "must be an address such as https://ease.example.org");
        }
        let trusted_proxies = TrustedProxies::parse(reader.list("trusted_proxies"));
        if trusted_proxies.is_none() {
            reader.refuse("trusted_proxies", "must be IP addresses or networks, such as 10.0.0.7 or 10.0.0.0/8");
        }
        let trusted_proxies = trusted_proxies.unwrap_or_default();
        let allowed_hosts = reader.list("allowed_hosts");
        if !allowed_hosts.iter().all(|host| is_host_pattern(host)) {
            reader.refuse(
                "allowed_hosts",
                "must be host names without scheme and port, such as ease.example.org or .example.org",
            );
        }
        let mut client_origins = Vec::new();
        for key in ["client_origin", "client_origin_dev"] {
            let origins = reader.list(key);
            if !origins.iter().all(|origin| is_origin(origin)) {
                reader.refuse(key, "must be an origin such as https://app.example.org, without a path");
            }
            client_origins.extend(origins.iter().map(|origin| origin.trim_end_matches('/').to_ascii_lowercase()));
        }
        let listen = listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        Self { listen, metrics_listen, public_url, trusted_proxies, allowed_hosts, client_origins }
    }
}

fn is_web_address(url: &str) -> bool {
    ["http://", "https://"].into_iter().filter_map(|scheme| url.strip_prefix(scheme)).any(|rest| !rest.is_empty())
        && !url.contains(|c: char| c.is_whitespace() || c == '?' || c == '#')
}

fn is_origin(text: &str) -> bool {
    let rest = text.trim_end_matches('/').split_once("://").map(|(_scheme, rest)| rest);
    rest.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@']))
}

fn is_host_pattern(host: &str) -> bool {
    let bracketed = host.starts_with('[') && host.ends_with(']');
    !host.contains(['/', '@']) && (bracketed || !host.contains(':'))
}
