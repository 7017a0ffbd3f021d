//! Changes an account.

use crate::{AccountError, Username, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::Caller;
use chat::{ChatRepository, HandedOver, hand_over_chats};
use kernel::{Blankable, Field, FieldShape, Fields, Form, Instant, Text, describe};
use users::{Email, Role, User, UserError, UserRepository, UserState};

/// An account after a change, and what follows from it.
#[derive(Debug, Clone)]
pub struct ChangedUser {
    /// The user as it stands now.
    pub user: User,
    /// Whether its open sockets have to go: it was blocked, or has another rank.
    pub sessions_ended: bool,
    /// Chats that it no longer answers.
    pub handed_over: Vec<HandedOver>,
}

const EMAIL: Field<Email> =
    Field::new("email", "Moves the user name along when that was the e-mail.").example("bob@example.org");
const USERNAME: Field<Text<{ Username::MAX }>> =
    Field::new("username", "Letters, digits and `@ . + - _`.").example("bob");
const FIRST_NAME: Field<Blankable<150>> = Field::new("first_name", "May be blank.").example("Bob");
const LAST_NAME: Field<Blankable<150>> = Field::new("last_name", "May be blank.").example("Builder");
const IS_STAFF: Field<bool> = Field::new("is_staff", "Whether the user is staff.").example("true");
const IS_SUPERUSER: Field<bool> = Field::new("is_superuser", "Only superusers may make superusers.").example("false");
const IS_OPERATOR: Field<bool> = Field::new("is_operator", "Only superusers may make operators.").example("false");
const IS_ACTIVE: Field<bool> =
    Field::new("is_active", "True lets in, also out of a lock; false blocks.").example("true");

/// What is to change of an account; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserChanges {
    /// The first name.
    pub first_name: Option<Blankable<150>>,
    /// The last name.
    pub last_name: Option<Blankable<150>>,
    /// The address; a user name that was the address moves along.
    pub email: Option<Email>,
    /// The user name.
    pub username: Option<Username>,
    /// Whether it is staff.
    pub is_staff: Option<bool>,
    /// Whether it is a superuser.
    pub is_superuser: Option<bool>,
    /// Whether it is an operator of payables.
    pub is_operator: Option<bool>,
    /// Whether it may log in. Only a difference from what is shown is a wish.
    pub is_active: Option<bool>,
}

impl UserChanges {
    /// Reads a form of `first_name`, `last_name`, `email`, `username`, `is_staff`, `is_superuser`, `is_operator` and
    /// `is_active`; no field is needed.
    ///
    /// # Errors
    /// `InvalidUpdate` for whatever is wrong.
    pub fn read(target: &User, form: &Form) -> Result<Self, AccountError> {
        let mut fields = form.fields();
        let changes = Self::read_fields(&mut fields, Some(target));
        fields.finish().or(Err(invalid(target)))?;
        Ok(changes)
    }

    /// The fields of the form.
    pub fn fields() -> Vec<FieldShape> {
        describe(|fields| Self::read_fields(fields, None))
    }

    fn read_fields(fields: &mut Fields<'_>, target: Option<&User>) -> Self {
        let email = fields.optional(&EMAIL);
        // Clients send back what they were shown: the user name of before is no wish to keep it from moving along.
        let is_shown =
            |name: &Text<{ Username::MAX }>| target.is_some_and(|target| target.details.username == name.as_str());
        let own_address = email.as_ref().or(target.map(|target| &target.details.email));
        let name = fields.optional(&USERNAME).filter(|name| !is_shown(name));
        let name = name.map(|name| Username::new(&name, own_address));
        let username = name.and_then(|name| fields.noted(USERNAME.name(), name));
        Self {
            first_name: fields.optional(&FIRST_NAME),
            last_name: fields.optional(&LAST_NAME),
            username,
            email,
            is_staff: fields.optional(&IS_STAFF),
            is_superuser: fields.optional(&IS_SUPERUSER),
            is_operator: fields.optional(&IS_OPERATOR),
            is_active: fields.optional(&IS_ACTIVE),
        }
    }

