//! Lists that are asked by number: a number out of range answers nothing, and is no panic.

/// What stands at a place of a list.
pub(super) fn of<T: Copy + Default>(list: &[T], place: usize) -> T {
    list.get(place).copied().unwrap_or_default()
}

/// Puts something at a place of a list.
pub(super) fn put<T>(list: &mut [T], place: usize, value: T) {
    if let Some(held) = list.get_mut(place) {
        *held = value;
    }
}
