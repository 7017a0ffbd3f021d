#![doc = include_str!("../README.md")]

mod app_state;
mod cli;
mod clock;
mod commands;
mod config;
mod database;
mod exchange;
mod ids;
mod logs;
mod metrics_listener;
mod nodes;
mod purge;
mod secret_key;
mod stalled;
mod stop;
mod superuser;
mod terminal;
mod traces;

use clap::Parser;
use cli::{Cli, Command};
use config::{Config, Sources};
use std::error::Error;
use std::process::ExitCode;

/// How a command ends: an error is printed with its causes, and the exit code is 1.
type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = run(cli.command.unwrap_or(Command::Serve { migrate: false }), &Sources::of_process(cli.config));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(format_args!("ease: {}", with_causes(error.as_ref())));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, sources: &Sources) -> Outcome {
    match command {
        Command::Serve { migrate } => commands::serve(&Config::load(sources)?, migrate),
        Command::Migrate => commands::migrate(&Config::load(sources)?),
        Command::CreateSuperuser { email } => commands::create_superuser(&Config::load(sources)?, email),
        Command::Check => commands::check(sources),
        Command::OpenApi { json } => commands::openapi(json),
        Command::Trail { limit } => commands::trail(&Config::load(sources)?, limit),
        Command::HealthCheck => commands::health_check(&Config::load(sources)?),
        Command::Configuration => commands::configuration(),
    }
}

/// An error with its causes. A cause of several lines, as databases report them, is joined to one.
fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let told = error.to_string();
        let told: Vec<&str> = told.split_whitespace().collect();
        let told = told.join(" ");
        // Transparent errors repeat their cause.
        if !text.ends_with(&told) {
            text.push_str(": ");
            text.push_str(&told);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::StoreError;

    #[test]
    fn an_error_is_told_with_its_causes_on_one_line() {
        let error = StoreError::unavailable("connection refused\n\tIs the server running?\n");
        assert_eq!(with_causes(&error), "the storage is not available: connection refused Is the server running?");
    }
}
