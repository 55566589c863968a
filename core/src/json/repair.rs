//! Putting members in order after the whole output has been written.
//!
//! Moving an object's members at its end would move what is nested in it again and again. Here each byte is copied once.

use std::ops::Range;

/// Objects whose members have to be put in order or left out.
#[derive(Debug, Default)]
pub struct Repairs {
    objects: Vec<Repair>,
    /// The members of all objects.
    members: Vec<Range<usize>>,
}

/// One such object.
#[derive(Debug)]
struct Repair {
    /// What is replaced: the members with the commas between them.
    body: Range<usize>,
    /// The members in their new order, as a part of [`Repairs::members`].
    members: Range<usize>,
}

/// Something to be copied.
enum Piece {
    Part(Range<usize>),
    Comma,
}

impl Repairs {
    /// Notes that `members` are to stand where `body` is.
    pub fn add(&mut self, body: Range<usize>, members: impl Iterator<Item = Range<usize>>) {
        let start = self.members.len();
        self.members.extend(members);
        self.objects.push(Repair {
            body,
            members: start..self.members.len(),
        });
    }

    /// Forgets the objects from position `len` of the output on.
    pub fn truncate(&mut self, len: usize) {
        while let Some(last) = self.objects.pop_if(|repair| repair.body.start >= len) {
            self.members.truncate(last.members.start);
        }
    }

    /// Makes the repairs in `output`.
    pub fn apply(mut self, output: &mut Vec<u8>) {
        if self.objects.is_empty() {
            return;
        }
        self.objects.sort_unstable_by_key(|repair| repair.body.start);
        let mut repaired = Vec::with_capacity(output.len());
        self.copy(0..output.len(), output, &mut repaired);
        *output = repaired;
    }

    /// Copies a part of the broken output. The stack holds what is still to be copied, the next piece on top.
    fn copy(&self, whole: Range<usize>, broken: &[u8], repaired: &mut Vec<u8>) {
        let mut pending = vec![Piece::Part(whole)];
        while let Some(piece) = pending.pop() {
            let Piece::Part(part) = piece else {
                repaired.push(b',');
                continue;
            };
            let Some(repair) = self.first_in(&part) else {
                repaired.extend_from_slice(&broken[part]);
                continue;
            };
            repaired.extend_from_slice(&broken[part.start..repair.body.start]);
            pending.push(Piece::Part(repair.body.end..part.end));
            for (place, member) in self.members[repair.members.clone()].iter().enumerate().rev() {
                pending.push(Piece::Part(member.clone()));
                if place > 0 {
                    pending.push(Piece::Comma);
                }
            }
        }
    }

    /// The first broken object in a part of the output; others in the part may lie in it. One whose body starts with the
    /// part is not in it: the part is that object's first member.
    fn first_in(&self, part: &Range<usize>) -> Option<&Repair> {
        let index = self
            .objects
            .partition_point(|repair| repair.body.start <= part.start);
        self.objects
            .get(index)
            .filter(|repair| repair.body.start < part.end)
    }
}
