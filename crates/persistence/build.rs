//! Has the crate built again when a migration comes along, which the macro that embeds them cannot ask for.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
