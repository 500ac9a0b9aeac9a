//! What may be one and is not joined, since likeness alone joins nothing: pairs for a person to decide about.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Identity, Key, LEXICON, Linking, distinctive};
use crate::annotate::short_names::short_forms;
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::text::normal;

/// Two entities that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The one of more documents; index into [`Linking::identities`].
    pub one: usize,
    /// The other.
    pub other: usize,
    /// What is alike.
    pub likeness: Likeness,
    /// From 0 to 1, the mean of how much the likeness says ([`Likeness::weight`]) and of how much of what their documents
    /// speak of is the same ([`Proposal::shared`]): it orders what to look at first and is no probability.
    pub score: f64,
    /// What the documents of both speak of, the most telling first; indices.
    pub shared: Vec<usize>,
}

/// What is alike in two entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The user's table gives both one identifier.
    Identifier,
    /// Firms whose names differ in the legal form alone (有限公司, 股份有限公司).
    LegalForm,
    /// The one name is what the other is usually cut down to.
    ShortName,
    /// A text or a list says that the one name may be the other's, among several.
    Ambiguous,
    /// They have one name.
    Name,
}

impl Likeness {
    /// How much it says by itself, 0 to 1.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::Identifier => 1.0,
            Self::LegalForm => 0.9,
            Self::ShortName => 0.7,
            Self::Ambiguous => 0.6,
            Self::Name => 0.5,
        }
    }

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identifier => "one identifier",
            Self::LegalForm => "legal form",
            Self::ShortName => "short name",
            Self::Ambiguous => "one of several",
            Self::Name => "one name",
        }
    }
}

/// Documents of an entity that are looked at for what it shares with another: enough to tell, and bounded.
const DOCUMENTS: usize = 50;
/// What is added to the smaller context, in units of [`Context::rarity`]: sharing all of very little tells little.
const PRIOR: f64 = 8.0;
/// So many shared entities are told.
const TOLD: usize = 5;

/// All pairs that may be one and that no person has decided about, the likeliest first.
#[must_use]
pub fn proposals(linking: &Linking) -> Vec<Proposal> {
    let mut pairs: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    let mut add = |one: usize, other: usize, likeness: Likeness| {
        let pair = (one.min(other), one.max(other));
        // Two codes are two places, whatever their names.
        let coded = |at: usize| matches!(linking.identities[at].key, Key::Code(_));
        if one != other && !(coded(one) && coded(other)) && !linking.apart.contains(&pair) {
            pairs.entry(pair).and_modify(|best| *best = (*best).min(likeness)).or_insert(likeness);
        }
    };
    for (likeness, set) in alike(&linking.identities, &LEXICON) {
        // One of many is paired with the one that most documents speak of: a person who joins goes on from there.
        let largest = |at: &&usize| (linking.identities[**at].documents.len(), Reverse(**at));
        if let Some(first) = set.iter().max_by_key(largest) {
            set.iter().for_each(|other| add(*first, *other, likeness));
        }
    }
    linking.ambiguous.iter().for_each(|(one, other)| add(*one, *other, Likeness::Ambiguous));
    let context = Context::of(linking);
    let mut out: Vec<Proposal> = pairs
        .into_iter()
        .map(|((a, b), likeness)| {
            let size = |at: usize| (linking.identities[at].documents.len(), Reverse(at));
            let (one, other) = if size(a) >= size(b) { (a, b) } else { (b, a) };
            let (overlap, shared) = context.shared(one, other);
            Proposal { one, other, likeness, score: f64::midpoint(likeness.weight(), overlap), shared }
        })
        .collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.one, a.other).cmp(&(b.one, b.other))));
    out
}

/// Of pairs of the same names the first alone, each with how many there are.
#[must_use]
pub fn by_names<'p>(linking: &Linking, proposals: impl Iterator<Item = &'p Proposal>) -> Vec<(&'p Proposal, usize)> {
    let mut pairs: Vec<(&Proposal, usize)> = Vec::new();
    let mut of_names: BTreeMap<(EntityType, &str, &str), usize> = BTreeMap::new();
    for proposal in proposals {
        let (one, other) = (&linking.identities[proposal.one], &linking.identities[proposal.other]);
        let at = *of_names.entry((one.kind, &one.name, &other.name)).or_insert(pairs.len());
        match pairs.get_mut(at) {
            Some((_, pairs)) => *pairs += 1,
            None => pairs.push((proposal, 1)),
        }
    }
    pairs
}

