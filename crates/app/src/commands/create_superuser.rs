//! `ease createsuperuser`: creates a superuser.

use crate::clock::SystemClock;
use crate::config::{Config, Secret};
use crate::database::{Database, Migrations};
use crate::outcome::Outcome;
use crate::terminal::{ask, say};
use crate::{logs, superuser};
use accounts::NewSuperuser;
use auth::Passwords;
use std::error::Error;
use std::io::{self, IsTerminal};

/// Creates a superuser; asks for what neither the flags nor the settings contain.
pub(crate) fn create_superuser(config: &Config, email: Option<String>) -> Outcome {
    logs::start(&config.log)?;
    let database = Database::open_ready(config, Migrations::ApplyOnSqlite)?;
    let configured = || config.accounts.first_superuser.as_ref().map(|first| first.email.to_string());
    let email = match email.or_else(configured) {
        Some(email) => email,
        None if io::stdin().is_terminal() => ask("E-mail address: ")?,
        None => return Err("there is no terminal to ask at; give --email and EASE_SUPERUSER_PASSWORD".into()),
    };
    // Check this before somebody types the password twice.
    if let Ok(address) = users::Email::parse(&kernel::Raw::Text(email.clone())) {
        superuser::refuse_taken(&database.store, &address)?;
    }
    let password = match &config.accounts.superuser_password {
        Some(password) => password.clone(),
        None => ask_password()?,
    };
    let new = NewSuperuser::read(&email, password.reveal()).map_err(superuser::SuperuserError::from)?;
    superuser::make(&database.store, Passwords::new(config.accounts.bcrypt_cost), &SystemClock, &new)?;
    Ok(say(format_args!("{} is a superuser now.", new.email))?)
}

fn ask_password() -> Result<Secret, Box<dyn Error + Send + Sync>> {
    if !io::stdin().is_terminal() {
        return Err("there is no terminal to ask at; give the password in EASE_SUPERUSER_PASSWORD".into());
    }
    let password = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("The same again: ")? == password {
        Ok(Secret::new(password))
    } else {
        Err("the two passwords differ; nothing was made".into())
    }
}
