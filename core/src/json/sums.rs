//! Sums of products while they are added up. They lie beside the frames, since few containers have one.

use super::names::Roles;

/// An array whose elements add to a sum.
#[derive(Clone, Copy, Debug)]
struct Open {
    sum: f64,
    /// The factors of the current element.
    left: Option<f64>,
    right: Option<f64>,
}

/// The sums of all containers that are open.
#[derive(Debug, Default)]
pub struct Sums {
    /// Of arrays that go on, the innermost last.
    open: Vec<Open>,
    /// Of arrays that have ended, in objects that go on, the innermost last.
    ended: Vec<f64>,
}

impl Sums {
    /// An array begins.
    pub fn open(&mut self) {
        self.open.push(Open {
            sum: 0.0,
            left: None,
            right: None,
        });
    }

    /// The array ends.
    pub fn close(&mut self) {
        self.ended.extend(self.open.pop().map(|array| array.sum));
    }

    /// The sum of the last array that ended.
    pub fn take(&mut self) -> Option<f64> {
        self.ended.pop()
    }

    /// Sets the factors that `roles` speak of, of the current element of the innermost array.
    pub fn set(&mut self, roles: Roles, value: Option<f64>) {
        if let Some(array) = self.open.last_mut() {
            if roles.left {
                array.left = value;
            }
            if roles.right {
                array.right = value;
            }
        }
    }

    /// An element of the innermost array ends: adds the product, if there are both factors.
    pub fn add(&mut self) {
        if let Some(array) = self.open.last_mut()
            && let (Some(left), Some(right)) = (array.left.take(), array.right.take())
        {
            array.sum += left * right;
        }
    }
}
