//! The command line.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

const ABOUT: &str = "A personal ledger with accounts, roles and a support chat, over REST and WebSocket.";

const LONG_ABOUT: &str = "\
A personal ledger with accounts, roles and a support chat, over REST and WebSocket.

Without a command, `ease` serves. Nothing has to be installed or set: everything is kept in
`data/ease.db` below the working directory, and the server listens on http://127.0.0.1:8000.
DATABASE_URL names another database; docs/configuration.md lists all settings.";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "ease", version, about = ABOUT, long_about = LONG_ABOUT)]
pub(crate) struct Cli {
    /// Settings to read instead of `config/ease.toml`; environment variables win over it.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(crate) enum Command {
    /// Serve until Ctrl-C or SIGTERM.
    ///
    /// On SQLite, the database is made and migrated first. On PostgreSQL, pending migrations stop the start, so that
    /// several nodes do not migrate against each other.
    Serve {
        /// Apply pending migrations on PostgreSQL too; `EASE_MIGRATE=true` does the same.
        #[arg(long)]
        migrate: bool,
    },
    /// Bring the database's schema up to date.
    Migrate,
    /// Make an account that is in charge of all others.
    ///
    /// Asks for what is missing: the e-mail address, and the password twice. Scripts give --email and
    /// `EASE_SUPERUSER_PASSWORD`.
    #[command(name = "createsuperuser")]
    CreateSuperuser {
        /// E-mail address of the account, with which it logs in.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<String>,
    },
    /// Try the configuration, the database and its schema, and say what to do about each.
    Check,
    /// Print the description of the API (OpenAPI 3.1) as YAML.
    #[command(name = "openapi")]
    OpenApi {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print what administrators did, newest first, one JSON object a line.
    Trail {
        /// How many entries at most.
        #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Ask the server on this machine whether it is alive; for containers.
    #[command(name = "healthcheck")]
    HealthCheck,
    /// Print the reference page of all settings, as it is kept in `docs/configuration.md`.
    #[command(hide = true)]
    Configuration,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    fn parse(words: &[&str]) -> Result<Cli, clap::Error> {
        Cli::try_parse_from([&["ease"], words].concat())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_there_is_none() {
        assert_eq!(parse(&[]).unwrap().command, None);
    }

    #[test]
    fn every_command_is_read() {
        for (words, command) in [
            (&["serve"][..], Command::Serve { migrate: false }),
            (&["serve", "--migrate"], Command::Serve { migrate: true }),
            (&["migrate"], Command::Migrate),
            (&["createsuperuser"], Command::CreateSuperuser { email: None }),
            (&["createsuperuser", "--email", "a@b.cd"], Command::CreateSuperuser { email: Some("a@b.cd".to_owned()) }),
            (&["check"], Command::Check),
            (&["openapi"], Command::OpenApi { json: false }),
            (&["openapi", "--json"], Command::OpenApi { json: true }),
            (&["trail"], Command::Trail { limit: 100 }),
            (&["trail", "--limit", "3"], Command::Trail { limit: 3 }),
            (&["healthcheck"], Command::HealthCheck),
            (&["configuration"], Command::Configuration),
        ] {
            assert_eq!(parse(words).unwrap().command, Some(command), "{words:?}");
        }
    }

    #[test]
    fn the_file_may_be_named_before_and_after_the_command() {
        for words in [["--config", "x.toml", "check"], ["check", "--config", "x.toml"]] {
            assert_eq!(parse(&words).unwrap().config, Some(PathBuf::from("x.toml")));
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for words in [&["surve"][..], &["serve", "--port", "80"], &["trail", "--limit", "0"], &["openapi", "--xml"]] {
            assert!(parse(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn help_names_every_command_but_hidden_ones() {
        let help = parse(&["--help"]).unwrap_err();
        assert_eq!(help.kind(), ErrorKind::DisplayHelp);
        let text = help.to_string();
        for name in ["serve", "migrate", "createsuperuser", "check", "openapi", "trail", "healthcheck", "--config"] {
            assert!(text.contains(&format!("  {name}")), "{name} not in: {text}");
        }
        assert!(!text.contains("  configuration"));
    }
}
