//! What is remembered about a container while it is open.

use super::names::NameId;

/// What kind of container a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Document,
    Array,
    Object,
}

/// How the output of an object's members ends so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    Empty,
    Member,
    Comma,
}

/// What a container has to do with a sum of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    None,
    /// An array whose elements add to a sum: the innermost one that is open.
    Sum,
    /// An object that is an element of such an array.
    Term,
}

/// A container that is open.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub kind: Kind,
    pub tail: Tail,
    pub part: Part,
    /// An object one of whose arrays has ended with a sum.
    pub has_sum: bool,
    /// An array that is read for its total only, and taken out of the output at its end.
    pub dropped: bool,
    /// A member's name is an array index.
    pub has_indices: bool,
    /// The name of the member that holds the container, directly or through arrays.
    pub name: NameId,
    /// The name of an object's last member.
    pub last: NameId,
    /// Where the output of the container starts.
    pub start: usize,
    /// Where an object's members start in [`Rewriter::members`].
    pub members: usize,
}

impl Frame {
    pub const fn new(kind: Kind, name: NameId) -> Self {
        Self {
            kind,
            tail: Tail::Empty,
            part: Part::None,
            has_sum: false,
            dropped: false,
            has_indices: false,
            name,
            last: NameId::NONE,
            start: 0,
            members: 0,
        }
    }
}
