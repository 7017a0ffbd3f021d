//! How the binary starts, and when it refuses to.

use crate::support::{Engine, Home, PASSWORD, ROOT, Server};
use reqwest::StatusCode;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Output, Stdio};
use std::thread;

on_both_engines! {
    two_processes_that_migrate_at_once_do_not_hinder_each_other,
    a_setting_that_is_none_stops_the_start_and_is_named,
    a_check_says_whether_a_start_would_do,
    a_superuser_is_made_on_the_command_line,
    tokens_survive_a_restart,
}

mod only_sqlite {
    #[tokio::test]
    async fn a_first_start_makes_a_key_that_only_its_owner_reads() {
        super::a_first_start_makes_a_key_that_only_its_owner_reads().await;
    }
}

mod only_postgres {
    #[tokio::test]
    async fn a_start_without_a_secret_key_is_refused() {
        super::a_start_without_a_secret_key_is_refused();
    }

    #[tokio::test]
    async fn a_start_with_pending_migrations_is_refused() {
        super::a_start_with_pending_migrations_is_refused().await;
    }
}

/// Everything that a command printed.
fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn two_processes_that_migrate_at_once_do_not_hinder_each_other(engine: Engine) {
    let home = Home::new(engine);
    let migrate = || {
        let mut command = home.ease(&["migrate"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts")
    };
    let both = [migrate(), migrate()].map(|child| thread::spawn(|| child.wait_with_output()));
    for output in both.map(|thread| thread.join().expect("no panic").expect("it ends")) {
        assert!(output.status.success(), "{}", said(&output));
    }
    let check = home.run(&["check"]);
    assert!(check.status.success() && said(&check).contains("migrations: ok"), "{}", said(&check));
}

async fn a_setting_that_is_none_stops_the_start_and_is_named(engine: Engine) {
    for (variable, value) in [
        ("EASE_COLOUR", "blue"),
        ("EASE_BCRYPT_COST", "9"),
        ("EASE_BCRYPT_COST", "many"),
        ("EASE_LISTEN", "everywhere"),
        ("SECRET_KEY", "too short"),
        ("DATABASE_URL", "mysql://localhost/ease"),
    ] {
        let home = Home::new(engine).with(variable, value);
        let output = home.run(&["serve"]);
        let told = said(&output);
        assert!(!output.status.success() && told.contains(variable), "{variable}={value}: {told}");
        assert!(variable != "SECRET_KEY" || !told.contains(value), "{told}");
    }
    let home = Home::new(engine);
    std::fs::create_dir(home.directory().join("config")).expect("a directory");
    std::fs::write(home.directory().join("config/ease.toml"), "colour = \"blue\"\n").expect("a file");
    let output = home.run(&["serve"]);
    assert!(!output.status.success() && said(&output).contains("colour"), "{}", said(&output));
}

async fn a_check_says_whether_a_start_would_do(engine: Engine) {
    let home = Home::new(engine);
    let before = home.run(&["check"]);
    assert!(before.status.success(), "{}", said(&before));
    drop(home.start());
    let after = home.run(&["check"]);
    assert!(after.status.success(), "{}", said(&after));
    for line in ["configuration: ok", "database: ok", "migrations: ok"] {
        assert!(said(&after).contains(line), "{}", said(&after));
    }
    assert!(!said(&after).contains("s3cret"), "{}", said(&after));
    let unreachable = home.with("DATABASE_URL", "postgres://nobody:s3cret@127.0.0.1:1/ease");
    let unreachable = unreachable.with("SECRET_KEY", &"k".repeat(32)).run(&["check"]);
    assert!(!unreachable.status.success() && !said(&unreachable).contains("s3cret"), "{}", said(&unreachable));
}

async fn a_superuser_is_made_on_the_command_line(engine: Engine) {
    let home = Home::new(engine);
    assert!(home.run(&["migrate"]).status.success());
    let make = |password: &str| {
        let mut command = home.ease(&["createsuperuser", "--email", ROOT]);
        command.env("EASE_SUPERUSER_PASSWORD", password).output().expect("the binary runs")
    };
    let weak = make("password");
    assert!(!weak.status.success(), "{}", said(&weak));
    let first = make(PASSWORD);
    assert!(first.status.success(), "{}", said(&first));
    let again = make(PASSWORD);
    assert!(!again.status.success(), "{}", said(&again));
    let nothing_to_ask_at = home.run(&["createsuperuser"]);
    assert!(!nothing_to_ask_at.status.success() && said(&nothing_to_ask_at).contains("--email"));
    let server = home.start();
    let root = server.root().await;
    assert_eq!(root.get("/api/superadmin/user/").await.is(StatusCode::OK)[0]["is_superuser"], true);
}

async fn tokens_survive_a_restart(engine: Engine) {
    let home = Home::new(engine).with_root();
    let server = home.start();
    let (kept, gone) = (server.root().await, server.root().await);
    gone.get("/api/users/logout/").await.is(StatusCode::OK);
    drop(server);
    let server = home.start();
    kept.at(server.address()).get("/api/superadmin/user/").await.is(StatusCode::OK);
    // And what is dead stays dead.
    let dead = gone.at(server.address()).get("/api/superadmin/user/").await.is(StatusCode::UNAUTHORIZED);
    assert_eq!(dead["error"], "Token has been blacklisted.");
}

async fn a_first_start_makes_a_key_that_only_its_owner_reads() {
    let home = Home::new(Engine::Sqlite).with_root();
    let server = home.start();
    let root = server.root().await;
    let mut key = home.sqlite_file().into_os_string();
    key.push(".secret-key");
    let before = std::fs::read(&key).expect("the key");
    let mode = std::fs::metadata(&key).expect("the key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    drop(server);
    let server = home.start();
    assert_eq!(std::fs::read(&key).expect("the key"), before);
    root.at(server.address()).get("/api/superadmin/user/").await.is(StatusCode::OK);
    drop(server);
    // Another key, other tokens.
    std::fs::remove_file(&key).expect("the key");
    let server = home.start();
    root.at(server.address()).get("/api/superadmin/user/").await.is(StatusCode::UNAUTHORIZED);
}

fn a_start_without_a_secret_key_is_refused() {
    let home = Home::new(Engine::Postgres).without("SECRET_KEY");
    let output = home.run(&["serve"]);
    assert!(!output.status.success() && said(&output).contains("SECRET_KEY"), "{}", said(&output));
}

async fn a_start_with_pending_migrations_is_refused() {
    let home = Home::new(Engine::Postgres).without("EASE_MIGRATE").with_root();
    for command in ["serve", "check", "createsuperuser"] {
        let output = home.run(&[command]);
        assert!(!output.status.success() && said(&output).contains("ease migrate"), "{command}: {}", said(&output));
    }
    assert!(home.run(&["migrate"]).status.success());
    let server: Server = home.start();
    server.root().await;
}
