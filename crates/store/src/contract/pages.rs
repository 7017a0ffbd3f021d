//! The clauses of lists that are read in parts.

use super::sample::{
    Household, add_category, add_chat, add_household, add_person, add_staff, add_subcategory, always, at, category,
    login_log, november, read, subcategory, text, write,
};
use crate::{Store, Tx};
use audit::LoginOutcome;
use kernel::{CategoryId, PageRequest, Period, Position, StoreError, UserId, Uuid};
use ledger::{Entry, EntryId, Side};
use users::UserFilter;

/// A part of a list, each row by a name of its own.
type Part = Result<Vec<(Position, String)>, StoreError>;

/// Reads a list from its beginning, up to so many rows.
type ReadWhole = Box<dyn Fn(&mut dyn Tx, u32) -> Result<Vec<String>, StoreError>>;
/// Reads a part of it.
type ReadPart = Box<dyn Fn(&mut dyn Tx, PageRequest) -> Part>;

/// A list: as a whole, and in parts.
struct List {
    whole: ReadWhole,
    part: ReadPart,
}

fn named<T>(rows: &[T], name: impl Fn(&T) -> String) -> Vec<String> {
    rows.iter().map(name).collect()
}

fn placed<T>(rows: &[(Position, T)], name: impl Fn(&T) -> String) -> Vec<(Position, String)> {
    rows.iter().map(|(position, row)| (*position, name(row))).collect()
}

fn entries(owner: UserId, period: Period) -> List {
    let name = |entry: &Entry| entry.id.to_string();
    List {
        whole: Box::new(move |tx, limit| Ok(named(&tx.list_entries(Side::Expense, owner, &period, limit)?, name))),
        part: Box::new(move |tx, wanted| {
            Ok(placed(&tx.list_entries_after(Side::Expense, owner, &period, wanted)?, name))
        }),
    }
}

fn login_logs(user: UserId, period: Period) -> List {
    let name = |log: &audit::LoginLog| log.id.to_string();
    List {
        whole: Box::new(move |tx, limit| Ok(named(&tx.list_login_logs(user, &period, limit)?, name))),
        part: Box::new(move |tx, wanted| Ok(placed(&tx.list_login_logs_after(user, &period, wanted)?, name))),
    }
}

fn users(filter: UserFilter) -> List {
    let name = |user: &users::User| user.id.to_string();
    List {
        whole: Box::new(move |tx, limit| Ok(named(&tx.list_users(&filter, limit)?, name))),
        part: Box::new(move |tx, wanted| Ok(placed(&tx.list_users_after(&filter, wanted)?, name))),
    }
}

fn categories(kind: Option<&'static str>) -> List {
    let name = |category: &categories::Category| category.id.to_string();
    List {
        whole: Box::new(move |tx, limit| Ok(named(&tx.list_categories(kind, limit)?, name))),
        part: Box::new(move |tx, wanted| Ok(placed(&tx.list_categories_after(kind, wanted)?, name))),
    }
}

fn subcategories(category: Option<CategoryId>) -> List {
    let name = |subcategory: &categories::Subcategory| subcategory.id.to_string();
    List {
        whole: Box::new(move |tx, limit| Ok(named(&tx.list_subcategories(category, limit)?, name))),
        part: Box::new(move |tx, wanted| Ok(placed(&tx.list_subcategories_after(category, wanted)?, name))),
    }
}

fn chats(admin: UserId) -> List {
    let name = |chat: &chat::Chat| chat.id.to_string();
    List {
        whole: Box::new(move |tx, limit| Ok(named(&tx.list_chats_of_admin(admin, limit)?, name))),
        part: Box::new(move |tx, wanted| Ok(placed(&tx.list_chats_of_admin_after(admin, wanted)?, name))),
    }
}

fn part(store: &dyn Store, list: &List, after: Position, limit: u32) -> Vec<(Position, String)> {
    read(store, |tx| (list.part)(tx, PageRequest { after, limit }))
}

/// Reads a list part by part; between two parts something else happens.
fn walk(store: &dyn Store, list: &List, limit: u32, mut meanwhile: impl FnMut()) -> Vec<String> {
    let (mut seen, mut after) = (Vec::new(), Position::START);
    loop {
        let rows = part(store, list, after, limit);
        let Some((end, _)) = rows.last() else { return seen };
        after = *end;
        seen.extend(rows.into_iter().map(|(_, name)| name));
        meanwhile();
    }
}

/// Something in every list: entries, logs, categories and subcategories of the numbers 1 to 7, and as many users.
fn fill(store: &dyn Store) -> Household {
    let home = add_household(store);
    for number in 2..=7 {
        add_category(store, number);
        add_subcategory(store, number, home.category);
        add_person(store, &format!("person{number}"));
    }
    for number in 1..=7 {
        record(store, &home.expense(number));
        write(store, |tx| Ok(tx.insert_login_log(&login_log(number, home.owner, LoginOutcome::Failed))?));
    }
    home
}

/// A chat of everybody's with an administrator, who is none of them.
fn open_chats(store: &dyn Store) -> UserId {
    let customers = read(store, |tx| tx.list_users(&UserFilter::everybody(at(0)), u32::MAX));
    let sue = add_staff(store, "sue");
    for (customer, number) in customers.iter().zip(1..) {
        add_chat(store, number, customer.id, sue, 0);
    }
    sue
}

fn record(store: &dyn Store, entry: &Entry) {
    assert!(write(store, |tx| Ok(tx.insert_entry(entry)?)));
}

