//! A Redis that is spoken to by way of TLS, and believed only with the right certificate.

use crate::support::{Engine, Home, PATIENCE};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509Builder, X509NameBuilder};
use reqwest::StatusCode;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

/// A certificate with its key.
struct Certificate {
    certificate: X509,
    key: PKey<Private>,
}

impl Certificate {
    /// A certificate for `localhost`, signed by `issuer`, or one that signs others.
    fn make(name: &str, issuer: Option<&Certificate>) -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
        let mut names = X509NameBuilder::new().unwrap();
        names.append_entry_by_text("CN", name).unwrap();
        let subject = names.build();
        let mut builder = X509Builder::new().unwrap();
        builder.set_version(2).unwrap();
        let mut serial = BigNum::new().unwrap();
        serial.rand(64, openssl::bn::MsbOption::MAYBE_ZERO, false).unwrap();
        builder.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
        builder.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
        builder.set_subject_name(&subject).unwrap();
        builder.set_pubkey(&key).unwrap();
        builder.set_issuer_name(issuer.map_or(&subject, |issuer| issuer.certificate.subject_name())).unwrap();
        match issuer {
            None => builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap(),
            Some(issuer) => {
                let mut names = SubjectAlternativeName::new();
                let names = names.dns("localhost").build(&builder.x509v3_context(Some(&issuer.certificate), None));
                builder.append_extension(names.unwrap()).unwrap();
            }
        }
        builder.sign(issuer.map_or(&key, |issuer| &issuer.key), MessageDigest::sha256()).unwrap();
        Self { certificate: builder.build(), key }
    }

    /// Writes it where a server can read it.
    fn write(&self, directory: &Path, name: &str) -> (PathBuf, PathBuf) {
        let [certificate, key] = ["pem", "key"].map(|end| directory.join(format!("{name}.{end}")));
        fs::write(&certificate, self.certificate.to_pem().unwrap()).unwrap();
        fs::write(&key, self.key.private_key_to_pem_pkcs8().unwrap()).unwrap();
        (certificate, key)
    }
}

/// A Redis that speaks TLS only, under the name of `localhost`.
struct TlsRedis {
    child: Child,
    port: u32,
    directory: TempDir,
}

impl TlsRedis {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let authority = Certificate::make("authority", None);
        authority.write(directory.path(), "authority");
        Certificate::make("a stranger", None).write(directory.path(), "stranger");
        let (certificate, key) = Certificate::make("localhost", Some(&authority)).write(directory.path(), "server");
        // Below the ports that the system gives to clients, and beside those of the other tests.
        for port in (0..20).map(|number| 10_000 + (process::id() * 31 + number) % 2000) {
            let mut command = Command::new("redis-server");
            command.args(["--port", "0", "--tls-port", &port.to_string(), "--bind", "127.0.0.1", "--save", ""]);
            command
                .args(["--requirepass", "s3cret-key", "--tls-auth-clients", "no", "--tls-cert-file"])
                .arg(&certificate);
            command.arg("--tls-key-file").arg(&key).arg("--dir").arg(directory.path());
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
            let mut child = command.spawn().expect("redis-server, which `make test` installs");
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            if lines.any(|line| line.contains("Ready to accept connections")) {
                std::thread::spawn(move || lines.for_each(drop));
                return Self { child, port, directory };
            }
            child.wait().unwrap();
        }
        panic!("redis-server finds no free port, or knows no TLS");
    }

    /// A place for a node that speaks to it.
    fn home(&self, scheme: &str, host: &str, authority: Option<&str>) -> Home {
        let url = format!("{scheme}://:s3cret-key@{host}:{}", self.port);
        let home = Home::new(Engine::Sqlite).with("REDIS_URL", &url);
        match authority {
            None => home,
            Some(name) => home.with("EASE_REDIS_CA_FILE", &self.directory.path().join(name).display().to_string()),
        }
    }
}

impl Drop for TlsRedis {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

mod redis {
    use super::*;

    #[tokio::test]
    async fn a_node_speaks_tls_to_a_redis_that_it_can_believe() {
        let redis = TlsRedis::start();
        let home = redis.home("rediss", "localhost", Some("authority.pem"));
        let check = home.run(&["check"]);
        assert!(check.status.success() && said(&check).contains("redis: ok"), "{}", said(&check));
        let server = home.start();
        let stranger = server.stranger();
        // A handshake may take longer than a login waits for Redis. Then the limits are shared a moment later.
        let shares_limits = || {
            let output = server.output();
            let told = |words: &str| output.matches(words).count();
            told("limits are counted on this node alone") <= told("limits are counted for all nodes again")
        };
        let ready = async {
            while stranger.get("/readyz").await.status != StatusCode::OK || !shares_limits() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, ready).await.unwrap_or_else(|_| panic!("not ready: {}", server.output()));
    }

    #[tokio::test]
    async fn a_redis_that_cannot_be_believed_is_not_spoken_to_and_the_check_says_why() {
        let redis = TlsRedis::start();
        for (scheme, host, authority, why) in [
            ("rediss", "localhost", None, "certificate"),
            ("rediss", "localhost", Some("stranger.pem"), "certificate"),
            ("rediss", "127.0.0.1", Some("authority.pem"), "certificate"),
            ("redis", "localhost", None, "redis: Redis"),
            ("redis", "localhost", Some("authority.pem"), "EASE_REDIS_CA_FILE"),
            ("rediss", "localhost", Some("nothing.pem"), "EASE_REDIS_CA_FILE"),
            ("rediss", "localhost", Some("server.key"), "EASE_REDIS_CA_FILE"),
        ] {
            let check = redis.home(scheme, host, authority).run(&["check"]);
            let told = said(&check);
            assert!(!check.status.success() && told.contains(why), "{scheme} {host} {authority:?}: {told}");
            assert!(!told.contains("s3cret"), "{told}");
        }
    }
}
