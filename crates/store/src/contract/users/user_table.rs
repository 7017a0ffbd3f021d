//! The clauses of the user table.

use crate::contract::categories::sample::category;
use crate::contract::sample::{UNICODE, at, read, write};
use crate::contract::users::sample::{add, add_person, add_staff, email, person, staff};
use crate::{Store, Tx};
use kernel::{Instant, SessionId, UserId, Uuid};
use users::{User, UserDetails, UserError, UserFilter, UserState};

/// A user with every field off its default.
fn peculiar() -> UserDetails {
    UserDetails {
        email: email("o'hara+1@mail.example.org"),
        username: "O'Hara".to_owned(),
        password_hash: "h".repeat(255),
        first_name: UNICODE.to_owned(),
        last_name: "ß".repeat(150),
        phone_number: "+34 600 000 000".to_owned(),
        bio: "猫".repeat(5000),
        is_staff: true,
        is_superuser: true,
        is_operator: true,
        state: UserState::Pending,
        email_verified: true,
        date_joined: at(-86_400),
    }
}

/// A user is found as it was stored, to the microsecond, and starts without lock, login or kept session.
pub fn round_trips(store: &dyn Store) {
    for details in [peculiar(), person("ann")] {
        let stored = add(store, &details);
        assert_same(&stored, &User::new(stored.id, details));
        assert_same(&read(store, |tx| tx.find_user(stored.id)).unwrap(), &stored);
    }
    assert!(read(store, |tx| tx.find_user(UserId(i64::MAX))).is_none());
}

/// The Debug output of a user hides most of it, so that plain equality would fail in silence.
#[track_caller]
fn assert_same(left: &User, right: &User) {
    let parts = |user: &User| {
        let UserDetails { username, first_name, state, date_joined, .. } = user.details.clone();
        (user.id, username, first_name, state, date_joined, user.locked_until, user.last_login)
    };
    assert_eq!(parts(left), parts(right));
    assert!(left == right, "the users differ in another field: {left:?}");
}

/// A change stores everything but the number and the date of joining.
pub fn a_change_stores_everything_but_the_date_of_joining(store: &dyn Store) {
    let ann = add(store, &person("ann"));
    let changed = User {
        id: ann.id,
        details: peculiar(),
        locked_until: Some(at(900)),
        failures_counted_from: Some(at(901)),
        token_version: i64::MAX,
        kept_session: Some(SessionId(Uuid::from_u128(7))),
        last_login: Some(Instant::FAR_FUTURE),
    };
    write(store, |tx| Ok(tx.update_user(&changed)?));
    let expected = User { details: UserDetails { date_joined: at(0), ..peculiar() }, ..changed };
    assert_same(&read(store, |tx| tx.find_user(ann.id)).unwrap(), &expected);
    write(store, |tx| Ok(tx.update_user(&ann)?));
    assert_same(&read(store, |tx| tx.find_user(ann.id)).unwrap(), &ann);
}

/// Every state is kept.
pub fn every_state_is_kept(store: &dyn Store) {
    for (name, state) in [("ann", UserState::Pending), ("bob", UserState::Active), ("cid", UserState::Blocked)] {
        let user = add(store, &UserDetails { state, ..person(name) });
        assert_eq!(read(store, |tx| tx.find_user(user.id)).unwrap().details.state, state);
    }
}

/// Changing a user that is not there changes nothing.
pub fn a_user_that_is_not_there_is_left_alone(store: &dyn Store) {
    let ann = add(store, &person("ann"));
    let nobody = User::new(UserId(ann.id.0 + 1), person("bob"));
    write(store, |tx| Ok(tx.update_user(&nobody)?));
    assert_eq!(everybody(store), [ann.id]);
}

/// Numbers grow, and a deleted user's number is never given again.
pub fn numbers_are_never_used_again(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let bob = add_person(store, "bob");
    assert!(bob > ann && ann.0 > 0);
    assert!(write(store, |tx| Ok(tx.delete_user(bob)?)));
    assert!(add_person(store, "cid") > bob);
}

/// Runs something that must be refused as taken between two changes that must both be kept.
fn refuse_taken(store: &dyn Store, mut work: impl FnMut(&mut dyn Tx) -> Result<(), UserError>) {
    write(store, |tx| {
        tx.insert_category(&category(1))?;
        assert!(matches!(work(tx), Err(UserError::Taken)), "not refused");
        tx.insert_category(&category(2))?;
        Ok(())
    });
    assert_eq!(read(store, |tx| tx.list_categories(None, u32::MAX)).len(), 2, "committed, yet gone");
}

