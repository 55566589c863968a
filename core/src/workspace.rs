//! What one caller's calls share: the instructions they use, and memory that they use again.
//!
//! A call over 100,000 rows needs a few megabytes for a millisecond, and one over a photograph for ten. Were they freed at
//! its end, the allocator would give them back to the system, or keep them, as its heap happens to lie; in the first case
//! the next call would spend much of its time on page faults.

use bytemuck::Zeroable;

use crate::image::Resampler;
use crate::isa::Isa;
use crate::simd::Pair;

/// What one caller's calls share: the level of vector instructions, and spare memory, no data, as large as the largest
/// call needed it, but for what is larger than anybody should hold for life.
///
/// One caller makes one call at a time; what is in it after a panic is of no harm. A call that fails may free what it had
/// taken.
#[derive(Debug)]
pub struct Workspace {
    pub(crate) isa: Isa,
    /// For values.
    pub(crate) doubles: Spare<f64>,
    /// For group numbers, rows and counters.
    pub(crate) integers: Spare<u32>,
    /// For the accumulators of groups.
    pub(crate) lines: Spare<Line>,
    /// For the samples of planes.
    pub(crate) bytes: Spare<u8>,
    /// For samples with fractional bits.
    pub(crate) shorts: Spare<u16>,
    /// For the coefficients of progressive pictures.
    pub(crate) blocks: Spare<[i16; 64]>,
    /// For which of them are not zero.
    pub(crate) masks: Spare<u64>,
    pub(crate) resampler: Resampler,
}

impl Workspace {
    /// An empty one, which allocates nothing, at the current level.
    #[must_use]
    pub fn new() -> Self {
        Self::at(Isa::current())
    }

    /// An empty one at any level.
    #[must_use]
    pub fn at(isa: Isa) -> Self {
        Self {
            isa,
            doubles: Spare::default(),
            integers: Spare::default(),
            lines: Spare::default(),
            bytes: Spare::default(),
            shorts: Spare::default(),
            blocks: Spare::default(),
            masks: Spare::default(),
            resampler: Resampler::at(isa),
        }
    }
}

impl Default for Workspace {
    fn default() -> Self {
        Self::new()
    }
}

/// What is made of a workspace's memory.
pub trait Release {
    /// Gives the memory back, what was taken last first.
    fn release(self, workspace: &mut Workspace);
}

/// The first was taken first.
impl<T: Release> Release for Vec<T> {
    fn release(self, workspace: &mut Workspace) {
        for item in self.into_iter().rev() {
            item.release(workspace);
        }
    }
}

/// Eight doubles in one cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(crate) struct Line(pub(crate) [f64; 8]);

impl Line {
    /// The four pairs.
    #[inline(always)]
    pub(crate) fn pairs(&self) -> [Pair; 4] {
        let pairs: [[f64; 2]; 4] = bytemuck::cast(self.0);
        pairs.map(Pair::from)
    }

    /// Changes all.
    #[inline(always)]
    pub(crate) fn set_pairs(&mut self, pairs: [Pair; 4]) {
        self.0 = bytemuck::cast(pairs.map(<[f64; 2]>::from));
    }
}

/// Bytes of a vector that a workspace keeps: those of a progressive picture of 30 megapixels fit, and nobody holds half a
/// gigabyte for the rest of its life because one picture had 100.
const MOST_KEPT: usize = 64 << 20;

/// Vectors that are not in use. Give them back in the opposite order of taking them: then the same step of the next call
/// gets the same one.
#[derive(Debug)]
pub(crate) struct Spare<T>(Vec<Vec<T>>);

impl<T> Default for Spare<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Spare<T> {
    /// An empty vector, with the room that it had in its last use.
    pub(crate) fn take(&mut self) -> Vec<T> {
        let mut vector = self.0.pop().unwrap_or_default();
        vector.clear();
        vector
    }

    /// Takes a vector that is no longer in use. Of one with more than [`MOST_KEPT`] bytes the memory is freed.
    pub(crate) fn give(&mut self, vector: Vec<T>) {
        let kept = vector.capacity() * size_of::<T>() <= MOST_KEPT;
        self.0.push(if kept { vector } else { Vec::new() });
    }
}

impl<T: Zeroable + Copy> Spare<T> {
    /// `length` elements that are to be written before they are read: they are left over from another use.
    pub(crate) fn take_dirty(&mut self, length: usize) -> Vec<T> {
        let mut vector = self.0.pop().unwrap_or_default();
        if vector.capacity() < length {
            // Growing would copy what nobody wants.
            vector.clear();
        }
        vector.resize(length, T::zeroed());
        vector
    }

    /// `length` zeros.
    pub(crate) fn take_zeroed(&mut self, length: usize) -> Vec<T> {
        let mut vector = self.take();
        vector.resize(length, T::zeroed());
        vector
    }
}

#[cfg(test)]
mod tests {
    use libjpeg_turbo_rs::{Encoder, PixelFormat};

    use super::*;
    use crate::image::{Options, process};

    #[test]
    fn memory_that_was_given_back_is_used_again() {
        let mut spare = Spare::<f64>::default();
        let first = spare.take_zeroed(1000);
        let address = first.as_ptr();
        spare.give(first);
        let second = spare.take_dirty(500);
        assert_eq!((second.as_ptr(), second.len()), (address, 500));
        spare.give(second);
        let third = spare.take();
        assert_eq!((third.as_ptr(), third.len()), (address, 0));
    }

    /// How many vectors are in store: of bytes, shorts, blocks and masks.
    fn stored(workspace: &Workspace) -> [usize; 4] {
        [
            workspace.bytes.0.len(),
            workspace.shorts.0.len(),
            workspace.blocks.0.len(),
            workspace.masks.0.len(),
        ]
    }

    #[test]
    fn a_picture_gives_back_all_that_it_took() {
        // Three components each are decoded, resized and finished; three are blurred, all from one copy.
        for (progressive, expected) in [(false, [9, 4, 0, 0]), (true, [9, 4, 3, 3])] {
            let jpeg = Encoder::new(&[99; 40 * 30 * 3], 40, 30, PixelFormat::Rgb)
                .progressive(progressive)
                .encode()
                .expect("a good picture");
            let mut workspace = Workspace::new();
            for _ in 0..3 {
                process(&jpeg, &Options::default(), &mut workspace, &mut Vec::new()).expect("a picture");
                assert_eq!(stored(&workspace), expected);
            }
        }
    }

    #[test]
    fn what_one_huge_call_needed_is_not_kept() {
        let mut spare = Spare::<u8>::default();
        spare.give(Vec::with_capacity(MOST_KEPT));
        assert_eq!(spare.take().capacity(), MOST_KEPT);
        spare.give(Vec::with_capacity(MOST_KEPT + 1));
        assert_eq!(spare.take().capacity(), 0);
    }

    #[test]
    fn zeros_are_zeros_whatever_was_there() {
        let mut spare = Spare::<u32>::default();
        spare.give(vec![7; 10]);
        assert_eq!(spare.take_zeroed(5), [0; 5]);
        spare.give(vec![7; 10]);
        assert_eq!(spare.take_dirty(20).len(), 20);
    }
}
