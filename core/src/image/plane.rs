//! One component's samples.

/// A rectangle of samples, row after row without gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plane<T> {
    /// Samples in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width · height` samples.
    pub samples: Vec<T>,
}

impl<T> Plane<T> {
    /// The row `y`, which must be below the height.
    pub fn row(&self, y: usize) -> &[T] {
        &self.samples[y * self.width..][..self.width]
    }
}
