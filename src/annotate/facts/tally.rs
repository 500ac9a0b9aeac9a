//! Numbers with a measure put together from words: 累计报告境外输入确诊病例1634例, 其中石家庄17例, 无新增死亡病例.
//!
//! Bulletins leave out what stands: 其中重症病例22例 counts serious cases among those of the number before, and 新增48例
//! goes on with what was counted last. So the words of a measure are read into its parts, and parts that are left out
//! are taken from the measure that holds.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::clause::{Element, ElementKind, View};
use super::{Draft, Filled, Filler, roles};
use crate::annotate::mentions::Kind;
use crate::annotate::values::{Value, ValueKind};
use crate::annotation::Modality;
use crate::schema::{Frame, Pattern, Slot, Tally};
use crate::span::Span;

/// What the tallies read so far leave to those that follow, by the numbers of frame and pattern.
pub(crate) type Standing = FxHashMap<(usize, usize), Carried>;

/// What the tallies of one pattern leave to those that follow.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    /// The parts of the measure that holds, and of the one read last.
    head: Parts,
    last: Parts,
    /// The clause of the number that 其中 speaks of.
    whole: Span,
    /// Whether 其中 holds.
    among: bool,
    /// Where the counting was, in the paragraph read last and over a whole bulletin.
    places: Vec<Filler>,
    wide: Vec<Filler>,
    /// Where the sentence read last began to count.
    lead: Vec<Filler>,
    paragraph: usize,
    /// Other circumstances by role.
    others: Vec<Filler>,
}

/// The words of a measure by the number of their part.
type Parts = BTreeMap<usize, String>;

/// What a clause is read into.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// A word of a measure, with the number of its part.
    Part(usize),
    /// 病例, 达: words that may stand between.
    Between,
    /// 无.
    None,
    /// 其中.
    Among,
    Count(usize),
    Mention(usize),
    Other,
}

/// The facts that the numbers of a sentence state.
pub(super) fn facts(
    view: &View<'_>,
    elements: &[Element],
    frame: &Frame,
    index: usize,
    carried: &mut Carried,
) -> Vec<Draft> {
    let pattern = &frame.patterns[index];
    let Some(tally) = &pattern.tally else { return Vec::new() };
    let before = view.text[..view.sentence.span.start].trim_end();
    carried.among = false;
    let goes_on = before.ends_with(['；', ';']);
    if !goes_on {
        carried.head.clear();
        carried.last.clear();
    }
    // Most sentences count nothing.
    let counted = |v: &Value| match &v.kind {
        ValueKind::Count { unit, .. } => tally.units.contains(unit),
        _ => false,
    };
    let words = view.sentence.span.of(view.text);
    if !view.values_of(view.sentence.span).any(|(_, v)| counted(v))
        && !tally.none.iter().any(|none| words.contains(none.as_str()))
    {
        return Vec::new();
    }
    // 美国新增8000例；死亡801例: where the counting was before the semicolon.
    let places = if goes_on { std::mem::take(&mut carried.lead) } else { Vec::new() };
    let mut reader = Reader { view, elements, frame, pattern, index, tally, carried, places, out: Vec::new() };
    for clause in 0..view.sentence.clauses.len() {
        reader.clause(clause);
    }
    reader.out
}

struct Reader<'a> {
    view: &'a View<'a>,
    elements: &'a [Element],
    frame: &'a Frame,
    pattern: &'a Pattern,
    index: usize,
    tally: &'a Tally,
    carried: &'a mut Carried,
    /// The place that the sentence named last.
    places: Vec<Filler>,
    out: Vec<Draft>,
}