    fn apply(self, mut user: User, now: Instant) -> User {
        let shown_active = user.is_active(now);
        if let Some(email) = self.email {
            user.set_email(email);
        }
        let details = &mut user.details;
        details.username =
            self.username.map_or_else(|| std::mem::take(&mut details.username), |name| name.as_str().to_owned());
        details.first_name = self.first_name.map_or_else(|| std::mem::take(&mut details.first_name), String::from);
        details.last_name = self.last_name.map_or_else(|| std::mem::take(&mut details.last_name), String::from);
        details.is_staff = self.is_staff.unwrap_or(details.is_staff);
        details.is_superuser = self.is_superuser.unwrap_or(details.is_superuser);
        details.is_operator = self.is_operator.unwrap_or(details.is_operator);
        match self.is_active {
            // Clients send back what they were shown: only a difference is a wish.
            Some(true) if !shown_active => user.activate(now),
            Some(false) if shown_active => user.block(),
            _ => {}
        }
        user
    }
}

/// Changes an account. `target` was read in the same transaction by [`get_managed_user`](crate::get_managed_user).
///
/// # Errors
/// `Forbidden` for rights that the caller may not give, and for taking away one's own power or the last superuser;
/// `InvalidUpdate` for an address or a user name that somebody else has; `Store`.
pub fn change_user<R>(
    repo: &mut R,
    caller: &Caller,
    target: &User,
    changes: UserChanges,
    now: Instant,
) -> Result<ChangedUser, AccountError>
where
    R: UserRepository + ChatRepository + TrailRepository + ?Sized,
{
    let grants_superuser = changes.is_superuser == Some(true) && !target.details.is_superuser;
    let grants_operator = changes.is_operator == Some(true) && !target.details.is_operator;
    rights::require_power_to_grant(caller, grants_superuser, grants_operator)?;
    let after = changes.apply(target.clone(), now);
    if loses_power(target, &after) {
        rights::refuse_self(caller, target.id)?;
        keep_a_superuser(repo, target)?;
    }
    match repo.update_user(&after) {
        Err(UserError::Taken) => return Err(invalid(target)),
        other => other?,
    }
    let handed_over =
        if is_agent(target) && !is_agent(&after) { hand_over_chats(repo, target.id, now)? } else { Vec::new() };
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::UserUpdated,
        subject: target.id,
        details: differences(target, &after),
    })?;
    let blocked = after.token_version != target.token_version;
    let sessions_ended = blocked || after.role() != target.role();
    Ok(ChangedUser { user: after, sessions_ended, handed_over })
}

/// Whether a user may answer chats.
pub(crate) fn is_agent(user: &User) -> bool {
    user.details.state == UserState::Active && user.role() >= Role::Staff
}

/// Refuses what would leave nobody in charge.
///
/// # Errors
/// `Forbidden` when `target` is the last active superuser, `Store`.
pub(crate) fn keep_a_superuser<R>(repo: &mut R, target: &User) -> Result<(), AccountError>
where
    R: UserRepository + ?Sized,
{
    let in_charge = target.details.is_superuser && target.details.state == UserState::Active;
    if in_charge && repo.count_superusers()? <= 1 { Err(AccountError::Forbidden) } else { Ok(()) }
}

/// Whether a superuser stops being one, or stops being active.
fn loses_power(before: &User, after: &User) -> bool {
    before.details.is_superuser
        && (!after.details.is_superuser
            || (before.details.state == UserState::Active && after.details.state != UserState::Active))
}

fn invalid(target: &User) -> AccountError {
    AccountError::InvalidUpdate { email: target.details.email.as_str().to_owned() }
}

/// The names of the fields that changed, and the new rights.
fn differences(before: &User, after: &User) -> String {
    let (old, new) = (&before.details, &after.details);
    let mut changed = Vec::new();
    let mut note = |name: &str, differs: bool| {
        if differs {
            changed.push(name.to_owned());
        }
    };
    note("first_name", old.first_name != new.first_name);
    note("last_name", old.last_name != new.last_name);
    note("email", old.email != new.email);
    note("username", old.username != new.username);
    note(&format!("is_staff: {}", new.is_staff), old.is_staff != new.is_staff);
    note(&format!("is_superuser: {}", new.is_superuser), old.is_superuser != new.is_superuser);
    note(&format!("is_operator: {}", new.is_operator), old.is_operator != new.is_operator);
    note(&format!("state: {}", new.state.as_str()), old.state != new.state);
    note("unlocked", before.locked_until.is_some() && after.locked_until.is_none());
    changed.join(", ")
}
