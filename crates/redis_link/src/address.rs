//! Where Redis is.

use crate::RedisError;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, TlsCertificates};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;
use thiserror::Error;
use tokio::time::timeout;

/// The address of a Redis: `redis://[user:password@]host[:port]`, `rediss://..` for TLS, or `unix:///path`. `Debug` hides it.
#[derive(Clone)]
pub struct RedisUrl(ConnectionInfo);

impl RedisUrl {
    /// The same address, trusted only with a certificate signed by one of these, and not by the system's.
    ///
    /// # Errors
    /// When these are not PEM certificates, or the address does not use TLS.
    pub fn trusting(self, certificates: Vec<u8>) -> Result<Self, BadRedisUrl> {
        if !String::from_utf8_lossy(&certificates).contains("-----BEGIN CERTIFICATE-----") {
            return Err(BadRedisUrl("no certificate in PEM form is in it".to_owned()));
        }
        let certificates = TlsCertificates { client_tls: None, root_cert: Some(certificates) };
        match Client::build_with_tls(self.0, certificates) {
            Ok(client) => Ok(Self(client.get_connection_info().clone())),
            Err(error) => Err(BadRedisUrl(error.to_string())),
        }
    }

    /// A client for it. It does not connect yet.
    ///
    /// # Errors
    /// When no client can be created for it.
    pub fn client(&self) -> Result<Client, RedisError> {
        Ok(Client::open(self.0.clone())?)
    }
}

/// A tested connection, which may run scripts. `time_limit` limits connecting, and each answer.
///
/// # Errors
/// Why there is none.
pub async fn connect(client: &Client, time_limit: Duration) -> Result<MultiplexedConnection, RedisError> {
    let limits =
        AsyncConnectionConfig::new().set_connection_timeout(Some(time_limit)).set_response_timeout(Some(time_limit));
    let connecting = async {
        let mut connection = client.get_multiplexed_async_connection_with_config(&limits).await?;
        redis::cmd("EVAL").arg("return 1").arg(0).query_async::<()>(&mut connection).await?;
        Ok(connection)
    };
    timeout(time_limit, connecting).await.unwrap_or_else(|_elapsed| Err(RedisError::no_answer()))
}

/// Does once what a node with this `prefix` does, to find errors in the address, the password and the user's permissions.
/// Its keys expire at once.
///
/// # Errors
/// What went wrong.
pub async fn try_out(url: &RedisUrl, prefix: &str, time_limit: Duration) -> Result<(), RedisError> {
    let mut connection = connect(&url.client()?, time_limit).await?;
    let name = format!("{prefix}check");
    redis::cmd("SET").arg(&name).arg("").arg("PX").arg(1).query_async::<()>(&mut connection).await?;
    Ok(redis::cmd("PUBLISH").arg(&name).arg("").query_async::<()>(&mut connection).await?)
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// An invalid address, or one that this build cannot use. The error does not show it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct BadRedisUrl(String);

impl BadRedisUrl {
    fn new(error: &redis::RedisError) -> Self {
        Self(error.category().to_owned())
    }
}

impl FromStr for RedisUrl {
    type Err = BadRedisUrl;

    fn from_str(text: &str) -> Result<Self, BadRedisUrl> {
        let text = text.trim();
        let info = text.into_connection_info().map_err(|error| BadRedisUrl::new(&error))?;
        if matches!(info.addr(), ConnectionAddr::TcpTls { insecure: true, .. }) {
            return Err(BadRedisUrl("certificates are always verified, so `#insecure` is not known".to_owned()));
        }
        Ok(Self(info))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_never_shown() {
        for text in
            ["redis://localhost", "redis://:hidden@cache:6380/0", "rediss://:hidden@cache", "unix:///run/redis.sock"]
        {
            let url: RedisUrl = text.parse().unwrap();
            assert_eq!(format!("{url:?}"), "(secret)");
        }
        for text in ["", "hidden", "http://hidden", "rediss://:hidden@cache/#insecure"] {
            let told = text.parse::<RedisUrl>().unwrap_err().to_string();
            assert!(!told.is_empty() && !told.contains("hidden"), "{told}");
        }
    }

    #[test]
    fn what_is_no_certificate_is_refused_and_so_is_one_without_tls() {
        let url = |text: &str| text.parse::<RedisUrl>().unwrap();
        let nonsense = b"-----BEGIN CERTIFICATE-----\nhidden\n-----END CERTIFICATE-----\n";
        for (text, certificates) in [
            ("rediss://cache", b"hidden".to_vec()),
            ("rediss://cache", nonsense.to_vec()),
            ("redis://cache", nonsense.to_vec()),
        ] {
            let told = url(text).trusting(certificates).unwrap_err().to_string();
            assert!(!told.is_empty() && !told.contains("hidden"), "{told}");
        }
    }
}
