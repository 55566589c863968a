//! The `time-series` workload against a naive model, through the same entries that the carriers use.

use std::collections::BTreeMap;

use crossover_core::time_series::{
    Columns, DimensionFilter, Frame, Loaded, Query, QueryParts, Table, aggregate,
};
use crossover_core::{ErrorCode, Workspace};
use proptest::prelude::*;

/// One row: time, two values, three codes.
type Row = (f64, [f64; 2], [u32; 3]);

/// Columns that own their numbers.
struct Series {
    time: Vec<f64>,
    values: [Vec<f64>; 2],
    dims: [Vec<u32>; 3],
}

impl Series {
    fn of(rows: &[Row]) -> Self {
        Self {
            time: rows.iter().map(|row| row.0).collect(),
            values: [0, 1].map(|index| rows.iter().map(|row| row.1[index]).collect()),
            dims: [0, 1, 2].map(|index| rows.iter().map(|row| row.2[index]).collect()),
        }
    }

    fn columns(&self) -> Columns<'_> {
        let [v0, v1] = &self.values;
        let [d0, d1, d2] = &self.dims;
        Columns::new(&self.time, [v0, v1], [d0, d1, d2]).expect("equal lengths")
    }

    fn frame(&self) -> Vec<u8> {
        let mut bytes = b"XOTS\x01\0\0\0".to_vec();
        for _ in 0..6 {
            bytes.extend((self.time.len() as u64).to_le_bytes());
        }
        bytes.extend([0; 8]);
        for column in std::iter::once(&self.time).chain(&self.values) {
            bytes.extend(column.iter().flat_map(|value| value.to_le_bytes()));
        }
        bytes.extend(self.dims.iter().flatten().flat_map(|code| code.to_le_bytes()));
        bytes
    }
}

/// A group's key: codes, then the bucket as a whole number of widths.
type Key = (Vec<u32>, i64);

/// The specification as slow code. Buckets are compared by number, so times and widths must be whole and small.
fn model(rows: &[Row], query: &QueryParts) -> BTreeMap<Key, Vec<[f64; 2]>> {
    let mut groups: BTreeMap<Key, Vec<[f64; 2]>> = BTreeMap::new();
    for (time, values, codes) in rows {
        let passes = |filter: &DimensionFilter| filter.codes.contains(&codes[filter.dim as usize]);
        let in_time = query.from.is_none_or(|from| *time >= from) && query.to.is_none_or(|to| *time < to);
        if in_time && query.filters.iter().all(passes) {
            let codes = query.group_by.iter().map(|dim| codes[*dim as usize]).collect();
            #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
            let bucket = query
                .bucket_ms
                .map_or(0, |width| (*time as i64).div_euclid(width as i64));
            groups.entry((codes, bucket)).or_default().push(*values);
        }
    }
    groups
}

fn assert_agrees(table: &Table, groups: &BTreeMap<Key, Vec<[f64; 2]>>, query: &QueryParts) {
    assert_eq!(table.groups(), groups.len());
    assert_eq!(table.codes.len(), query.group_by.len());
    assert_eq!(table.bucket.is_some(), query.bucket_ms.is_some());
    for (group, ((codes, bucket), rows)) in groups.iter().enumerate() {
        let found: Vec<u32> = table.codes.iter().map(|column| column[group]).collect();
        assert_eq!(&found, codes);
        assert_eq!(table.count[group] as usize, rows.len());
        if let (Some(starts), Some(width)) = (&table.bucket, query.bucket_ms) {
            #[expect(clippy::cast_precision_loss, reason = "whole and small")]
            let start = *bucket as f64 * width;
            assert_close(starts[group], start, 0.0);
        }
        for (index, statistics) in table.values.iter().enumerate() {
            let mut values: Vec<f64> = rows.iter().map(|row| row[index]).collect();
            values.sort_by(f64::total_cmp);
            let size = values.iter().fold(0.0, |size: f64, value| size.max(value.abs()));
            #[expect(clippy::cast_precision_loss, reason = "a few hundred rows")]
            let count = values.len() as f64;
            let sum: f64 = values.iter().sum();
            let mean = sum / count;
            let std = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
            assert_close(statistics.sum[group], sum, 1e-12 * size * count);
            assert_close(statistics.mean[group], mean, 1e-12 * size);
            assert_close(statistics.std[group], std, 1e-9 * size);
            assert_close(statistics.min[group], values[0], 0.0);
            assert_close(statistics.max[group], values[values.len() - 1], 0.0);
            assert_eq!(statistics.percentiles.is_some(), query.percentiles);
            for (column, percent) in statistics.percentiles.iter().flatten().zip([50, 95, 99]) {
                assert_close(
                    column[group],
                    values[(values.len() * percent).div_ceil(100) - 1],
                    0.0,
                );
            }
        }
    }
}