impl Reader<'_> {
    fn clause(&mut self, clause: usize) {
        let pieces = self.pieces(self.view.sentence.clauses[clause]);
        let counts = pieces.iter().any(|(p, _)| matches!(p, Piece::Count(_)));
        let among = pieces.iter().any(|(p, _)| *p == Piece::Among);
        let anew = pieces.iter().any(|(p, _)| *p == Piece::Part(0));
        self.carried.among = among || self.carried.among && !anew;
        let mut pending: Vec<usize> = Vec::new();
        let mut none = false;
        for (at, (piece, _)) in pieces.iter().enumerate() {
            match piece {
                Piece::Part(_) => pending.push(at),
                Piece::Between => {}
                Piece::None => none = true,
                Piece::Mention(mention) => self.place(clause, *mention),
                Piece::Count(value) => {
                    // 新增19例本土确诊病例: the measure goes on behind the number.
                    let behind = pieces[at + 1..].iter().take_while(|(p, _)| self.belongs(p));
                    let mut parts = pending.clone();
                    parts.extend(
                        (at + 1..).zip(behind).filter(|(_, (p, _))| matches!(p, Piece::Part(_))).map(|(n, _)| n),
                    );
                    let placed = at > 0 && matches!(pieces[at - 1].0, Piece::Mention(_));
                    if !parts.is_empty() || self.carried.among && placed {
                        let count = Filler {
                            role: self.tally.count.clone(),
                            what: Filled::Value(*value),
                            quantity: None,
                            span: self.view.values[*value].span,
                        };
                        self.state(clause, &pieces, &parts, count);
                    }
                    pending.clear();
                }
                Piece::Among | Piece::Other => {
                    // 无…: what is not counted stands to the end of the measure.
                    if !none || counts {
                        pending.clear();
                    }
                }
            }
        }
        if none && !counts && !pending.is_empty() {
            let span = pieces[pending[0]].1.join(pieces[pending[pending.len() - 1]].1);
            let what = Filled::Count(0.0, self.tally.units.first().cloned().unwrap_or_default());
            let count = Filler { role: self.tally.count.clone(), what, quantity: None, span };
            self.state(clause, &pieces, &pending, count);
        }
    }

    /// Whether a piece behind a number can belong to its measure.
    fn belongs(&self, piece: &Piece) -> bool {
        match piece {
            Piece::Part(_) | Piece::Between => true,
            Piece::Mention(m) => !self.is_place(*m),
            _ => false,
        }
    }

    fn is_place(&self, mention: usize) -> bool {
        let Kind::Entity(kind) = self.view.mentions[mention].kind else { return false };
        self.frame.roles.get("place").is_some_and(|r| r.rank(kind) == Some(0))
    }

    /// Takes note of a place, and of the others that it is listed with.
    fn place(&mut self, clause: usize, mention: usize) {
        if !self.is_place(mention) {
            return;
        }
        let span = self.view.mentions[mention].span;
        let items =
            self.elements.iter().filter(|e| e.clause == clause && e.span.contains(span)).find_map(|e| match &e.kind {
                ElementKind::Phrase { items, .. } => Some(items.as_slice()),
                _ => None,
            });
        let fillers =
            roles::fill(self.view, self.frame, &["place".to_owned()], Slot::Subject, items.unwrap_or_default());
        if !fillers.is_empty() {
            self.places = fillers;
        }
    }

    /// States that `count` is what the pieces `parts` measure.
    fn state(&mut self, clause: usize, pieces: &[(Piece, Span)], parts: &[usize], count: Filler) {
        let view = self.view;
        let last_part = self.tally.parts.len() - 1;
        let mut measure = Parts::new();
        for at in parts {
            if let Piece::Part(part) = pieces[*at].0 {
                measure.entry(part).or_default().push_str(pieces[*at].1.of(view.text));
            }
        }
        let spoken = measure.clone();
        let among = self.carried.among && !self.carried.head.is_empty();
        for part in 0..=last_part {
            let from = if among || self.tally.parts[part].holds { &self.carried.head } else { &self.carried.last };
            if let Some(words) = from.get(&part).filter(|_| among || self.tally.parts[part].holds || part == last_part)
            {
                measure.entry(part).or_insert_with(|| words.clone());
            }
        }
        let inherits = measure != spoken;
        let Some(counted) = measure.get(&last_part) else { return };
        let weak = self.tally.unsure.contains(counted);
        let here = view.sentence.clauses[clause];
        let words: String = measure.values().map(String::as_str).collect();
        let hull = |spans: Vec<Span>| spans.into_iter().reduce(Span::join);
        let span = hull(parts.iter().map(|p| pieces[*p].1).collect()).unwrap_or(count.span);
        let mut fillers =
            vec![Filler { role: self.tally.measure.clone(), what: Filled::Words(words), quantity: None, span }, count];
        let paragraph = view.sentence.paragraph;
        let wide = |places: &[Filler]| {
            places.iter().any(|p| {
                let words = p.span.of(view.text);
                view.lexicon.is("everywhere", words) || words.starts_with(|c: char| c.is_numeric())
            })
        };
        if self.out.is_empty() {
            self.carried.lead.clone_from(&self.places);
        }
        if !self.places.is_empty() {
            if !self.carried.among {
                self.carried.places.clone_from(&self.places);
                self.carried.paragraph = paragraph;
                if wide(&self.places) {
                    self.carried.wide.clone_from(&self.places);
                }
            }
            fillers.extend(self.places.iter().cloned());
        } else if !self.carried.wide.is_empty() {
            // A region in a nationwide bulletin is an aside.
            fillers.extend(self.carried.wide.iter().cloned());
        } else if self.carried.paragraph == paragraph {
            fillers.extend(self.carried.places.iter().cloned());
        }
        let others = self.others(clause, pieces);
        for other in &others {
            self.carried.others.retain(|o| o.role != other.role);
            self.carried.others.push(other.clone());
        }
        fillers.extend(self.carried.others.iter().cloned());
        let named = fillers.iter().any(|f| f.role == "disease");
        let company = named || !self.carried.last.is_empty() || !self.out.is_empty();
        let whole = self.carried.whole;
        if !self.carried.among {
            self.carried.head.clone_from(&measure);
            self.carried.whole = here;
        }
        self.carried.last = measure;
        let met = self.pattern.needs.iter().all(|n| n.met(|r| fillers.iter().filter(|f| f.role == r).count()));
        if !met || weak && !company {
            return;
        }
        // A number is believed with where and when it was counted, and with what it is a part of; that may stand before
        // a semicolon.
        let told = fillers.iter().map(|f| f.span).filter(|s| view.sentence.span.contains(*s));
        let evidence = told.chain(inherits.then_some(whole)).fold(here, Span::join);
        self.out.push(Draft {
            frame: self.frame.name.clone(),
            pattern: self.index,
            trigger: Some(span),
            evidence,
            fillers,
            polarity: self.pattern.polarity,
            modality: Modality::Actual,
            read: true,
            confidence: self.pattern.confidence,
        });
    }

    /// What the clause says of the other roles, and the time of the sentence.
    fn others(&self, clause: usize, pieces: &[(Piece, Span)]) -> Vec<Filler> {
        let view = self.view;
        let time = |e: &Element| match e.kind {
            ElementKind::Time(value) if e.clause <= clause => Some(value),
            _ => None,
        };
        let mut out = Vec::new();
        if let Some(value) = self.elements.iter().rev().find_map(time) {
            let span = view.values[value].span;
            out.push(Filler { role: "time".into(), what: Filled::Value(value), quantity: None, span });
        }
        for (piece, span) in pieces {
            let Piece::Mention(mention) = piece else { continue };
            let Kind::Entity(kind) = view.mentions[*mention].kind else { continue };
            let role = self.tally.of.iter().find(|r| self.frame.roles[*r].rank(kind).is_some());
            if let Some(role) = role.filter(|r| !out.iter().any(|f| f.role == **r)) {
                let what = Filled::Mention(*mention, None);
                out.push(Filler { role: role.clone(), what, quantity: None, span: *span });
            }
        }
        out
    }

    /// A clause as pieces, from left to right, at each byte the longest.
    fn pieces(&self, clause: Span) -> Vec<(Piece, Span)> {
        let view = self.view;
        let mut out = Vec::new();
        let mut at = clause.start;
        while at < clause.end {
            let mention = view.range.clone().find(|m| view.mentions[*m].span.start == at).filter(|m| {
                let Kind::Entity(kind) = view.mentions[*m].kind else { return false };
                let of = self.tally.of.iter().any(|r| self.frame.roles[r].rank(kind).is_some());
                of || self.is_place(*m)
            });
            // 31个省（区、市）: the number belongs to the name.
            let value = view.values.binary_search_by_key(&at, |v| v.span.start).ok();
            let value = value.filter(|v| view.values[*v].span.end <= clause.end);
            if let Some(value) = value.filter(|_| mention.is_none()) {
                let span = view.values[value].span;
                let counted = match &view.values[value].kind {
                    ValueKind::Count { unit, .. } => self.tally.units.contains(unit),
                    _ => false,
                };
                let piece = match &view.values[value].kind {
                    _ if counted => Piece::Count(value),
                    ValueKind::Time(_) => Piece::Between,
                    _ => Piece::Other,
                };
                out.push((piece, span));
                at = span.end;
                continue;
            }
            let rest = Span::new(at, clause.end).of(view.text);
            let word = self.word(rest);
            let length = mention.map_or(0, |m| view.mentions[m].span.len());
            // 无偿 counts nothing.
            let alone = |length: usize| view.tokens.iter().any(|t| t.span == Span::new(at, at + length));
            let word = word.filter(|(piece, length)| *piece != Piece::None || alone(*length));
            let (piece, length) = match (word, mention) {
                (Some((piece, long)), _) if long >= length => (piece, long),
                (_, Some(mention)) => (Piece::Mention(mention), length),
                _ => (Piece::Other, rest.chars().next().map_or(1, char::len_utf8)),
            };
            let span = Span::new(at, at + length);
            if !span.of(view.text).trim().is_empty() {
                out.push((piece, span));
            }
            at += length;
        }
        out
    }

    /// The longest word of the pattern with which `rest` begins, and its length in bytes.
    fn word(&self, rest: &str) -> Option<(Piece, usize)> {
        let parts =
            self.tally.parts.iter().enumerate().flat_map(|(n, p)| p.words.iter().map(move |w| (Piece::Part(n), w)));
        let between = self.tally.between.iter().map(|w| (Piece::Between, w));
        let none = self.tally.none.iter().map(|w| (Piece::None, w));
        let among = self.tally.among.iter().map(|w| (Piece::Among, w));
        let words = parts.chain(between).chain(none).chain(among);
        let listed = words.filter(|(_, w)| rest.starts_with(w.as_str())).map(|(p, w)| (p, w.len()));
        listed.max_by_key(|(_, length)| *length)
    }
}
