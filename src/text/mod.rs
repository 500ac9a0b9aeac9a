//! Values in Chinese text (numbers, quantities with their measure words, sums of money, dates) and the form of its lines.

mod calendar;
pub mod date;
pub mod number;
pub mod prose;
pub mod quantity;
mod stated;