fn assert_close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not within {tolerance} of {expected}"
    );
}

/// Few codes, so that groups have several rows, and some that only hashing can number.
fn any_code() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0..4_u32, 1 => Just(u32::MAX), 1 => any::<u32>()]
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let time = (-1000..1000_i32).prop_map(f64::from);
    let value = prop_oneof![(-9..9_i32).prop_map(f64::from), -1e6..1e6_f64, Just(1e9 + 0.25)];
    let row = (time, [value.clone(), value], [any_code(), any_code(), any_code()]);
    prop::collection::vec(row, 0..400)
}

fn any_query() -> impl Strategy<Value = QueryParts> {
    let time = || prop::option::of((-1000..1000_i32).prop_map(f64::from));
    let filter = (0..3_u32, prop::collection::vec(any_code(), 0..6))
        .prop_map(|(dim, codes)| DimensionFilter { dim, codes });
    let dims = Just(vec![0, 1, 2])
        .prop_shuffle()
        .prop_flat_map(|dims| (0..=3_usize).prop_map(move |n| dims[..n].to_vec()));
    let width = prop::option::of(prop::sample::select(vec![1.0, 7.0, 250.0, 5000.0]));
    (
        time(),
        time(),
        prop::collection::vec(filter, 0..3),
        dims,
        width,
        any::<bool>(),
    )
        .prop_map(
            |(from, to, filters, group_by, bucket_ms, percentiles)| QueryParts {
                from,
                to,
                filters,
                group_by,
                bucket_ms,
                percentiles,
            },
        )
}

