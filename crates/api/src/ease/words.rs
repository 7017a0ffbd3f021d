//! How this surface tells refusals. Its clients know these sentences and shapes by heart.

use crate::shared::words;
use http::{Refusal, Words};
use serde_json::{Value, json};

/// The words of this surface.
pub(crate) const WORDS: Words = Words(tell);

fn tell(refusal: &Refusal) -> Option<Value> {
    let Some(sentence) = sentence(refusal) else { return words::tell(refusal) };
    Some(match refusal.code {
        "auth.wrong_credentials" => json!({ "detail": [sentence] }),
        "auth.wrong_current_password" => json!([sentence]),
        _ => json!({ "detail": sentence }),
    })
}

fn sentence(refusal: &Refusal) -> Option<String> {
    if refusal.code == "auth.invalid_update" {
        return Some(format!("Error updating user {} ...", refusal.subject));
    }
    let sentence = match refusal.code {
        "auth.email_taken" | "users.taken" => "User already exists",
        "auth.bad_registration" | "auth.wrong_credentials" => "Credentials are incorrect",
        "auth.unknown_user" => "User does not exist",
        "auth.account_blocked" => "The account is blocked. Contact your administrator for further information.",
        "auth.wrong_current_password" => "Current password is incorrect.",
        "auth.invalid_filter" | "audit.invalid_correction" => "The data provided is not valid.",
        "audit.log_not_found" => "Log not found.",
        "audit.unreadable_filter" => "Invalid date or time format, must be YYYY-MM-DD for date and HH:MM:SS for time. ",
        "audit.dates_reversed" => "Start date cannot be after end date.",
        "audit.times_reversed" => "Start time cannot be after end time.",
        "ledger.amount_not_positive" => "Amount is equal or lower than 0",
        "ledger.unreadable_filter" | "categories.unreadable_filter" => "An error occurred while retrieving the data.",
        "categories.category_not_found" | "categories.subcategory_not_found" => "Income not found.",
        "categories.category_in_use" => {
            "Cannot delete subcategory because there are related objects with the specified category"
        }
        "categories.subcategory_in_use" => {
            "Cannot delete subcategory because there are related objects with the specified subcategory"
        }
        "chat.no_admin_available" => "No admins available",
        "chat.no_chats" => "No chat sessions found for the user.",
        "chat.not_an_object" => "The frame must be a JSON object.",
        "chat.message_not_text" => "The message is missing or is not text.",
        "chat.message_empty" => "The message is empty.",
        "chat.message_too_long" => "The message has more than 255 characters.",
        "chat.message_has_nul" => "Null characters are not allowed.",
        "chat.bad_client_message_id" => "client_msg_id must be text of 1 to 64 characters.",
        _ => return None,
    };
    Some(sentence.to_owned())
}
