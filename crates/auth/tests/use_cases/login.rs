//! Who gets in, and what is written down of it.

use crate::world::{PASSWORD, World, at, form};
use auth::{AuthError, Credentials};
use users::{Role, UserRepository, UserState};

#[test]
fn a_login_hands_out_tokens_and_is_written_down() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let logged_in = world.log_in(&ann);
    let caller = world.authenticate(&logged_in.tokens.access).unwrap();
    assert_eq!((caller.id, caller.role, caller.email.as_str()), (ann.id, Role::User, "ann@example.org"));
    assert_eq!(world.user(ann.id).last_login, Some(at(1)));
    let log = world.logs(ann.id).pop().unwrap();
    assert_eq!((log.platform_os.as_str(), log.successful, log.description.as_str()), ("web", true, "Login Successful"));
    assert_eq!((log.creation_date, log.creation_time), (at(1).date(), at(1).time()));
}

#[test]
fn each_login_has_tokens_of_its_own() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let [one, other] = [world.log_in(&ann), world.log_in(&ann)].map(|logged_in| logged_in.tokens);
    assert!(one.access != other.access && one.refresh != other.refresh && one.access != one.refresh);
}

#[test]
fn the_login_name_is_the_address_or_the_user_name_in_any_case() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    world.alter(ann.id, |user| "Annie".clone_into(&mut user.details.username));
    for name in [" ANN@Example.org ", "annie", "ANNIE"] {
        assert_eq!(world.log_in_at(at(1), name, " korvapuusti ").unwrap().user.id, ann.id, "{name}");
    }
}

#[test]
fn a_name_that_nobody_has_is_unknown() {
    let refusal = World::new().log_in_at(at(1), "nobody@example.org", PASSWORD).unwrap_err();
    assert!(matches!(refusal, AuthError::UnknownLogin));
}

#[test]
fn a_wrong_password_is_refused_and_written_down() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let refusal = world.log_in_at(at(1), "ann@example.org", "wrong").unwrap_err();
    assert!(matches!(refusal, AuthError::WrongCredentials));
    let log = world.logs(ann.id).pop().unwrap();
    assert_eq!((log.successful, log.description.as_str()), (false, "Login Failed"));
    assert_eq!(world.user(ann.id).last_login, None);
}

#[test]
fn both_fields_are_needed_and_the_platform_is_not() {
    let AuthError::Fields(errors) = Credentials::read(&form(&[("username", " ")])).unwrap_err() else {
        panic!("not told by field")
    };
    assert_eq!(errors.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["username", "password"]);
    let credentials = Credentials::read(&form(&[("username", "ann"), ("password", "x")])).unwrap();
    assert_eq!(credentials.platform, "");
}

#[test]
fn a_long_platform_is_cut() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let credentials =
        Credentials::read(&form(&[("username", "ann@example.org"), ("password", PASSWORD), ("os", &"ä\0".repeat(60))]))
            .unwrap();
    let verified = credentials.verify(&world.passwords, Some(ann.clone())).unwrap();
    world.write(|tx| auth::login(tx, world.context(at(1)), &credentials.platform, &verified)).unwrap();
    assert_eq!(world.logs(ann.id).pop().unwrap().platform_os, "ä".repeat(50));
}

#[test]
fn who_is_not_active_learns_it_only_with_the_right_password() {
    for state in [UserState::Blocked, UserState::Pending] {
        let world = World::new();
        let ann = world.add("ann", Role::User);
        world.alter(ann.id, |user| user.details.state = state);
        let wrong = world.log_in_at(at(1), "ann@example.org", "wrong").unwrap_err();
        assert!(matches!(wrong, AuthError::WrongCredentials), "{state:?}");
        let right = world.log_in_at(at(2), "ann@example.org", PASSWORD).unwrap_err();
        assert!(matches!(right, AuthError::AccountBlocked), "{state:?}");
        assert_eq!(world.logs(ann.id).iter().filter(|log| !log.successful).count(), 2, "{state:?}");
    }
}

#[test]
fn a_hash_of_the_previous_system_is_replaced() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    // Made with Python's hashlib.pbkdf2_hmac("sha256", b"korvapuusti", b"saltsalt", 1000).
    let old = "pbkdf2_sha256$1000$saltsalt$TzIMtiukAqCItOMJCPQehLZjEHgGZdjTs5Vb6ZcxQjY=";
    world.alter(ann.id, |user| old.clone_into(&mut user.details.password_hash));
    world.log_in_at(at(1), "ann@example.org", "wrong").unwrap_err();
    assert_eq!(world.user(ann.id).details.password_hash, old);
    let before = world.log_in(&ann);
    let hash = world.user(ann.id).details.password_hash;
    assert!(!world.passwords.is_outdated(&hash) && world.passwords.verify(PASSWORD, &hash));
    // Another form of the same password is no change of it: tokens live on.
    world.log_in(&ann);
    assert!(world.authenticate(&before.tokens.access).is_ok());
}

#[test]
fn a_password_that_was_changed_since_it_was_compared_does_not_open() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let credentials = Credentials::read(&form(&[("username", "ann"), ("password", PASSWORD)])).unwrap();
    let verified = credentials.verify(&world.passwords, Some(ann.clone())).unwrap();
    world.alter(ann.id, |user| user.set_password("another".to_owned(), None));
    let result = world.write(|tx| auth::login(tx, world.context(at(1)), "", &verified)).unwrap();
    assert!(matches!(result.into_result(), Err(AuthError::WrongCredentials)));
}

#[test]
fn a_user_that_was_deleted_meanwhile_is_unknown() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let credentials = Credentials::read(&form(&[("username", "ann"), ("password", PASSWORD)])).unwrap();
    let verified = credentials.verify(&world.passwords, Some(ann.clone())).unwrap();
    world.write(|tx| Ok(UserRepository::delete_user(tx, ann.id)?)).unwrap();
    let refusal = world.write(|tx| auth::login(tx, world.context(at(1)), "", &verified)).unwrap_err();
    assert!(matches!(refusal, AuthError::UnknownLogin));
}
