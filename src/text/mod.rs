//! Values in Chinese text: numbers, quantities with their measure words, sums of money, dates.

mod calendar;
pub mod date;
pub mod number;
mod numeral;
pub mod quantity;
mod stated;
