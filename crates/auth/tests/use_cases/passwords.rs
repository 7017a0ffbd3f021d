//! Changing one's own password.

use crate::world::{PASSWORD, World, at, form};
use auth::{AuthError, NewPassword, PasswordChange};
use kernel::{FieldFault, Form, Raw};
use users::{Role, UserRepository};

const NEW: &str = "laskiaispulla";

fn change(current: &str, new: &str) -> PasswordChange {
    PasswordChange::read(&form(&[("current_password", current), ("new_password", new)]))
}

#[test]
fn a_new_password_ends_every_login_but_the_one_that_set_it() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    // All of these are of the same second.
    let [mine, other] = [world.log_in(&ann), world.log_in(&ann)].map(|logged_in| logged_in.tokens.access);
    let caller = world.authenticate(&mine).unwrap();
    let stored = world.user(ann.id);
    let hash = change(" korvapuusti ", " laskiaispulla ").hash(&world.passwords, &stored).unwrap();
    world.write(|tx| auth::change_password(tx, &caller, &stored, &hash)).unwrap();
    assert!(world.authenticate(&mine).is_ok());
    assert!(matches!(world.authenticate(&other), Err(AuthError::TokenInvalid)));
    assert!(matches!(world.log_in_at(at(1), "ann@example.org", PASSWORD), Err(AuthError::WrongCredentials)));
    let later = world.log_in_at(at(1), "ann@example.org", NEW).unwrap();
    assert!(world.authenticate(&later.tokens.access).is_ok());
}

#[test]
fn the_kept_login_ends_with_the_next_change_made_elsewhere() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let mine = world.log_in(&ann).tokens.access;
    let caller = world.authenticate(&mine).unwrap();
    world.alter(ann.id, |user| user.set_password("one".to_owned(), Some(caller.session)));
    assert!(world.authenticate(&mine).is_ok());
    world.alter(ann.id, |user| user.set_password("two".to_owned(), None));
    assert!(world.authenticate(&mine).is_err());
}

#[test]
fn the_current_password_comes_first() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let missing = PasswordChange::read(&form(&[("new_password", NEW)]));
    for wish in [change("wrong", NEW), change("wrong", "1"), change("kor\0", NEW), missing] {
        assert!(matches!(wish.hash(&world.passwords, &ann), Err(AuthError::WrongCurrentPassword)));
    }
}

#[test]
fn everything_that_is_wrong_with_the_new_password_is_told() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    for (new, expected) in [
        (None, vec![FieldFault::Required]),
        (Some(Raw::Null), vec![FieldFault::Null]),
        (Some(Raw::Bool(true)), vec![FieldFault::NotText]),
        (Some(Raw::Text("  ".to_owned())), vec![FieldFault::Blank]),
        (Some(Raw::Text("a".repeat(129))), vec![FieldFault::TooLong { max: 128 }]),
        (Some(Raw::Text("Qwerty123".to_owned())), vec![NewPassword::TOO_COMMON]),
        (
            Some(Raw::Number("1234".to_owned())),
            vec![NewPassword::TOO_SHORT, NewPassword::TOO_COMMON, NewPassword::ENTIRELY_NUMERIC],
        ),
    ] {
        let current = ("current_password", Raw::Text(PASSWORD.to_owned()));
        let sent: Form = [current].into_iter().chain(new.map(|new| ("new_password", new))).collect();
        let Err(AuthError::Fields(errors)) = PasswordChange::read(&sent).hash(&world.passwords, &ann) else {
            panic!("{expected:?}")
        };
        assert_eq!(errors.iter().collect::<Vec<_>>(), [("new_password", &expected[..])]);
    }
}

#[test]
fn a_change_that_was_overtaken_by_another_is_refused() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let caller = crate::world::caller(&ann);
    world.alter(ann.id, |user| user.set_password("another".to_owned(), None));
    let refusal = world.write(|tx| auth::change_password(tx, &caller, &ann, "hash")).unwrap_err();
    assert!(matches!(refusal, AuthError::WrongCurrentPassword));
    assert_eq!(world.user(ann.id).details.password_hash, "another");
    world.write(|tx| Ok(UserRepository::delete_user(tx, ann.id)?)).unwrap();
    let refusal = world.write(|tx| auth::change_password(tx, &caller, &ann, "hash")).unwrap_err();
    assert!(matches!(refusal, AuthError::UserGone));
}
