//! Sums as clients read them.

use http::query;
use ledger::{Group, Grouping, Summary, Totals};
use serde::Serialize;
use utoipa::ToSchema;

/// What the entries of a period come to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SummaryView {
    /// By what they were added up.
    #[schema(example = "category")]
    group_by: &'static str,
    #[serde(flatten)]
    totals: TotalsView,
    /// Group by group.
    groups: Vec<GroupView>,
}

/// What comes in and goes out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TotalsView {
    /// All incomes, with exactly two decimals.
    #[schema(pattern = r"^\d+\.\d{2}$", example = "2500.00")]
    income: String,
    /// All expenses, with exactly two decimals.
    #[schema(pattern = r"^\d+\.\d{2}$", example = "12.50")]
    expense: String,
    /// Incomes less expenses.
    #[schema(pattern = r"^-?\d+\.\d{2}$", example = "2487.50")]
    balance: String,
}

/// What the entries of one group come to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupView {
    /// The category's or subcategory's identifier, or `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; null for entries without a
    /// subcategory.
    #[schema(example = "3d1c6b3e-5a34-4a51-9a3c-6f0e8d7c5b4a")]
    key: Option<String>,
    /// What the category or subcategory is called; null for times.
    #[schema(example = "Food")]
    name: Option<String>,
    /// The colour that clients draw it in; null for times.
    #[schema(example = "#a0b1c2")]
    #[serde(rename = "hexColor")]
    hex_color: Option<String>,
    #[serde(flatten)]
    totals: TotalsView,
}

impl From<&Summary> for SummaryView {
    fn from(summary: &Summary) -> Self {
        Self {
            group_by: summary.grouping.as_str(),
            totals: summary.totals.into(),
            groups: summary.groups.iter().map(|(group, totals)| GroupView::new(group, *totals)).collect(),
        }
    }
}

impl From<Totals> for TotalsView {
    fn from(totals: Totals) -> Self {
        Self {
            income: totals.income.to_string(),
            expense: totals.expense.to_string(),
            balance: totals.balance().to_string(),
        }
    }
}

impl GroupView {
    fn new(group: &Group, totals: Totals) -> Self {
        let (key, called) = match group {
            Group::Time(time) => (Some(time.clone()), None),
            Group::Category { name, hex_color, id } => (Some(id.to_string()), Some((name, hex_color))),
            Group::Subcategory { name, hex_color, id } => (Some(id.to_string()), Some((name, hex_color))),
            Group::NoSubcategory => (None, None),
        };
        let (name, hex_color) = called.map(|(name, hex_color)| (name.clone(), hex_color.clone())).unzip();
        Self { key, name, hex_color, totals: totals.into() }
    }
}

query! {
    /// By what to add up.
    pub(crate) GroupQuery = Grouping::fields();
}