proptest! {
    #[test]
    fn every_query_agrees_with_the_model(rows in any_rows(), parts in any_query()) {
        let series = Series::of(&rows);
        let query = Query::new(parts.clone()).expect("a good query");
        // The memory of other calls, and of more rows, must not show.
        let mut workspace = Workspace::new();
        for percentiles in [true, false] {
            let other = Query::new(QueryParts { percentiles, ..QueryParts::default() }).expect("a good query");
            aggregate(&Series::of(&rows.repeat(2)).columns(), &other, &mut workspace).expect("finite columns");
        }
        let table = aggregate(&series.columns(), &query, &mut workspace).expect("finite columns");
        assert_agrees(&table, &model(&rows, &parts), &parts);
        prop_assert_eq!(Loaded::new(&series.columns()).expect("finite columns").aggregate(&query, &mut workspace), table);
    }

    #[test]
    fn a_frame_at_any_address_gives_its_columns(rows in any_rows(), shift in 0..9_usize) {
        let series = Series::of(&rows);
        let mut bytes = vec![0; shift];
        bytes.extend(series.frame());
        let frame = Frame::parse(&bytes[shift..]).expect("a frame");
        let columns = frame.columns();
        prop_assert_eq!(columns.time(), &series.time);
        prop_assert_eq!(columns.values(), [&series.values[0][..], &series.values[1]]);
        prop_assert_eq!(columns.dims(), [&series.dims[0][..], &series.dims[1], &series.dims[2]]);
    }

    #[test]
    fn no_numbers_make_it_panic(
        rows in prop::collection::vec((any::<f64>(), any::<[f64; 2]>(), any::<[u32; 3]>()), 0..50),
        from in any::<f64>(),
        to in any::<f64>(),
        bucket_ms in any::<f64>(),
        group_by in prop::collection::vec(0..4_u32, 0..4),
    ) {
        let series = Series::of(&rows);
        let parts = QueryParts { from: Some(from), to: Some(to), bucket_ms: Some(bucket_ms), group_by, ..QueryParts::default() };
        for limits in [(Some(from), Some(to)), (None, None)] {
            let parts = QueryParts { from: limits.0, to: limits.1, ..parts.clone() };
            if let Ok(query) = Query::new(parts)
                && let Ok(table) = aggregate(&series.columns(), &query, &mut Workspace::new())
            {
                prop_assert!(table.count.iter().map(|count| *count as usize).sum::<usize>() <= rows.len());
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), length in 0..4_u8) {
        prop_assert!(Frame::parse(&bytes).is_err());
        let mut bytes = bytes;
        let mut header = Series::of(&[]).frame();
        (8..56).step_by(8).for_each(|offset| header[offset] = length);
        bytes.splice(0..0, header);
        let fits = bytes.len() == 64 + 36 * usize::from(length);
        prop_assert_eq!(Frame::parse(&bytes).is_ok(), fits);
    }
}

#[test]
fn a_typed_query_and_its_json_are_refused_with_the_same_words() {
    let parts = QueryParts::default;
    let filters = |dim| vec![DimensionFilter { dim, codes: vec![1] }];
    for (json, typed) in [
        (
            "{\"from\":1e999}",
            QueryParts {
                from: Some(f64::INFINITY),
                ..parts()
            },
        ),
        (
            "{\"to\":\"NaN\"}",
            QueryParts {
                to: Some(f64::NAN),
                ..parts()
            },
        ),
        (
            "{\"where\":[{\"dim\":3,\"in\":[1]}]}",
            QueryParts {
                filters: filters(3),
                ..parts()
            },
        ),
        (
            "{\"groupBy\":[1,1]}",
            QueryParts {
                group_by: vec![1, 1],
                ..parts()
            },
        ),
        (
            "{\"groupBy\":[3]}",
            QueryParts {
                group_by: vec![3],
                ..parts()
            },
        ),
        (
            "{\"bucketMs\":0}",
            QueryParts {
                bucket_ms: Some(0.0),
                ..parts()
            },
        ),
        (
            "{\"bucketMs\":-1}",
            QueryParts {
                bucket_ms: Some(-1.0),
                ..parts()
            },
        ),
    ] {
        let expected = Query::from_json(json.as_bytes()).expect_err("bad options");
        assert_eq!(Query::new(typed).expect_err("bad parts"), expected);
        assert_eq!(expected.code(), ErrorCode::InvalidOptions);
    }
}

#[test]
fn a_typed_query_and_its_json_are_the_same() {
    assert_eq!(Query::from_json(b""), Query::new(QueryParts::default()));
    let json = br#"{"from":-0.5,"to":1e3,"where":[{"dim":2,"in":[4294967295,1.0,-0.0]}],"groupBy":[2,0],"bucketMs":0.1,"percentiles":false}"#;
    let typed = QueryParts {
        from: Some(-0.5),
        to: Some(1000.0),
        filters: vec![DimensionFilter {
            dim: 2,
            codes: vec![u32::MAX, 1, 0],
        }],
        group_by: vec![2, 0],
        bucket_ms: Some(0.1),
        percentiles: false,
    };
    assert_eq!(Query::from_json(json), Query::new(typed));
}

#[test]
fn the_bytes_of_a_table_are_those_of_the_specification() {
    let series = Series::of(&[(15.0, [2.0, -1.0], [7, 8, 9]), (12.0, [4.0, -1.0], [7, 8, 9])]);
    let query = Query::from_json(br#"{"groupBy":[2,0],"bucketMs":10}"#).expect("a good query");
    let mut bytes = b"before".to_vec();
    aggregate(&series.columns(), &query, &mut Workspace::new())
        .expect("finite columns")
        .write_to(&mut bytes);
    let mut expected = b"beforeXOTR".to_vec();
    expected.extend([1_u32, 1, 0x203].iter().flat_map(|number| number.to_le_bytes()));
    let v0 = [6.0, 2.0, 4.0, 3.0, 1.0, 2.0, 4.0, 4.0];
    let v1 = [-2.0, -1.0, -1.0, -1.0, 0.0, -1.0, -1.0, -1.0];
    expected.extend(
        [10.0_f64]
            .iter()
            .chain(&v0)
            .chain(&v1)
            .flat_map(|number| number.to_le_bytes()),
    );
    expected.extend([2_u32, 9, 7].iter().flat_map(|number| number.to_le_bytes()));
    assert_eq!(bytes, expected);
}
