//! Where a client can go from an answer: from what was made, or the first of a list, to the operations on one such thing.

use crate::endpoint::Endpoint;
use crate::policy::Policy;
use actix_web::http::Method;
use serde_json::json;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi as Document, RefOr};

/// The end of a path that leads to one thing.
const ONE: &str = "{id}/";

/// Adds the links to each path of which another one is a part, with an identifier at its end, and those that endpoints state.
pub(super) fn describe(document: &mut Document, endpoints: &[Endpoint]) {
    let paths = &mut document.paths.paths;
    let ends: Vec<(String, Vec<String>)> =
        paths.iter().filter_map(|(path, item)| Some((path.strip_suffix(ONE)?.to_owned(), identifiers(item)))).collect();
    for (path, operations) in ends {
        let Some(item) = paths.get_mut(&path) else { continue };
        link(item.post.as_mut(), &operations, "$response.body#/id");
        link(item.get.as_mut(), &operations, "$response.body#/0/id");
    }
    let stated = endpoints.iter().flat_map(|endpoint| {
        let named = |(method, policy): &(Method, Policy)| Some((endpoint.path(), method.clone(), policy.linked_from?));
        endpoint.operations().iter().filter_map(named)
    });
    for (path, method, from) in stated {
        let Some(operation) = identifier(paths.get(&format!("{path}/")), &method) else { continue };
        let lists = paths.values_mut().filter_map(|item| item.get.as_mut());
        let list = lists.into_iter().find(|list| list.operation_id.as_deref() == Some(from));
        link(list, &[operation], "$response.body#/0/id");
    }
}

fn identifiers(item: &PathItem) -> Vec<String> {
    let operations = [&item.get, &item.put, &item.patch, &item.delete];
    operations.into_iter().flatten().filter_map(|operation| operation.operation_id.clone()).collect()
}

/// What an operation is called in the description.
fn identifier(item: Option<&PathItem>, method: &Method) -> Option<String> {
    let item = item?;
    let operation = match *method {
        Method::GET => &item.get,
        Method::POST => &item.post,
        Method::PUT => &item.put,
        Method::PATCH => &item.patch,
        Method::DELETE => &item.delete,
        _ => return None,
    };
    operation.as_ref()?.operation_id.clone()
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
