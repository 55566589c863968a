//! The statistics that need no sorting, gathered row by row: each group has an accumulator, and no value is moved.
//!
//! Two passes, the second of which corrects the first (Chan, Golub and others, "Algorithms for Computing the
//! Sample Variance", The American Statistician 37, 1983): with m the mean as the first pass found it, the sum is
//! n·m + Σ(x − m), and the squares are those of the distances from m, less (Σ(x − m))²/n.

use super::columns::{Columns, VALUES};
use super::grouping::Grouping;
use super::partition::Group;
use super::selection::Selection;
use super::summary::Summary;
use crate::isa::for_each_isa;
use crate::simd::Pair;
use crate::workspace::{Line, Workspace};

/// With fewer groups than this most rows would wait for the row before them, whose accumulator they share; there, moving
/// the values side by side is faster.
pub(super) const FEWEST_GROUPS: usize = 16;

/// The first pass's accumulator: pairs of sums, minima, maxima; the count, and a number that does not matter.
const EMPTY: Line = {
    let (least, greatest) = (f64::INFINITY, f64::NEG_INFINITY);
    Line([0.0, 0.0, least, least, greatest, greatest, 0.0, 0.0])
};

/// The groups that have rows, in order, and the summaries of their values.
pub(super) fn summarise(
    columns: &Columns<'_>,
    selection: &Selection,
    grouping: &Grouping,
    workspace: &mut Workspace,
) -> (Vec<Group>, [Vec<Summary>; VALUES]) {
    let isa = workspace.isa;
    let (values, ids) = (columns.values(), grouping.ids.as_slice());
    let mut last_rows = workspace.integers.take_dirty(grouping.slots);
    let mut firsts = workspace.lines.take();
    firsts.resize(grouping.slots, EMPTY);
    match selection {
        Selection::All(_) => accumulate(isa, values, ids, &mut last_rows, &mut firsts),
        Selection::Rows(rows) => accumulate_rows(isa, values, rows, ids, &mut last_rows, &mut firsts),
    }

    // Pairs of means, sums of distances and sums of their squares.
    let mut seconds = workspace.lines.take();
    seconds.extend(firsts.iter().map(|&Line([sum0, sum1, .., count, _])| {
        Line([sum0 / count, sum1 / count, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    }));
    match selection {
        Selection::All(_) => deviate(isa, values, ids, &mut seconds),
        Selection::Rows(rows) => deviate_rows(isa, values, rows, ids, &mut seconds),
    }

    let filled = || {
        let slots = firsts.iter().zip(&seconds).zip(&last_rows);
        slots.filter(|((Line([.., count, _]), _), _)| *count > 0.0)
    };
    let groups = filled()
        .map(|((Line([.., count, _]), _), &row)| Group::known(*count, row))
        .collect();
    let summaries = [0, 1].map(|lane| {
        filled()
            .map(|((first, second), _)| summary(first, second, lane))
            .collect()
    });
    workspace.lines.give(seconds);
    workspace.lines.give(firsts);
    workspace.integers.give(last_rows);
    (groups, summaries)
}

for_each_isa! {
    /// The first pass over all rows.
    fn accumulate(values: [&[f64]; VALUES], ids: &[u32], last_rows: &mut [u32], firsts: &mut [Line]) {
        let [v0, v1] = values.map(|column| &column[..ids.len()]);
        for (at, (row, id)) in (0..).zip(ids).enumerate() {
            last_rows[*id as usize] = row;
            add(&mut firsts[*id as usize], [v0[at], v1[at]]);
        }
    }
}

for_each_isa! {
    /// The first pass over some rows.
    fn accumulate_rows(
        values: [&[f64]; VALUES],
        rows: &[u32],
        ids: &[u32],
        last_rows: &mut [u32],
        firsts: &mut [Line],
    ) {
        for (row, id) in rows.iter().zip(ids) {
            last_rows[*id as usize] = *row;
            add(&mut firsts[*id as usize], values.map(|column| column[*row as usize]));
        }
    }
}

for_each_isa! {
    /// The second pass over all rows.
    fn deviate(values: [&[f64]; VALUES], ids: &[u32], seconds: &mut [Line]) {
        let [v0, v1] = values.map(|column| &column[..ids.len()]);
        for (at, id) in ids.iter().enumerate() {
            measure(&mut seconds[*id as usize], [v0[at], v1[at]]);
        }
    }
}

for_each_isa! {
    /// The second pass over some rows.
    fn deviate_rows(values: [&[f64]; VALUES], rows: &[u32], ids: &[u32], seconds: &mut [Line]) {
        for (row, id) in rows.iter().zip(ids) {
            measure(&mut seconds[*id as usize], values.map(|column| column[*row as usize]));
        }
    }
}

#[inline(always)]
fn add(first: &mut Line, values: [f64; VALUES]) {
    let [sums, least, greatest, counts] = first.pairs();
    let values = Pair::from(values);
    first.set_pairs([
        sums + values,
        values.lesser(least),
        values.greater(greatest),
        counts + Pair::from([1.0, 0.0]),
    ]);
}

#[inline(always)]
fn measure(second: &mut Line, values: [f64; VALUES]) {
    let [means, distances, squares, rest] = second.pairs();
    let distance = Pair::from(values) - means;
    second.set_pairs([means, distances + distance, squares + distance * distance, rest]);
}

fn summary(Line(first): &Line, Line(second): &Line, lane: usize) -> Summary {
    let (count, mean) = (first[3 * VALUES], second[lane]);
    let (distance, squares) = (second[VALUES + lane], second[2 * VALUES + lane]);
    let sum = count * mean + distance;
    let variance = (squares - distance * distance / count) / count;
    Summary {
        sum,
        min: first[VALUES + lane],
        max: first[2 * VALUES + lane],
        mean: sum / count,
        std: variance.max(0.0).sqrt(),
    }
}