fn remove(store: &dyn Store, home: &Household, number: u128) {
    let id = EntryId(Uuid::from_u128(number));
    assert!(write(store, |tx| Ok(tx.delete_entry(Side::Expense, home.owner, id)?)));
}

fn name(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

/// Parts of any size, one after the other, are the whole list in its order; each is as long as wanted, but for the last. A
/// list that is cut at a limit is its beginning.
pub fn the_parts_of_a_list_make_the_list(store: &dyn Store) {
    let home = fill(store);
    let sue = open_chats(store);
    for list in [
        entries(home.owner, always()),
        login_logs(home.owner, always()),
        users(UserFilter { is_staff: Some(false), ..UserFilter::everybody(at(0)) }),
        chats(sue),
        categories(None),
        categories(Some("expense")),
        subcategories(None),
        subcategories(Some(home.category)),
    ] {
        let whole = read(store, |tx| (list.whole)(tx, u32::MAX));
        assert_eq!(whole.len(), 7);
        for limit in 1..=8 {
            assert_eq!(walk(store, &list, limit, || ()), whole);
        }
        assert_eq!(part(store, &list, Position::START, 3).len(), 3);
        assert_eq!(part(store, &list, Position(i64::MAX), 3), []);
        for (limit, length) in [(0, 0), (1, 1), (6, 6), (7, 7), (8, 7)] {
            assert_eq!(read(store, |tx| (list.whole)(tx, limit)), whole[..length], "the beginning of the list");
        }
    }
}

/// What a filter or an owner hides is in no part, and takes no room in one.
pub fn a_part_is_filtered_like_its_list(store: &dyn Store) {
    let home = fill(store);
    let stranger = add_person(store, "stranger");
    let [sue, tom] = ["sue", "tom"].map(|name| add_staff(store, name));
    for (number, day) in (11..).zip([1, 9, 1, 9, 9]) {
        record(store, &Entry { creation_date: november(day), ..home.expense(number) });
        record(store, &Entry { owner: stranger, creation_date: november(9), ..home.expense(number + 10) });
        record(store, &Entry { creation_date: november(9), ..home.income(number + 20) });
        let log = login_log(number, home.owner, LoginOutcome::Failed);
        write(store, |tx| Ok(tx.insert_login_log(&audit::LoginLog { creation_date: november(day), ..log.clone() })?));
        let kind = if day == 9 { "rare" } else { "expense" };
        write(store, |tx| Ok(tx.insert_category(&categories::Category { kind: text(kind), ..category(number) })?));
        let under = if day == 9 { CategoryId(Uuid::from_u128(2)) } else { home.category };
        write(store, |tx| Ok(tx.insert_subcategory(&subcategory(number, under))?));
        let customer = add_person(store, &format!("customer{number}"));
        add_chat(store, number, customer, if day == 9 { sue } else { tom }, 0);
    }
    let on_the_9th = Period { start_date: Some(november(9)), end_date: november(9), ..always() };
    let rare = [name(12), name(14), name(15)];
    for list in [
        entries(home.owner, on_the_9th),
        login_logs(home.owner, on_the_9th),
        categories(Some("rare")),
        subcategories(Some(CategoryId(Uuid::from_u128(2)))),
        chats(sue),
    ] {
        for limit in 1..=4 {
            assert_eq!(walk(store, &list, limit, || ()), rare);
        }
        assert_eq!(part(store, &list, Position::START, 2).len(), 2);
    }
    let nobody = users(UserFilter { is_superuser: Some(true), ..UserFilter::everybody(at(0)) });
    for empty in [nobody, categories(Some("RARE")), categories(Some("rare\0")), chats(stranger)] {
        assert_eq!(walk(store, &empty, 2, || ()), Vec::<String>::new());
    }
}

/// A position leads on after its row was removed.
pub fn a_part_goes_on_where_a_row_is_gone(store: &dyn Store) {
    let home = fill(store);
    let list = entries(home.owner, always());
    let (third, _) = part(store, &list, Position::START, 3)[2];
    for gone in [2, 3, 4] {
        remove(store, &home, gone);
    }
    let rest: Vec<_> = part(store, &list, third, 9).into_iter().map(|(_, name)| name).collect();
    assert_eq!(rest, [name(5), name(6), name(7)]);
}

/// Rows that are there from the first part to the last come once, in order, while others come and go.
pub fn a_row_that_stays_comes_once_whatever_others_do(store: &dyn Store) {
    let home = fill(store);
    let list = entries(home.owner, always());
    let mut next = 100;
    let mut doomed = vec![6, 2, 4];
    let seen = walk(store, &list, 2, || {
        if let Some(number) = doomed.pop() {
            remove(store, &home, number);
            record(store, &home.expense(next));
            next += 1;
        }
    });
    let stayed: Vec<_> = seen.iter().filter(|seen| [1, 3, 5, 7].map(name).contains(seen)).cloned().collect();
    assert_eq!(stayed, [1, 3, 5, 7].map(name));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "{seen:?}");
}

/// A row that is changed neither moves nor comes again.
pub fn a_changed_row_keeps_its_place(store: &dyn Store) {
    let home = fill(store);
    let list = entries(home.owner, always());
    let before = part(store, &list, Position::START, 9);
    write(store, |tx| Ok(tx.update_entry(&Entry { creation_date: november(1), ..home.expense(3) })?));
    assert_eq!(part(store, &list, Position::START, 9), before);
}
