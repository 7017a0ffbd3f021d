//! What cargo knows of the workspace, asked through its command line.

use crate::rules::plain_domains::DOMAINS;
use crate::workspace::{ExternalPackage, Package};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::process::Command;

/// The workspace's own packages, and everybody else's that are built on this platform.
pub(crate) fn packages(root: &Path) -> Result<(Vec<Package>, Vec<ExternalPackage>), Box<dyn Error>> {
    // Without the filter, cargo would fetch packages that only other platforms build.
    let version = run(root, "rustc", &["-vV"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not name its host")?;
    let metadata = run(root, "cargo", &["metadata", "--locked", "--format-version", "1", "--filter-platform", host])?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let (mut own, mut external) = (Vec::new(), Vec::new());
    for package in list(&metadata, "packages") {
        match package.get("source").and_then(Value::as_str) {
            None => own.push(own_package(root, package)?),
            Some(source) => external.push(ExternalPackage {
                name: text(package, "name"),
                licence: text(package, "license"),
                source: source.to_owned(),
            }),
        }
    }
    Ok((own, external))
}

/// All that each domain crate is built from by way of these edges (`normal`, or also `dev` and `build`), one build per
/// crate, so that no other crate's features show.
pub(crate) fn domain_trees(root: &Path, edges: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Box<dyn Error>> {
    let mut trees = BTreeMap::new();
    for (domain, _) in DOMAINS {
        let tree =
            run(root, "cargo", &["tree", "--locked", "-p", domain, "-e", edges, "--prefix", "none", "-f", "{p}"])?;
        let names = tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
        trees.insert(domain.to_owned(), names);
    }
    Ok(trees)
}

fn own_package(root: &Path, package: &Value) -> Result<Package, Box<dyn Error>> {
    let manifest = text(package, "manifest_path");
    let directory = Path::new(&manifest).parent().ok_or("a manifest without a directory")?.strip_prefix(root)?;
    let of_kind = |is_dev: bool| {
        list(package, "dependencies")
            .filter(|dependency| (dependency.get("kind").and_then(Value::as_str) == Some("dev")) == is_dev)
            .map(|dependency| text(dependency, "name"))
            .collect()
    };
    let targets_of = |kind: &'static str| {
        let is_of_kind = move |target: &&Value| list(target, "kind").any(|known| known.as_str() == Some(kind));
        list(package, "targets").filter(is_of_kind).map(|target| text(target, "name"))
    };
    Ok(Package {
        name: text(package, "name"),
        directory: directory.to_string_lossy().into_owned(),
        dependencies: of_kind(false),
        dev_dependencies: of_kind(true),
        library: targets_of("lib").next().unwrap_or_default(),
        tests: targets_of("test").collect(),
    })
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn run(root: &Path, program: &str, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(program).args(arguments).current_dir(root).output()?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{program} {}` failed: {}", arguments.join(" "), complaint.trim()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
