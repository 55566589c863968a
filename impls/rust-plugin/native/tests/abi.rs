//! The entry points as a caller sees them: through pointers.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ffi::CStr;
use std::ptr::{null, null_mut};

use crossover_plugin::{
    ABI_VERSION, Context, Dataset, Status, crossover_abi_version, crossover_call, crossover_call_resident,
    crossover_capabilities, crossover_context_free, crossover_context_new, crossover_last_error,
    crossover_load, crossover_release, crossover_take_output,
};

const JSON: u32 = 0;
const TIME_SERIES: u32 = 2;

/// A context that is freed at the end of the test.
struct Caller(*mut Context);

impl Caller {
    fn new() -> Self {
        Self(crossover_context_new())
    }

    /// Calls with an output buffer of `capacity` bytes; gives the status, the written bytes and the reported length.
    fn call(&self, workload: u32, options: &str, input: &[u8], capacity: usize) -> (Status, Vec<u8>, u64) {
        let mut output = vec![0xEE; capacity];
        let (mut length, mut nanoseconds) = (0, 0);
        // SAFETY: the context is live, and every pointer comes from a slice with its length.
        let status = unsafe {
            crossover_call(
                self.0,
                workload,
                options.as_ptr(),
                options.len(),
                input.as_ptr(),
                input.len(),
                output.as_mut_ptr(),
                output.len(),
                &raw mut length,
                &raw mut nanoseconds,
            )
        };
        (status, output, length)
    }

    fn take(&self, capacity: usize) -> (Status, Vec<u8>) {
        let mut output = vec![0xEE; capacity];
        // SAFETY: the context is live, the pointer comes from a slice with its length.
        let status = unsafe { crossover_take_output(self.0, output.as_mut_ptr(), capacity, null_mut()) };
        (status, output)
    }

    fn last_error(&self) -> String {
        let mut text = vec![0; 256];
        let mut length = 0;
        // SAFETY: the context is live, the pointer comes from a slice with its length.
        let status = unsafe { crossover_last_error(self.0, text.as_mut_ptr(), text.len(), &raw mut length) };
        assert_eq!(status, Status::Ok);
        text.truncate(usize::try_from(length).unwrap());
        String::from_utf8(text).unwrap()
    }

    fn load(&self, workload: u32, data: &[u8]) -> (Status, *mut Dataset) {
        let mut dataset = null_mut();
        // SAFETY: the context is live, the pointers come from a slice and a variable.
        let status = unsafe { crossover_load(self.0, workload, data.as_ptr(), data.len(), &raw mut dataset) };
        (status, dataset)
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        // SAFETY: made by `crossover_context_new`, freed once.
        unsafe { crossover_context_free(self.0) };
    }
}

/// A series frame of one row.
fn frame() -> Vec<u8> {
    let mut frame = b"XOTS".to_vec();
    frame.extend(1_u32.to_le_bytes());
    frame.extend([1_u64; 6].iter().flat_map(|rows| rows.to_le_bytes()));
    frame.extend([0; 8]);
    frame.extend(
        [1000.0_f64, 2.5, 3.5]
            .iter()
            .flat_map(|value| value.to_le_bytes()),
    );
    frame.extend([7_u32, 8, 9].iter().flat_map(|code| code.to_le_bytes()));
    frame
}

