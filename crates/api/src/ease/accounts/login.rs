//! `POST /api/users/login/`: hands out the tokens of a new login.

use crate::ease::users::AccountView;
use auth::{AuthError, Caller, ComparedPassword, Credentials, LoggedIn, LoginContext, LoginResult};
use http::budgets::LoginAttempt;
use http::metrics::LoginOutcome;
use http::openapi::Detail;
use http::{Answer, Call, Problem, Reply, body};
use kernel::Instant;
use serde::Serialize;
use store::Tx;
use users::User;
use utoipa::ToSchema;

body! {
    /// What somebody logs in with.
    pub(crate) LoginBody = Credentials::fields();
}

/// The tokens of a login, and whose they are.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoginView {
    /// Opens nothing.
    #[schema(example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln")]
    refresh: String,
    /// Opens doors for six hours.
    #[schema(example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln")]
    access: String,
    #[serde(flatten)]
    account: AccountView,
    /// The same as `access`.
    #[schema(example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln")]
    token: String,
}

impl LoginView {
    fn new(LoggedIn { user, tokens }: LoggedIn, now: Instant) -> Self {
        let account = AccountView::new(&user, now);
        Self { refresh: tokens.refresh, token: tokens.access.clone(), access: tokens.access, account }
    }
}

/// Hands out the tokens of a new login, and writes a login log.
///
/// A wrong password is 400 with one sentence in a list under `detail`. The fourth one within three minutes locks the
/// account's logins for a time; many failures for one login name or from one address are answered with 429 for a
/// time. An `Authorization` header is ignored, unless it holds a logged-out token.
#[utoipa::path(
    post,
    path = "/api/users/login/",
    operation_id = "login",
    tag = "Accounts",
    request_body = LoginBody,
    responses(
        (status = 200, description = "The tokens.", body = LoginView),
        (status = 403, description = "The password is right, but the account is blocked or locked.", body = Detail,
            example = json!({
                "detail": "The account is blocked. Contact your administrator for further information."
            })),
        (status = 404, description = "Nobody has this login name.", body = Detail,
            example = json!({"detail": "User does not exist"}))
    )
)]
pub(crate) async fn login(call: Call) -> Answer {
    let (credentials, attempt, user) = call.read_if_known(begin).await?;
    let platform = credentials.platform.clone();
    let (metrics, job) = (&call.state().metrics, call.clone());
    let verified = call.state().hashing.run({
        let attempt = attempt.clone();
        move || verify(&job, &attempt, &credentials, user)
    });
    let verified = verified.await??;
    let result = call
        .write_for_anyone(move |tx, call| {
            let state = call.state();
            let context =
                LoginContext { tokens: &state.tokens, lockout: &state.lockout, ids: &*state.ids, now: call.now() };
            Ok(auth::login(tx, context, &platform, &verified)?)
        })
        .await?;
    metrics.login(match result {
        LoginResult::LoggedIn(_) => LoginOutcome::In,
        LoginResult::WrongPassword => LoginOutcome::WrongPassword,
        LoginResult::Blocked => LoginOutcome::Blocked,
    });
    if let LoginResult::Blocked = result {
        fail(&call, &attempt);
    }
    Reply::ok(&LoginView::new(result.into_result()?, call.now()))
}

/// Finds whoever has the login name, unless too many logins failed.
fn begin(
    tx: &mut dyn Tx,
    _: Option<&Caller>,
    call: &Call,
) -> Result<(Credentials, LoginAttempt, Option<User>), Problem> {
    let credentials = Credentials::read(&call.form()?)?;
    let attempt = LoginAttempt::new(&credentials.username, call.client().network());
    check(call, &attempt)?;
    let user = tx.find_user_by_login(&credentials.username)?;
    Ok((credentials, attempt, user))
}

/// Compares the password. Failures that came while this login waited for its turn count as well, so that many at once
/// get no further than one after the other.
fn verify(
    call: &Call,
    attempt: &LoginAttempt,
    credentials: &Credentials,
    user: Option<User>,
) -> Result<ComparedPassword, Problem> {
    check(call, attempt)?;
    let verified = credentials.verify(&call.state().passwords, user);
    if matches!(verified, Err(AuthError::UnknownLogin)) {
        call.state().metrics.login(LoginOutcome::Unknown);
    }
    if !verified.as_ref().is_ok_and(ComparedPassword::is_right) {
        fail(call, attempt);
    }
    Ok(verified?)
}

fn check(call: &Call, attempt: &LoginAttempt) -> Result<(), Problem> {
    let state = call.state();
    let checked = attempt.check(&state.budgets, state.clock.now());
    checked.inspect_err(|_| state.metrics.login(LoginOutcome::Throttled))
}

fn fail(call: &Call, attempt: &LoginAttempt) {
    let state = call.state();
    attempt.fail(&state.budgets, state.clock.now());
}
