//! The `time-series` workload: filter by time and dimensions, group by dimensions and time bucket, and compute count,
//! sum, minimum, maximum, mean, standard deviation and percentiles. Specified in `workloads/time-series/README.md`.
//!
//! One call runs through four steps, each a file of its own:
//!
//! 1. `selection`: which rows match the filters;
//! 2. `grouping`: a group number for every matching row, ascending in the order of the output;
//! 3. `partition`: the values, moved so that each group's lie side by side (a counting sort), for `summary`, the
//!    statistics of one group's values as plain loops over a contiguous slice; or, where no percentiles are asked for,
//!    `running`: the statistics gathered row by row;
//! 4. `table`: the answer.
//!
//! Data that comes with the call goes through [`aggregate`], data that stays through [`Loaded`].

mod bucket;
mod columns;
mod extent;
mod frame;
mod grouping;
mod loaded;
mod partition;
mod query;
mod running;
mod selection;
mod summary;
mod table;

pub use columns::{Columns, DIMENSIONS, VALUES};
pub use frame::Frame;
pub use loaded::Loaded;
pub use query::{DimensionFilter, Query, QueryParts};
pub use table::{Table, ValueStatistics};

use crate::error::Error;
use crate::workspace::{Release, Workspace};
use extent::Extent;
use grouping::Grouping;
use partition::Partition;
use selection::Selection;

/// Answers `query` from columns that came with the call.
///
/// # Errors
/// [`crate::ErrorCode::NotFinite`] for the first value that is not a finite number, whether its row matches or not.
pub fn aggregate(columns: &Columns<'_>, query: &Query, workspace: &mut Workspace) -> Result<Table, Error> {
    columns.check_finite()?;
    let extent = Extent::needed_by(query, columns);
    Ok(answer(columns, &extent, query, workspace))
}

/// The four steps, on columns that hold only finite numbers.
fn answer(columns: &Columns<'_>, extent: &Extent, query: &Query, workspace: &mut Workspace) -> Table {
    let selection = Selection::of(columns, query, workspace);
    let grouping = Grouping::of(columns, extent, query, &selection, workspace);
    let table = if query.parts().percentiles || grouping.slots < running::FEWEST_GROUPS {
        let mut partition = Partition::of(columns, &selection, &grouping, workspace);
        let values = partition
            .values
            .each_mut()
            .map(|values| ValueStatistics::of(&partition.groups, values, query.parts().percentiles));
        let table = Table::new(columns, query, &partition.groups, values);
        partition.release(workspace);
        table
    } else {
        let (groups, summaries) = running::summarise(columns, &selection, &grouping, workspace);
        Table::new(
            columns,
            query,
            &groups,
            summaries.map(|values| ValueStatistics::without_percentiles(&values)),
        )
    };
    grouping.release(workspace);
    selection.release(workspace);
    table
}
