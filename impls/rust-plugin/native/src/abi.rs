//! The entry points, as the header shows them.

use std::ffi::c_char;
use std::sync::LazyLock;

use crossover_core::call;
use crossover_in_process::numbered;

use crate::capabilities::CAPABILITIES;
use crate::context::Context;
use crate::memory::{bytes, copy_if_it_fits, store};

/// The version of this interface. It changes whenever a function or its meaning changes; a caller that was written for
/// another version must not call anything but `crossover_abi_version`.
pub const ABI_VERSION: u32 = 1;

/// How a call ended.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The result has been written.
    Ok = 0,
    /// The buffer is too small (or `NULL`): nothing has been written but the length that is needed, and the result waits.
    BufferTooSmall = 1,
    /// The call failed; `crossover_last_error` says why.
    Failed = 2,
    /// The context is `NULL`, or another pointer that must not be.
    BadArgument = 3,
}

/// Data that stays with the library, so that later calls carry only options.
#[derive(Debug)]
pub struct Dataset(crossover_core::Dataset);

const _: () = {
    const fn shared_between_threads<T: Send + Sync>() {}
    shared_between_threads::<Dataset>();
};

/// The version of the interface that this library has; `CROSSOVER_ABI_VERSION` of the header it was built with.
#[unsafe(no_mangle)]
pub extern "C" fn crossover_abi_version() -> u32 {
    ABI_VERSION
}

/// What this library can do: a NUL-terminated JSON object with `name`, `version`, `workloads` (an array of
/// names; a workload's number in the functions below is its index there) and `isa`, the level of vector instructions that
/// the library uses. The text lives as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn crossover_capabilities() -> *const c_char {
    LazyLock::force(&CAPABILITIES).as_ptr()
}

/// Makes the state of one caller. To be freed by `crossover_context_free`.
#[unsafe(no_mangle)]
pub extern "C" fn crossover_context_new() -> *mut Context {
    Box::into_raw(Box::default())
}

/// Frees a context and the result that may wait in it. `NULL` is ignored.
///
/// # Safety
/// `context` comes from `crossover_context_new`, has not been freed, and no call uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_context_free(context: *mut Context) {
    if !context.is_null() {
        // SAFETY: made by `Box::into_raw` above and not yet freed, as the caller promises.
        drop(unsafe { Box::from_raw(context) });
    }
}

/// Does the work once.
///
/// `workload` is a number as in `crossover_capabilities`; `options` is a JSON text in UTF-8 (empty for the defaults). The
/// result is written to `output` if its `output_capacity` bytes suffice. `output_length` gets the length of the result,
/// written or not, and `compute_ns` the nanoseconds that the work took; both may be `NULL`.
///
/// # Safety
/// `context` is `NULL` or a live context that no other call uses; each other pointer is `NULL` or points at as many bytes
/// as its length says, which stay unchanged during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_call(
    context: *mut Context,
    workload: u32,
    options: *const u8,
    options_length: usize,
    input: *const u8,
    input_length: usize,
    output: *mut u8,
    output_capacity: usize,
    output_length: *mut u64,
    compute_ns: *mut u64,
) -> Status {
    // SAFETY: the three as the caller promises.
    let (context, options, input) = unsafe {
        (
            context.as_mut(),
            bytes(options, options_length),
            bytes(input, input_length),
        )
    };
    let (Some(context), Some(options), Some(input)) = (context, options, input) else {
        return Status::BadArgument;
    };
    let Some(computed) =
        context.compute(|workspace, result| call(numbered(workload)?, options, input, workspace, result))
    else {
        return Status::Failed;
    };
    // SAFETY: the pointers as the caller promises.
    unsafe {
        store(compute_ns, computed.nanoseconds);
        deliver(context.output(), output, output_capacity, output_length)
    }
}

