//! The values of the matching rows, those of each group side by side.

use std::ops::Range;

use super::columns::{Columns, VALUES};
use super::grouping::Grouping;
use super::selection::Selection;
use crate::workspace::{Release, Workspace};

/// A counting sort of the values by group; groups without rows are gone.
pub(super) struct Partition {
    pub(super) groups: Vec<Group>,
    pub(super) values: [Vec<f64>; VALUES],
}

/// One group: where its values lie, and one of its rows, from which its codes and its bucket can be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    start: u32,
    pub(super) count: u32,
    pub(super) row: u32,
}

impl Group {
    /// Before the first row.
    pub(super) const EMPTY: Self = Self {
        start: 0,
        count: 0,
        row: 0,
    };

    /// One whose values lie nowhere, with a whole number of rows of which `row` is one.
    pub(super) fn known(count: f64, row: u32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of rows"
        )]
        let count = count as u32;
        Self { start: 0, count, row }
    }

    /// Counts a row.
    #[inline(always)]
    pub(super) const fn note(&mut self, row: u32) {
        self.count += 1;
        self.row = row;
    }

    /// Where the group's values lie.
    pub(super) const fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.count as usize
    }
}

impl Partition {
    /// Counts the rows of each group, lays the groups out one after the other, then moves the values.
    pub(super) fn of(
        columns: &Columns<'_>,
        selection: &Selection,
        grouping: &Grouping,
        workspace: &mut Workspace,
    ) -> Self {
        let mut slots = vec![Group::EMPTY; grouping.slots];
        let mut count = |id: u32, row: u32| slots[id as usize].note(row);
        match selection {
            Selection::All(_) => (0..).zip(&grouping.ids).for_each(|(row, id)| count(*id, row)),
            Selection::Rows(rows) => rows
                .iter()
                .zip(&grouping.ids)
                .for_each(|(row, id)| count(*id, *row)),
        }
        let mut next = 0;
        let mut cursors = workspace.integers.take();
        for slot in &mut slots {
            slot.start = next;
            cursors.push(next);
            next += slot.count;
        }
        let rows = grouping.ids.len();
        let mut values = [
            workspace.doubles.take_dirty(rows),
            workspace.doubles.take_dirty(rows),
        ];
        scatter(columns, selection, &grouping.ids, &mut cursors, &mut values);
        workspace.integers.give(cursors);
        slots.retain(|slot| slot.count > 0);
        Self {
            groups: slots,
            values,
        }
    }
}

impl Release for Partition {
    fn release(self, workspace: &mut Workspace) {
        let [v0, v1] = self.values;
        workspace.doubles.give(v1);
        workspace.doubles.give(v0);
    }
}

/// Writes the values of each row to its group's cursor and moves the cursor on.
fn scatter(
    columns: &Columns<'_>,
    selection: &Selection,
    ids: &[u32],
    cursors: &mut [u32],
    [out0, out1]: &mut [Vec<f64>; VALUES],
) {
    let [v0, v1] = columns.values();
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
}
