//! Lists in pages that are counted from one: `count`, `next`, `previous`, `results`.

use crate::problem::Problem;
use actix_web::http::StatusCode;
use kernel::{Form, NumberedPage, PageNumber, Raw};
use serde::Serialize;

/// A page as clients read it. The addresses of its neighbours are absolute, and keep the other parameters of the request.
#[derive(Debug, Serialize)]
pub struct NumberedView<View> {
    /// How many rows the whole list has.
    count: u64,
    /// The address of the next page.
    next: Option<String>,
    /// The address of the page before.
    previous: Option<String>,
    /// The rows.
    results: Vec<View>,
}

impl<View> NumberedView<View> {
    /// A page of the list at `base` and `path`, of which it was asked with this query.
    pub fn new<Row>(
        base: &str,
        path: &str,
        query: &str,
        page: &NumberedPage<Row>,
        view: impl Fn(&Row) -> View,
    ) -> Self {
        let address = |number| address(base, path, query, number);
        Self {
            count: page.count,
            next: page.next().map(address),
            previous: page.previous().map(address),
            results: page.rows.iter().map(view).collect(),
        }
    }
}

/// Which page a query asks for: the first one when it does not say.
///
/// # Errors
/// 404 for what no page can be called.
pub fn wanted_page(query: &Form) -> Result<PageNumber, Problem> {
    match query.get("page").map(Raw::as_text) {
        None | Some(Ok("")) => Ok(PageNumber::FIRST),
        Some(Ok(text)) => PageNumber::parse(text.trim()).ok_or_else(no_such_page),
        Some(Err(_)) => Err(no_such_page()),
    }
}

/// The refusal of a page that the list does not have.
pub fn no_such_page() -> Problem {
    Problem::refusal(StatusCode::NOT_FOUND, "api.no_such_page", "Invalid page.")
}

/// The address of a page: the first one has no number in it.
fn address(base: &str, path: &str, query: &str, number: u64) -> String {
    // What cannot be read was refused when the request came in.
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let number = number.to_string();
    let kept = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| *name != "page");
    let own = Some(("page", number.as_str())).filter(|(_, number)| *number != "1");
    let query = serde_urlencoded::to_string(kept.chain(own).collect::<Vec<_>>()).unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{path}{mark}{query}", base.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn page(number: u64, last: u64) -> NumberedPage<u32> {
        NumberedPage { count: 25, number, last, rows: vec![7] }
    }

    #[test]
    fn a_page_names_its_neighbours_with_the_other_parameters() {
        let view = NumberedView::new("https://ease.example/", "/api/x/", "page=2&status=A+B", &page(2, 3), |row| *row);
        assert_eq!(
            serde_json::to_value(view).unwrap(),
            json!({
                "count": 25,
                "next": "https://ease.example/api/x/?status=A+B&page=3",
                "previous": "https://ease.example/api/x/?status=A+B",
                "results": [7],
            })
        );
    }

    #[test]
    fn the_ends_of_a_list_have_no_neighbour() {
        let view = NumberedView::new("https://ease.example", "/api/x", "", &page(1, 1), |row| *row);
        let written = serde_json::to_value(view).unwrap();
        assert_eq!((&written["next"], &written["previous"]), (&json!(null), &json!(null)));
        let view = NumberedView::new("https://ease.example", "/api/x", "page=last", &page(2, 2), |row| *row);
        assert_eq!(serde_json::to_value(view).unwrap()["previous"], "https://ease.example/api/x");
    }

    #[test]
    fn a_query_asks_for_a_number_or_the_last_page() {
        let asked = |text: &str| wanted_page(&Form::from_iter([("page", Raw::Text(text.to_owned()))]));
        assert_eq!(wanted_page(&Form::default()).unwrap(), PageNumber::FIRST);
        assert_eq!(asked("3").unwrap(), PageNumber::Number(3));
        assert_eq!(asked("last").unwrap(), PageNumber::Last);
        for none in ["0", "abc", "-1", "1.5"] {
            let problem = asked(none).unwrap_err();
            assert_eq!((problem.status(), problem.sentence()), (StatusCode::NOT_FOUND, "Invalid page.".to_owned()));
        }
    }
}
