//! Pages of lists that are counted from one, for clients that turn them by number.

/// Which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNumber {
    /// That of a number, from one on.
    Number(u64),
    /// The last one.
    Last,
}

impl PageNumber {
    /// The first page.
    pub const FIRST: Self = Self::Number(1);

    /// Reads the number of a page, or `last`; `None` for what no page can be called.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "last" {
            return Some(Self::Last);
        }
        let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse().ok().filter(|number| *number > 0).map(Self::Number)
    }
}

/// Which rows a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How many rows stand before them.
    pub offset: u64,
    /// The most rows.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedPage<T> {
    /// How many rows the whole list has.
    pub count: u64,
    /// The number of this page.
    pub number: u64,
    /// The number of the last page; an empty list has one page.
    pub last: u64,
    /// The rows.
    pub rows: Vec<T>,
}

impl<T> NumberedPage<T> {
    /// Reads a page of `size` rows, at least one, of a list of `count` rows; `None` when the list has no such page. The two
    /// should come from one transaction.
    ///
    /// # Errors
    /// What `rows_in` returns.
    pub fn read<E, F>(wanted: PageNumber, size: u32, count: u64, rows_in: F) -> Result<Option<Self>, E>
    where
        F: FnOnce(Span) -> Result<Vec<T>, E>,
    {
        let limit = size.max(1);
        let last = count.div_ceil(limit.into()).max(1);
        let number = match wanted {
            PageNumber::Number(number) => number,
            PageNumber::Last => last,
        };
        if !(1..=last).contains(&number) {
            return Ok(None);
        }
        let rows = rows_in(Span { offset: (number - 1) * u64::from(limit), limit })?;
        Ok(Some(Self { count, number, last, rows }))
    }

    /// The number of the next page, if there is one.
    pub fn next(&self) -> Option<u64> {
        Some(self.number + 1).filter(|next| *next <= self.last)
    }

    /// The number of the page before, if there is one.
    pub fn previous(&self) -> Option<u64> {
        Some(self.number - 1).filter(|previous| *previous > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(all: &[u32], wanted: PageNumber, size: u32) -> Option<NumberedPage<u32>> {
        let list = |Span { offset, limit }| {
            let rows = all.iter().skip(usize::try_from(offset).unwrap()).take(usize::try_from(limit).unwrap());
            Ok::<_, ()>(rows.copied().collect())
        };
        NumberedPage::read(wanted, size, u64::try_from(all.len()).unwrap(), list).unwrap()
    }

    fn has_page(all: &[u32], number: u64, size: u32) -> bool {
        page(all, PageNumber::Number(number), size).is_some()
    }

    #[test]
    fn a_page_is_called_by_its_number_or_last() {
        for (text, number) in [("1", PageNumber::FIRST), ("007", PageNumber::Number(7)), ("last", PageNumber::Last)] {
            assert_eq!(PageNumber::parse(text), Some(number));
        }
        for text in ["", "0", "-1", "+1", "1.0", "abc", "Last", "99999999999999999999"] {
            assert_eq!(PageNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_list_has_one_page() {
        for wanted in [PageNumber::FIRST, PageNumber::Last] {
            let page = page(&[], wanted, 10).unwrap();
            assert_eq!((page.count, page.number, page.next(), page.previous()), (0, 1, None, None));
        }
        assert_eq!(page(&[], PageNumber::Number(2), 10), None);
    }

    #[test]
    fn no_number_is_too_great_to_be_refused() {
        assert_eq!(page(&[1, 2, 3], PageNumber::Number(u64::MAX), 2), None);
    }

    proptest! {
        #[test]
        fn pages_are_the_chunks_of_the_list(length in 0_u32..40, size in 1_u32..12, number in 0_u64..45) {
            let all: Vec<u32> = (0..length).collect();
            let mut chunks: Vec<&[u32]> = all.chunks(usize::try_from(size).unwrap()).collect();
            if chunks.is_empty() {
                chunks.push(&[]);
            }
            let expected = usize::try_from(number).unwrap().checked_sub(1).and_then(|at| chunks.get(at)).map(|rows| rows.to_vec());
            let found = page(&all, PageNumber::Number(number), size);
            prop_assert_eq!(found.as_ref().map(|page| page.rows.clone()), expected);
            if let Some(page) = found {
                let is_there = |number: u64| has_page(&all, number, size);
                prop_assert_eq!(page.next(), Some(number + 1).filter(|next| is_there(*next)));
                prop_assert_eq!(page.previous(), Some(number - 1).filter(|previous| is_there(*previous)));
            }
            let last = page(&all, PageNumber::Last, size).unwrap();
            prop_assert_eq!((last.rows.as_slice(), last.next()), (*chunks.last().unwrap(), None));
        }
    }
}
