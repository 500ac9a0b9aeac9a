//! Which entities of different documents are one: annotations and a person's decisions → identities.
//!
//! What is decided here is decided by names that mean one thing everywhere, by definitions in the texts, by lists, by
//! administrative codes, and for persons by an organisation, post or place that agrees. Likeness alone joins nothing: it
//! is proposed ([`propose`]), and a person decides. Linking is a pure function of all annotations and all decisions,
//! whatever their order.
//!
//! 1. `unit`: the entities of all documents, with the types that a person has given them.
//! 2. Anchors: what each is in every document (`organization` by its names and `alias`es, `place`, `distinctive`).
//! 3. Groups: what has one anchor is one; `person`s where something agrees.
//! 4. `decide`: a person parts and joins groups; `verdict`: and judges facts.
//! 5. `identity`: each group becomes an identity with its key, name and relations.

mod alias;
mod class;
mod decide;
mod distinctive;
pub mod elsewhere;
pub mod gather;
mod gazetteer;
mod groups;
mod identifier;
mod identity;
mod key;
mod meant;
mod organization;
mod person;
mod place;
pub mod propose;
mod refer;
mod retype;
pub mod told;
mod unit;
mod verdict;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::annotation::{Annotation, EntityType, Fact};
use crate::decision::{self, Decision};
use crate::lexicon::Lexicon;
use crate::span::CharSpan;
use alias::Aliases;
use elsewhere::Elsewhere;
use groups::Groups;
use place::Places;
use unit::{Anchor, Unit};

pub(crate) use unit::numbered;

pub use alias::{Alias, Evidence};
pub use decide::Unapplied;
pub use identifier::{BadIdentifier, Identifier, Misplaced};
pub use identity::Identity;
pub use key::Key;
pub use person::Agreement;
pub use refer::{around, fact_reference};
pub use verdict::{Verdict, quote};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::embedded);

/// Reads the lists that linking needs: what takes as long as reading many documents, and can be done meanwhile.
pub fn prepare() {
    LazyLock::force(&LEXICON);
    distinctive::prepare();
}

/// Who the entities of all documents are.
#[derive(Debug, Clone, Default)]
pub struct Linking {
    /// Every entity of the graph, and the places and classes that entities fall under, sorted by key.
    pub identities: Vec<Identity>,
    /// What the documents call them, by document.
    members: BTreeMap<String, Vec<Member>>,
    /// What a person has said of facts, by document and id.
    verdicts: BTreeMap<(String, String), Verdict>,
    /// Pairs of identities of which a person has said that they are two, the smaller index first.
    apart: BTreeSet<(usize, usize)>,
    /// Pairs of which a text or a list says that the one name may be the other's, among several.
    ambiguous: BTreeSet<(usize, usize)>,
    /// Decisions that no longer apply, or not to all that they name.
    pub unapplied: Vec<Unapplied>,
    /// Rows of the table of outside identifiers that belong to no entity, or to several.
    pub misplaced: Vec<Misplaced>,
}

/// An entity of a document, or those of its mentions that are another identity than the rest.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its id in the document.
    pub entity: String,
    /// Index into [`Linking::identities`].
    pub identity: usize,
    /// The names that the document gives it, sorted: as written, and in the normal form.
    pub names: Vec<String>,
    /// Its mentions.
    pub mentions: Vec<CharSpan>,
}

impl Linking {
    /// Links the entities of `annotations`, which are the witnesses of all texts: no two of one text.
    #[must_use]
    pub fn new(annotations: &[Annotation], decisions: &[Decision], identifiers: &[Identifier]) -> Self {
        Self::with(annotations, decisions, identifiers, None)
    }

    /// Links the entities of `annotations`, which are some of the witnesses, as [`Linking::new`] links those of all, where
    /// a person has decided nothing. Of their entities it tells the same; what is told of those of other documents is
    /// theirs.
    #[must_use]
    pub fn among(annotations: &[Annotation], elsewhere: &Elsewhere) -> Self {
        Self::with(annotations, &[], &[], Some(elsewhere))
    }

    fn with(
        annotations: &[Annotation],
        decisions: &[Decision],
        identifiers: &[Identifier],
        elsewhere: Option<&Elsewhere>,
    ) -> Self {
        let mut sorted: Vec<&Annotation> = annotations.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let standing = decision::standing(decisions);
        let mut units = unit::units(&sorted);
        let mut unapplied = decide::undone_in_vain(decisions);
        // A type tells what a name means: entities are linked once to see which are meant, and again as what they are.
        let retyped = retype::retype(&mut units, &standing, &mut unapplied);
        let automatic = Automatic::of(&mut units, elsewhere);
        let mut decided = decide::regroup(&mut units, automatic, &standing, &mut unapplied);
        unapplied.retain(|unapplied| !retyped.parted.contains(&unapplied.decision));
        for (unit, id) in retyped.by {
            decided.decisions.entry(unit).or_default().insert(id);
        }
        let identity::Identities { identities, members, of_units } =
            identity::identities(units, &decided, &LEXICON, elsewhere);
        let mut linking = Self { identities, members, ..Self::default() };
        let identity = |unit: &usize| of_units.get(*unit).copied().flatten();
        let apart = decided.apart.iter().filter_map(|(one, other)| Some((identity(one)?, identity(other)?)));
        linking.apart = apart.map(ordered).collect();
        linking.ambiguous = decided.automatic.ambiguous(&linking.identities, identity);
        linking.verdicts = verdict::verdicts(&sorted, &standing, &mut unapplied);
        linking.misplaced = identifier::place(&mut linking.identities, &linking.members, identifiers);
        unapplied.sort();
        linking.unapplied = unapplied;
        linking
    }

