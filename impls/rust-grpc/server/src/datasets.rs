//! Resident series: loaded once, named by a handle, shared by the calls that use them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossover_core::time_series::Loaded;
use tonic::Status;

/// All series that are loaded now.
#[derive(Debug, Default)]
pub struct Datasets(Mutex<Table>);

#[derive(Debug, Default)]
struct Table {
    last_handle: u64,
    by_handle: HashMap<u64, Arc<Loaded>>,
}

impl Datasets {
    /// Keeps `series` until it is removed. Handles are never used twice.
    pub fn insert(&self, series: Loaded) -> u64 {
        let mut table = self.lock();
        table.last_handle += 1;
        let handle = table.last_handle;
        table.by_handle.insert(handle, Arc::new(series));
        handle
    }

    /// Finds a series; it stays alive for as long as the answer does, even when it is removed meanwhile.
    ///
    /// # Errors
    /// `NOT_FOUND`.
    pub fn get(&self, handle: u64) -> Result<Arc<Loaded>, Status> {
        let found = self.lock().by_handle.get(&handle).cloned();
        found.ok_or_else(|| Status::not_found(format!("no series is loaded under the handle {handle}")))
    }

    /// Forgets a series, if there is one.
    pub fn remove(&self, handle: u64) {
        let removed = self.lock().by_handle.remove(&handle);
        // The memory is freed here, after the lock.
        drop(removed);
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        // Each change above is one step, so that a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use crossover_core::time_series::Columns;
    use tonic::Code;

    use super::*;

    fn one_row() -> Loaded {
        let columns = Columns::new(&[0.0], [&[1.0]; 2], [&[0]; 3]).expect("equal lengths");
        Loaded::new(&columns).expect("finite numbers")
    }

    #[test]
    fn a_handle_means_one_series_for_ever() {
        let datasets = Datasets::default();
        let first = datasets.insert(one_row());
        datasets.remove(first);
        datasets.remove(first);
        let second = datasets.insert(one_row());
        assert_ne!(first, second);
        assert_eq!(
            datasets.get(first).expect_err("it is gone").code(),
            Code::NotFound
        );
        assert!(datasets.get(second).is_ok());
    }

    #[test]
    fn a_call_that_has_its_series_keeps_it() {
        let datasets = Datasets::default();
        let handle = datasets.insert(one_row());
        let held = datasets.get(handle).expect("it is there");
        datasets.remove(handle);
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
