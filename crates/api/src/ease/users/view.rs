//! Users as administrators write and read them.

use accounts::{Blocking, NewAccount, UserChanges};
use http::{body, query};
use kernel::Instant;
use serde::Serialize;
use users::{User, UserFilter};
use utoipa::ToSchema;

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

body! {
    /// What a user is made of.
    pub(crate) UserBody = NewAccount::fields();
    /// What may change of a user.
    pub(crate) UserChangesBody = UserChanges::fields();
    /// Whether a user may log in.
    pub(crate) BlockBody = Blocking::fields();
}

query! {
    /// Which users to list; empty text is no condition.
    pub(crate) UserQuery = UserFilter::fields();
}
