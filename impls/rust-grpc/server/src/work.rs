//! Where computations run: beside the threads that move messages, as many at a time as there are cores.

use std::any::Any;
use std::cell::RefCell;
use std::io;
use std::thread;

use crossover_core::{Error, ErrorCode, Workspace};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, spawn_blocking};
use tonic::Status;

use crate::refusal;

/// Makes the runtime. Its blocking pool has a thread for each core: more would only share the cores, and hold the memory
/// of more half-finished calls.
pub fn runtime() -> io::Result<Runtime> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Builder::new_multi_thread()
        .max_blocking_threads(cores)
        .enable_all()
        .build()
}

/// Runs `work` on the pool and waits for it.
///
/// When the call ends early – its deadline passes, its caller goes away – the waiting ends, and `work` that has not begun
/// never does. Work that has begun runs to its end, for a computation can't be interrupted.
///
/// # Errors
/// Those of `work`, and `internal` when it panics.
pub async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Status> {
    let mut task = AbortOnDrop(spawn_blocking(work));
    match (&mut task.0).await {
        Ok(result) => result.map_err(|error| refusal::status(&error)),
        Err(error) => match error.try_into_panic() {
            Ok(panic) => Err(refusal::status(&panicked(panic.as_ref()))),
            Err(_) => Err(Status::unavailable("the server is shutting down")),
        },
    }
}

thread_local! {
    static WORKSPACE: RefCell<Workspace> = RefCell::default();
}

/// Lends `work` the memory that this thread's computations reuse.
pub fn with_workspace<T>(work: impl FnOnce(&mut Workspace) -> T) -> T {
    WORKSPACE.with_borrow_mut(work)
}

struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    Error::new(ErrorCode::Internal, format!("the core panicked: {text}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use tokio::time::timeout;
    use tonic::Code;

    use super::*;

    fn one_worker() -> Runtime {
        Builder::new_current_thread()
            .max_blocking_threads(1)
            .enable_all()
            .build()
            .expect("a runtime")
    }

    #[test]
    fn a_panic_ends_the_call_and_not_the_server() {
        one_worker().block_on(async {
            let status = run(|| -> Result<(), Error> { panic!("index 7 of {}", 3) })
                .await
                .expect_err("a refusal");
            assert_eq!(status.code(), Code::Internal);
            assert_eq!(status.message(), "the core panicked: index 7 of 3");
            assert_eq!(run(|| Ok(42)).await.expect("a result"), 42);
        });
    }

    #[test]
    fn work_that_nobody_waits_for_is_not_begun() {
        one_worker().block_on(async {
            let (release, released) = mpsc::channel::<()>();
            let busy = tokio::spawn(run(move || {
                // Ends when the sender goes.
                let _ = released.recv();
                Ok(())
            }));
            tokio::task::yield_now().await;

            let begun = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&begun);
            let abandoned = run(move || {
                flag.store(true, Ordering::SeqCst);
                Ok(())
            });
            assert!(timeout(Duration::from_millis(1), abandoned).await.is_err());

            drop(release);
            busy.await.expect("no panic").expect("a result");
            run(|| Ok(())).await.expect("an answer");
            assert!(!begun.load(Ordering::SeqCst));
        });
    }
}
