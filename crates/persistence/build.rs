//! Has the crate built again when a migration comes along, which the macro that embeds them cannot ask for.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
