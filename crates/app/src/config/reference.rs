//! The reference page of all settings, made from the comments in `config/default.toml`.

use super::keys::{DEFAULTS, variable_of};
use std::fmt::Write;

const HEAD: &str = "# Configuration

<!-- Made by `ease configuration` from `config/default.toml`; a test compares the two. -->

Settings come from three sources: environment variables override `config/ease.toml` (or the file named by `--config` or
`EASE_CONFIG`), and that file overrides the defaults below. An empty text means \"not set\" in both. An unknown key, an
unknown `EASE_` variable, a value of another type and a value out of range stop the start, with one error that lists all of
them. `ease check` tests a configuration without starting the server.

Variables of the previous system that have no effect here are accepted, and listed in one line of the log: `OPENAI_KEY`,
`PYTHON_VERSION`, `DISABLE_COLLECTSTATIC`, and all that begin with `CELERY_`, `CLOUDINARY_` or `MYSQL_`. The same holds for
variables of OpenTelemetry, which begin with `OTEL_`, that are not in the table of traces.
";

/// The page `docs/configuration.md`.
pub(crate) fn reference_page() -> String {
    let mut page = HEAD.to_owned();
    let mut meaning = Vec::new();
    for line in DEFAULTS.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            let row = "| Key | Variable | Default | Meaning |\n| --- | --- | --- | --- |\n";
            push(&mut page, format_args!("\n## {title}\n\n{row}"));
            meaning.clear();
        } else if let Some(comment) = line.strip_prefix("# ") {
            meaning.push(comment);
        } else if let Some((key, default)) = line.split_once(" = ") {
            let variable = variable_of(key);
            let shown = if default == "\"\"" { String::new() } else { format!("`{default}`") };
            // The second column has it already.
            let text = meaning.join(" ").replace(&format!(" Variable: {variable}."), "");
            push(&mut page, format_args!("| `{key}` | `{variable}` | {shown} | {text} |\n"));
            meaning.clear();
        }
    }
    page
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    page.write_fmt(text).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::super::keys::defaults;
    use super::*;

    #[test]
    fn the_page_in_the_tree_is_the_one_made_from_the_defaults() {
        let kept = include_str!("../../../../docs/configuration.md");
        assert_eq!(kept, reference_page(), "run `cargo run -- configuration > docs/configuration.md`");
    }

    #[test]
    fn every_key_has_its_row_with_a_meaning() {
        let page = reference_page();
        for key in defaults().unwrap().keys() {
            let row = page.lines().find(|line| line.starts_with(&format!("| `{key}` |"))).unwrap();
            assert!(row.len() > key.len() * 2 + 40, "{row}");
        }
    }
}
