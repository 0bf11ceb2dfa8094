//! Putting things in order, by one sort for all of them: a sort of the standard library, like a `BTreeMap`, is 2 to
//! 5 KB of WebAssembly for every type that it is used with. Here are some hundreds of things at most, each of
//! which is put in its place as well.

use std::cmp::Ordering;

/// The places 0 to `count` in `order`; those that are equal in the order in which they came.
///
/// ```
/// let names = ["Luton", "Bath", "York"];
/// let places = upheld_domain::order::in_order(names.len(), &mut |one, other| names[one].cmp(names[other]));
/// assert_eq!(places, [1, 0, 2]);
/// ```
#[must_use]
pub fn in_order(count: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut placed = Vec::with_capacity(count);
    for place in 0..count {
        let at = placed.partition_point(|other| order(*other, place) != Ordering::Greater);
        placed.insert(at, place);
    }
    placed
}

/// `items` in `order`; those that are equal in the order in which they came.
///
/// ```
/// assert_eq!(upheld_domain::order::sorted(&[3, 1, 2], &|one, other| other.cmp(one)), [3, 2, 1]);
/// ```
#[must_use]
pub fn sorted<T: Clone>(items: &[T], order: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = in_order(items.len(), &mut |one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => order(one, other),
        _ => Ordering::Equal,
    });
    places.into_iter().filter_map(|place| items.get(place).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn things_come_out_in_order_and_equal_ones_as_they_came(things in prop::collection::vec((0_u8..9, 0_u8..9), 0..60)) {
            let mut expected = things.clone();
            expected.sort_by_key(|thing| thing.0);
            prop_assert_eq!(sorted(&things, &|one, other| one.0.cmp(&other.0)), expected);
        }
    }
}
