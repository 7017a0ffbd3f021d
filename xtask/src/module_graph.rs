//! Which file of a crate imports from which: modules, their `use` declarations, and the paths in their code.
//!
//! It reads text, not syntax trees, so it knows what people write here and nothing more: no macro that makes a module, no
//! glob but `super::*`. A name that a module only passes on (`pub use`) leads to the file that has it.

use crate::workspace::TextFile;
use std::collections::{BTreeMap, BTreeSet};

/// The modules of one crate.
#[derive(Debug, Default)]
pub(crate) struct ModuleGraph {
    modules: BTreeMap<ModulePath, Module>,
}

/// The names from the crate's root to a module: empty for the root.
type ModulePath = Vec<String>;

#[derive(Debug, Default)]
struct Module {
    file: String,
    /// What is passed on, by the name under which others find it.
    passed_on: BTreeMap<String, Vec<String>>,
    /// The paths that its own code needs.
    needed: Vec<Vec<String>>,
}

impl ModuleGraph {
    /// Reads the files below `directory`, which ends with the crate's `src`.
    pub(crate) fn read(directory: &str, files: &[TextFile]) -> Self {
        let mut modules = BTreeMap::new();
        for file in files {
            let Some(path) = file.path.strip_prefix(directory).and_then(module_path) else { continue };
            let mut module = Module { file: file.path.clone(), ..Module::default() };
            let code = code_of(&file.text);
            for statement in statements(&code) {
                module.add(&statement);
            }
            modules.insert(path, module);
        }
        Self { modules }
    }

    /// The largest set of files each of which needs each other one, by whatever way; empty when there is none of two.
    pub(crate) fn largest_circle(&self) -> BTreeSet<&str> {
        let edges = self.edges();
        let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for from in edges.keys() {
            reached.insert(from, reach(&edges, from));
        }
        let circle_of = |file: &str| -> BTreeSet<&str> {
            let there = reached.get(file).into_iter().flatten().copied();
            there.filter(|other| reached.get(other).is_some_and(|back| back.contains(file))).collect()
        };
        edges.keys().map(|file| circle_of(file)).max_by_key(BTreeSet::len).unwrap_or_default()
    }

    /// For each file, the files of the same crate that it needs.
    fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut edges = BTreeMap::new();
        for (path, module) in &self.modules {
            let needed = module.needed.iter().filter_map(|needed| self.file_of(path, needed, 0));
            let others = needed.filter(|file| *file != module.file).collect();
            edges.insert(module.file.as_str(), others);
        }
        edges
    }

    /// The file that has what a path of a module leads to; `None` when that is outside of the crate.
    fn file_of(&self, from: &[String], path: &[String], depth: usize) -> Option<&str> {
        /// Enough for every chain that somebody can still follow.
        const DEPTH_MAX: usize = 8;
        let mut at: ModulePath = from.to_vec();
        let mut rest = path.iter().peekable();
        match rest.peek().map(|name| name.as_str())? {
            "crate" => {
                at.clear();
                rest.next();
            }
            "self" => drop(rest.next()),
            "super" => {
                while rest.next_if(|name| *name == "super").is_some() {
                    at.pop()?;
                }
            }
            name => {
                let mut child = at.clone();
                child.push(name.to_owned());
                self.modules.get(&child)?;
            }
        }
        for name in rest {
            let mut child = at.clone();
            child.push(name.clone());
            if self.modules.contains_key(&child) {
                at = child;
                continue;
            }
            let module = self.modules.get(&at)?;
            if let Some(further) = module.passed_on.get(name).filter(|_| depth < DEPTH_MAX) {
                return self.file_of(&at, further, depth + 1).or(Some(&module.file));
            }
            break;
        }
        self.modules.get(&at).map(|module| module.file.as_str())
    }
}

impl Module {
    fn add(&mut self, statement: &Statement) {
        match statement {
            Statement::PassOn(tree) => {
                for (name, path) in leaves(tree) {
                    self.passed_on.insert(name, path);
                }
            }
            Statement::Import(tree) => self.needed.extend(leaves(tree).into_iter().map(|(_, path)| path)),
            Statement::Path(path) => self.needed.push(path.clone()),
        }
    }
}

/// All that is reached from a file, over one edge or more.
fn reach<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = edges.get(from).into_iter().flatten().copied().collect();
    while let Some(file) = waiting.pop() {
        if reached.insert(file) {
            waiting.extend(edges.get(file).into_iter().flatten());
        }
    }
    reached
}

/// The names of the module that a file below `src` is; `None` for what is no module of the library or the program.
fn module_path(file: &str) -> Option<ModulePath> {
    let mut names: ModulePath =
        file.trim_start_matches('/').strip_suffix(".rs")?.split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|name| name == "mod")
        || matches!(names.as_slice(), [only] if only == "lib" || only == "main")
    {
        names.pop();
    }
    Some(names)
}

/// The code of a file: without comments, strings' insides and the tests at its end.
fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut code = String::new();
    for line in text.lines() {
        code.push_str(line.split("//").next().unwrap_or_default());
        code.push('\n');
    }
    code
}

