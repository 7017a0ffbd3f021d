//! Opening an account for oneself.

use crate::world::{World, at, form};
use auth::{AuthError, Registration};
use kernel::{FieldFault, Form, Raw};
use users::UserState;

const ANN: [(&str, &str); 4] =
    [("first_name", "Ann"), ("last_name", ""), ("email", " Ann@Example.org "), ("password", " korvapuusti ")];

/// Ann's form with one field replaced, or left out.
fn but(field: &str, value: Option<Raw>) -> Form {
    let kept = ANN.iter().filter(|(name, _)| *name != field).map(|(name, text)| (*name, Raw::Text((*text).to_owned())));
    kept.chain(value.map(|value| (field, value))).collect()
}

#[test]
fn a_new_account_is_active_and_has_no_right() {
    let world = World::new();
    let mut wish = ANN.to_vec();
    wish.extend([("is_staff", "true"), ("is_superuser", "true"), ("is_active", "false")]);
    let registration = Registration::read(&form(&wish)).unwrap();
    assert_eq!(registration.password.as_str(), "korvapuusti");
    let user = world.write(|tx| auth::register(tx, at(0), &registration, "hash")).unwrap();
    let details = world.user(user.id).details;
    assert_eq!((details.email.as_str(), details.username.as_str()), ("ann@example.org", "ann@example.org"));
    assert_eq!((details.first_name.as_str(), details.last_name.as_str()), ("Ann", ""));
    assert_eq!((details.state, details.date_joined, details.email_verified), (UserState::Active, at(0), false));
    assert!(!details.is_staff && !details.is_superuser && !details.is_operator);
}

#[test]
fn an_address_is_taken_whatever_its_case() {
    let world = World::new();
    world.add("ann", users::Role::User);
    let registration = Registration::read(&form(&ANN)).unwrap();
    let refusal = world.write(|tx| auth::register(tx, at(0), &registration, "hash")).unwrap_err();
    assert!(matches!(refusal, AuthError::Taken));
}

#[test]
fn every_field_is_needed() {
    for (field, _) in ANN {
        let AuthError::Fields(errors) = Registration::read(&but(field, None)).unwrap_err() else { panic!("{field}") };
        assert_eq!(errors.iter().collect::<Vec<_>>(), [(field, &[FieldFault::Required][..])]);
    }
    let AuthError::Fields(errors) = Registration::read(&Form::default()).unwrap_err() else { panic!("no fields") };
    assert_eq!(errors.iter().map(|(name, _)| name).collect::<Vec<_>>(), ANN.map(|(name, _)| name));
}

#[test]
fn a_malformed_address_and_a_weak_password_read_the_same() {
    for (field, text) in [("email", "ann"), ("password", "short"), ("password", "password"), ("password", "73829164")] {
        let refusal = Registration::read(&but(field, Some(Raw::Text(text.to_owned())))).unwrap_err();
        assert!(matches!(refusal, AuthError::BadRegistration), "{field} {text}");
    }
}

#[test]
fn what_is_no_text_or_too_long_is_told_by_field() {
    for (field, value, problem) in [
        ("first_name", Raw::Text("a".repeat(151)), FieldFault::TooLong { max: 150 }),
        ("last_name", Raw::Text("a\0b".to_owned()), FieldFault::HasNul),
        ("email", Raw::Bool(true), FieldFault::NotText),
        ("email", Raw::Text(" ".to_owned()), FieldFault::Blank),
        ("password", Raw::List(Vec::new()), FieldFault::NotText),
        ("password", Raw::Null, FieldFault::Null),
        ("password", Raw::Text("a".repeat(129)), FieldFault::TooLong { max: 128 }),
    ] {
        let AuthError::Fields(errors) = Registration::read(&but(field, Some(value))).unwrap_err() else {
            panic!("{field} {problem:?}")
        };
        assert_eq!(errors.iter().collect::<Vec<_>>(), [(field, &[problem][..])]);
    }
}