#[test]
fn version_and_capabilities_are_told_without_a_context() {
    assert_eq!(crossover_abi_version(), ABI_VERSION);
    // SAFETY: a NUL-terminated text that lives as long as the library.
    let text = unsafe { CStr::from_ptr(crossover_capabilities()) };
    assert!(
        text.to_str()
            .unwrap()
            .contains(r#""workloads":["json","image","time-series","echo"]"#)
    );
}

#[test]
fn a_result_that_fits_is_written_at_once() {
    let (status, output, length) = Caller::new().call(JSON, "", b" [1, 2] ", 5);
    assert_eq!(
        (status, output.as_slice(), length),
        (Status::Ok, b"[1,2]".as_slice(), 5)
    );
}

#[test]
fn a_result_that_does_not_fit_waits_and_leaves_the_buffer_alone() {
    let caller = Caller::new();
    assert_eq!(
        caller.call(JSON, "", b"[1, 2]", 4),
        (Status::BufferTooSmall, vec![0xEE; 4], 5)
    );
    assert_eq!(caller.take(3), (Status::BufferTooSmall, vec![0xEE; 3]));
    assert_eq!(caller.take(6), (Status::Ok, b"[1,2]\xEE".to_vec()));
    assert_eq!(caller.take(5), (Status::Ok, b"[1,2]".to_vec()));
}

#[test]
fn an_error_tells_its_code_and_message_and_a_success_clears_it() {
    let caller = Caller::new();
    assert_eq!(
        caller.call(JSON, r#"{"x":1}"#, b"[]", 8),
        (Status::Failed, vec![0xEE; 8], 0)
    );
    assert_eq!(caller.last_error(), "invalid-options\nunknown option \"x\"");
    assert_eq!(caller.take(8).0, Status::Ok, "nothing waits after an error");
    assert_eq!(caller.call(JSON, "", b"[]", 8).0, Status::Ok);
    assert_eq!(caller.last_error(), "");
}

#[test]
fn a_number_without_a_workload_is_an_unknown_workload() {
    let caller = Caller::new();
    for number in [4, u32::MAX] {
        assert_eq!(caller.call(number, "", b"", 8).0, Status::Failed);
        assert_eq!(
            caller.last_error(),
            format!("unknown-workload\nunknown workload \"{number}\"")
        );
    }
}

#[test]
fn loaded_data_answers_queries_until_it_is_released() {
    let caller = Caller::new();
    let (status, dataset) = caller.load(TIME_SERIES, &frame());
    assert_eq!(status, Status::Ok, "{}", caller.last_error());
    let mut output = vec![0xEE; 4096];
    let mut length = 0;
    for _round in 0..2 {
        // SAFETY: context and dataset are live, the pointer comes from a slice with its length.
        let status = unsafe {
            crossover_call_resident(
                caller.0,
                dataset,
                null(),
                0,
                output.as_mut_ptr(),
                output.len(),
                &raw mut length,
                null_mut(),
            )
        };
        assert_eq!(status, Status::Ok);
        let (shipped, expected, expected_length) = caller.call(TIME_SERIES, "", &frame(), 4096);
        assert_eq!((shipped, length), (Status::Ok, expected_length));
        assert_eq!(output, expected);
    }
    // SAFETY: the dataset is live and no call uses it.
    unsafe { crossover_release(dataset) };
}

#[test]
fn a_workload_without_resident_data_refuses_to_load() {
    let caller = Caller::new();
    assert_eq!(caller.load(JSON, b"[]"), (Status::Failed, null_mut()));
    assert_eq!(
        caller.last_error(),
        "unknown-workload\nthe workload \"json\" has no resident data"
    );
}

#[test]
fn null_with_a_length_is_refused_and_null_without_one_is_empty() {
    let caller = Caller::new();
    // SAFETY: NULL is allowed everywhere.
    unsafe {
        let call = |context, length| {
            crossover_call(
                context,
                JSON,
                null(),
                length,
                null(),
                length,
                null_mut(),
                0,
                null_mut(),
                null_mut(),
            )
        };
        assert_eq!(call(null_mut(), 0), Status::BadArgument);
        assert_eq!(call(caller.0, 1), Status::BadArgument);
        assert_eq!(call(caller.0, 0), Status::Failed);
        assert_eq!(
            caller.last_error(),
            "invalid-json\nthe JSON text ends early, at byte 0"
        );
        assert_eq!(
            crossover_take_output(null_mut(), null_mut(), 0, null_mut()),
            Status::BadArgument
        );
        assert_eq!(
            crossover_last_error(null_mut(), null_mut(), 0, null_mut()),
            Status::BadArgument
        );
        assert_eq!(
            crossover_load(caller.0, TIME_SERIES, null(), 0, null_mut()),
            Status::BadArgument
        );
        let resident =
            crossover_call_resident(caller.0, null(), null(), 0, null_mut(), 0, null_mut(), null_mut());
        assert_eq!(resident, Status::BadArgument);
        crossover_context_free(null_mut());
        crossover_release(null_mut());
    }
}

#[test]
fn contexts_work_on_several_threads_at_once() {
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                let caller = Caller::new();
                for round in 0..200 {
                    let text = format!("[{thread}, {round}]");
                    let (status, output, length) = caller.call(JSON, "", text.as_bytes(), 64);
                    assert_eq!(status, Status::Ok);
                    let expected = format!("[{thread},{round}]");
                    assert_eq!(&output[..usize::try_from(length).unwrap()], expected.as_bytes());
                }
            });
        }
    });
}
