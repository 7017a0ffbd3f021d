//! Users as administrators write and read them.

use kernel::Instant;
use serde::Serialize;
use users::User;
use utoipa::{IntoParams, ToSchema};

/// Who somebody is, and what it may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    /// The number.
    #[schema(example = 2)]
    id: i64,
    /// The number again.
    #[schema(example = 2)]
    #[serde(rename = "_id")]
    same_id: i64,
    /// The user name; the e-mail, unless another was chosen.
    #[schema(max_length = 150, example = "ann@example.org")]
    username: String,
    /// The address.
    #[schema(format = "email", max_length = 150, example = "ann@example.org")]
    email: String,
    /// Whether the user is staff.
    #[schema(example = false)]
    is_staff: bool,
    /// Whether the user may log in: active, and not locked after failed logins.
    #[schema(example = true)]
    is_active: bool,
    /// Whether the user is a superuser.
    #[schema(example = false)]
    is_superuser: bool,
}

impl AccountView {
    /// The user as it stands at `now`.
    pub(crate) fn new(user: &User, now: Instant) -> Self {
        let details = &user.details;
        Self {
            id: user.id.0,
            same_id: user.id.0,
            username: details.username.clone(),
            email: details.email.as_str().to_owned(),
            is_staff: details.is_staff,
            is_active: user.is_active(now),
            is_superuser: details.is_superuser,
        }
    }
}

/// A user that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewUserView {
    #[serde(flatten)]
    account: AccountView,
    /// Whether the user is an operator of payables.
    #[schema(example = false)]
    is_operator: bool,
}

impl NewUserView {
    /// The user as it stands at `now`.
    pub(crate) fn new(user: &User, now: Instant) -> Self {
        Self { account: AccountView::new(user, now), is_operator: user.details.is_operator }
    }
}

/// A user.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserView {
    #[serde(flatten)]
    account: AccountView,
    /// May be empty.
    #[schema(max_length = 150, example = "Ann")]
    first_name: String,
    /// May be empty.
    #[schema(max_length = 150, example = "Anderson")]
    last_name: String,
    /// Whether the user is an operator of payables.
    #[schema(example = false)]
    is_operator: bool,
}

impl UserView {
    /// The user as it stands at `now`.
    pub(crate) fn new(user: &User, now: Instant) -> Self {
        Self {
            account: AccountView::new(user, now),
            first_name: user.details.first_name.clone(),
            last_name: user.details.last_name.clone(),
            is_operator: user.details.is_operator,
        }
    }
}

/// What a user is made of.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct UserBody {
    /// Unique whatever its case.
    #[schema(format = "email", max_length = 150, example = "bob@example.org")]
    email: String,
    /// Letters, digits and `@ . + - _`; the e-mail when it is absent.
    #[schema(min_length = 1, max_length = 150, example = "bob")]
    username: Option<String>,
    /// May be blank.
    #[schema(max_length = 150, example = "Bob")]
    first_name: String,
    /// May be blank.
    #[schema(max_length = 150, example = "Builder")]
    last_name: String,
    /// Not a common one, and not of digits only.
    #[schema(format = "password", min_length = 8, max_length = 128, example = "laskiaispulla")]
    password: String,
    /// False when it is absent.
    #[schema(example = false)]
    is_staff: Option<bool>,
    /// False when it is absent; only superusers may make superusers.
    #[schema(example = false)]
    is_superuser: Option<bool>,
    /// False when it is absent; only superusers may make operators.
    #[schema(example = false)]
    is_operator: Option<bool>,
    /// False when it is absent: the account waits for an administrator.
    #[schema(example = true)]
    is_active: Option<bool>,
}

/// What may change of a user.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct UserChanges {
    /// Moves the user name along when that was the e-mail.
    #[schema(format = "email", max_length = 150, example = "bob@example.org")]
    email: Option<String>,
    /// Letters, digits and `@ . + - _`.
    #[schema(min_length = 1, max_length = 150, example = "bob")]
    username: Option<String>,
    /// May be blank.
    #[schema(max_length = 150, example = "Bob")]
    first_name: Option<String>,
    /// May be blank.
    #[schema(max_length = 150, example = "Builder")]
    last_name: Option<String>,
    /// Whether the user is staff.
    #[schema(example = true)]
    is_staff: Option<bool>,
    /// Only superusers may make superusers.
    #[schema(example = false)]
    is_superuser: Option<bool>,
    /// Only superusers may make operators.
    #[schema(example = false)]
    is_operator: Option<bool>,
    /// True lets in, also out of a lock; false blocks.
    #[schema(example = true)]
    is_active: Option<bool>,
}

/// Whether a user may log in.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it field by field")]
pub(crate) struct BlockBody {
    /// True lets in, also out of a lock; false, or nothing, blocks.
    #[schema(example = false)]
    is_active: Option<bool>,
}

/// Which users to list; empty text is no condition.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what clients send; the domain reads it parameter by parameter")]
pub(crate) struct UserQuery {
    /// `true` in any case is true, any other text is false.
    #[param(example = "true")]
    is_active: Option<String>,
    /// `true` in any case is true, any other text is false.
    #[param(example = "false")]
    is_staff: Option<String>,
    /// `true` in any case is true, any other text is false.
    #[param(example = "false")]
    is_superuser: Option<String>,
    /// Joined then or later, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.
    #[param(example = "2026-11-01")]
    start_date: Option<String>,
    /// Joined then or earlier, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.
    #[param(example = "2026-11-30 23:59:59")]
    end_date: Option<String>,
}
