//! What every field of an answer may say, so that no view has to spell it out.

use super::inputs::{FULL_TIME, TIME};
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, Object, SchemaFormat};
use utoipa::openapi::{OpenApi as Document, RefOr, Schema};

/// Names of formats that stand in the notes for a pattern: RFC 3339 has no time of day without an offset.
const PATTERNS: [(&str, &str); 2] = [("time of day", TIME), ("full time of day", FULL_TIME)];

/// Adds it to each schema.
pub(super) fn describe(document: &mut Document) {
    let Some(components) = document.components.as_mut() else { return };
    components.schemas.values_mut().for_each(|schema| each_object(schema, &mut write_pattern));
}

/// Looks at a schema and at all that it is made of.
fn each_object(schema: &mut RefOr<Schema>, look: &mut dyn FnMut(&mut Object)) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) => {
            look(object);
            object.properties.values_mut().for_each(|property| each_object(property, look));
            if let Some(AdditionalProperties::RefOr(rest)) = object.additional_properties.as_deref_mut() {
                each_object(rest, look);
            }
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                each_object(items, look);
            }
        }
        Schema::OneOf(any) => any.items.iter_mut().for_each(|item| each_object(item, look)),
        Schema::AllOf(all) => all.items.iter_mut().for_each(|item| each_object(item, look)),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(|item| each_object(item, look)),
        _ => {}
    }
}

fn write_pattern(object: &mut Object) {
    let Some(SchemaFormat::Custom(format)) = &object.format else { return };
    if let Some((_, pattern)) = PATTERNS.iter().find(|(name, _)| name == format) {
        object.pattern = Some((*pattern).to_owned());
        object.format = None;
    }
}
