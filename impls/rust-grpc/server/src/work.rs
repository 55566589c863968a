//! Where computations run: beside the threads that move messages, as many at a time as there are cores.

use std::any::Any;
use std::cell::RefCell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Instant;

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

/// Inputs up to this many bytes are worked on where their message arrived. Handing over to the pool and back is a quarter of an
/// echo of 1 KiB, and a document of this size holds up the other messages no longer than receiving a large one does.
const INLINE_BYTES: usize = 16 << 10;

/// Runs `work`, whose time grows with the size of its input and with nothing else: at once if that is small, and then it has
/// waited for 0 ns, else as [`run`].
///
/// # Errors
/// As [`run`].
pub async fn run_sized<T: Send + 'static>(
    input_bytes: usize,
    work: impl FnOnce(u64) -> Result<T, Error> + Send + 'static,
) -> Result<T, Status> {
    if input_bytes > INLINE_BYTES {
        return run(work).await;
    }
    catch_unwind(AssertUnwindSafe(|| work(0)))
        .unwrap_or_else(|panic| Err(panicked(panic.as_ref())))
        .map_err(|error| refusal::status(&error))
}

/// Runs `work` on the pool and waits for it. `work` is told for how many nanoseconds it waited for a thread.
///
/// When the call ends early – its deadline passes, its caller goes away – the waiting ends, and `work` that has not begun
/// never does. Work that has begun runs to its end, for a computation can't be interrupted.
///
/// # Errors
/// Those of `work`, and `internal` when it panics.
pub async fn run<T: Send + 'static>(
    work: impl FnOnce(u64) -> Result<T, Error> + Send + 'static,
) -> Result<T, Status> {
    let asked = Instant::now();
    let mut task = AbortOnDrop(spawn_blocking(move || {
        work(u64::try_from(asked.elapsed().as_nanos()).unwrap_or(u64::MAX))
    }));
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
            let status = run(|_| -> Result<(), Error> { panic!("index 7 of {}", 3) })
                .await
                .expect_err("a refusal");
            assert_eq!(status.code(), Code::Internal);
            assert_eq!(status.message(), "the core panicked: index 7 of 3");
            assert_eq!(run(|_| Ok(42)).await.expect("a result"), 42);
        });
    }

    /// Keeps the only thread for work busy until the sender goes.
    async fn occupy() -> (mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), Status>>) {
        let (release, released) = mpsc::channel::<()>();
        let busy = tokio::spawn(run(move |_| {
            let _ = released.recv();
            Ok(())
        }));
        tokio::task::yield_now().await;
        (release, busy)
    }

    #[test]
    fn small_work_stays_on_its_thread_and_a_panic_ends_it_alike() {
        one_worker().block_on(async {
            let here = thread::current().id();
            let on_thread = |_| Ok(thread::current().id());
            let small = run_sized(INLINE_BYTES, on_thread).await.expect("a thread");
            let large = run_sized(INLINE_BYTES + 1, on_thread).await.expect("a thread");
            assert_eq!(small, here);
            assert_ne!(large, here);
            let status = run_sized(0, |_| -> Result<(), Error> { panic!("index 7 of {}", 3) })
                .await
                .expect_err("a refusal");
            assert_eq!(status.message(), "the core panicked: index 7 of 3");
        });
    }

    #[test]
    fn work_is_told_how_long_it_waited_for_a_thread() {
        one_worker().block_on(async {
            let (release, busy) = occupy().await;
            let waiting = tokio::spawn(run(Ok));
            tokio::task::yield_now().await;
            let before = Instant::now();
            thread::sleep(Duration::from_millis(5));
            let asleep = u64::try_from(before.elapsed().as_nanos()).expect("a short time");
            drop(release);
            busy.await.expect("no panic").expect("a result");
            let waited = waiting.await.expect("no panic").expect("a result");
            assert!(waited >= asleep, "{waited} ns of {asleep} ns");
            assert_eq!(run_sized(0, Ok).await.expect("a result"), 0);
        });
    }

    #[test]
    fn work_that_nobody_waits_for_is_not_begun() {
        one_worker().block_on(async {
            let (release, busy) = occupy().await;

            let begun = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&begun);
            let abandoned = run(move |_| {
                flag.store(true, Ordering::SeqCst);
                Ok(())
            });
            assert!(timeout(Duration::from_millis(1), abandoned).await.is_err());

            drop(release);
            busy.await.expect("no panic").expect("a result");
            run(|_| Ok(())).await.expect("an answer");
            assert!(!begun.load(Ordering::SeqCst));
        });
    }
}
