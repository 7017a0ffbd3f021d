//! Parts of long lists: where one begins, and where the next one does.

/// Where a row stands in a list that is in the order of insertion. Later rows have higher positions, and no row ever moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub i64);

impl Position {
    /// Before the first row.
    pub const START: Self = Self(0);
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// The position after which the part begins. Nothing need stand there any more.
    pub after: Position,
    /// The most rows wanted.
    pub limit: u32,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// After which position the next part begins; `None` when this is the last one.
    pub next: Option<Position>,
}

impl<T> Page<T> {
    /// A list that was asked for as a whole.
    pub fn whole(rows: Vec<T>) -> Self {
        Self { rows, next: None }
    }

    /// Reads a part. One row more than wanted is asked for, which tells whether there is a next part.
    ///
    /// # Errors
    /// What `list` returns.
    pub fn read<E, F>(wanted: PageRequest, list: F) -> Result<Self, E>
    where
        F: FnOnce(PageRequest) -> Result<Vec<(Position, T)>, E>,
    {
        let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
        let mut found = list(PageRequest { limit: wanted.limit.saturating_add(1), ..wanted })?;
        let is_more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().map(|(position, _)| *position).filter(|_| is_more);
        Ok(Self { rows: found.into_iter().map(|(_, row)| row).collect(), next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A part of the list of three rows at the positions 10, 20 and 30.
    fn part(after: i64, limit: u32) -> Page<char> {
        let all = [(Position(10), 'a'), (Position(20), 'b'), (Position(30), 'c')];
        let list = |wanted: PageRequest| {
            let length = usize::try_from(wanted.limit).unwrap();
            Ok::<_, ()>(all.into_iter().filter(|(position, _)| *position > wanted.after).take(length).collect())
        };
        Page::read(PageRequest { after: Position(after), limit }, list).unwrap()
    }

    #[test]
    fn a_part_has_as_many_rows_as_were_wanted_and_says_where_the_next_begins() {
        assert_eq!(part(0, 2), Page { rows: vec!['a', 'b'], next: Some(Position(20)) });
        assert_eq!(part(20, 2), Page { rows: vec!['c'], next: None });
    }

    #[test]
    fn a_part_that_ends_with_the_list_is_the_last() {
        assert_eq!(part(0, 3), Page { rows: vec!['a', 'b', 'c'], next: None });
        assert_eq!(part(10, 2), Page { rows: vec!['b', 'c'], next: None });
        assert_eq!(part(30, 5), Page { rows: Vec::new(), next: None });
    }
}
