//! Reading, changing, blocking and deleting other people's accounts.

use crate::world::{World, always, at, caller, form};
use accounts::{AccountError, ActivationChange, Blocking, ChangedUser, DeletedUser, UserChanges};
use audit::Action;
use auth::AuthError;
use categories::Category;
use chat::{Chat, ChatId, Draft, HandedOver, MessageId, NewMessage};
use idempotency::{Key, Request, RequestId, Sender, StoredResponse};
use kernel::{CategoryId, Failure, Form, Money, Raw, Text, UserId, Uuid};
use ledger::{Entry, EntryId, Side};
use users::{Role, User, UserFilter, UserState};

const NOBODY: UserId = UserId(999);

fn change(world: &World, by: &User, target: UserId, form: &Form) -> Result<ChangedUser, AccountError> {
    world.write(|tx| {
        let target = accounts::get_managed_user(tx, &caller(by), target)?;
        accounts::change_user(tx, &caller(by), &target, UserChanges::read(&target, form)?, at(5))
    })
}

fn block(world: &World, by: &User, target: UserId, form: &Form) -> Result<ActivationChange, AccountError> {
    world.write(|tx| {
        let target = accounts::get_managed_user(tx, &caller(by), target)?;
        accounts::block_user(tx, &caller(by), &target, Blocking::read(form)?, at(5))
    })
}

fn delete(world: &World, by: &User, target: UserId) -> Result<DeletedUser, AccountError> {
    world.write(|tx| {
        let target = accounts::get_managed_user(tx, &caller(by), target)?;
        accounts::delete_user(tx, &caller(by), &target, at(5))
    })
}

fn open_chat(world: &World, number: u128, customer: &User, admin: &User) -> ChatId {
    let chat = Chat { id: ChatId(Uuid::from_u128(number)), customer: customer.id, admin: admin.id, created_at: at(0) };
    world.write(|tx| Ok(tx.insert_chat(&chat)?)).unwrap();
    chat.id
}

fn say(world: &World, number: u128, chat: ChatId, sender: &User) -> MessageId {
    let draft = Draft { text: text("hello"), client_msg_id: None };
    let message = NewMessage { id: MessageId(Uuid::from_u128(number)), chat, sender: sender.id, at: at(0), draft };
    world.write(|tx| Ok(tx.insert_message(&message)?)).unwrap();
    message.id
}

/// Records an income of the user, and keeps the answer under a key.
fn record_entry(world: &World, owner: &User) -> RequestId {
    let category = Category {
        id: CategoryId(Uuid::from_u128(1)),
        name: text("Home"),
        description: text("Rent and repairs"),
        kind: text("income"),
        hex_color: text("#a0b1c2"),
    };
    let entry = Entry {
        id: EntryId(Uuid::from_u128(1)),
        side: Side::Income,
        owner: owner.id,
        title: text("Salary"),
        description: text("November"),
        amount: Money::from_minor(1250),
        creation_date: at(0).date(),
        creation_time: at(0).time(),
        category: category.id,
        subcategory: None,
    };
    let request = Request::new(Sender::User(owner.id), "POST /", &Key::parse("k1").unwrap(), b"");
    let answer = StoredResponse { status: 201, headers: "[]".to_owned(), body: "{}".to_owned() };
    world
        .write(|tx| {
            tx.insert_category(&category)?;
            tx.insert_entry(&entry)?;
            tx.reserve_response(&request, at(60))?;
            Ok(tx.keep_response(&request.id, &answer)?)
        })
        .unwrap();
    request.id
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(&Raw::Text(text.to_owned())).unwrap()
}

fn flag(name: &'static str, value: bool) -> Form {
    Form::from_iter([(name, Raw::Bool(value))])
}

/// One of each rank, and a second one of the higher two.
struct Staffed {
    world: World,
    user: User,
    staff: User,
    other: User,
    root: User,
    twin: User,
}

