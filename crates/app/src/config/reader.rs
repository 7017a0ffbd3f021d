//! Reads typed values from the layers, and notes invalid ones.

use super::errors::ConfigErrors;
use super::layers::Layers;
use super::secret::Secret;
use toml::Value;

/// Reads typed values from the layers. An invalid value is noted and replaced by a harmless one; a configuration with
/// errors is never used.
#[derive(Debug)]
pub(crate) struct Reader<'layers> {
    layers: &'layers Layers,
    errors: &'layers mut ConfigErrors,
}

impl<'layers> Reader<'layers> {
    /// A reader of `layers` that notes errors in `errors`.
    pub(crate) fn new(layers: &'layers Layers, errors: &'layers mut ConfigErrors) -> Self {
        Self { layers, errors }
    }

    /// Notes that the value of `key` is invalid, under the name by which it was set.
    pub(crate) fn refuse(&mut self, key: &str, allowed: impl std::fmt::Display) {
        let name = self.layers.set_as.get(key).map_or(key, String::as_str);
        self.errors.add(name, allowed);
    }

    /// A trimmed text; `None` when it is empty.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        self.secret(key).map(|text| text.reveal().trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A secret text, not trimmed; `None` when it is empty.
    pub(crate) fn secret(&mut self, key: &str) -> Option<Secret> {
        if let Some(Value::String(text)) = self.layers.values.get(key) {
            return Some(Secret::new(text.clone())).filter(|_| !text.is_empty());
        }
        self.refuse(key, "must be a text");
        None
    }

    /// The parts of a text, separated by blanks or commas.
    pub(crate) fn list(&mut self, key: &str) -> Vec<String> {
        let text = self.text(key).unwrap_or_default();
        let parts = text.split(|c: char| c == ',' || c.is_whitespace());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        if let Some(Value::Boolean(flag)) = self.layers.values.get(key) {
            return *flag;
        }
        self.refuse(key, "must be true or false");
        false
    }

    /// A whole number from `least` to `most`, both included.
    pub(crate) fn number<N: TryFrom<i64> + Default>(&mut self, key: &str, least: i64, most: i64) -> N {
        let number = match self.layers.values.get(key) {
            Some(Value::Integer(number)) if (least..=most).contains(number) => N::try_from(*number).ok(),
            _ => None,
        };
        number.unwrap_or_else(|| {
            self.refuse(key, format_args!("must be a whole number from {least} to {most}"));
            N::default()
        })
    }
}
