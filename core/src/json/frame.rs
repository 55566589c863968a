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

/// A container that is open.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub kind: Kind,
    pub tail: Tail,
    /// An array whose elements make a total.
    pub totalled: bool,
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
    /// The factors of an object's product.
    pub left: Option<f64>,
    pub right: Option<f64>,
    /// The total of an array so far, or of an object's array.
    pub sum: Option<f64>,
}

impl Frame {
    pub const fn new(kind: Kind, name: NameId) -> Self {
        Self {
            kind,
            tail: Tail::Empty,
            totalled: false,
            dropped: false,
            has_indices: false,
            name,
            last: NameId::NONE,
            start: 0,
            members: 0,
            left: None,
            right: None,
            sum: None,
        }
    }
}