fn staffed() -> Staffed {
    let world = World::new();
    let user = world.add("user", Role::User);
    let [staff, other] = ["staff", "other"].map(|name| world.add(name, Role::Staff));
    let [root, twin] = ["root", "twin"].map(|name| world.add(name, Role::Superuser));
    Staffed { world, user, staff, other, root, twin }
}

#[test]
fn staff_manages_plain_users_and_a_superuser_everybody() {
    let Staffed { world, user, staff, other, root, twin } = staffed();
    let code = |by: &User, target: UserId| {
        let found = world.read(|tx| accounts::get_managed_user(tx, &caller(by), target));
        found.map_or_else(|refusal| refusal.code(), |_| "allowed")
    };
    for target in [staff.id, other.id, root.id, NOBODY] {
        assert_eq!((code(&staff, target), code(&user, target)), ("auth.forbidden", "auth.forbidden"));
    }
    assert_eq!(code(&staff, user.id), "allowed");
    for target in [user.id, staff.id, root.id, twin.id] {
        assert_eq!(code(&root, target), "allowed");
    }
    assert_eq!(code(&root, NOBODY), "auth.user_missing");
}

#[test]
fn staff_reads_the_customers_of_its_chats_and_may_not_change_them() {
    let Staffed { world, staff, other, root, .. } = staffed();
    let read = |by: &User| world.read(|tx| accounts::get_user(tx, &caller(by), other.id));
    assert!(matches!(read(&staff), Err(AccountError::Forbidden)));
    open_chat(&world, 1, &other, &root);
    assert!(matches!(read(&staff), Err(AccountError::Forbidden)));
    open_chat(&world, 2, &root, &staff);
    assert!(world.read(|tx| accounts::get_user(tx, &caller(&staff), root.id)).is_ok());
    assert!(matches!(block(&world, &staff, root.id, &Form::default()), Err(AccountError::Forbidden)));
}

#[test]
fn a_list_is_by_number_and_filtered() {
    let Staffed { world, user, staff, other, root, twin } = staffed();
    world.alter(user.id, |user| user.lock(at(900)));
    let list = |query: &[(&str, &str)]| {
        let filter = UserFilter::read(&form(query), at(5)).ok_or(AccountError::InvalidFilter);
        let found = world.read(|tx| accounts::list_users(tx, &filter?, u32::MAX));
        found.map(|users| users.iter().map(|user| user.id).collect::<Vec<_>>())
    };
    assert_eq!(list(&[]).unwrap(), [user.id, staff.id, other.id, root.id, twin.id]);
    assert_eq!(list(&[("is_active", "FALSE")]).unwrap(), [user.id]);
    assert_eq!(list(&[("is_staff", "True"), ("is_superuser", "")]).unwrap(), [staff.id, other.id]);
    assert!(matches!(list(&[("start_date", "soon")]), Err(AccountError::InvalidFilter)));
}

#[test]
fn absent_fields_stay_and_names_may_be_empty() {
    let Staffed { world, user, staff, .. } = staffed();
    let names = form(&[("first_name", " Ulla "), ("last_name", "")]);
    let changed = change(&world, &staff, user.id, &names).unwrap();
    assert!(!changed.sessions_ended && changed.handed_over.is_empty());
    let expected = {
        let mut user = user.clone();
        "Ulla".clone_into(&mut user.details.first_name);
        user
    };
    assert_eq!(world.user(user.id), expected);
    let entry = world.last_trail().unwrap();
    assert_eq!((entry.action, entry.details.as_str()), (Action::UserUpdated, "first_name"));
}

#[test]
fn an_address_is_lower_cased_and_moves_the_user_name_along() {
    let Staffed { world, user, staff, .. } = staffed();
    change(&world, &staff, user.id, &form(&[("email", "New!@Example.org")])).unwrap();
    let details = world.user(user.id).details;
    assert_eq!((details.email.as_str(), details.username.as_str()), ("new!@example.org", "new!@example.org"));
}

