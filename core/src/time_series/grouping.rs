//! A group number for every matching row.

use hashbrown::HashMap;

use super::bucket::{self, Numbering};
use super::columns::Columns;
use super::extent::Extent;
use super::query::Query;
use super::selection::Selection;
use crate::workspace::{Release, Workspace};

/// Group numbers, ascending in the order of the output. Numbers below `slots` may be without rows.
pub(super) struct Grouping {
    /// One for each selected row.
    pub(super) ids: Vec<u32>,
    pub(super) slots: usize,
}

impl Grouping {
    /// Numbers the groups of `query`: starts with one group and splits it by one key after the other.
    pub(super) fn of(
        columns: &Columns<'_>,
        extent: &Extent,
        query: &Query,
        selection: &Selection,
        workspace: &mut Workspace,
    ) -> Self {
        let query = query.parts();
        let mut grouping = Self {
            ids: workspace.integers.take_zeroed(selection.len()),
            slots: 1,
        };
        for dim in query.group_by.iter().map(|dim| *dim as usize) {
            let codes = columns.dims()[dim];
            match grouping.multiplier(u64::from(extent.max_code[dim]) + 1) {
                Some(cardinality) => grouping.split_densely(selection, codes, cardinality, |code| code),
                None => grouping.split_sparsely(selection, codes, u64::from),
            }
        }
        if let Some(width) = query.bucket_ms {
            let numbering = Numbering::over(matching_times(extent.time, query.from, query.to), width);
            let dense = numbering.and_then(|buckets| Some((buckets, grouping.multiplier(buckets.count)?)));
            let times = columns.time();
            match dense {
                Some((buckets, count)) => {
                    grouping.split_densely(selection, times, count, |time| buckets.number(time));
                }
                None => grouping.split_sparsely(selection, times, |time| {
                    bucket::ordered(bucket::start(time, width))
                }),
            }
        }
        grouping
    }

    /// `cardinality` where splitting each group into so many leaves few enough numbers: about as many as there are
    /// rows, so that walking over numbers without rows stays cheap.
    fn multiplier(&self, cardinality: u64) -> Option<u32> {
        let limit = (4096 + 2 * self.ids.len() as u64).min(u64::from(u32::MAX));
        let slots = (self.slots as u64).checked_mul(cardinality)?;
        if slots <= limit {
            u32::try_from(cardinality).ok()
        } else {
            None
        }
    }

    /// Splits every group by a key below `cardinality`.
    fn split_densely<T: Copy>(
        &mut self,
        selection: &Selection,
        column: &[T],
        cardinality: u32,
        key: impl Fn(T) -> u32,
    ) {
        selection.zip_each(column, &mut self.ids, |id, entry| {
            *id = *id * cardinality + key(entry);
        });
        self.slots *= cardinality as usize;
    }

    /// Splits every group by any key: numbers the pairs of group and key that occur, then renumbers them in order.
    fn split_sparsely<T: Copy>(&mut self, selection: &Selection, column: &[T], key: impl Fn(T) -> u64) {
        let mut numbers: HashMap<(u32, u64), u32> = HashMap::new();
        let mut next = 0;
        selection.zip_each(column, &mut self.ids, |id, entry| {
            *id = *numbers.entry((*id, key(entry))).or_insert_with(|| {
                next += 1;
                next - 1
            });
        });
        let mut pairs: Vec<_> = numbers.into_iter().collect();
        pairs.sort_unstable();
        let mut ranks = vec![0; pairs.len()];
        for (rank, (_, number)) in (0..).zip(&pairs) {
            ranks[*number as usize] = rank;
        }
        for id in &mut self.ids {
            *id = ranks[*id as usize];
        }
        self.slots = pairs.len();
    }
}

impl Release for Grouping {
    fn release(self, workspace: &mut Workspace) {
        workspace.integers.give(self.ids);
    }
}

/// The part of the range of times in which rows can match.
fn matching_times((first, last): (f64, f64), from: Option<f64>, to: Option<f64>) -> (f64, f64) {
    (
        from.map_or(first, |from| first.max(from)),
        to.map_or(last, |to| last.min(to)),
    )
}
