//! How likely each reading as a name is right: the grammar, the lexicons and the tagger weighed against each other.
//!
//! A logistic regression over what is known of a reading: which source proposes it and how much that thinks it worth,
//! how likely the tagger takes exactly it for a name, and what names the tagger sees inside, around and across it. Its
//! weights are learned from annotated articles by `tupu train readings`.

use rustc_hash::FxHashMap;

use super::organization::COUNTED;
use super::place::POINTS_BACK;
use super::{Candidate, Kind, View};
use crate::annotate::odds::{log_odds, logistic};
use crate::annotate::tagger::Name;
use crate::annotate::tagger::labels::TYPES;
use crate::annotation::EntityType;
use crate::span::Span;

/// What is measured of every reading, besides its source; the table of weights calls it so.
pub const MEASURES: [&str; 13] = [
    "bias",
    "outside",
    "worth",
    "length",
    "within",
    "around",
    "other",
    "across",
    "start",
    "end",
    "rival",
    "beside",
    "elsewhere",
];
/// Sources whose own worth stands: what is no name but points to something, and names made of names (五十一所, 贵州省援鄂医疗队,
/// 教育局机关党委), which annotated articles have too few of.
const SETTLED: [&str; 11] = [
    "called",
    COUNTED,
    "defined",
    "definite organization",
    "counted regions",
    "department",
    "named team",
    "numbered body",
    "place word",
    POINTS_BACK,
    "route",
];
/// Of a source: whether it proposes the reading, and the log-odds of the tagger where it does.
pub const OF_SOURCE: [&str; 2] = ["bias", "odds"];

/// A reading must be likelier than this to be worth anything, and is worth so much a character where it is certain.
const LEAST: f64 = 0.12;
const CERTAIN: f64 = 2.0;
/// A name that closes with an organisation's ending keeps this share of the grammar's worth at least, where that is so much:
/// firms and bodies that no news has named are what the tagger knows least of.
const FLOOR: f64 = 0.9;
const FAIR: f64 = 0.4;

/// The same for a name that begins with several places, which by themselves would be worth more than the whole.
const PLACED: f64 = 1.7;

/// What grammar thinks a name worth whose ending leaves no doubt.
const SURELY: f64 = 1.1;

/// What is known of one reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Where it stands.
    pub span: Span,
    /// As what it is read.
    pub kind: EntityType,
    /// Who proposes it.
    pub source: &'static str,
    /// The log-odds of the tagger.
    pub odds: f64,
    /// The measures, in the order of [`MEASURES`].
    pub measures: [f64; MEASURES.len()],
}

/// The weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    measures: FxHashMap<EntityType, [f64; MEASURES.len()]>,
    sources: FxHashMap<(EntityType, String), [f64; OF_SOURCE.len()]>,
}

impl Weights {
    /// The weights of a table: type, source or `-`, what is measured, the weight, parted by tabs; `#` for comments.
    /// What the table leaves out weighs nothing, what it calls by an unknown name is left alone.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut out = Self::default();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let [kind, source, measure, weight] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let kind = TYPES.into_iter().find(|t| t.name() == kind);
            let (Some(kind), Ok(weight)) = (kind, weight.parse::<f64>()) else { continue };
            let at = |names: &[&str]| names.iter().position(|m| *m == measure);
            if source == "-" {
                if let Some(at) = at(&MEASURES) {
                    out.measures.entry(kind).or_default()[at] = weight;
                }
            } else if let Some(at) = at(&OF_SOURCE) {
                out.sources.entry((kind, source.to_owned())).or_default()[at] = weight;
            }
        }
        out
    }

    /// The probability that a reading is right.
    #[must_use]
    pub fn probability(&self, evidence: &Evidence) -> f64 {
        let mut sum = 0.0;
        if let Some(weights) = self.measures.get(&evidence.kind) {
            sum += weights.iter().zip(&evidence.measures).map(|(w, m)| w * m).sum::<f64>();
        }
        // The few sources of a type: looking through them is as fast as hashing their names.
        let source = self.sources.iter().find(|((kind, s), _)| *kind == evidence.kind && s == evidence.source);
        if let Some((_, [bias, odds])) = source {
            sum += bias + odds * evidence.odds;
        }
        logistic(sum)
    }
}

/// Gives every reading as a name its worth by what is known of it.
pub(crate) fn weigh(view: &View<'_>, weights: &Weights, candidates: &mut [Candidate]) {
    for candidate in candidates {
        if let Some(evidence) = evidence(view, candidate) {
            let weighed = CERTAIN * (weights.probability(&evidence) - LEAST) / (1.0 - LEAST);
            let closed = candidate.source == "organization suffix" && candidate.worth >= FAIR;
            let floor = if closed && placed(view, candidate) { PLACED } else { FLOOR };
            candidate.worth = if closed { weighed.max(floor * candidate.worth) } else { weighed };
        }
    }
}

