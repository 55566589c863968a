//! The six columns of a series.

use crate::error::{Error, ErrorCode};

/// Number of value columns.
pub const VALUES: usize = 2;
/// Number of dictionary-coded dimensions.
pub const DIMENSIONS: usize = 3;

/// Six borrowed columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    time: &'a [f64],
    values: [&'a [f64]; VALUES],
    dims: [&'a [u32]; DIMENSIONS],
}

impl<'a> Columns<'a> {
    /// Takes columns from a carrier that passes each of them by itself. `time` is in milliseconds.
    ///
    /// # Errors
    /// [`ErrorCode::RaggedColumns`] when the lengths differ; [`ErrorCode::InputTooLarge`] beyond 2³² − 1 rows.
    pub fn new(
        time: &'a [f64],
        values: [&'a [f64]; VALUES],
        dims: [&'a [u32]; DIMENSIONS],
    ) -> Result<Self, Error> {
        let [v0, v1] = values.map(<[f64]>::len);
        let [d0, d1, d2] = dims.map(<[u32]>::len);
        check_lengths([time.len(), v0, v1, d0, d1, d2].map(|length| length as u64))?;
        Ok(Self { time, values, dims })
    }

    /// Columns that [`check_lengths`] has already seen.
    pub(super) const fn of_equal_length(
        time: &'a [f64],
        values: [&'a [f64]; VALUES],
        dims: [&'a [u32]; DIMENSIONS],
    ) -> Self {
        Self { time, values, dims }
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.time.len()
    }

    /// Milliseconds, in any order.
    #[must_use]
    pub const fn time(&self) -> &'a [f64] {
        self.time
    }

    /// The value columns v0 and v1.
    #[must_use]
    pub const fn values(&self) -> [&'a [f64]; VALUES] {
        self.values
    }

    /// The codes of the dimensions d0, d1 and d2.
    #[must_use]
    pub const fn dims(&self) -> [&'a [u32]; DIMENSIONS] {
        self.dims
    }

    /// Refuses the first value of time, then v0, then v1 that is NaN or an infinity.
    pub(super) fn check_finite(&self) -> Result<(), Error> {
        let [v0, v1] = self.values;
        for (name, column) in [("time", self.time), ("v0", v0), ("v1", v1)] {
            if !all_finite(column)
                && let Some((row, value)) = column.iter().enumerate().find(|(_, value)| !value.is_finite())
            {
                return Err(not_finite(name, row, *value));
            }
        }
        Ok(())
    }
}

/// Checks the lengths, in rows, of time, v0, v1, d0, d1 and d2; gives their common length.
pub(super) fn check_lengths(lengths: [u64; 6]) -> Result<u32, Error> {
    let [time, v0, v1, d0, d1, d2] = lengths;
    if lengths.iter().any(|length| *length != time) {
        return Err(Error::new(
            ErrorCode::RaggedColumns,
            format!("the columns differ in length: time {time}, v0 {v0}, v1 {v1}, d0 {d0}, d1 {d1}, d2 {d2}"),
        ));
    }
    u32::try_from(time).map_err(|_| {
        let limit = u32::MAX;
        Error::new(
            ErrorCode::InputTooLarge,
            format!("the series has {time} rows; the limit is {limit}"),
        )
    })
}

/// Whether `values` has neither NaN nor infinities. Zero times a finite number is zero, times any other it is NaN: eight
/// sums of such products need no branch and no comparison.
fn all_finite(values: &[f64]) -> bool {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value * 0.0;
        }
    }
    sums.iter().sum::<f64>() == 0.0 && rest.iter().all(|value| value.is_finite())
}

fn not_finite(column: &str, row: usize, value: f64) -> Error {
    let text = if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    };
    Error::new(
        ErrorCode::NotFinite,
        format!("column \"{column}\" row {row} is {text}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_different_length_are_refused_with_all_lengths() {
        let error =
            Columns::new(&[1.0, 2.0], [&[1.0], &[]], [&[1], &[], &[1, 2, 3]]).expect_err("bad columns");
        assert_eq!(error.code(), ErrorCode::RaggedColumns);
        assert_eq!(
            error.message(),
            "the columns differ in length: time 2, v0 1, v1 0, d0 1, d1 0, d2 3"
        );
    }

    #[test]
    fn more_rows_than_a_count_can_hold_are_refused() {
        let error = check_lengths([1 << 32; 6]).expect_err("bad columns");
        assert_eq!(error.code(), ErrorCode::InputTooLarge);
        assert_eq!(
            error.message(),
            "the series has 4294967296 rows; the limit is 4294967295"
        );
        assert_eq!(check_lengths([u64::from(u32::MAX); 6]), Ok(u32::MAX));
    }

    #[test]
    fn the_first_value_that_is_not_finite_is_named_wherever_it_lies() {
        for length in 1..40 {
            for row in 0..length {
                for (bad, text) in [
                    (f64::NAN, "NaN"),
                    (f64::INFINITY, "Infinity"),
                    (f64::NEG_INFINITY, "-Infinity"),
                ] {
                    let mut column = vec![f64::MAX; length];
                    column[row] = bad;
                    column[length - 1] = bad;
                    let good = vec![-1.0; length];
                    let codes = vec![0; length];
                    let columns = Columns::new(&good, [&good, &column], [&codes; 3]).expect("equal lengths");
                    let error = columns.check_finite().expect_err("bad columns");
                    assert_eq!(error.message(), format!("column \"v1\" row {row} is {text}"));
                }
            }
        }
    }

    #[test]
    fn time_is_looked_at_before_the_values() {
        let columns =
            Columns::new(&[0.0, f64::NAN], [&[f64::NAN, 0.0]; 2], [&[0, 0]; 3]).expect("equal lengths");
        assert_eq!(
            columns.check_finite().expect_err("bad columns").message(),
            "column \"time\" row 1 is NaN"
        );
    }
}
