//! One component's samples.

use bytemuck::Zeroable;

use crate::workspace::{Release, Spare, Workspace};

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

impl<T: Zeroable + Copy> Plane<T> {
    /// One whose samples are to be written before they are read: they are left over from another use (see [`Spare`]).
    pub(crate) fn dirty(width: usize, height: usize, spare: &mut Spare<T>) -> Self {
        Self {
            width,
            height,
            samples: spare.take_dirty(width * height),
        }
    }
}

impl<T> Plane<T> {
    /// The row `y`, which must be below the height.
    pub fn row(&self, y: usize) -> &[T] {
        &self.samples[y * self.width..][..self.width]
    }
}

impl Release for Plane<u8> {
    fn release(self, workspace: &mut Workspace) {
        workspace.bytes.give(self.samples);
    }
}

impl Release for Plane<u16> {
    fn release(self, workspace: &mut Workspace) {
        workspace.shorts.give(self.samples);
    }
}
