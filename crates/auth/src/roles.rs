//! Rules about ranks that hold for more than one domain; small and pure.

use crate::{AuthError, Caller};
use kernel::UserId;
use users::Role;

/// Lets through whoever has this rank or a higher one.
///
/// # Errors
/// `Forbidden`.
pub fn require(role: Role, at_least: Role) -> Result<(), AuthError> {
    allow(role >= at_least)
}

/// Lets through the administrator in charge of a thing, and superusers.
///
/// # Errors
/// `Forbidden`.
pub fn require_charge(caller: &Caller, admin: UserId) -> Result<(), AuthError> {
    require(caller.role, Role::Staff)?;
    allow(caller.role == Role::Superuser || admin == caller.id)
}

fn allow(allowed: bool) -> Result<(), AuthError> {
    if allowed { Ok(()) } else { Err(AuthError::Forbidden) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chrono::DateTime;
    use kernel::{Instant, SessionId, Uuid};

    fn caller(id: i64, role: Role) -> Caller {
        let expires_at = Instant::new(DateTime::UNIX_EPOCH);
        Caller { id: UserId(id), session: SessionId(Uuid::nil()), email: String::new(), role, expires_at }
    }

    #[test]
    fn the_administrator_in_charge_and_superusers_pass() {
        let may = |id, role| require_charge(&caller(id, role), UserId(1)).is_ok();
        assert!(may(1, Role::Staff) && may(2, Role::Superuser));
        assert!(!may(2, Role::Staff) && !may(5, Role::User) && !may(1, Role::User));
    }
}
