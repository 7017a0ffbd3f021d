//! Which hosts the server answers to.

use actix_web::http::header::{HOST, HeaderMap};

/// The longest name that a host can have (RFC 1035, section 2.3.4), and the longest port.
const NAME_BYTES_MAX: usize = 253 + 6;

/// Patterns of host names: `*` is any, a leading dot takes the name and everything below it. No pattern at all is any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedHosts {
    patterns: Vec<String>,
}

impl AllowedHosts {
    /// Reads patterns separated by blanks or commas.
    pub fn parse(patterns: &str) -> Self {
        let words = patterns.split([',', ' ', '\t', '\n']).filter(|word| !word.is_empty());
        Self { patterns: words.map(str::to_ascii_lowercase).collect() }
    }

    /// Whether a `Host` header names one of them; its port does not count.
    pub fn allow(&self, host: &str) -> bool {
        if self.patterns.is_empty() {
            return true;
        }
        let host = without_port(host).to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        is_plain(host) && self.patterns.iter().any(|pattern| fits(pattern, host))
    }

    /// The name in a `Host` header, without its port, if it is one of them and looks like a name.
    pub(crate) fn named_in<'headers>(&self, headers: &'headers HeaderMap) -> Option<&'headers str> {
        let host = headers.get(HOST)?.to_str().ok().filter(|host| host.len() <= NAME_BYTES_MAX && self.allow(host))?;
        Some(without_port(host)).filter(|name| is_plain(name))
    }
}

/// Whether a text has only what names and addresses of hosts have.
fn is_plain(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte))
}

fn fits(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('.') {
        _ if pattern == "*" => true,
        Some(domain) => host == domain || host.ends_with(pattern),
        None => host == pattern,
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_patterns_any_host_will_do() {
        assert!(AllowedHosts::parse(" , ").allow("whatever"));
    }

    #[test]
    fn names_ports_dots_and_stars_work_as_operators_know_them() {
        let hosts = AllowedHosts::parse("Ease.example.org, .example.com [::1]");
        for good in
            ["ease.example.org", "EASE.example.org:8000", "example.com", "a.b.example.com.", "[::1]:80", "[::1]"]
        {
            assert!(hosts.allow(good), "{good}");
        }
        for bad in ["", "example.org", "a.ease.example.org", "badexample.com", "example.com:80x", "example.com/x"] {
            assert!(!hosts.allow(bad), "{bad}");
        }
        assert!(AllowedHosts::parse("*").allow("anything"));
    }
}
