//! Fields that domains read, as the description has them: the one place that makes schemas and parameters of them.

use kernel::{FieldShape, Length, Presence, Shape};
use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayBuilder, KnownFormat, Object, ObjectBuilder, OneOfBuilder, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr, Required, Schema};

/// A time of day. RFC 3339 has none without an offset, so that it is a pattern and no format.
pub(super) const TIME: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$";
/// A time of day with its seconds.
pub(super) const FULL_TIME: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$";
/// Text that is not blank, and has no NUL.
const WORDED: &str = r"^[^\u0000]*[^\u0000\s][^\u0000]*$";
/// Text without NUL.
const BLANKABLE: &str = r"^[^\u0000]*$";
/// The schema of decimals.
const AMOUNT: &str = "Amount";

/// Gives a name to a body whose fields a domain reads:
///
/// `body! { /** What an entry is made of. */ pub EntryBody = EntryDraft::fields(); }`
#[macro_export]
macro_rules! body {
    ($(#[doc = $about:literal] $visibility:vis $name:ident = $fields:expr;)+) => {$(
        #[doc = $about]
        #[derive(Debug)]
        $visibility struct $name;

        impl ::utoipa::PartialSchema for $name {
            fn schema() -> ::utoipa::openapi::RefOr<::utoipa::openapi::Schema> {
                $crate::openapi::body_schema($about, &$fields)
            }
        }

        impl ::utoipa::ToSchema for $name {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

/// Gives a name to parameters of a query that a domain reads:
///
/// `query! { /** Which entries to list. */ pub EntryQuery = EntryFilter::fields(); }`
#[macro_export]
macro_rules! query {
    ($(#[doc = $about:literal] $visibility:vis $name:ident = $fields:expr;)+) => {$(
        #[doc = $about]
        #[derive(Debug)]
        $visibility struct $name;

        impl ::utoipa::IntoParams for $name {
            fn into_params(
                _: impl Fn() -> ::std::option::Option<::utoipa::openapi::path::ParameterIn>,
            ) -> ::std::vec::Vec<::utoipa::openapi::path::Parameter> {
                $crate::openapi::query_parameters(&$fields)
            }
        }
    )+};
}

/// The schema of a body.
pub fn body_schema(about: &str, fields: &[FieldShape]) -> RefOr<Schema> {
    let body = ObjectBuilder::new().description(Some(about.trim()));
    let body = fields.iter().fold(body, |body, field| {
        let body = body.property(field.name, property(field));
        match field.presence {
            Presence::Required => body.required(field.name),
            Presence::Optional => body,
        }
    });
    body.build().into()
}

/// The parameters of a query. Empty text asks for nothing, as if the parameter were absent.
pub fn query_parameters(fields: &[FieldShape]) -> Vec<Parameter> {
    fields.iter().map(query_parameter).collect()
}

/// The schema of decimals, by its name.
pub(super) fn amount() -> (String, RefOr<Schema>) {
    let mut number = ObjectBuilder::new().schema_type(Type::Number).build();
    number.format = Some(SchemaFormat::KnownFormat(KnownFormat::Double));
    number.description = Some("Judged by its shortest decimal form.".to_owned());
    let mut text = text(Length::ANY);
    text.description = Some("Judged as written.".to_owned());
    let about = "A number, or text that holds one.";
    let mut amount = OneOfBuilder::new().item(number).item(text).description(Some(about)).build();
    amount.example = Some(Value::from(12.5));
    (AMOUNT.to_owned(), RefOr::T(Schema::OneOf(amount)))
}

fn property(field: &FieldShape) -> RefOr<Schema> {
    match schema(&field.takes) {
        RefOr::T(Schema::Object(mut object)) => {
            object.description = Some(field.about.to_owned());
            object.example = example(field);
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.description = Some(field.about.to_owned());
            RefOr::T(Schema::Array(array))
        }
        RefOr::Ref(mut of) => {
            field.about.clone_into(&mut of.description);
            RefOr::Ref(of)
        }
        other @ RefOr::T(_) => other,
    }
}

fn query_parameter(field: &FieldShape) -> Parameter {
    let mut takes = schema(&field.takes);
    if let RefOr::T(Schema::Object(object)) = &takes
        && (object.pattern.is_some() || object.format.is_some() || object.enum_values.is_some())
        && field.presence == Presence::Optional
        && !matches!(field.takes, Shape::Integer { .. })
    {
        let nothing = ObjectBuilder::new().schema_type(Type::String).max_length(Some(0)).build();
        let either = AnyOfBuilder::new().item(object.clone()).item(nothing).build();
        takes = RefOr::T(Schema::AnyOf(either));
    }
    let required = match field.presence {
        Presence::Required => Required::True,
        Presence::Optional => Required::False,
    };
    let parameter = ParameterBuilder::new().name(field.name).parameter_in(ParameterIn::Query).required(required);
    parameter.description(Some(field.about)).schema(Some(takes)).example(example(field)).build()
}

fn schema(shape: &Shape) -> RefOr<Schema> {
    let object = match *shape {
        Shape::Text(length) => text(length),
        Shape::Password(length) => with_format(text(length), "password"),
        Shape::Pattern(pattern) => with_pattern(pattern),
        Shape::Email { max } => {
            let mut address = with_format(text(Length::ANY), "email");
            address.max_length = Some(max);
            address
        }
        Shape::Choice { about, words } => {
            let mut choice = text(Length::ANY);
            choice.description = Some(about.to_owned());
            choice.enum_values = Some(words.iter().map(|word| Value::from(*word)).collect());
            choice
        }
        Shape::Decimal => return RefOr::Ref(Ref::from_schema_name(AMOUNT)),
        Shape::Integer { min, max } => integer(min, max),
        Shape::Date => with_format(text(Length::ANY), "date"),
        Shape::Time => with_pattern(TIME),
        Shape::FullTime => with_pattern(FULL_TIME),
        Shape::Uuid => with_format(text(Length::ANY), "uuid"),
        Shape::Bool => ObjectBuilder::new().schema_type(Type::Boolean).build(),
        Shape::File => with_format(text(Length::ANY), "binary"),
        Shape::List { items, max } => {
            return ArrayBuilder::new().items(schema(items)).max_items(Some(max)).build().into();
        }
        Shape::Anything => ObjectBuilder::new().schema_type(SchemaType::AnyValue).build(),
    };
    object.into()
}

/// Text of a length. Without any bound nothing is said of what is in it.
fn text(length: Length) -> Object {
    let mut text = ObjectBuilder::new().schema_type(Type::String).build();
    if length == Length::ANY {
        return text;
    }
    text.min_length = Some(length.min).filter(|min| *min > 0);
    text.max_length = Some(length.max);
    text.pattern = Some(if length.min > 0 { WORDED } else { BLANKABLE }.to_owned());
    text
}

fn with_format(mut object: Object, format: &str) -> Object {
    object.format = Some(SchemaFormat::Custom(format.to_owned()));
    object
}

fn with_pattern(pattern: &str) -> Object {
    let mut object = text(Length::ANY);
    object.pattern = Some(pattern.to_owned());
    object
}

fn integer(min: i64, max: i64) -> Object {
    let is_short = i32::try_from(max).is_ok() && i32::try_from(min).is_ok();
    let mut number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(min)).build();
    number.format = Some(SchemaFormat::KnownFormat(if is_short { KnownFormat::Int32 } else { KnownFormat::Int64 }));
    if max < i64::MAX {
        number.maximum = Some(max.into());
    }
    number
}

/// The example as JSON.
fn example(field: &FieldShape) -> Option<Value> {
    let words = field.example?;
    Some(match field.takes {
        Shape::Bool | Shape::Integer { .. } | Shape::List { .. } => serde_json::from_str(words).unwrap_or_default(),
        _ => Value::from(words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Field, Integer, Several, Text, describe};
    use serde_json::json;

    const NAME: Field<Text<5>> = Field::new("name", "What it is called.").example("Lunch");
    const COUNT: Field<Integer<1, 9>> = Field::new("count", "How many.").example("3");
    const TIERS: Field<Several<Integer<1, { i64::MAX }>, 4>> = Field::new("tiers", "For whom.").example("[1, 2]");

    #[test]
    fn a_body_says_what_its_reader_asks_for() {
        let fields = describe(|fields| {
            fields.required(&NAME);
            fields.optional(&COUNT);
            fields.optional(&TIERS)
        });
        let expected = json!({
            "type": "object",
            "description": "A body.",
            "required": ["name"],
            "properties": {
                "name": {
                    "type": "string", "description": "What it is called.", "example": "Lunch",
                    "minLength": 1, "maxLength": 5, "pattern": WORDED,
                },
                "count": {
                    "type": "integer", "format": "int32", "description": "How many.", "example": 3,
                    "minimum": 1, "maximum": 9,
                },
                "tiers": {
                    "type": "array", "description": "For whom.", "maxItems": 4,
                    "items": { "type": "integer", "format": "int64", "minimum": 1 },
                },
            },
        });
        assert_eq!(serde_json::to_value(body_schema(" A body.", &fields)).unwrap(), expected);
    }

    #[test]
    fn a_parameter_whose_text_has_a_shape_may_be_empty() {
        const FROM: Field<kernel::CalendarDate> = Field::new("from", "From when on.").example("2026-11-20");
        let parameters = query_parameters(&describe(|fields| {
            fields.filter(&FROM);
            fields.filter(&COUNT)
        }));
        let shown = serde_json::to_value(parameters).unwrap();
        let either = json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "maxLength": 0 }] });
        assert_eq!(shown.pointer("/0/schema"), Some(&either));
        assert_eq!(shown.pointer("/0/required"), Some(&json!(false)));
        assert_eq!(shown.pointer("/1/schema/maximum"), Some(&json!(9)));
    }
}
