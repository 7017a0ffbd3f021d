//! Who may administer whom: small pure rules that every use case asks.

use crate::AccountError;
use auth::Caller;
use kernel::UserId;
use users::Role;

/// Lets through administrators: staff and superusers.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn require_administrator(caller: &Caller) -> Result<(), AccountError> {
    allow(caller.role >= Role::Staff)
}

/// Lets through a superuser for everybody, staff for plain users, and nobody else.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn require_rank_over(caller: &Caller, target: Role) -> Result<(), AccountError> {
    allow(match caller.role {
        Role::Superuser => true,
        Role::Staff => target == Role::User,
        Role::User => false,
    })
}

/// Lets through a superuser, and staff for its own login logs and those of plain users.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn require_login_log_access(caller: &Caller, owner: UserId, owner_role: Role) -> Result<(), AccountError> {
    require_administrator(caller)?;
    if caller.id == owner { Ok(()) } else { require_rank_over(caller, owner_role) }
}

/// Lets through who may give these rights to somebody else: only superusers make superusers and operators.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn require_power_to_grant(caller: &Caller, superuser: bool, operator: bool) -> Result<(), AccountError> {
    if superuser || operator { allow(caller.role == Role::Superuser) } else { require_administrator(caller) }
}

/// Lets through a change that does not take the caller's own power away.
///
/// # Errors
/// `Forbidden`.
pub(crate) fn refuse_self(caller: &Caller, target: UserId) -> Result<(), AccountError> {
    allow(caller.id != target)
}

fn allow(allowed: bool) -> Result<(), AccountError> {
    if allowed { Ok(()) } else { Err(AccountError::Forbidden) }
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

    const ROLES: [Role; 3] = [Role::User, Role::Staff, Role::Superuser];

    #[test]
    fn staff_ranks_over_plain_users_only_and_a_superuser_over_everybody() {
        let allowed = |by| ROLES.map(|target| require_rank_over(&caller(1, by), target).is_ok());
        assert_eq!(ROLES.map(allowed), [[false; 3], [true, false, false], [true; 3]]);
    }

    #[test]
    fn staff_may_touch_its_own_logs_and_those_of_plain_users() {
        let may = |by, owner, owner_role| require_login_log_access(&caller(1, by), UserId(owner), owner_role).is_ok();
        assert!(may(Role::Staff, 1, Role::Staff) && may(Role::Staff, 2, Role::User));
        assert!(!may(Role::Staff, 2, Role::Staff) && !may(Role::Staff, 2, Role::Superuser));
        assert!(may(Role::Superuser, 2, Role::Superuser) && !may(Role::User, 1, Role::User));
    }

    #[test]
    fn only_superusers_make_superusers_and_operators() {
        let may = |by, superuser, operator| require_power_to_grant(&caller(1, by), superuser, operator).is_ok();
        assert!(may(Role::Staff, false, false) && !may(Role::Staff, true, false) && !may(Role::Staff, false, true));
        assert!(may(Role::Superuser, true, true) && !may(Role::User, false, false));
    }
}