/// Sets of identities that are alike.
fn alike(identities: &[Identity], lexicon: &Lexicon) -> Vec<(Likeness, BTreeSet<usize>)> {
    let mentioned = || identities.iter().enumerate().filter(|(_, identity)| !identity.documents.is_empty());
    let mut by_name: BTreeMap<(EntityType, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut by_identifier: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut by_stem: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    // Two divisions are two, whatever their name.
    for (at, identity) in mentioned().filter(|(_, identity)| !matches!(identity.key, Key::Code(_))) {
        by_name.entry((identity.kind, &identity.name)).or_default().insert(at);
        for iri in &identity.same_as {
            by_identifier.entry(iri).or_default().insert(at);
        }
        if identity.kind == EntityType::Organization
            && let Some(stem) = stem(&identity.name, lexicon)
        {
            by_stem.entry(stem).or_default().insert(at);
        }
    }
    let mut out: Vec<(Likeness, BTreeSet<usize>)> = Vec::new();
    for (at, identity) in mentioned().filter(|(_, identity)| identity.kind == EntityType::Organization) {
        // A name that tells nobody apart (第三医院) is another body's in each text.
        let tells = |short: &String| distinctive::organization(short) || !normal::is_generic(short);
        for short in short_forms(&identity.name, lexicon).iter().filter(|short| tells(short)) {
            let others = by_name.get(&(EntityType::Organization, short.as_str()));
            out.extend(others.into_iter().flatten().map(|other| (Likeness::ShortName, BTreeSet::from([at, *other]))));
        }
    }
    out.extend(by_identifier.into_values().map(|set| (Likeness::Identifier, set)));
    out.extend(by_stem.into_values().map(|set| (Likeness::LegalForm, set)));
    let named = by_name.into_iter().filter(|((kind, name), set)| set.len() > 1 && compared(*kind, name));
    out.extend(named.map(|(_, set)| (Likeness::Name, set)));
    out
}

/// Whether entities of one name may be one: persons and places that documents do not tell apart, not groups, events and
/// bodies that each text has of its own.
fn compared(kind: EntityType, name: &str) -> bool {
    match kind {
        EntityType::Person => distinctive::person(name),
        EntityType::Place => true,
        EntityType::Organization => distinctive::organization(name),
        _ => false,
    }
}

/// A firm's name without its legal form.
fn stem<'a>(name: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    let ending = lexicon.class("firm_ending").filter(|ending| name.ends_with(*ending)).max_by_key(|e| e.len())?;
    name.strip_suffix(ending).filter(|stem| distinctive::organization(stem))
}

/// What documents speak of.
struct Context<'a> {
    linking: &'a Linking,
    /// By document the entities that several documents mention.
    mentioned: BTreeMap<&'a str, BTreeSet<usize>>,
    documents: usize,
}

impl<'a> Context<'a> {
    fn of(linking: &'a Linking) -> Self {
        let mut mentioned: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (document, member) in linking.all_members() {
            let here = mentioned.entry(document).or_default();
            if !matches!(linking.identities[member.identity].key, Key::Document { .. }) {
                here.insert(member.identity);
            }
        }
        let documents = mentioned.len();
        Self { linking, mentioned, documents }
    }

    fn around(&self, identity: usize) -> BTreeSet<usize> {
        let documents = self.linking.identities[identity].documents.iter().take(DOCUMENTS);
        documents.filter_map(|id| self.mentioned.get(id.as_str())).flatten().copied().collect()
    }

    /// How rare an entity is: the logarithm of the share of documents that mention it, as in inverse document frequency.
    #[allow(clippy::cast_precision_loss)]
    fn rarity(&self, identity: usize) -> f64 {
        (1.0 + self.documents as f64 / self.linking.identities[identity].documents.len().max(1) as f64).ln()
    }

    /// The share of what the documents of the one speak of in what those of the other do, the smaller of both, by rarity;
    /// and the most telling of it.
    fn shared(&self, one: usize, other: usize) -> (f64, Vec<usize>) {
        let (mut a, mut b) = (self.around(one), self.around(other));
        for set in [&mut a, &mut b] {
            set.remove(&one);
            set.remove(&other);
        }
        let mut shared: Vec<usize> = a.intersection(&b).copied().collect();
        let sum = |set: &mut dyn Iterator<Item = usize>| set.map(|at| self.rarity(at)).sum::<f64>();
        let whole = sum(&mut a.iter().copied()).min(sum(&mut b.iter().copied()));
        let overlap = sum(&mut shared.iter().copied()) / (whole + PRIOR);
        shared.sort_by(|a, b| self.rarity(*b).total_cmp(&self.rarity(*a)).then_with(|| a.cmp(b)));
        shared.truncate(TOLD);
        (overlap, shared)
    }
}
