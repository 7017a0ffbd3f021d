//! Which tokens open doors, and what ends them.

use crate::world::{World, at};
use auth::{AuthError, Tokens};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kernel::{Failure, UserId};
use std::collections::BTreeMap;
use users::{Role, User, UserRepository};

const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Claim {
    Number(i64),
    Text(&'static str),
}

/// A token as the previous system made them: no session, no version.
fn old_token(user: &User, algorithm: Algorithm, secret: &[u8]) -> String {
    let claims = BTreeMap::from([
        ("token_type", Claim::Text("access")),
        ("exp", Claim::Number(at(3600).unix_seconds())),
        ("iat", Claim::Number(at(0).unix_seconds())),
        ("jti", Claim::Text("0123456789abcdef0123456789abcdef")),
        ("user_id", Claim::Number(user.id.0)),
    ]);
    encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn refusal(world: &World, token: &str) -> &'static str {
    world.authenticate(token).unwrap_err().code()
}

#[test]
fn logging_out_ends_every_token_of_that_login_and_no_other() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let [one, other] = [world.log_in(&ann), world.log_in(&ann)].map(|logged_in| logged_in.tokens);
    let caller = world.authenticate(&one.access).unwrap();
    for _ in 0..2 {
        world.write(|tx| auth::logout(tx, &caller, at(2))).unwrap();
    }
    assert_eq!(
        (refusal(&world, &one.access), refusal(&world, &one.refresh)),
        ("auth.token_revoked", "auth.token_revoked")
    );
    assert!(world.authenticate(&other.access).is_ok());
}

#[test]
fn open_routes_refuse_logged_out_tokens_and_nothing_else() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let tokens = world.log_in(&ann).tokens;
    let refused = |token: &str| world.read(|tx| auth::refuse_revoked(tx, &world.tokens, token, at(2)));
    for token in [tokens.access.as_str(), tokens.refresh.as_str(), "nonsense", ""] {
        assert!(refused(token).is_ok(), "{token}");
    }
    let caller = world.authenticate(&tokens.access).unwrap();
    world.write(|tx| auth::logout(tx, &caller, at(2))).unwrap();
    world.write(|tx| Ok(UserRepository::delete_user(tx, ann.id)?)).unwrap();
    assert!(matches!(refused(&tokens.access), Err(AuthError::TokenRevoked)));
    assert_eq!(refusal(&world, &tokens.access), "auth.token_revoked");
}

#[test]
fn a_token_dies_at_its_hour() {
    let world = World::new();
    let tokens = world.log_in(&world.add("ann", Role::User)).tokens;
    let at_hour = |now| world.read(|tx| auth::authenticate(tx, &world.tokens, &tokens.access, now));
    assert!(at_hour(at(1 + Tokens::LIFE_SECONDS - 1)).is_ok());
    assert!(matches!(at_hour(at(1 + Tokens::LIFE_SECONDS)), Err(AuthError::TokenInvalid)));
}

#[test]
fn what_was_not_made_here_opens_nothing() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let tokens = world.log_in(&ann).tokens;
    // {"alg":"none","typ":"JWT"} before the claims of a good token.
    let claims = tokens.access.split('.').nth(1).unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.");
    for token in [
        tokens.refresh.as_str(),
        &unsigned,
        &old_token(&ann, Algorithm::HS256, b"another secret"),
        &old_token(&ann, Algorithm::HS512, SECRET),
        "nonsense",
        "a.b.c",
        "",
    ] {
        assert_eq!(refusal(&world, token), "auth.token_invalid", "{token}");
    }
    assert_eq!(refusal(&world, &"0a".repeat(20)), "auth.key_unknown");
}

#[test]
fn tokens_of_the_previous_system_open_doors_until_something_ends_them() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let token = old_token(&ann, Algorithm::HS256, SECRET);
    let caller = world.authenticate(&token).unwrap();
    assert_eq!(caller.session.to_string(), "01234567-89ab-cdef-0123-456789abcdef");
    world.alter(ann.id, |user| user.set_password("hash".to_owned(), None));
    assert_eq!(refusal(&world, &token), "auth.token_invalid");
    world.write(|tx| auth::logout(tx, &caller, at(2))).unwrap();
    assert_eq!(refusal(&world, &token), "auth.token_revoked");
}

#[test]
fn blocked_users_and_users_that_are_gone_are_refused_each_in_its_words() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let token = world.log_in(&ann).tokens.access;
    world.alter(ann.id, User::block);
    assert_eq!(refusal(&world, &token), "auth.user_inactive");
    // Who is let in again needs a new token.
    world.alter(ann.id, |user| user.activate(at(2)));
    assert_eq!(refusal(&world, &token), "auth.token_invalid");
    world.write(|tx| Ok(UserRepository::delete_user(tx, ann.id)?)).unwrap();
    assert_eq!(refusal(&world, &token), "auth.user_not_found");
    assert_ne!(world.add("bob", Role::User).id, UserId(ann.id.0));
}

#[test]
fn a_new_rank_acts_at_once() {
    let world = World::new();
    let ann = world.add("ann", Role::User);
    let token = world.log_in(&ann).tokens.access;
    world.alter(ann.id, |user| user.details.is_staff = true);
    assert_eq!(world.authenticate(&token).unwrap().role, Role::Staff);
}
