//! Networks from the literature, for the tests.

use super::{Ties, ties};

/// The friendships in a karate club that fell apart (Zachary 1977), without weights; node 0 is the instructor and 33
/// the president.
pub(super) fn karate() -> Ties {
    let friends: [&[usize]; 34] = [
        &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
        &[2, 3, 7, 13, 17, 19, 21, 30],
        &[3, 7, 8, 9, 13, 27, 28, 32],
        &[7, 12, 13],
        &[6, 10],
        &[6, 10, 16],
        &[16],
        &[],
        &[30, 32, 33],
        &[33],
        &[],
        &[],
        &[],
        &[33],
        &[32, 33],
        &[32, 33],
        &[],
        &[],
        &[32, 33],
        &[33],
        &[32, 33],
        &[],
        &[32, 33],
        &[25, 27, 29, 32, 33],
        &[25, 27, 31],
        &[31],
        &[29, 33],
        &[33],
        &[31, 33],
        &[32, 33],
        &[32, 33],
        &[32, 33],
        &[33],
        &[],
    ];
    ties(34, friends.iter().enumerate().flat_map(|(node, later)| later.iter().map(move |other| (node, *other, 1.0))))
}
