//! What every field of a request may hold, so that no body and no query has to say it.

use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{AdditionalProperties, AnyOfBuilder, ArrayItems, Object, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, OpenApi as Document, RefOr, Required, Schema};

/// Names of formats that stand in the notes for a pattern: RFC 3339 has no time of day without an offset.
const PATTERNS: [(&str, &str); 2] = [
    ("time of day", r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"),
    ("full time of day", r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$"),
];

/// Text that is not blank, and has no NUL.
const WORDED: &str = r"^[^\u0000]*[^\u0000\s][^\u0000]*$";
/// Text without NUL.
const BLANKABLE: &str = r"^[^\u0000]*$";

/// Adds it to each body and each query.
pub(super) fn describe(document: &mut Document) {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        operations.into_iter().flatten().for_each(describe_query);
    }
    let Some(components) = document.components.as_mut() else { return };
    for (name, schema) in &mut components.schemas {
        let is_sent = name.ends_with("Body") || name.ends_with("Changes");
        each_object(schema, &mut |object| {
            write_pattern(object);
            if is_sent {
                object.properties.values_mut().for_each(refuse_nothing);
                refuse_null(object);
                refuse_nul(object);
            }
        });
    }
}

/// Empty text in a query asks for nothing, as if the parameter were absent.
fn describe_query(operation: &mut Operation) {
    let parameters = operation.parameters.iter_mut().flatten().filter_map(inline);
    for parameter in parameters.filter(|it| it.parameter_in == ParameterIn::Query) {
        let Some(RefOr::T(Schema::Object(object))) = parameter.schema.as_mut() else { continue };
        refuse_null(object);
        write_pattern(object);
        let is_shaped = object.pattern.is_some() || object.format.is_some() || object.enum_values.is_some();
        let is_text = object.schema_type == SchemaType::new(Type::String);
        if is_shaped && is_text && parameter.required == Required::False {
            let nothing = ObjectBuilder::new().schema_type(Type::String).max_length(Some(0)).build();
            let either = AnyOfBuilder::new().item(object.clone()).item(nothing).build();
            parameter.schema = Some(RefOr::T(Schema::AnyOf(either)));
        }
    }
}

fn inline(parameter: &mut RefOr<Parameter>) -> Option<&mut Parameter> {
    match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    }
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

/// A field that may be left out may not be null.
fn refuse_null(object: &mut Object) {
    if let SchemaType::Array(types) = &object.schema_type
        && let [one] | [one, Type::Null] = types.as_slice()
    {
        object.schema_type = SchemaType::new(one.clone());
    }
}

/// The same, where the field has a schema of its own.
fn refuse_nothing(field: &mut RefOr<Schema>) {
    let RefOr::T(Schema::OneOf(either)) = field else { return };
    let is_null = |item: &RefOr<Schema>| matches!(item, RefOr::T(Schema::Object(it)) if it.schema_type == SchemaType::new(Type::Null));
    either.items.retain(|item| !is_null(item));
    if let [one] = either.items.as_slice() {
        *field = one.clone();
    }
}

/// No text may hold NUL, and what needs a letter may not be blank.
fn refuse_nul(object: &mut Object) {
    let is_password = object.format == Some(SchemaFormat::Custom("password".to_owned()));
    let is_text = object.schema_type == SchemaType::new(Type::String);
    let is_bounded = object.min_length.is_some() || object.max_length.is_some();
    if is_text && is_bounded && object.pattern.is_none() && (object.format.is_none() || is_password) {
        object.pattern = Some(if object.min_length.is_some() { WORDED } else { BLANKABLE }.to_owned());
    }
}
