# The front door. Everything here also works by hand: the recipes are one line each.
.DEFAULT_GOAL := help
.PHONY: run test torture fuzz conformance login-times advisories ci fmt lint services bench profile walkthrough drill clean help

run: ## Build Ease and serve it on http://127.0.0.1:8000 (SQLite in ./data/, nothing to set up)
	cargo run --locked

test: ## Run every test on memory, SQLite, a private PostgreSQL and Redis, and say how many ran
	@scripts/test

torture: ## Kill the release build 500 times and break the lines of 1000 chats, on both engines, and look for what was lost
	@scripts/torture

fuzz: ## Have libFuzzer send bytes to every reader of what strangers send, each for a minute (needs nightly Rust)
	@scripts/fuzz

conformance: ## Ask a server, as every role, what its OpenAPI description allows and forbids (Schemathesis)
	@scripts/schemathesis

login-times: ## Print how long failed logins take for unknown, open, blocked and locked accounts
	@scripts/login-times

advisories: ## Look up every package in the advisory database of RustSec (needs the network; for a timer, not for CI)
	@scripts/advisories

ci: ## Do what the build server does: format, tidy, lint, documentation, test, torture, OpenAPI, README, backup
	@.ci/run

fmt: ## Format the code
	cargo fmt --all

lint: ## Check format, layout and lints, and change nothing
	cargo fmt --all --check
	cargo xtask tidy
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

services: ## Start a private PostgreSQL and Redis, print their addresses, stop them on Ctrl-C
	@scripts/services

bench: ## Measure speed and memory of a release build on both engines beside pgbench, each with its goal
	@scripts/bench

profile: ## Count the instructions of the list request by part, with valgrind
	@scripts/profile

walkthrough: ## Type the README's commands into a fresh server and compare the answers
	@scripts/walkthrough

drill: ## Back up, restore and upgrade a server with the guide's commands, on both engines, while it is written to
	@scripts/drill

clean: ## Remove what was built, never your data
	cargo clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
