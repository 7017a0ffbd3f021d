//! The proxies whose word counts.

use ipnet::IpNet;
use std::net::IpAddr;

/// The addresses and networks of proxies whose word about clients counts; by default nobody's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Takes addresses such as `10.0.0.7` and networks such as `10.0.0.0/8` or `fd00::/8`; `None` when one is neither.
    pub fn parse<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Option<Self> {
        let read = |word: Word| {
            let word = word.as_ref();
            word.parse::<IpNet>().ok().or_else(|| word.parse::<IpAddr>().ok().map(IpNet::from))
        };
        words.into_iter().map(read).collect::<Option<_>>().map(Self)
    }

    /// Whether an address is one of them.
    pub(crate) fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}
