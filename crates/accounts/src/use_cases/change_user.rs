//! Changes an account.

use super::create_user::read_username;
use crate::{AccountError, rights};
use audit::{Action, TrailEntry, TrailRepository};
use auth::Caller;
use chat::{ChatRepository, HandedOver, hand_over_chats};
use kernel::{Blankable, Form, Instant, Raw};
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

/// The fields of a change, each absent when it stays.
struct Change {
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<Email>,
    username: Option<String>,
    is_staff: Option<bool>,
    is_superuser: Option<bool>,
    is_operator: Option<bool>,
    is_active: Option<bool>,
}

impl Change {
    fn read(target: &User, form: &Form) -> Result<Self, AccountError> {
        let mut fields = form.fields();
        let email = fields.optional_by("email", Email::parse);
        // Clients send back what they were shown: the user name of before is no wish to keep it from moving along.
        let current = |raw: &Raw| raw.as_text().is_ok_and(|text| text.trim() == target.details.username);
        let own_address = email.as_ref().unwrap_or(&target.details.email);
        let username = match form.get("username") {
            Some(raw) if current(raw) => None,
            _ => read_username(&mut fields, Some(own_address)),
        };
        let change = Self {
            first_name: fields.optional_by("first_name", |raw| Blankable::<150>::new(raw.as_text()?).map(String::from)),
            last_name: fields.optional_by("last_name", |raw| Blankable::<150>::new(raw.as_text()?).map(String::from)),
            username,
            email,
            is_staff: fields.optional_by("is_staff", Raw::as_bool),
            is_superuser: fields.optional_by("is_superuser", Raw::as_bool),
            is_operator: fields.optional_by("is_operator", Raw::as_bool),
            is_active: fields.optional_by("is_active", Raw::as_bool),
        };
        fields.finish().or(Err(invalid(target)))?;
        Ok(change)
    }

    fn apply(self, mut user: User, now: Instant) -> User {
        let shown_active = user.is_active(now);
        if let Some(email) = self.email {
            user.set_email(email);
        }
        let details = &mut user.details;
        details.username = self.username.unwrap_or_else(|| std::mem::take(&mut details.username));
        details.first_name = self.first_name.unwrap_or_else(|| std::mem::take(&mut details.first_name));
        details.last_name = self.last_name.unwrap_or_else(|| std::mem::take(&mut details.last_name));
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

/// Changes whatever the form holds of `first_name`, `last_name`, `email`, `username`, `is_staff`, `is_superuser`,
/// `is_operator` and `is_active`.
///
/// `target` was read in the same transaction by
/// [`get_managed_user`](crate::get_managed_user).
///
/// # Errors
/// `Forbidden` for rights that the caller may not give, and for taking away one's own power or the last superuser;
/// `InvalidUpdate` for anything else that is wrong; `Store`.
pub fn change_user<R>(
    repo: &mut R,
    caller: &Caller,
    target: &User,
    form: &Form,
    now: Instant,
) -> Result<ChangedUser, AccountError>
where
    R: UserRepository + ChatRepository + TrailRepository + ?Sized,
{
    let change = Change::read(target, form)?;
    let grants_superuser = change.is_superuser == Some(true) && !target.details.is_superuser;
    let grants_operator = change.is_operator == Some(true) && !target.details.is_operator;
    rights::require_power_to_grant(caller, grants_superuser, grants_operator)?;
    let changed = change.apply(target.clone(), now);
    if loses_power(target, &changed) {
        rights::refuse_self(caller, target.id)?;
        keep_a_superuser(repo, target)?;
    }
    match repo.update_user(&changed) {
        Err(UserError::Taken) => return Err(invalid(target)),
        other => other?,
    }
    let handed_over =
        if is_agent(target) && !is_agent(&changed) { hand_over_chats(repo, target.id, now)? } else { Vec::new() };
    repo.append_trail(&TrailEntry {
        at: now,
        actor: Some(caller.id),
        action: Action::UserUpdated,
        subject: target.id,
        details: differences(target, &changed),
    })?;
    let blocked = changed.token_version != target.token_version;
    let sessions_ended = blocked || changed.role() != target.role();
    Ok(ChangedUser { user: changed, sessions_ended, handed_over })
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