#[test]
fn whatever_is_wrong_names_the_user() {
    let Staffed { world, user, staff, .. } = staffed();
    for wrong in [
        Form::from_iter([("email", Raw::Text("nowhere".to_owned()))]),
        Form::from_iter([("email", Raw::Text("STAFF@example.org".to_owned()))]),
        Form::from_iter([("first_name", Raw::Null)]),
        Form::from_iter([("first_name", Raw::Text("a".repeat(151)))]),
        Form::from_iter([("is_active", Raw::Text("maybe".to_owned()))]),
        Form::from_iter([("username", Raw::Text("staff@example.org".to_owned()))]),
    ] {
        let refusal = change(&world, &staff, user.id, &wrong).unwrap_err();
        assert_eq!((refusal.code(), refusal.subject()), ("auth.invalid_update", Some("user@example.org")), "{wrong:?}");
    }
    assert_eq!(world.user(user.id), user);
}

#[test]
fn staff_gives_no_rights_that_only_superusers_give() {
    let Staffed { world, user, staff, root, .. } = staffed();
    for right in ["is_superuser", "is_operator"] {
        assert!(matches!(change(&world, &staff, user.id, &flag(right, true)), Err(AccountError::Forbidden)), "{right}");
        assert!(change(&world, &staff, user.id, &flag(right, false)).is_ok(), "{right}");
    }
    let changed = change(&world, &root, user.id, &flag("is_superuser", true)).unwrap();
    assert!(changed.sessions_ended && changed.user.role() == Role::Superuser);
    assert_eq!(world.last_trail().unwrap().details, "is_superuser: true");
}

#[test]
fn sending_back_what_was_shown_changes_nothing() {
    let Staffed { world, user, staff, .. } = staffed();
    // A locked account is shown as not active; that is no wish to block it.
    world.alter(user.id, |user| user.lock(at(900)));
    let before = world.user(user.id);
    let changed = change(&world, &staff, user.id, &flag("is_active", false)).unwrap();
    assert!(!changed.sessions_ended);
    assert_eq!(world.user(user.id), before);
    change(&world, &staff, user.id, &flag("is_active", true)).unwrap();
    assert!(world.user(user.id).is_active(at(6)));
    // The user name of before moves along with the address.
    let row = form(&[("username", "user@example.org"), ("email", "new@example.org")]);
    change(&world, &staff, user.id, &row).unwrap();
    assert_eq!(world.user(user.id).details.username, "new@example.org");
}

#[test]
fn blocking_ends_sessions_and_activating_lets_in_from_any_state() {
    let Staffed { world, user, staff, .. } = staffed();
    let token = world.log_in(&user);
    let blocked = block(&world, &staff, user.id, &Form::default()).unwrap();
    assert!(!blocked.is_active);
    assert!(matches!(world.authenticate(&token), Err(AuthError::UserInactive)));
    assert_eq!(world.last_trail().unwrap().action, Action::UserBlocked);
    for state in [UserState::Blocked, UserState::Pending, UserState::Active] {
        world.alter(user.id, |user| {
            user.details.state = state;
            user.lock(at(900));
        });
        assert!(block(&world, &staff, user.id, &flag("is_active", true)).unwrap().is_active);
        assert!(world.user(user.id).is_active(at(6)), "{state:?}");
    }
    assert_eq!(world.last_trail().unwrap().action, Action::UserActivated);
    let refusal = block(&world, &staff, user.id, &Form::from_iter([("is_active", Raw::Null)])).unwrap_err();
    assert!(matches!(refusal, AccountError::Fields(_)));
}

#[test]
fn nobody_takes_away_its_own_power() {
    let Staffed { world, root, .. } = staffed();
    assert!(matches!(delete(&world, &root, root.id), Err(AccountError::Forbidden)));
    assert!(matches!(block(&world, &root, root.id, &Form::default()), Err(AccountError::Forbidden)));
    for right in ["is_superuser", "is_active"] {
        assert!(matches!(change(&world, &root, root.id, &flag(right, false)), Err(AccountError::Forbidden)), "{right}");
    }
    assert_eq!(world.user(root.id), root);
    assert!(change(&world, &root, root.id, &form(&[("first_name", "Ruth")])).is_ok());
}

