//! The sentences that all surfaces share.

use kernel::{FieldFault, RawKind};

/// What a caller reads who may not.
pub(crate) const FORBIDDEN: &str = "You do not have permission to perform this action.";
/// What a caller reads whose object is not there, where no other words are promised.
pub(crate) const NOT_FOUND: &str = "Not found.";

/// What a caller reads who would change something else than what it has read.
pub(crate) const CHANGED_MEANWHILE: &str = "This was changed in the meantime. Read it again.";

/// What a probe reads of a node that is going down.
pub(crate) const DRAINING: &str = "This node is being stopped. Others take over.";

/// The sentence for a problem of a field.
pub fn for_field(problem: &FieldFault) -> String {
    match problem {
        FieldFault::Required => "This field is required.".to_owned(),
        FieldFault::Blank => "This field may not be blank.".to_owned(),
        FieldFault::Null => "This field may not be null.".to_owned(),
        FieldFault::NotText => "Not a valid string.".to_owned(),
        FieldFault::HasNul => "Null characters are not allowed.".to_owned(),
        FieldFault::TooLong { max } => format!("Ensure this field has no more than {max} characters."),
        FieldFault::NotANumber => "A valid number is required.".to_owned(),
        FieldFault::TooManyDigits { max } => {
            format!("Ensure that there are no more than {max} digits in total.")
        }
        FieldFault::TooManyDecimals { max } => {
            format!("Ensure that there are no more than {max} decimal places.")
        }
        FieldFault::TooManyWholeDigits { max } => {
            format!("Ensure that there are no more than {max} digits before the decimal point.")
        }
        FieldFault::NotAnInteger => "A valid integer is required.".to_owned(),
        FieldFault::TooSmall { min } => format!("Ensure this value is greater than or equal to {min}."),
        FieldFault::TooLarge { max } => format!("Ensure this value is less than or equal to {max}."),
        FieldFault::NotInRange { min, max } => format!("A whole number from {min} to {max} is required."),
        FieldFault::NotPositive => "Amount is equal or lower than 0".to_owned(),
        FieldFault::NotAChoice => "Not a valid choice.".to_owned(),
        FieldFault::BadCursor => "Invalid cursor.".to_owned(),
        FieldFault::BadDate => "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.".to_owned(),
        FieldFault::BadTime => {
            "Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].".to_owned()
        }
        FieldFault::NotABoolean => "Must be a valid boolean.".to_owned(),
        FieldFault::BadEmail => "Enter a valid email address.".to_owned(),
        FieldFault::NotAUuid { sent } => format!("“{sent}” is not a valid UUID."),
        FieldFault::NotAReference { kind } => {
            format!("Incorrect type. Expected pk value, received {}.", for_kind(*kind))
        }
        FieldFault::NotAList => "Expected a list of items.".to_owned(),
        FieldFault::TooManyItems { max } => format!("Ensure this field has no more than {max} elements."),
        FieldFault::NotAFile => "The submitted data was not a file. Check the encoding type on the form.".to_owned(),
        FieldFault::Missing { id } => format!("Invalid pk \"{id}\" - object does not exist."),
        FieldFault::Taken => "Somebody else uses this already.".to_owned(),
        FieldFault::Rule { code, limit } => for_rule(code, *limit),
    }
}

/// The sentence for a rule of a domain.
fn for_rule(code: &str, limit: u32) -> String {
    match code {
        "auth.password_too_short" => {
            format!("This password is too short. It must contain at least {limit} characters.")
        }
        "auth.password_too_common" => "This password is too common.".to_owned(),
        "auth.password_entirely_numeric" => "This password is entirely numeric.".to_owned(),
        "accounts.bad_username" => {
            "Enter a valid username: letters, digits and @ . + - _ only, and no address but your own.".to_owned()
        }
        _ => "This value is not valid.".to_owned(),
    }
}

/// What clients call a kind of value.
fn for_kind(kind: RawKind) -> &'static str {
    match kind {
        RawKind::Null => "NoneType",
        RawKind::Bool => "bool",
        RawKind::Integer => "int",
        RawKind::Fraction => "float",
        RawKind::Text => "str",
        RawKind::List => "list",
        RawKind::Object => "dict",
        RawKind::File => "file",
    }
}

/// The sentence for a node that is cut off from the others.
pub(crate) fn for_isolation(reason: &str) -> String {
    format!("This node is cut off from the other ones: {reason}.")
}

/// The sentence for a storage that cannot be used.
pub(crate) fn for_outage(reason: &str) -> String {
    format!("The storage is not available: {reason}.")
}
