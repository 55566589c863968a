//! The values of the matching rows, those of each group side by side.

use std::ops::Range;

use super::columns::{Columns, VALUES};
use super::grouping::Grouping;
use super::selection::Selection;

/// A counting sort of the values by group; groups without rows are gone.
pub(super) struct Partition {
    pub(super) groups: Vec<Group>,
    pub(super) values: [Vec<f64>; VALUES],
}

/// One group: where its values lie, and one of its rows, from which its codes and its bucket can be read.
#[derive(Clone, Copy)]
pub(super) struct Group {
    start: u32,
    pub(super) count: u32,
    pub(super) row: u32,
}

impl Group {
    /// Where the group's values lie.
    pub(super) const fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.count as usize
    }
}

impl Partition {
    /// Counts the rows of each group, lays the groups out one after the other, then moves the values.
    pub(super) fn of(columns: &Columns<'_>, selection: &Selection, grouping: &Grouping) -> Self {
        let mut slots = vec![
            Group {
                start: 0,
                count: 0,
                row: 0
            };
            grouping.slots
        ];
        let mut count = |id: u32, row: u32| {
            let slot = &mut slots[id as usize];
            slot.count += 1;
            slot.row = row;
        };
        match selection {
            Selection::All(_) => (0..).zip(&grouping.ids).for_each(|(row, id)| count(*id, row)),
            Selection::Rows(rows) => rows
                .iter()
                .zip(&grouping.ids)
                .for_each(|(row, id)| count(*id, *row)),
        }
        let mut next = 0;
        let mut cursors: Vec<u32> = Vec::with_capacity(slots.len());
        for slot in &mut slots {
            slot.start = next;
            cursors.push(next);
            next += slot.count;
        }
        let values = scatter(columns, selection, &grouping.ids, &mut cursors);
        slots.retain(|slot| slot.count > 0);
        Self {
            groups: slots,
            values,
        }
    }
}

/// Writes the values of each row to its group's cursor and moves the cursor on.
fn scatter(
    columns: &Columns<'_>,
    selection: &Selection,
    ids: &[u32],
    cursors: &mut [u32],
) -> [Vec<f64>; VALUES] {
    let [v0, v1] = columns.values();
    let mut out0 = vec![0.0; ids.len()];
    let mut out1 = vec![0.0; ids.len()];
    let mut put = |id: u32, a: f64, b: f64| {
        let cursor = &mut cursors[id as usize];
        out0[*cursor as usize] = a;
        out1[*cursor as usize] = b;
        *cursor += 1;
    };
    match selection {
        Selection::All(_) => ids
            .iter()
            .zip(v0)
            .zip(v1)
            .for_each(|((id, a), b)| put(*id, *a, *b)),
        Selection::Rows(rows) => {
            ids.iter()
                .zip(rows)
                .for_each(|(id, row)| put(*id, v0[*row as usize], v1[*row as usize]));
        }
    }
    [out0, out1]
}
