//! Where a client can go from an answer: from what was made, or the first of a list, to the operations on one such thing.

use serde_json::json;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi as Document, RefOr};

/// The end of a path that leads to one thing.
const ONE: &str = "{id}/";

/// Lists that lead to operations whose path is not a part of theirs.
const ELSEWHERE: [(&str, &str); 2] = [("/api/chats/chat/", "close_chat"), ("/api/superadmin/user/", "block_user")];

/// Adds the links to each path of which another one is a part, with an identifier at its end.
pub(super) fn describe(document: &mut Document) {
    let paths = &mut document.paths.paths;
    let ends: Vec<(String, Vec<String>)> =
        paths.iter().filter_map(|(path, item)| Some((path.strip_suffix(ONE)?.to_owned(), identifiers(item)))).collect();
    for (path, operations) in ends {
        let Some(item) = paths.get_mut(&path) else { continue };
        link(item.post.as_mut(), &operations, "$response.body#/id");
        link(item.get.as_mut(), &operations, "$response.body#/0/id");
    }
    for (path, operation) in ELSEWHERE {
        let list = paths.get_mut(path).and_then(|item| item.get.as_mut());
        link(list, &[operation.to_owned()], "$response.body#/0/id");
    }
}

fn identifiers(item: &PathItem) -> Vec<String> {
    let operations = [&item.get, &item.put, &item.delete];
    operations.into_iter().flatten().filter_map(|operation| operation.operation_id.clone()).collect()
}

fn link(from: Option<&mut Operation>, operations: &[String], id: &str) {
    let responses = from.into_iter().flat_map(|operation| &mut operation.responses.responses);
    for (_, response) in responses.filter(|(status, _)| status.starts_with('2')) {
        let RefOr::T(response) = response else { continue };
        for operation in operations {
            let link = Link::builder().operation_id(operation).parameter("id", json!(id)).build();
            response.links.insert(operation.clone(), RefOr::T(link));
        }
    }
}
