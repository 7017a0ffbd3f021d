//! Reading a frame that a member sent.

use crate::text;
use chat::{ChatError, ClientMessageId, Draft};
use kernel::{Form, Raw};

fn read(values: &[(&str, Raw)]) -> Result<Draft, ChatError> {
    Draft::read(&values.iter().cloned().collect())
}

#[test]
fn a_message_is_trimmed_and_other_keys_are_ignored() {
    let draft = read(&[("message", text(" hello\n")), ("color", Raw::Object(Box::default()))]).unwrap();
    assert_eq!((draft.text.as_str(), draft.client_msg_id), ("hello", None));
}

#[test]
fn length_is_counted_in_characters() {
    assert!(read(&[("message", text(&"猫".repeat(255)))]).is_ok());
    let refused = read(&[("message", text(&"猫".repeat(256)))]);
    assert!(matches!(refused, Err(ChatError::MessageTooLong { max: 255 })));
}

#[test]
fn a_message_must_be_text() {
    assert!(matches!(Draft::read(&Form::default()), Err(ChatError::MessageNotText)));
    for sent in
        [Raw::Null, Raw::Bool(true), Raw::Number("7".to_owned()), Raw::List(Vec::new()), Raw::Object(Box::default())]
    {
        assert!(matches!(read(&[("message", sent)]), Err(ChatError::MessageNotText)));
    }
}

#[test]
fn a_message_must_say_something() {
    for sent in ["", " \n\t"] {
        assert!(matches!(read(&[("message", text(sent))]), Err(ChatError::MessageEmpty)));
    }
    assert!(matches!(read(&[("message", text("a\0b"))]), Err(ChatError::MessageHasNul)));
}

#[test]
fn a_senders_name_for_a_message_is_short_text() {
    let name =
        |name: Raw| read(&[("message", text("hello")), ("client_msg_id", name)]).map(|draft| draft.client_msg_id);
    assert_eq!(name(text("a-1")).unwrap(), Some(ClientMessageId("a-1".to_owned())));
    assert_eq!(name(text(&"🦀".repeat(64))).unwrap(), Some(ClientMessageId("🦀".repeat(64))));
    assert_eq!(name(Raw::Null).unwrap(), None);
    for bad in [text(""), text(&"x".repeat(65)), text("a\0b"), Raw::Number("1".to_owned()), Raw::List(Vec::new())] {
        assert!(matches!(name(bad), Err(ChatError::BadClientMessageId)));
    }
}

#[test]
fn debug_output_never_shows_what_people_say() {
    assert!(!format!("{:?}", read(&[("message", text("s3cret"))]).unwrap()).contains("s3cret"));
}
