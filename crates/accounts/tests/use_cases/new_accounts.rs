//! Opening an account for somebody else.

use crate::world::{World, at, caller, form};
use accounts::{AccountError, NewAccount};
use audit::Action;
use kernel::{FieldFault, Form, Raw};
use std::slice;
use users::{Role, User, UserState};

const BOB: [(&str, &str); 4] =
    [("email", "Bob@Example.org"), ("first_name", "Bob"), ("last_name", "B"), ("password", "laskiaispulla")];

/// Bob's form with more fields; a field that is there already is replaced.
fn with(more: &[(&'static str, Raw)]) -> Form {
    let own = BOB.iter().map(|(name, text)| (*name, Raw::Text((*text).to_owned())));
    own.chain(more.iter().cloned()).collect()
}

fn create(world: &World, by: &User, form: &Form) -> Result<User, AccountError> {
    let account = NewAccount::read(&caller(by), form)?;
    world.write(|tx| accounts::create_user(tx, &caller(by), at(5), &account, "hash"))
}

#[test]
fn an_account_is_blocked_unless_it_was_asked_to_be_active() {
    let world = World::new();
    let staff = world.add("staff", Role::Staff);
    let bob = create(&world, &staff, &with(&[])).unwrap();
    let details = world.user(bob.id).details;
    assert_eq!(
        (details.username.as_str(), details.state, details.email_verified),
        ("bob@example.org", UserState::Blocked, false)
    );
    assert_eq!((bob.role(), details.is_operator), (Role::User, false));
    let entry = world.last_trail().unwrap();
    assert_eq!(
        (entry.action, entry.actor, entry.subject, entry.at),
        (Action::UserCreated, Some(staff.id), bob.id, at(5))
    );
    let carol = [("email", Raw::Text("carol@example.org".to_owned())), ("is_active", Raw::Bool(true))];
    let details = create(&world, &staff, &with(&carol)).unwrap().details;
    assert_eq!((details.state, details.email_verified), (UserState::Active, true));
}

#[test]
fn staff_makes_staff_and_only_superusers_make_superusers_and_operators() {
    for (flag, staff_may, role) in
        [("is_staff", true, Role::Staff), ("is_superuser", false, Role::Superuser), ("is_operator", false, Role::User)]
    {
        let world = World::new();
        let [staff, root] = [world.add("staff", Role::Staff), world.add("root", Role::Superuser)];
        // Asking for too much is refused before anything else is looked at.
        let asked = with(&[(flag, Raw::Text("True".to_owned()))]);
        let asked_badly = with(&[(flag, Raw::Bool(true)), ("email", Raw::Null)]);
        if staff_may {
            assert_eq!(create(&world, &staff, &asked).unwrap().role(), role);
        } else {
            assert!(matches!(create(&world, &staff, &asked), Err(AccountError::Forbidden)), "{flag}");
            assert!(matches!(create(&world, &staff, &asked_badly), Err(AccountError::Forbidden)), "{flag}");
            assert_eq!(create(&world, &root, &asked).unwrap().role(), role);
        }
    }
}

#[test]
fn every_faulty_field_is_told_at_once() {
    let world = World::new();
    let staff = world.add("staff", Role::Staff);
    let faulty = with(&[
        ("email", Raw::Text("bob".to_owned())),
        ("first_name", Raw::Text("a".repeat(151))),
        ("last_name", Raw::Null),
        ("is_staff", Raw::Null),
        ("is_active", Raw::Text("perhaps".to_owned())),
    ]);
    let AccountError::Fields(errors) = create(&world, &staff, &faulty).unwrap_err() else { panic!("not by field") };
    let told: Vec<_> = errors.iter().map(|(name, problems)| (name, problems.to_vec())).collect();
    let expected = [
        ("email", FieldFault::BadEmail),
        ("first_name", FieldFault::TooLong { max: 150 }),
        ("last_name", FieldFault::Null),
        ("is_staff", FieldFault::Null),
        ("is_active", FieldFault::NotABoolean),
    ];
    assert_eq!(told, expected.map(|(name, problem)| (name, vec![problem])));
}

#[test]
fn a_weak_password_is_told_when_nothing_else_is_wrong() {
    let world = World::new();
    let staff = world.add("staff", Role::Staff);
    let weak = ("password", Raw::Text("1234".to_owned()));
    let Err(AccountError::WeakPassword(problems)) = create(&world, &staff, &with(slice::from_ref(&weak))) else {
        panic!("a weak password was taken")
    };
    assert_eq!(problems.len(), 3);
    let both = create(&world, &staff, &with(&[weak, ("email", Raw::Null)])).unwrap_err();
    assert!(matches!(both, AccountError::Fields(_)));
}

#[test]
fn a_user_name_is_plain_or_the_own_address_and_unique() {
    let world = World::new();
    let staff = world.add("staff", Role::Staff);
    for (name, kept) in [
        ("Bob.B+1-2_3", Some("Bob.B+1-2_3")),
        ("BOB@example.org", Some("bob@example.org")),
        ("staff@example.org", None),
        ("a b", None),
        ("a~b", None),
    ] {
        let account = NewAccount::read(&caller(&staff), &with(&[("username", Raw::Text(name.to_owned()))]));
        assert_eq!(account.is_ok(), kept.is_some(), "{name}");
        if let (Ok(account), Some(kept)) = (account, kept) {
            let world = World::new();
            let staff = world.add("staff", Role::Staff);
            let bob = world.write(|tx| accounts::create_user(tx, &caller(&staff), at(5), &account, "hash")).unwrap();
            assert_eq!(bob.details.username, kept);
        }
    }
    world.alter(staff.id, |user| "boss".clone_into(&mut user.details.username));
    let taken = create(&world, &staff, &with(&[("username", Raw::Text("BOSS".to_owned()))])).unwrap_err();
    let AccountError::Fields(errors) = taken else { panic!("not by field") };
    assert_eq!(errors.iter().collect::<Vec<_>>(), [("username", &[FieldFault::Taken][..])]);
}

#[test]
fn a_taken_address_is_a_problem_of_the_field() {
    let world = World::new();
    let staff = world.add("staff", Role::Staff);
    create(&world, &staff, &with(&[])).unwrap();
    let AccountError::Fields(errors) = create(&world, &staff, &form(&BOB)).unwrap_err() else { panic!("not by field") };
    assert_eq!(errors.iter().collect::<Vec<_>>(), [("email", &[FieldFault::Taken][..])]);
}
