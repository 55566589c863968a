//! The answer to a query.

use bytemuck::NoUninit;

use super::bucket;
use super::columns::{Columns, VALUES};
use super::partition::Group;
use super::query::Query;
use super::summary::{Summary, percentiles};

/// One row per group, as columns; sorted by the codes of the query's `groupBy` dimensions, then by bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The start of each group's time bucket in milliseconds, if the query has buckets.
    pub bucket: Option<Vec<f64>>,
    /// The statistics of v0 and v1.
    pub values: [ValueStatistics; VALUES],
    /// Number of matching rows in each group; at least one.
    pub count: Vec<u32>,
    /// The codes of the query's `groupBy` dimensions, in their order: a column for each.
    pub codes: Vec<Vec<u32>>,
}

/// The statistics of one value column, one entry per group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueStatistics {
    /// Sum.
    pub sum: Vec<f64>,
    /// Least value.
    pub min: Vec<f64>,
    /// Greatest value.
    pub max: Vec<f64>,
    /// Sum divided by count.
    pub mean: Vec<f64>,
    /// Standard deviation of the population.
    pub std: Vec<f64>,
    /// The nearest-rank percentiles 50, 95 and 99, if the query asks for them.
    pub percentiles: Option<[Vec<f64>; 3]>,
}

impl Table {
    /// Number of groups.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.count.len()
    }

    /// Appends the table in the form of the specification.
    pub fn write_to(&self, output: &mut Vec<u8>) {
        output.extend_from_slice(b"XOTR");
        put(output, &[1, small(self.groups()), self.flags()], u32::to_le_bytes);
        let doubles = self
            .bucket
            .iter()
            .chain(self.values.iter().flat_map(ValueStatistics::columns));
        for column in doubles {
            put(output, column, f64::to_le_bytes);
        }
        for column in std::iter::once(&self.count).chain(&self.codes) {
            put(output, column, u32::to_le_bytes);
        }
    }

    /// Bit 0: buckets, bit 1: percentiles, bits 8 and 9: number of `groupBy` dimensions.
    fn flags(&self) -> u32 {
        let with_percentiles = self.values.iter().all(|value| value.percentiles.is_some());
        u32::from(self.bucket.is_some()) | u32::from(with_percentiles) << 1 | small(self.codes.len()) << 8
    }

    /// The table of `groups`, whose statistics are known.
    pub(super) fn new(
        columns: &Columns<'_>,
        query: &Query,
        groups: &[Group],
        values: [ValueStatistics; VALUES],
    ) -> Self {
        let query = query.parts();
        Self {
            bucket: query.bucket_ms.map(|width| {
                groups
                    .iter()
                    .map(|group| bucket::start(columns.time()[group.row as usize], width))
                    .collect()
            }),
            values,
            count: groups.iter().map(|group| group.count).collect(),
            codes: query
                .group_by
                .iter()
                .map(|dim| columns.dims()[*dim as usize])
                .map(|codes| groups.iter().map(|group| codes[group.row as usize]).collect())
                .collect(),
        }
    }
}

impl ValueStatistics {
    /// Computes the statistics of each group. The order of the values inside a group is lost.
    pub(super) fn of(groups: &[Group], values: &mut [f64], with_percentiles: bool) -> Self {
        let empty = || Vec::with_capacity(groups.len());
        let mut statistics = Self {
            sum: empty(),
            min: empty(),
            max: empty(),
            mean: empty(),
            std: empty(),
            percentiles: with_percentiles.then(|| [empty(), empty(), empty()]),
        };
        for group in groups {
            let values = &mut values[group.range()];
            let summary = Summary::of(values);
            statistics.sum.push(summary.sum);
            statistics.min.push(summary.min);
            statistics.max.push(summary.max);
            statistics.mean.push(summary.mean);
            statistics.std.push(summary.std);
            if let Some(columns) = &mut statistics.percentiles {
                for (column, value) in columns.iter_mut().zip(percentiles(values)) {
                    column.push(value);
                }
            }
        }
        statistics
    }

    /// Statistics that are known.
    pub(super) fn without_percentiles(summaries: &[Summary]) -> Self {
        let column = |member: fn(&Summary) -> f64| summaries.iter().map(member).collect();
        Self {
            sum: column(|summary| summary.sum),
            min: column(|summary| summary.min),
            max: column(|summary| summary.max),
            mean: column(|summary| summary.mean),
            std: column(|summary| summary.std),
            percentiles: None,
        }
    }

    /// In the order in which they are written.
    fn columns(&self) -> impl Iterator<Item = &Vec<f64>> {
        [&self.sum, &self.min, &self.max, &self.mean, &self.std]
            .into_iter()
            .chain(self.percentiles.iter().flatten())
    }
}

/// A number of groups or of dimensions, which the number of rows limits to `u32`.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends numbers in little-endian form.
fn put<const N: usize, T: NoUninit>(output: &mut Vec<u8>, numbers: &[T], to_le_bytes: fn(T) -> [u8; N]) {
    if cfg!(target_endian = "little") {
        output.extend_from_slice(bytemuck::cast_slice(numbers));
    } else {
        output.extend(numbers.iter().flat_map(|number| to_le_bytes(*number)));
    }
}
