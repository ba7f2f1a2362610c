//! The exports of the engine: memory for a request, the call, and the memory of its answer given back.
//!
//! The page writes a request as UTF-8 into memory from [`alloc`], calls [`call`] with its place and length, reads the
//! answer, and gives both back with [`free`]. Nothing is kept between two calls. This is the only file of the project that
//! may be unsafe: WebAssembly knows numbers and one memory, and no slices.

use std::alloc::Layout;

/// Bytes of the answer to the last call.
static mut LENGTH: usize = 0;

fn layout(length: usize) -> Layout {
    Layout::array::<u8>(length.max(1)).expect("a request fits into memory")
}

/// Memory of a length, to be given back with [`free`].
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    // SAFETY: the layout has at least one byte.
    unsafe { std::alloc::alloc(layout(length)) }
}

/// Gives memory back.
///
/// # Safety
/// It is from [`alloc`] or [`call`], and of this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(place: *mut u8, length: usize) {
    // SAFETY: promised by the caller.
    unsafe { std::alloc::dealloc(place, layout(length)) }
}

/// Answers a request and returns where the answer begins; [`length`] says how long it is.
///
/// # Safety
/// The memory is from [`alloc`], and the page has written all of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(place: *const u8, length: usize) -> *mut u8 {
    // SAFETY: promised by the caller.
    let bytes = unsafe { std::slice::from_raw_parts(place, length) };
    let answer = aigap::whatif::answer(&String::from_utf8_lossy(bytes)).into_bytes();
    let copy = alloc(answer.len());
    // SAFETY: the copy has as many bytes as the answer, and a page has one thread.
    unsafe {
        std::ptr::copy_nonoverlapping(answer.as_ptr(), copy, answer.len());
        LENGTH = answer.len();
    }
    copy
}

/// Bytes of the answer to the last call.
#[unsafe(no_mangle)]
pub extern "C" fn length() -> usize {
    // SAFETY: a page has one thread.
    unsafe { LENGTH }
}
