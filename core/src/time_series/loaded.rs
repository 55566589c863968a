//! A series that stays with the callee.

use super::columns::{Columns, DIMENSIONS, VALUES};
use super::extent::Extent;
use super::query::Query;
use super::table::Table;
use crate::error::Error;
use crate::workspace::Workspace;

/// A checked copy of a series, with what can be known before the first query.
#[derive(Clone, Debug)]
pub struct Loaded {
    time: Vec<f64>,
    values: [Vec<f64>; VALUES],
    dims: [Vec<u32>; DIMENSIONS],
    extent: Extent,
}

impl Loaded {
    /// Checks and copies the columns.
    ///
    /// # Errors
    /// [`crate::ErrorCode::NotFinite`], as in [`super::aggregate`].
    pub fn new(columns: &Columns<'_>) -> Result<Self, Error> {
        columns.check_finite()?;
        Ok(Self {
            time: columns.time().to_vec(),
            values: columns.values().map(<[f64]>::to_vec),
            dims: columns.dims().map(<[u32]>::to_vec),
            extent: Extent::of(columns),
        })
    }

    /// Answers `query`; nothing can go wrong with data and a query that have been checked.
    #[must_use]
    pub fn aggregate(&self, query: &Query, workspace: &mut Workspace) -> Table {
        super::answer(&self.columns(), &self.extent, query, workspace)
    }

    fn columns(&self) -> Columns<'_> {
        let [v0, v1] = &self.values;
        let [d0, d1, d2] = &self.dims;
        Columns::of_equal_length(&self.time, [v0, v1], [d0, d1, d2])
    }
}
