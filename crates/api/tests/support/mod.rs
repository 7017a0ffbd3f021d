//! A server over an empty memory store on a free port, with accounts of every rank.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

pub(crate) mod desk;
pub(crate) mod socket;

use actix_web::{HttpServer, web};
use auth::{Passwords, Tokens};
use http::{AppState, HashingPool};
use kernel::chrono::DateTime;
use kernel::fakes::{FixedClock, SequentialIds};
use kernel::{Instant, Raw, SessionId, UserId};
use memory::MemoryStore;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::sync::Arc;
use store::Store;
use users::{Email, Role, User, UserDetails, UserError};

/// The password of every account.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Where the clock stands at first: 2026-11-20, a little after eleven at night.
pub(crate) fn start_of_test() -> Instant {
    Instant::new(DateTime::from_timestamp_micros(1_795_215_860_827_822).unwrap())
}

/// A state over an empty memory store.
pub(crate) fn state() -> AppState {
    AppState {
        store: Arc::new(MemoryStore::default()),
        bus: Arc::new(bus::LocalBus::default()),
        tokens: Tokens::new(b"a secret for tests"),
        cursors: http::Cursors::new(b"a secret for tests"),
        passwords: Arc::new(Passwords::new(4)),
        lockout: audit::LockoutRule::default(),
        clock: Arc::new(FixedClock::at(start_of_test())),
        ids: Arc::new(SequentialIds::default()),
        hashing: HashingPool::start(1, 64).unwrap(),
        running: http::RunningRequests::default(),
        readiness: http::Readiness::default(),
        metrics: http::Metrics::new("0.0.0").unwrap(),
        traces: http::Traces::default(),
        limits: http::Limits::default(),
        budgets: http::Budgets::new(
            http::BudgetRules::default(),
            Arc::new(throttle::LocalLoginFailures::new(throttle::FailureRule::default())),
            http::SocketSlots::new(50),
        ),
        proxies: http::TrustedProxies::default(),
        hosts: http::AllowedHosts::default(),
        cors: http::Cors::new(["https://ease.example.org"]),
        chat: http::ChatSettings::default(),
        shutdown: http::Shutdown::default(),
        version: "0.0.0",
    }
}

/// Somebody with a token.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) id: UserId,
    pub(crate) email: String,
    pub(crate) session: SessionId,
    pub(crate) token: String,
    pub(crate) refresh: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    /// The body as JSON; null when it is empty.
    pub(crate) fn json(&self) -> Value {
        if self.text.is_empty() { Value::Null } else { serde_json::from_str(&self.text).unwrap() }
    }

    /// A header as text; empty when it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A running server.
pub(crate) struct TestApp {
    pub(crate) state: web::Data<AppState>,
    pub(crate) address: String,
    pub(crate) client: reqwest::Client,
}

impl TestApp {
    /// Starts a server with the usual settings.
    pub(crate) fn start() -> Self {
        Self::over(state())
    }

    /// Starts a server whose clock the test sets.
    pub(crate) fn with_clock() -> (Self, Arc<FixedClock>) {
        let clock = Arc::new(FixedClock::at(start_of_test()));
        let mut state = state();
        state.clock = Arc::<FixedClock>::clone(&clock);
        (Self::over(state), clock)
    }

    /// Starts a server over a state.
    pub(crate) fn over(state: AppState) -> Self {
        let state = web::Data::new(state);
        let shared = state.clone();
        let server = HttpServer::new(move || api::app(shared.clone())).workers(1).disable_signals();
        let server = server.bind(("127.0.0.1", 0)).unwrap();
        let address = server.addrs().first().unwrap().to_string();
        actix_web::rt::spawn(server.run());
        Self { state, address, client: reqwest::Client::new() }
    }

    /// Makes an account of this rank.
    pub(crate) fn account(&self, name: &str, role: Role) -> Account {
        let address = Email::parse(&Raw::Text(format!("{name}@example.org"))).unwrap();
        let hash = self.state.passwords.hash(PASSWORD).unwrap();
        let now = self.state.clock.now();
        let new = UserDetails {
            first_name: name.to_owned(),
            is_staff: role == Role::Staff,
            is_superuser: role == Role::Superuser,
            ..UserDetails::active(address, hash, now)
        };
        let user: Result<User, UserError> = self.store().write(|tx| tx.insert_user(&new));
        self.login(&user.unwrap())
    }

    /// Another login of a user.
    pub(crate) fn login(&self, user: &User) -> Account {
        let AppState { tokens, ids, clock, .. } = &**self.state;
        let session = SessionId(ids.uuid());
        let pair = tokens.issue(user.id, session, user.token_version, clock.now(), ids.as_ref()).unwrap();
        let email = user.details.email.to_string();
        Account { id: user.id, email, session, token: pair.access, refresh: pair.refresh }
    }

    /// Ends a login.
    pub(crate) fn log_out(&self, account: &Account) {
        let done: Result<(), kernel::StoreError> =
            self.store().write(|tx| tx.revoke_session(account.session, Instant::FAR_FUTURE));
        done.unwrap();
    }

    /// The store under the server.
    pub(crate) fn store(&self) -> &dyn Store {
        self.state.store.as_ref()
    }

    /// A request to be completed by the test.
    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.client.request(method, format!("http://{}{path}", self.address))
    }

    /// Sends a request that the test completed.
    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Reply { status, headers, text: response.text().await.unwrap() }
    }

    /// Sends a request without a body.
    pub(crate) async fn call(&self, method: &str, path: &str, who: &Account) -> Reply {
        self.send(self.request(method, path).header("Authorization", format!("Token {}", who.token))).await
    }

    /// Sends a request with a JSON body.
    pub(crate) async fn call_with(&self, method: &str, path: &str, who: &Account, body: &Value) -> Reply {
        let request = self.request(method, path).header("Authorization", format!("Token {}", who.token));
        self.send(request.json(body)).await
    }
}
