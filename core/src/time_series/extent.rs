//! How far the codes and the times of a series reach: what decides whether groups can be numbered without hashing.

use super::columns::{Columns, DIMENSIONS};
use super::query::Query;

/// The greatest code of each dimension and the range of the times. What was not asked for is zero.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    pub(super) max_code: [u32; DIMENSIONS],
    /// First and last time, in milliseconds.
    pub(super) time: (f64, f64),
}

impl Extent {
    /// Looks at all columns.
    pub(super) fn of(columns: &Columns<'_>) -> Self {
        Self {
            max_code: columns.dims().map(max_code),
            time: time_range(columns.time()),
        }
    }

    /// Looks only at the columns that `query` groups by.
    pub(super) fn needed_by(query: &Query, columns: &Columns<'_>) -> Self {
        let query = query.parts();
        let mut extent = Self::default();
        for dim in query.group_by.iter().map(|dim| *dim as usize) {
            extent.max_code[dim] = max_code(columns.dims()[dim]);
        }
        if query.bucket_ms.is_some() {
            extent.time = time_range(columns.time());
        }
        extent
    }
}

fn max_code(codes: &[u32]) -> u32 {
    codes.iter().copied().max().unwrap_or(0)
}

/// Zero to zero for no times at all.
fn time_range(times: &[f64]) -> (f64, f64) {
    let Some(&first) = times.first() else {
        return (0.0, 0.0);
    };
    let mut least = [first; 8];
    let mut greatest = [first; 8];
    let (chunks, rest) = times.as_chunks::<8>();
    for chunk in chunks {
        for lane in 0..8 {
            least[lane] = if chunk[lane] < least[lane] {
                chunk[lane]
            } else {
                least[lane]
            };
            greatest[lane] = if chunk[lane] > greatest[lane] {
                chunk[lane]
            } else {
                greatest[lane]
            };
        }
    }
    (
        least.iter().chain(rest).copied().fold(first, f64::min),
        greatest.iter().chain(rest).copied().fold(first, f64::max),
    )
}