/// Whether a name begins with places in one another: 安徽省黄山市歙县人民医院.
fn placed(view: &View<'_>, candidate: &Candidate) -> bool {
    let place = |at: usize| view.lexicon.places.contains_key(view.word(at));
    // 北京吉林企业 + 商会.
    let goes_on = view.lexicon.organization_suffixes.contains_key(view.word(candidate.tokens.end));
    candidate.tokens.len() > 2 && candidate.worth >= SURELY && !goes_on && candidate.tokens.clone().take(2).all(place)
}

/// What is known of a reading; nothing of one that is no person, organisation or place.
pub(crate) fn evidence(view: &View<'_>, candidate: &Candidate) -> Option<Evidence> {
    let Kind::Entity(kind) = candidate.kind else { return None };
    if !TYPES.contains(&kind) || SETTLED.contains(&candidate.source) {
        return None;
    }
    // 西安, 巴西: the lexicon knows better than weights that were taught by 中德.
    if candidate.source == "place" && view.is_place_of_country_chars(&candidate.tokens) {
        return None;
    }
    let span = view.span(&candidate.tokens);
    let mut measures = [0.0; MEASURES.len()];
    let [bias, outside, worth, length, within, around, other, across, start, end, rival, beside, elsewhere] =
        &mut measures;
    *bias = 1.0;
    *outside = f64::from(view.names.outside(span));
    *worth = candidate.worth;
    #[allow(clippy::cast_precision_loss)]
    let chars = view.words(&candidate.tokens).chars().count().min(12) as f64;
    *length = chars / 10.0;
    for name in view.names.names.iter().filter(|n| n.span.overlaps(span)) {
        let confidence = f64::from(name.confidence);
        let raise = |measure: &mut f64| *measure = measure.max(confidence);
        if name.span == span {
            if name.kind != kind {
                raise(rival);
            }
        } else if name.span.contains(span) {
            raise(within);
        } else if span.contains(name.span) {
            raise(if name.kind == kind { around } else { other });
        } else {
            raise(across);
        }
        if name.kind == kind && name.span.start == span.start {
            raise(start);
        }
        if name.kind == kind && name.span.end == span.end {
            raise(end);
        }
    }
    // 香港澳门: of two places side by side neither speaks against the other.
    let words = view.words(&candidate.tokens);
    let apart = |name: &Name| {
        let other = name.span.of(view.text);
        let (first, second) = if name.span < span { (other, words) } else { (words, other) };
        kind == EntityType::Place && view.lexicon.side_by_side(first, second)
    };
    for name in view.names.names.iter().filter(|n| n.kind == kind && !apart(n)) {
        if name.span.end == span.start || name.span.start == span.end {
            *beside = beside.max(f64::from(name.confidence));
        }
    }
    let there = view.known.names(view.words(&candidate.tokens)).find(|(k, _)| *k == kind);
    *elsewhere = there.map_or(0.0, |(_, confidence)| confidence);
    let odds = log_odds(probability(view, span, kind));
    Some(Evidence { span, kind, source: candidate.source, odds, measures })
}

/// How likely `span` is a name of `kind`, or a chain of places of which each is one.
fn probability(view: &View<'_>, span: Span, kind: EntityType) -> f64 {
    let whole = view.names.probability(span, kind);
    let mut end = span.start;
    let mut least = 1.0_f32;
    if kind == EntityType::Place {
        for name in view.names.names.iter().filter(|n| n.kind == kind && span.contains(n.span)) {
            if name.span.start == end {
                end = name.span.end;
                least = least.min(name.confidence);
            }
        }
    }
    f64::from(if end == span.end { whole.max(least) } else { whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_built_in_table_weighs_something() {
        let table = crate::annotate::READINGS;
        let weights = Weights::parse(table);
        for row in table.lines().filter(|l| !l.starts_with('#')) {
            let [kind, source, measure, weight] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let kind = TYPES.into_iter().find(|t| t.name() == kind).unwrap();
            let at = |names: &[&str]| names.iter().position(|m| *m == measure).unwrap_or_else(|| panic!("{row}"));
            let held = match source {
                "-" => weights.measures[&kind][at(&MEASURES)],
                _ => weights.sources[&(kind, source.to_owned())][at(&OF_SOURCE)],
            };
            assert_eq!(held, weight.parse::<f64>().unwrap(), "{row}");
            assert!(!SETTLED.contains(&source), "{source} is not weighed");
        }
        assert_eq!(weights.measures.len(), TYPES.len());
    }
}
