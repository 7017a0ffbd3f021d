//! Bodies in parts, as browsers send forms with files (RFC 7578).

use crate::policy::BodyKind;
use actix_multipart::{Multipart, MultipartError};
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use futures_util::{StreamExt, stream};
use kernel::{Form, Raw, SentFile};

/// Reads the fields of a body, and the file that it is about. The caller bounds the size of the body.
///
/// A body of fields alone passes files over, and of a name that comes twice the last value counts. A body that is a file keeps
/// the first one, whatever its name. A body of fields with files has files among its fields, and a name that comes several
/// times is a list.
pub(crate) async fn read(
    headers: &HeaderMap,
    bytes: Bytes,
    kind: BodyKind,
) -> Result<(Form, Option<Bytes>), MultipartError> {
    let mut parts = Multipart::new(headers, stream::iter([Ok(bytes)]));
    let (mut fields, mut file) = (Vec::new(), None);
    while let Some(part) = parts.next().await {
        let mut part = part?;
        let disposition = part.content_disposition();
        let file_name = disposition.and_then(|found| found.get_filename()).map(str::to_owned);
        let name = part.name().map(str::to_owned);
        let is_the_file = file_name.is_some() && kind == BodyKind::File && file.is_none();
        let is_a_field = name.is_some() && (file_name.is_none() || kind == BodyKind::FieldsAndFiles);
        let mut value = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk?;
            if is_the_file || is_a_field {
                value.extend_from_slice(&chunk);
            }
        }
        if is_the_file {
            file = Some(Bytes::from(value));
        } else if let Some(name) = name.filter(|_| is_a_field) {
            let raw = match file_name {
                Some(name) => Raw::File(Box::new(SentFile { name, bytes: value.into() })),
                None => Raw::Text(String::from_utf8_lossy(&value).into_owned()),
            };
            fields.push((name, raw));
        }
    }
    let fields = if kind == BodyKind::FieldsAndFiles { with_lists(fields) } else { fields };
    Ok((fields.into_iter().collect(), file))
}

/// The same fields, where several values of one name are a list in the place of the first.
fn with_lists(fields: Vec<(String, Raw)>) -> Vec<(String, Raw)> {
    let mut joined = Vec::<(String, Raw)>::new();
    for (name, raw) in fields {
        match joined.iter_mut().find(|(known, _)| *known == name) {
            None => joined.push((name, raw)),
            Some((_, Raw::List(values))) => values.push(raw),
            Some((_, first)) => *first = Raw::List(vec![first.clone(), raw]),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{CONTENT_TYPE, HeaderValue};

    const SENT: &str = "--x\r\nContent-Disposition: form-data; name=\"tiers\"\r\n\r\n1\r\n\
                        --x\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n\r\nPNG\r\n\
                        --x\r\nContent-Disposition: form-data; name=\"tiers\"\r\n\r\n2\r\n\
                        --x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHello\r\n--x--\r\n";

    async fn sent_as(kind: BodyKind) -> (Form, Option<Bytes>) {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=x"));
        read(&headers, Bytes::from_static(SENT.as_bytes()), kind).await.unwrap()
    }

    fn text(text: &str) -> Raw {
        Raw::Text(text.to_owned())
    }

    #[tokio::test]
    async fn fields_alone_pass_files_over_and_the_last_of_a_name_counts() {
        let (form, file) = sent_as(BodyKind::Fields).await;
        assert_eq!((form.get("tiers"), form.get("media"), file), (Some(&text("2")), None, None));
    }

    #[tokio::test]
    async fn a_body_that_is_a_file_keeps_it_whatever_its_name() {
        let (form, file) = sent_as(BodyKind::File).await;
        assert_eq!((form.get("title"), file.as_deref()), (Some(&text("Hello")), Some(b"PNG".as_slice())));
    }

    #[tokio::test]
    async fn fields_with_files_have_files_and_lists_among_them() {
        let (form, file) = sent_as(BodyKind::FieldsAndFiles).await;
        assert_eq!(form.get("tiers"), Some(&Raw::List(vec![text("1"), text("2")])));
        let Some(Raw::File(sent)) = form.get("media") else { panic!("no file") };
        assert_eq!((sent.name.as_str(), &*sent.bytes, file), ("a.png", b"PNG".as_slice(), None));
    }
}
