//! The caller's memory, from pointers and lengths.

/// The bytes at `pointer`; `None` for `NULL` with a length, or a length that no slice can have.
///
/// # Safety
/// If `length` is not 0, `pointer` is `NULL` or points at `length` readable bytes that nobody writes to during `'a`.
pub(crate) unsafe fn bytes<'a>(pointer: *const u8, length: usize) -> Option<&'a [u8]> {
    if length == 0 {
        return Some(&[]);
    }
    if pointer.is_null() || isize::try_from(length).is_err() {
        return None;
    }
    // SAFETY: not null, not too long, and readable as the caller promises.
    Some(unsafe { std::slice::from_raw_parts(pointer, length) })
}

/// Writes `value` where `pointer` points, unless it is `NULL`.
///
/// # Safety
/// `pointer` is `NULL` or points at an aligned, writable `T`.
pub(crate) unsafe fn store<T>(pointer: *mut T, value: T) {
    if !pointer.is_null() {
        // SAFETY: as the caller promises.
        unsafe { pointer.write(value) };
    }
}

/// Copies `from` to a caller's buffer of `capacity` bytes if all of it fits; says whether it did.
///
/// # Safety
/// `to` is `NULL` or points at `capacity` writable bytes.
pub(crate) unsafe fn copy_if_it_fits(from: &[u8], to: *mut u8, capacity: usize) -> bool {
    if from.is_empty() {
        return true;
    }
    if to.is_null() || from.len() > capacity {
        return false;
    }
    // SAFETY: `to` has room for `from` as the caller promises; `copy` allows them to overlap.
    unsafe { std::ptr::copy(from.as_ptr(), to, from.len()) };
    true
}
