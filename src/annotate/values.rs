//! Values of a text: counts with their measure words, sums of money, times.

use std::fmt;

use crate::annotation::Bound;
use crate::span::Span;
use crate::text::date;
use crate::text::quantity::{self, Measures, Unit};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its words.
    pub span: Span,
    /// What it says.
    pub kind: ValueKind,
}

/// Kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// A number of things, with the measure word as written.
    Count {
        /// The number.
        value: f64,
        /// The measure word.
        unit: String,
        /// Whether it is a bound.
        bound: Option<Bound>,
    },
    /// A sum of money.
    Money {
        /// The number, in units of the currency.
        value: f64,
        /// ISO 4217 code.
        currency: String,
        /// Whether it is a bound.
        bound: Option<Bound>,
    },
    /// A time in ISO 8601.
    Time(String),
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit, bound) = match self {
            Self::Time(time) => return f.write_str(time),
            Self::Count { value, unit, bound } => (value, unit, bound),
            Self::Money { value, currency, bound } => (value, currency, bound),
        };
        if let Some(bound) = bound {
            write!(f, "{} ", bound.name())?;
        }
        write!(f, "{value} {unit}")
    }
}

/// All values of `text`, in order, without overlap.
pub(crate) fn values(text: &str, published: Option<&str>, measures: &Measures) -> Vec<Value> {
    let mut out: Vec<Value> = date::find(text, published.and_then(date::Date::parse))
        .into_iter()
        .map(|t| Value { span: t.span, kind: ValueKind::Time(t.value) })
        .collect();
    let times = out.len();
    for found in quantity::find(text, measures) {
        // 2020年 is a time, not 2020 years.
        if out[..times].iter().any(|t| t.span.overlaps(found.span)) {
            continue;
        }
        let kind = match found.unit {
            Unit::Measure(unit) => ValueKind::Count { value: found.value, unit, bound: found.bound },
            Unit::Percent => continue,
            Unit::Money(currency) => ValueKind::Money { value: found.value, currency, bound: found.bound },
        };
        out.push(Value { span: found.span, kind });
    }
    out.sort_by_key(|v| v.span);
    out
}