#[derive(Debug)]
enum Statement {
    Import(String),
    PassOn(String),
    Path(Vec<String>),
}

/// The `use` declarations and the paths with `::` in the code between them.
fn statements(code: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some((before, declaration, after)) = next_use(rest) {
        found.extend(paths_in(before));
        let tree: String = declaration.split_whitespace().collect::<Vec<_>>().join(" ");
        let visible = before.lines().next_back().is_some_and(|line| line.trim_start().starts_with("pub"));
        found.push(if visible { Statement::PassOn(tree) } else { Statement::Import(tree) });
        rest = after;
    }
    found.extend(paths_in(rest));
    found
}

/// What stands before the next `use`, its tree, and what follows it.
fn next_use(code: &str) -> Option<(&str, &str, &str)> {
    const WORD: &str = "use ";
    for (at, _) in code.match_indices(WORD) {
        let (before, from) = code.split_at(at);
        let line = before.lines().next_back().filter(|_| !before.ends_with('\n')).unwrap_or_default().trim();
        if line.is_empty() || (line.starts_with("pub") && !line.contains([';', '=', '{'])) {
            let (tree, after) = from.strip_prefix(WORD)?.split_once(';')?;
            return Some((before, tree, after));
        }
    }
    None
}

/// Paths of two names and more in code.
fn paths_in(code: &str) -> impl Iterator<Item = Statement> {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == ':';
    code.split(move |sign| !is_sign(sign)).filter(|word| word.contains("::")).map(|word| {
        let names = word.split("::").filter(|name| !name.is_empty()).map(|name| name.trim_matches(':').to_owned());
        Statement::Path(names.collect())
    })
}

/// The paths of a tree of a `use`, each with the name under which it is known.
fn leaves(tree: &str) -> Vec<(String, Vec<String>)> {
    let tree = tree.trim();
    let Some((prefix, inside)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").map_or((tree, None), |(path, name)| (path, Some(name.trim())));
        let path: Vec<String> = path.trim().split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let Some(last) = path.last() else { return Vec::new() };
        let name = name.map_or_else(|| last.clone(), str::to_owned);
        return vec![(name, path)];
    };
    let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
    let prefix: Vec<String> =
        prefix.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let branches = branches(inside);
    let below = branches.iter().flat_map(|branch| leaves(branch));
    below
        .map(|(name, path)| {
            let own = path.first().is_some_and(|first| first == "self" && path.len() == 1);
            let name = if own && name == "self" { prefix.last().cloned().unwrap_or(name) } else { name };
            let path = if own { prefix.clone() } else { prefix.iter().cloned().chain(path).collect() };
            (name, path)
        })
        .collect()
}

/// The parts between the commas that stand in no inner braces.
fn branches(inside: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth) = (Vec::new(), String::new(), 0_usize);
    for sign in inside.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => (),
        }
        part.push(sign);
    }
    parts.push(part);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<TextFile> = files
            .iter()
            .map(|(path, text)| TextFile { path: format!("crates/a/src/{path}"), text: (*text).to_owned() })
            .collect();
        let graph = ModuleGraph::read("crates/a/src", &files);
        graph.largest_circle().into_iter().map(|file| file.replace("crates/a/src/", "")).collect()
    }

    #[test]
    fn files_that_lead_back_to_each_other_are_a_circle() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\n"),
            ("a.rs", "use crate::b::B;\npub struct A;\n"),
            ("b.rs", "use super::{\n    c::C,\n};\n"),
            ("c.rs", "fn c() {\n    crate::d::run();\n}\n"),
            ("d.rs", "use crate::{a::{self, A}, Root as Other};\n"),
            ("e.rs", "use crate::a::A;\n"),
        ];
        assert_eq!(circle(&files), ["a.rs", "b.rs", "c.rs", "d.rs"]);
    }

    #[test]
    fn what_is_passed_on_leads_to_the_file_that_has_it() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\nmod sub;\npub use sub::{deep::Thing as Renamed};\npub(crate) use b::B;\n"),
            ("sub/mod.rs", "mod deep;\npub(crate) use deep::Other;\n"),
            ("sub/deep.rs", "use crate::B;\n"),
            ("b.rs", "use crate::sub::Other;\n"),
            ("a.rs", "use crate::Renamed;\n"),
        ];
        assert_eq!(circle(&files), ["b.rs", "sub/deep.rs"]);
    }

    #[test]
    fn a_parent_that_calls_its_children_and_is_imported_by_them_is_part_of_it() {
        let files = [
            ("main.rs", "mod a;\nfn main() {\n    a::run(x)\n}\nstruct Settings;\n"),
            ("a.rs", "use super::Settings;\n"),
        ];
        assert_eq!(circle(&files), ["a.rs", "main.rs"]);
    }

    #[test]
    fn tests_comments_and_other_crates_make_none() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "use crate::b::B;\nuse serde::b::X;\n"),
            (
                "b.rs",
                "// use crate::a::A;\n/// See [`crate::a::A`].\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}\n",
            ),
        ];
        assert!(circle(&files).is_empty());
    }
}