/// A new user with another's e-mail is refused, whatever its user name; the transaction stays usable.
pub fn a_taken_email_is_refused_and_the_transaction_stays_usable(store: &dyn Store) {
    let ann = add_person(store, "ann");
    let rival = UserDetails { username: "rival".to_owned(), ..person("ann") };
    refuse_taken(store, |tx| tx.insert_user(&rival).map(drop));
    assert_eq!(everybody(store), [ann]);
}

/// A new user with another's user name is refused, whatever its case; the transaction stays usable.
pub fn a_taken_user_name_is_refused_whatever_its_case(store: &dyn Store) {
    let ann = add(store, &UserDetails { username: "Änne.B".to_owned(), ..person("ann") });
    let rival = UserDetails { username: "änne.b".to_owned(), ..person("bob") };
    refuse_taken(store, |tx| tx.insert_user(&rival).map(drop));
    assert_eq!(everybody(store), [ann.id]);
}

/// A change to another's e-mail is refused; the transaction stays usable.
pub fn a_change_to_a_taken_email_is_refused(store: &dyn Store) {
    add_person(store, "ann");
    let bob = add(store, &person("bob"));
    let mut rival = bob.clone();
    rival.details.email = email("ann@example.org");
    refuse_taken(store, |tx| tx.update_user(&rival));
    assert_same(&read(store, |tx| tx.find_user(bob.id)).unwrap(), &bob);
}

/// A change to another's user name is refused, whatever its case; the transaction stays usable.
pub fn a_change_to_a_taken_user_name_is_refused(store: &dyn Store) {
    add_person(store, "ann");
    let bob = add(store, &person("bob"));
    let mut rival = bob.clone();
    "ANN@example.org".clone_into(&mut rival.details.username);
    refuse_taken(store, |tx| tx.update_user(&rival));
    assert_same(&read(store, |tx| tx.find_user(bob.id)).unwrap(), &bob);
}

/// A user does not stand in its own way when it changes the case of its name.
pub fn a_user_may_keep_its_own_name(store: &dyn Store) {
    let mut ann = add(store, &person("ann"));
    "ANN@example.org".clone_into(&mut ann.details.username);
    write(store, |tx| Ok(tx.update_user(&ann)?));
    assert_same(&read(store, |tx| tx.find_user(ann.id)).unwrap(), &ann);
}

/// The names of a deleted user are free.
pub fn a_deleted_users_names_are_free(store: &dyn Store) {
    let ann = add_person(store, "ann");
    write(store, |tx| Ok(tx.delete_user(ann)?));
    add_person(store, "ann");
}

/// A login is an e-mail or a user name, whatever the case, and nothing less.
pub fn logins_are_found_whatever_the_case(store: &dyn Store) {
    let ann = add(store, &UserDetails { username: "Änne.B".to_owned(), ..person("ann") });
    for login in ["ann@example.org", "ANN@Example.ORG", "Änne.B", "änne.b", "ÄNNE.B"] {
        let found = read(store, |tx| tx.find_user_by_login(login));
        assert_eq!(found.map(|user| user.id), Some(ann.id), "{login}");
    }
    for login in ["ann", "änne", "%", "Änne_B", ""] {
        assert!(read(store, |tx| tx.find_user_by_login(login)).is_none(), "{login}");
    }
}

/// Whoever has the e-mail comes before whoever took it as a user name.
pub fn an_email_comes_before_a_user_name(store: &dyn Store) {
    add(store, &UserDetails { username: "bob@example.org".to_owned(), ..person("ann") });
    let bob = add(store, &UserDetails { username: "bob".to_owned(), ..person("bob") });
    let found = read(store, |tx| tx.find_user_by_login("bob@example.org")).unwrap();
    assert_eq!(found.id, bob.id);
}

fn list(store: &dyn Store, filter: UserFilter) -> Vec<UserId> {
    read(store, |tx| tx.list_users(&filter, u32::MAX)).into_iter().map(|user| user.id).collect()
}

fn everybody(store: &dyn Store) -> Vec<UserId> {
    list(store, UserFilter::everybody(at(0)))
}