#[test]
fn the_last_superuser_stays_whoever_asks() {
    let Staffed { world, root, twin, .. } = staffed();
    // The twin was blocked after its token was checked: it is a superuser's token, and no superuser is left but root.
    assert!(block(&world, &root, twin.id, &Form::default()).is_ok());
    assert!(matches!(delete(&world, &twin, root.id), Err(AccountError::Forbidden)));
    assert!(matches!(block(&world, &twin, root.id, &Form::default()), Err(AccountError::Forbidden)));
    assert!(matches!(change(&world, &twin, root.id, &flag("is_superuser", false)), Err(AccountError::Forbidden)));
    assert!(block(&world, &root, twin.id, &flag("is_active", true)).is_ok());
    assert!(change(&world, &twin, root.id, &flag("is_superuser", false)).is_ok());
}

#[test]
fn an_administrator_that_goes_hands_its_chats_over() {
    let no_longer_staff: fn(&World, &User, &User) -> Vec<HandedOver> =
        |world, by, admin| change(world, by, admin.id, &flag("is_staff", false)).unwrap().handed_over;
    let blocked: fn(&World, &User, &User) -> Vec<HandedOver> =
        |world, by, admin| block(world, by, admin.id, &Form::default()).unwrap().handed_over;
    let deleted: fn(&World, &User, &User) -> Vec<HandedOver> =
        |world, by, admin| delete(world, by, admin.id).unwrap().handed_over;
    for leave in [no_longer_staff, blocked, deleted] {
        let Staffed { world, user, staff, other, root, twin } = staffed();
        world.alter(twin.id, User::block);
        let chat = open_chat(&world, 1, &user, &staff);
        open_chat(&world, 2, &staff, &root);
        assert_eq!(leave(&world, &root, &staff), [HandedOver { chat, from: staff.id, to: other.id }]);
        assert_eq!(world.read(|tx| Ok(tx.find_chat(chat)?)).unwrap().unwrap().admin, other.id);
    }
}

#[test]
fn a_deleted_user_takes_its_own_along_and_chats_that_nobody_else_can_take() {
    let Staffed { world, user, staff, other, root, twin } = staffed();
    let token = world.log_in(&staff);
    for agent in [&other, &twin] {
        world.alter(agent.id, User::block);
    }
    let own = open_chat(&world, 1, &staff, &root);
    // Root is the only other agent, and never answers itself.
    let orphan = open_chat(&world, 2, &root, &staff);
    let handed = open_chat(&world, 3, &user, &staff);
    let kept = say(&world, 1, handed, &user);
    say(&world, 2, handed, &staff);
    let request = record_entry(&world, &staff);
    let deleted = delete(&world, &root, staff.id).unwrap();
    assert_eq!(deleted.closed, [own, orphan]);
    assert_eq!(deleted.handed_over, [HandedOver { chat: handed, from: staff.id, to: root.id }]);
    assert_eq!(world.logs(staff.id), []);
    let entries = world.read(|tx| Ok(tx.list_entries(Side::Income, staff.id, &always(), u32::MAX)?));
    assert_eq!(entries.unwrap(), []);
    assert_eq!(world.read(|tx| Ok(tx.find_response(&request)?)).unwrap(), None);
    let messages = world.read(|tx| Ok(tx.list_last_messages(handed, 9)?)).unwrap();
    assert_eq!(messages.iter().map(|message| message.id).collect::<Vec<_>>(), [kept]);
    for closed in [own, orphan] {
        assert_eq!(world.read(|tx| Ok(tx.find_chat(closed)?)).unwrap(), None);
    }
    assert!(matches!(world.authenticate(&token), Err(AuthError::UserGone)));
    let entry = world.last_trail().unwrap();
    assert_eq!((entry.action, entry.details.as_str()), (Action::UserDeleted, "staff@example.org"));
}
