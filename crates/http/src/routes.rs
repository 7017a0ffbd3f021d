//! Which endpoints a server has, and what is known of a request once its path is.

use crate::endpoint::Endpoint;
use crate::policy::{Matched, Policy};
use crate::words::Words;
use actix_web::http::Method;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use utoipa::openapi::OpenApi as Document;

/// The endpoints of one kind of client, with the words that these clients know.
pub struct Surface {
    /// Its endpoints. They are tried one after the other, so what is asked most comes first.
    pub endpoints: Vec<Endpoint>,
    /// How it tells refusals.
    pub words: Words,
    /// The description of its operations.
    pub documents: Vec<Document>,
}

impl fmt::Debug for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surface").field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}

/// What holds for every operation of a server, by the template of its path.
#[derive(Debug, Clone)]
pub(crate) struct Routes {
    matched: Arc<HashMap<String, Vec<(Method, Matched)>>>,
    /// What holds for a path that leads nowhere.
    unmatched: Words,
}

impl Routes {
    /// Collects what the surfaces state; the words of the last one are those of paths that lead nowhere.
    pub(crate) fn of(surfaces: &[Surface]) -> Self {
        let mut matched = HashMap::<String, Vec<(Method, Matched)>>::new();
        for surface in surfaces {
            for endpoint in &surface.endpoints {
                let operations = matched.entry(endpoint.path().to_owned()).or_default();
                let known = |(method, policy): &(Method, Policy)| {
                    (method.clone(), Matched { policy: Some(*policy), words: surface.words })
                };
                operations.extend(endpoint.operations().iter().map(known));
            }
        }
        let unmatched = surfaces.last().map_or(Words::NONE, |surface| surface.words);
        Self { matched: Arc::new(matched), unmatched }
    }

    /// What holds for a request, by the template of its path and its method; `HEAD` goes the way of `GET`.
    pub(crate) fn find(&self, route: Option<&str>, method: &Method) -> Matched {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        let Some(operations) = route.and_then(|route| self.matched.get(route)) else {
            return Matched { policy: None, words: self.unmatched };
        };
        let other = || Matched { policy: None, words: operations.first().map_or(self.unmatched, |(_, it)| it.words) };
        operations.iter().find(|(known, _)| known == method).map_or_else(other, |(_, matched)| *matched)
    }
}
