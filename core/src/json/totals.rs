//! Totals while they are being added up. They have a stack of their own, since few containers have one.

/// An array whose elements make a total.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    /// The total so far; `None` once an element was no object with both factors.
    sum: Option<f64>,
    /// The factors of the current element.
    left: Option<f64>,
    right: Option<f64>,
}

/// The totals of all containers that are open.
#[derive(Debug, Default)]
pub struct Totals {
    /// Of arrays, the innermost last.
    open: Vec<Open>,
    /// Of the arrays that have ended and whose objects have not, the innermost last.
    made: Vec<Option<f64>>,
}
