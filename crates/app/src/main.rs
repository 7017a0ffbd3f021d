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
mod outcome;
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
use outcome::{Outcome, with_causes};
use std::process::ExitCode;

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
