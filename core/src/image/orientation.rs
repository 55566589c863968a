//! The Exif orientation: how a stored picture is turned upright.

use super::plane::Plane;
use crate::workspace::{Release, Workspace};

/// What is done to the stored picture: its axes are mirrored, and then exchanged. The default changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orientation {
    mirror_x: bool,
    mirror_y: bool,
    transpose: bool,
}

const ORIENTATION_TAG: u16 = 0x0112;
const SHORT: u16 = 3;

impl Orientation {
    /// The value of the Exif tag, 1 to 8.
    pub fn from_exif_value(value: u16) -> Option<Self> {
        let (mirror_x, mirror_y, transpose) = match value {
            1 => (false, false, false),
            2 => (true, false, false),
            3 => (true, true, false),
            4 => (false, true, false),
            5 => (false, false, true),
            6 => (false, true, true),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => return None,
        };
        Some(Self {
            mirror_x,
            mirror_y,
            transpose,
        })
    }

    /// Reads the tag from the first directory of the TIFF structure in an Exif segment. `None` when it is not there, is
    /// not a single SHORT from 1 to 8, or the structure is damaged.
    pub fn from_tiff(tiff: &[u8]) -> Option<Self> {
        let word: fn([u8; 2]) -> u16 = match tiff.get(..2)? {
            b"II" => u16::from_le_bytes,
            b"MM" => u16::from_be_bytes,
            _ => return None,
        };
        let word_at = |bytes: &[u8], at: usize| bytes.get(at..)?.first_chunk().copied().map(word);
        let long_at = |bytes: &[u8], at: usize| {
            let halves = (u32::from(word_at(bytes, at)?), u32::from(word_at(bytes, at + 2)?));
            let (high, low) = if tiff[0] == b'M' {
                halves
            } else {
                (halves.1, halves.0)
            };
            Some(high << 16 | low)
        };
        if word_at(tiff, 2)? != 42 {
            return None;
        }
        let directory = tiff.get(usize::try_from(long_at(tiff, 4)?).ok()?..)?;
        let count = usize::from(word_at(directory, 0)?);
        let entries = directory[2..].as_chunks::<12>().0;
        let entry = entries
            .iter()
            .take(count)
            .find(|entry| word_at(*entry, 0) == Some(ORIENTATION_TAG))?;
        let is_single_short = word_at(entry, 2)? == SHORT && long_at(entry, 4)? == 1;
        if is_single_short {
            Self::from_exif_value(word_at(entry, 8)?)
        } else {
            None
        }
    }

    /// Whether width and height change places.
    pub fn swaps_axes(self) -> bool {
        self.transpose
    }

    /// Turns a stored plane upright.
    pub fn apply(self, mut plane: Plane<u8>, workspace: &mut Workspace) -> Plane<u8> {
        if self.mirror_x {
            plane
                .samples
                .chunks_exact_mut(plane.width)
                .for_each(<[u8]>::reverse);
        }
        if self.mirror_y {
            mirror_rows(&mut plane.samples, plane.width);
        }
        if !self.transpose {
            return plane;
        }
        let mut turned = Plane::dirty(plane.height, plane.width, &mut workspace.bytes);
        transpose(&plane, &mut turned.samples);
        plane.release(workspace);
        turned
    }
}

fn mirror_rows(samples: &mut [u8], width: usize) {
    let mut rows = samples.chunks_exact_mut(width);
    while let (Some(upper), Some(lower)) = (rows.next(), rows.next_back()) {
        upper.swap_with_slice(lower);
    }
}

/// In tiles, so that the rows read and the rows written stay in the cache together.
fn transpose(plane: &Plane<u8>, turned: &mut [u8]) {
    const TILE: usize = 32;
    let Plane { width, height, .. } = *plane;
    for top in (0..height).step_by(TILE) {
        for left in (0..width).step_by(TILE) {
            for x in left..(left + TILE).min(width) {
                for y in top..(top + TILE).min(height) {
                    turned[x * height + y] = plane.samples[y * width + x];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each orientation makes of the stored picture `ab/cd/ef`, as Exif's own table of "0th row, 0th column" says.
    #[test]
    fn each_value_turns_the_stored_picture_as_exif_says() {
        let upright = [
            (1, 2, "abcdef"),
            (2, 2, "badcfe"),
            (3, 2, "fedcba"),
            (4, 2, "efcdab"),
            (5, 3, "acebdf"),
            (6, 3, "ecafdb"),
            (7, 3, "fdbeca"),
            (8, 3, "bdface"),
        ];
        for (value, width, samples) in upright {
            let stored = Plane {
                width: 2,
                height: 3,
                samples: b"abcdef".to_vec(),
            };
            let orientation = Orientation::from_exif_value(value).expect("1 to 8");
            let expected = Plane {
                width,
                height: 6 / width,
                samples: samples.as_bytes().to_vec(),
            };
            let turned = orientation.apply(stored, &mut Workspace::new());
            assert_eq!(turned, expected, "orientation {value}");
        }
    }

    #[test]
    fn transposing_twice_gives_any_size_back() {
        let transpose = Orientation::from_exif_value(5).expect("1 to 8");
        let mut workspace = Workspace::new();
        for (width, height) in [(1, 1), (1, 70), (33, 31), (64, 32), (100, 3)] {
            let samples = (0..width * height)
                .map(|i| u8::try_from(i % 251).expect("below 251"))
                .collect();
            let plane = Plane {
                width,
                height,
                samples,
            };
            let turned = transpose.apply(plane.clone(), &mut workspace);
            assert_eq!(transpose.apply(turned, &mut workspace), plane);
        }
    }

    #[test]
    fn a_damaged_or_foreign_tiff_structure_has_no_orientation() {
        let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
        let whole = [b"MM\0\x2a\0\0\0\x08\0\x01".as_slice(), &entry].concat();
        assert_eq!(Orientation::from_tiff(&whole), Orientation::from_exif_value(6));
        for length in 0..whole.len() {
            assert_eq!(
                Orientation::from_tiff(&whole[..length]),
                None,
                "cut after {length} bytes"
            );
        }
        for (at, byte) in [
            (0, b'X'),
            (3, 43),
            (7, 200),
            (9, 0),
            (11, 0x13),
            (13, 4),
            (17, 2),
            (19, 9),
        ] {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            assert_eq!(Orientation::from_tiff(&damaged), None, "byte {at}");
        }
    }
}
