//! Normal forms of texts and words, values in a text (numbers, quantities with their measure words, sums of money, dates), and
//! the form of its lines.

mod calendar;
pub mod characters;
pub mod date;
pub mod normal;
pub mod number;
pub(crate) mod numeral;
pub mod pinyin;
pub mod prose;
pub mod quantity;
pub mod simplified;
mod stated;
pub mod time;
