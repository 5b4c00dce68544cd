//! Allocates, formats, and catches a panic of its own: all of that is the runtime's work.
use std::panic;

#[no_mangle]
pub extern "C" fn numberNUMBER() -> i32 {
    format!("{}", vec![NUMBER; 3].len() * NUMBER / 3).parse().unwrap()
}

#[no_mangle]
pub extern "C" fn failsNUMBER() -> i32 {
    match panic::catch_unwind(|| panic!("on purpose")) {
        Ok(()) => 0,
        Err(_) => NUMBER,
    }
}