/// Fetches the result that the last call left because its buffer was too small. May be repeated until the next call.
///
/// # Safety
/// As for `crossover_call`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_take_output(
    context: *mut Context,
    output: *mut u8,
    output_capacity: usize,
    output_length: *mut u64,
) -> Status {
    // SAFETY: as the caller promises.
    let Some(context) = (unsafe { context.as_ref() }) else {
        return Status::BadArgument;
    };
    // SAFETY: as the caller promises.
    unsafe { deliver(context.output(), output, output_capacity, output_length) }
}

/// Says why the last call with this context failed: a code such as `invalid-json`, a line feed, and a sentence for
/// people, in UTF-8 without a NUL. `length` gets the length of the text (0 when the last call succeeded) and may be `NULL`.
///
/// # Safety
/// As for `crossover_call`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_last_error(
    context: *mut Context,
    text: *mut u8,
    text_capacity: usize,
    length: *mut u64,
) -> Status {
    // SAFETY: as the caller promises.
    let Some(context) = (unsafe { context.as_ref() }) else {
        return Status::BadArgument;
    };
    let error = context
        .error()
        .map(|error| format!("{}\n{}", error.code().as_str(), error.message()));
    // SAFETY: as the caller promises.
    unsafe { deliver(error.unwrap_or_default().as_bytes(), text, text_capacity, length) }
}

/// Copies and checks data once and puts a handle to it into `dataset`. To be released by `crossover_release`.
///
/// # Safety
/// As for `crossover_call`; `dataset` is `NULL` or points at a writable pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_load(
    context: *mut Context,
    workload: u32,
    data: *const u8,
    data_length: usize,
    dataset: *mut *mut Dataset,
) -> Status {
    // SAFETY: as the caller promises.
    let (context, data) = unsafe { (context.as_mut(), bytes(data, data_length)) };
    let (Some(context), Some(data), false) = (context, data, dataset.is_null()) else {
        return Status::BadArgument;
    };
    let loaded = context.attempt(|| crossover_core::Dataset::load(numbered(workload)?, data));
    let Some(loaded) = loaded else {
        return Status::Failed;
    };
    // SAFETY: as the caller promises.
    unsafe { store(dataset, Box::into_raw(Box::new(Dataset(loaded)))) };
    Status::Ok
}

/// Like `crossover_call`, on loaded data.
///
/// # Safety
/// As for `crossover_call`; `dataset` is `NULL` or a dataset that has not been released and is not while the call runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_call_resident(
    context: *mut Context,
    dataset: *const Dataset,
    options: *const u8,
    options_length: usize,
    output: *mut u8,
    output_capacity: usize,
    output_length: *mut u64,
    compute_ns: *mut u64,
) -> Status {
    // SAFETY: as the caller promises.
    let (context, dataset, options) =
        unsafe { (context.as_mut(), dataset.as_ref(), bytes(options, options_length)) };
    let (Some(context), Some(dataset), Some(options)) = (context, dataset, options) else {
        return Status::BadArgument;
    };
    let Some(computed) = context.compute(|workspace, result| dataset.0.call(options, workspace, result))
    else {
        return Status::Failed;
    };
    // SAFETY: as the caller promises.
    unsafe {
        store(compute_ns, computed.nanoseconds);
        deliver(context.output(), output, output_capacity, output_length)
    }
}

/// Frees a dataset. `NULL` is ignored.
///
/// # Safety
/// `dataset` comes from `crossover_load`, has not been released, and no call uses it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn crossover_release(dataset: *mut Dataset) {
    if !dataset.is_null() {
        // SAFETY: made by `Box::into_raw` above and not yet freed, as the caller promises.
        drop(unsafe { Box::from_raw(dataset) });
    }
}

/// Hands `result` over by the size query convention.
///
/// # Safety
/// `to` is `NULL` or points at `capacity` writable bytes; `length` is `NULL` or points at a writable number.
unsafe fn deliver(result: &[u8], to: *mut u8, capacity: usize, length: *mut u64) -> Status {
    // SAFETY: as the caller promises.
    let written = unsafe {
        store(length, result.len() as u64);
        copy_if_it_fits(result, to, capacity)
    };
    if written {
        Status::Ok
    } else {
        Status::BufferTooSmall
    }
}
