//! Calls that cross to libuv's thread pool together: they gather on the JavaScript thread, and tasks work them off.
//!
//! A hop to the pool and back takes tens of microseconds, which many calls share here. Tasks draw from one queue, so that
//! a long call keeps one thread busy and no other call waiting behind it, and a task ends when it has worked for
//! [`SHIFT`], for nobody gets a result before its task has ended.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use napi::bindgen_prelude::{AsyncTask, Float64Array, Uint8Array, Uint8ArraySlice};
use napi::{Env, Task};
use napi_derive::napi;

use crate::dataset::Dataset;
use crate::delivery::{Results, copy_if_it_fits, nanoseconds_since};
use crate::failure::Failure;
use crate::session::NativeSession;
use crate::tasks::Work;

/// How long a task goes on taking calls; a call which ended first waits no longer than this, and one other call, for its
/// result. Measured with 64 documents of 10 KB in flight on two processors: with 200 µs a fifth fewer calls a second than
/// `async`, for a thread then waits for the JavaScript thread too often; with 500 µs as many, with 1 ms no more.
const SHIFT: Duration = Duration::from_micros(500);

/// What a task reports of a call: its slot, the length of the output, the nanoseconds that the work took, and those for which
/// the call waited.
const LINE: usize = 4;

/// The slot in the line after the last call's, unless the report is full.
const NO_SLOT: f64 = -1.0;

/// The length in the line of a call that failed.
const FAILED: f64 = -1.0;

/// Calls that wait for a task. A call has a slot: a number that no other call has at the same time.
#[napi]
#[derive(Default)]
pub struct CallQueue {
    /// Only the JavaScript thread knows these. In a cell, for a running task counts as a user of the queue.
    gathered: RefCell<Vec<QueuedCall>>,
    times_waiting: Cell<bool>,
    shared: Shared,
}

struct QueuedCall {
    slot: u32,
    work: Work,
    options: Vec<u8>,
    output: Uint8Array,
    /// When it was gathered, if the queue times that.
    since: Option<Instant>,
}

/// What the JavaScript thread and the tasks share.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<SharedState>>);

#[derive(Default)]
struct SharedState {
    waiting: VecDeque<QueuedCall>,
    /// Results that did not fit, by slot, until they are fetched.
    large: HashMap<u32, Vec<u8>>,
}

#[napi]
impl CallQueue {
    /// An empty queue.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gathers a call. Until a task has reported its end, `input` must not be changed and `output` must not be used.
    #[napi]
    pub fn add(&self, slot: u32, workload: u32, options: &[u8], input: Uint8Array, output: Uint8Array) {
        self.gather(slot, Work::Bytes { workload, input }, options, output);
    }

    /// Gathers a call on loaded data, with the conditions of `add`.
    #[napi]
    pub fn add_resident(&self, slot: u32, dataset: &Dataset, options: &[u8], output: Uint8Array) {
        self.gather(slot, Work::Resident(dataset.loaded()), options, output);
    }

    /// From now on each line tells how long its call waited for a task, with two readings of the clock more; before, it tells 0.
    #[napi]
    pub fn time_waiting(&self) {
        self.times_waiting.set(true);
    }

    /// Lets tasks take the calls gathered so far; gives the number of all that wait for one.
    #[napi]
    pub fn open(&self) -> u32 {
        let mut shared = self.shared.lock();
        shared.waiting.extend(self.gathered.borrow_mut().drain(..));
        u32::try_from(shared.waiting.len()).unwrap_or(u32::MAX)
    }

    /// Works off calls on libuv's thread pool, in memory of the session's, which must not be called meanwhile. `report`
    /// must not be used until the promise settles; it then has a line for each call that ended: its slot, the length of the
    /// output (−1: it failed), the nanoseconds that the work took and those for which it waited. A slot of −1 ends it early. The promise gives
    /// the failures, in the order of their lines.
    #[napi]
    #[must_use]
    pub fn work(&self, session: &NativeSession, report: Float64Array) -> AsyncTask<QueueTask> {
        AsyncTask::new(QueueTask {
            shared: self.shared.clone(),
            results: session.results(),
            ended: Vec::new(),
            report,
        })
    }

    /// Copies the output of a call that did not fit to `output`, and forgets it.
    #[napi]
    pub fn take_output(&self, slot: u32, mut output: Uint8ArraySlice) {
        let large = self.shared.lock().large.remove(&slot);
        // SAFETY: JavaScript does not run meanwhile, and nothing else of the addon's knows this array.
        copy_if_it_fits(&large.unwrap_or_default(), unsafe { output.as_mut() });
    }

    fn gather(&self, slot: u32, work: Work, options: &[u8], output: Uint8Array) {
        self.gathered.borrow_mut().push(QueuedCall {
            slot,
            work,
            options: options.to_vec(),
            output,
            since: self.times_waiting.get().then(Instant::now),
        });
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, SharedState> {
        // Nothing that holds the lock leaves a state half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<QueuedCall> {
        self.lock().waiting.pop_front()
    }
}

/// One thread's turn at the queue.
pub struct QueueTask {
    shared: Shared,
    results: Results,
    /// Kept until the task is dropped, on the JavaScript thread: there alone may references to typed arrays go.
    ended: Vec<QueuedCall>,
    report: Float64Array,
}

impl QueuedCall {
    /// Does the work; gives its line, and why it failed.
    fn run(&mut self, results: &Results, shared: &Shared) -> ([f64; LINE], Option<Failure>) {
        let Self {
            slot,
            work,
            options,
            output,
            since,
        } = self;
        let waited = since.map_or(0.0, nanoseconds_since);
        // SAFETY: the caller has promised not to use `output` until the call's end is reported.
        let target = unsafe { output.as_mut() };
        let mut report = [FAILED, 0.0];
        let failure = results.deliver(target, &mut report, |workspace, result| {
            work.compute(options, workspace, result)
        });
        if let Some(large) = results.take_larger_than(target.len()) {
            shared.lock().large.insert(*slot, large);
        }
        let [length, nanoseconds] = report;
        ([f64::from(*slot), length, nanoseconds, waited], failure)
    }
}

impl Task for QueueTask {
    type Output = Vec<Failure>;
    type JsValue = Vec<Failure>;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        let Self {
            shared,
            results,
            ended,
            report,
        } = self;
        let begin = Instant::now();
        let mut failures = Vec::new();
        // SAFETY: the caller has promised not to use `report` until the promise settles.
        let (lines, _) = unsafe { report.as_mut() }.as_chunks_mut::<LINE>();
        for line in lines {
            let next = (begin.elapsed() < SHIFT).then(|| shared.next());
            let Some(mut call) = next.flatten() else {
                line[0] = NO_SLOT;
                break;
            };
            let (values, failure) = call.run(results, shared);
            *line = values;
            failures.extend(failure);
            ended.push(call);
        }
        Ok(failures)
    }

    fn resolve(&mut self, _env: Env, failures: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(failures)
    }
}