/// Users are listed by number, also after a change.
pub fn users_are_listed_by_number(store: &dyn Store) {
    let ids = ["cid", "ann", "bob"].map(|name| add_person(store, name));
    write(store, |tx| {
        let mut cid = tx.find_user(ids[0])?.unwrap();
        "Zoe".clone_into(&mut cid.details.first_name);
        Ok(tx.update_user(&cid)?)
    });
    assert_eq!(everybody(store), ids);
}

/// Each flag shows those who have it, or those who do not, and flags add up.
pub fn flags_filter_users(store: &dyn Store) {
    let plain = add_person(store, "plain");
    let staff = add_staff(store, "staff");
    let owner = add(store, &UserDetails { is_superuser: true, ..person("owner") }).id;
    let both = add(store, &UserDetails { is_superuser: true, is_staff: true, ..person("both") }).id;
    let all = UserFilter::everybody(at(0));
    assert_eq!(list(store, UserFilter { is_staff: Some(true), ..all }), [staff, both]);
    assert_eq!(list(store, UserFilter { is_staff: Some(false), ..all }), [plain, owner]);
    assert_eq!(list(store, UserFilter { is_superuser: Some(true), ..all }), [owner, both]);
    assert_eq!(list(store, UserFilter { is_superuser: Some(false), ..all }), [plain, staff]);
    assert_eq!(list(store, UserFilter { is_superuser: Some(true), is_staff: Some(true), ..all }), [both]);
}

/// Pending, blocked and locked users count as not active; a lock ends at its moment.
pub fn a_locked_user_counts_as_not_active(store: &dyn Store) {
    let active = add_person(store, "active");
    let pending = add(store, &UserDetails { state: UserState::Pending, ..person("pending") }).id;
    let blocked = add(store, &UserDetails { state: UserState::Blocked, ..person("blocked") }).id;
    let mut locked = add(store, &person("locked"));
    locked.lock(at(900));
    write(store, |tx| Ok(tx.update_user(&locked)?));
    let shown = |now, is_active| list(store, UserFilter { is_active: Some(is_active), ..UserFilter::everybody(now) });
    let last_locked_moment = Instant::new(at(900).as_datetime() - kernel::chrono::TimeDelta::microseconds(1));
    assert_eq!(shown(last_locked_moment, true), [active]);
    assert_eq!(shown(last_locked_moment, false), [pending, blocked, locked.id]);
    assert_eq!(shown(at(900), true), [active, locked.id]);
    assert_eq!(shown(at(900), false), [pending, blocked]);
}

/// `joined_from` includes its moment, `joined_before` does not.
pub fn users_are_filtered_by_when_they_joined(store: &dyn Store) {
    let joined = |name, seconds| add(store, &UserDetails { date_joined: at(seconds), ..person(name) }).id;
    let (ann, bob, cid) = (joined("ann", 0), joined("bob", 1), joined("cid", 2));
    let all = UserFilter::everybody(at(0));
    assert_eq!(list(store, UserFilter { joined_from: Some(at(1)), ..all }), [bob, cid]);
    assert_eq!(list(store, UserFilter { joined_before: Some(at(1)), ..all }), [ann]);
    assert_eq!(list(store, UserFilter { joined_from: Some(at(1)), joined_before: Some(at(2)), ..all }), [bob]);
}

/// Superusers count when their state is active, locked or not.
pub fn active_superusers_are_counted(store: &dyn Store) {
    let superuser = |name, state| add(store, &UserDetails { is_superuser: true, state, ..person(name) });
    add(store, &staff("staff"));
    assert_eq!(read(store, |tx| tx.count_superusers()), 0);
    superuser("pending", UserState::Pending);
    superuser("blocked", UserState::Blocked);
    superuser("active", UserState::Active);
    let mut locked = superuser("locked", UserState::Active);
    locked.lock(at(900));
    write(store, |tx| Ok(tx.update_user(&locked)?));
    assert_eq!(read(store, |tx| tx.count_superusers()), 2);
}

/// Deleting somebody who is not there says so.
pub fn deleting_says_whether_the_user_was_there(store: &dyn Store) {
    let ann = add_person(store, "ann");
    assert!(write(store, |tx| Ok(tx.delete_user(ann)?)));
    assert!(read(store, |tx| tx.find_user(ann)).is_none());
    assert!(!write(store, |tx| Ok(tx.delete_user(ann)?)));
}