    /// The entities of a document.
    #[must_use]
    pub fn members(&self, document: &str) -> &[Member] {
        self.members.get(document).map_or(&[], Vec::as_slice)
    }

    /// Who an entity of a document is where these words mention it, or wherever it is mentioned.
    #[must_use]
    pub fn member(&self, document: &str, entity: &str, words: Option<CharSpan>) -> Option<&Member> {
        let members = || self.members(document).iter().filter(|member| member.entity == entity);
        let mentioned = words.and_then(|words| members().find(|member| member.mentions.contains(&words)));
        mentioned.or_else(|| members().next())
    }

    /// Every member with the id of its document, in the order of the documents.
    pub fn all_members(&self) -> impl Iterator<Item = (&str, &Member)> {
        self.members
            .iter()
            .flat_map(|(document, members)| members.iter().map(move |member| (document.as_str(), member)))
    }

    /// What a person has said of a fact.
    #[must_use]
    pub fn verdict(&self, document: &str, fact: &str) -> Option<&Verdict> {
        if self.verdicts.is_empty() {
            return None;
        }
        self.verdicts.get(&(document.to_owned(), fact.to_owned()))
    }

    /// Every verdict with the document and the id of its fact.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, &str, &Verdict)> {
        self.verdicts.iter().map(|((document, fact), verdict)| (document.as_str(), fact.as_str(), verdict))
    }
}

/// What is one without a person's decisions.
struct Automatic {
    groups: Groups,
    places: Places,
    aliases: Aliases,
    /// By the first unit of a person's group, on what its documents agree.
    agreements: BTreeMap<usize, BTreeSet<Agreement>>,
    /// By the first unit of a person's group its key, where documents that are not at hand tell it.
    keys: BTreeMap<usize, Key>,
}

impl Automatic {
    /// Gives units their anchors and groups them.
    fn of(units: &mut [Unit<'_>], elsewhere: Option<&Elsewhere>) -> Self {
        let aliases = Aliases::of(units, &LEXICON, elsewhere);
        let places = Places::anchor(units, elsewhere);
        units.par_iter_mut().filter(|unit| unit.kind != EntityType::Place).for_each(|unit| {
            unit.anchor = anchor(unit, &aliases);
        });
        organization::qualify(units, &aliases, elsewhere);
        let mut groups = Groups::new(units.len());
        let mut first: FxHashMap<(EntityType, &Anchor), usize> = FxHashMap::default();
        for (at, unit) in units.iter().enumerate() {
            if let Some(anchor) = &unit.anchor {
                groups.join(at, *first.entry((unit.kind, anchor)).or_insert(at));
            }
        }
        let (agreements, keys) = match elsewhere {
            None => (person::join(units, &places, &mut groups), BTreeMap::new()),
            Some(elsewhere) => person::joined(units, elsewhere, &mut groups),
        };
        Self { groups, places, aliases, agreements, keys }
    }
}

impl Automatic {
    /// Pairs of identities of which a text or a list says that the one name may be the other's, among several: divisions
    /// of one name, and full names of one short name. `of` tells the identity of a unit.
    fn ambiguous(&self, identities: &[Identity], of: impl Fn(&usize) -> Option<usize>) -> BTreeSet<(usize, usize)> {
        let with_key = |key: &Key| identities.binary_search_by(|identity| identity.key.cmp(key)).ok();
        let place = |anchor: &Anchor| with_key(&Key::of(EntityType::Place, anchor));
        let organization = |name: &str| {
            let name = self.aliases.full(name).to_owned();
            with_key(&Key::Name { kind: EntityType::Organization, name })
        };
        let places = self.places.ambiguous().flat_map(|(unit, anchors)| {
            let unit = of(unit);
            anchors.iter().filter_map(move |anchor| Some((unit?, place(anchor)?)))
        });
        let names = self.aliases.found.iter().filter_map(|alias| {
            let pair = (organization(&alias.short)?, organization(&alias.full)?);
            Some(pair).filter(|(short, full)| short != full)
        });
        let mentioned = |pair: &(usize, usize)| {
            let is_mentioned = |at: usize| identities.get(at).is_some_and(|identity| !identity.documents.is_empty());
            is_mentioned(pair.0) && is_mentioned(pair.1)
        };
        places.chain(names).filter(mentioned).map(ordered).collect()
    }
}

fn ordered((one, other): (usize, usize)) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// What a unit that is no place is in every document.
fn anchor(unit: &Unit<'_>, aliases: &Aliases) -> Option<Anchor> {
    let name = unit.name.as_str();
    if unit.names.is_empty() {
        return None;
    }
    let tells = match unit.kind {
        EntityType::Organization => return organization::anchor(unit, aliases),
        EntityType::Product => distinctive::product(name),
        EntityType::Disease => distinctive::disease(name),
        EntityType::Work => unit.is_titled() && distinctive::work(name),
        EntityType::Activity => distinctive::activity(name),
        EntityType::Person | EntityType::Group | EntityType::Place => false,
    };
    tells.then(|| Anchor::Name(unit.name.clone()))
}

/// The fillers of a fact in a role that are entities, by their ids.
fn fillers<'a>(fact: &'a Fact, role: &'a str) -> impl Iterator<Item = &'a str> {
    fact.roles.iter().filter(move |filler| filler.role == role).filter_map(|filler| filler.entity.as_deref())
}
