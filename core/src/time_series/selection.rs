//! Which rows match the filters of a query.

use super::columns::Columns;
use super::query::{DimensionFilter, Query};
use crate::workspace::{Release, Workspace};

/// The matching rows, in the order of the series.
pub(super) enum Selection {
    /// Every row of so many.
    All(usize),
    /// These.
    Rows(Vec<u32>),
}

impl Selection {
    /// Applies the filters of `query`.
    pub(super) fn of(columns: &Columns<'_>, query: &Query, workspace: &mut Workspace) -> Self {
        let query = query.parts();
        if query.from.is_none() && query.to.is_none() && query.filters.is_empty() {
            return Self::All(columns.rows());
        }
        let mut matches = match_times(columns.time(), query.from, query.to);
        for filter in &query.filters {
            let codes = columns.dims()[filter.dim as usize];
            let listed = CodeSet::of(filter);
            for (matched, code) in matches.iter_mut().zip(codes) {
                *matched &= listed.contains(*code);
            }
        }
        Self::Rows(rows_where(&matches, workspace.integers.take_dirty(matches.len())))
    }

    /// Number of matching rows.
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::All(rows) => *rows,
            Self::Rows(rows) => rows.len(),
        }
    }

    /// Calls `visit` with the entry of each matching row of `column`, in order, together with that row's item of `items`.
    pub(super) fn zip_each<T: Copy, I>(
        &self,
        column: &[T],
        items: &mut [I],
        mut visit: impl FnMut(&mut I, T),
    ) {
        match self {
            Self::All(_) => items
                .iter_mut()
                .zip(column)
                .for_each(|(item, entry)| visit(item, *entry)),
            Self::Rows(rows) => {
                items
                    .iter_mut()
                    .zip(rows)
                    .for_each(|(item, row)| visit(item, column[*row as usize]));
            }
        }
    }
}

impl Release for Selection {
    fn release(self, workspace: &mut Workspace) {
        if let Self::Rows(rows) = self {
            workspace.integers.give(rows);
        }
    }
}

/// Whether each time lies in `from` ≤ time < `to`. An open end lets every finite time pass.
fn match_times(times: &[f64], from: Option<f64>, to: Option<f64>) -> Vec<bool> {
    let (from, to) = (from.unwrap_or(f64::NEG_INFINITY), to.unwrap_or(f64::INFINITY));
    times.iter().map(|time| (from..to).contains(time)).collect()
}

/// The indices of the `true` entries, in `rows`, which is as long as `matches`. Each index is written, and kept only if it
/// matched: no branch to mispredict.
fn rows_where(matches: &[bool], mut rows: Vec<u32>) -> Vec<u32> {
    let mut kept = 0;
    for (row, matched) in (0..).zip(matches) {
        rows[kept] = row;
        kept += usize::from(*matched);
    }
    rows.truncate(kept);
    rows
}

/// The codes of a filter, made for asking often.
enum CodeSet {
    /// One bit for each code up to the greatest.
    Bits(Vec<u64>),
    /// Ascending.
    Sorted(Vec<u32>),
}

impl CodeSet {
    /// Codes below this are held as bits (at most 128 KiB, which stays in the cache).
    const BITS: u32 = 1 << 20;

    fn of(filter: &DimensionFilter) -> Self {
        let greatest = filter.codes.iter().copied().max().unwrap_or(0);
        if greatest < Self::BITS {
            let mut words = vec![0_u64; greatest as usize / 64 + 1];
            for code in &filter.codes {
                words[*code as usize / 64] |= 1 << (code % 64);
            }
            Self::Bits(words)
        } else {
            let mut codes = filter.codes.clone();
            codes.sort_unstable();
            Self::Sorted(codes)
        }
    }

    fn contains(&self, code: u32) -> bool {
        match self {
            Self::Bits(words) => words
                .get(code as usize / 64)
                .is_some_and(|word| word >> (code % 64) & 1 == 1),
            Self::Sorted(codes) => codes.binary_search(&code).is_ok(),
        }
    }
}
