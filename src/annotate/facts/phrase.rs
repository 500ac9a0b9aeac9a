//! Noun phrases with their quantities, and lists of them.

use super::clause::{Item, Node, NodeKind, View};
use crate::annotate::mentions::organization::COUNTED;
use crate::annotate::mentions::{Kind, country};
use crate::annotate::token::Pos;
use crate::annotate::values::ValueKind;
use crate::annotation::EntityType;
use crate::span::Span;

impl View<'_> {
    /// A list of noun phrases from `at` on: its items, its span, and the node behind it.
    pub(super) fn list(&self, nodes: &[Node], at: usize) -> Option<(Vec<Item>, Span, usize)> {
        // 价值200万元的消毒液, 33吨价值26万元的蔬菜: what it is worth is an item beside it.
        let counted = at + usize::from(self.count(nodes, at).is_some() || self.is(nodes, at, "vague"));
        let worth = counted + usize::from(self.is(nodes, counted, "worth"));
        let noun = self.word(nodes, worth + 1) == "的" && self.leads_to_noun(nodes, worth + 2);
        if let Some(money) = self.money(nodes, worth).filter(|_| noun) {
            let (mut items, span, end) = self.list(nodes, worth + 2)?;
            if let Some(first) = items.first_mut() {
                first.value = first.value.or_else(|| self.count(nodes, at));
            }
            items.insert(0, Item { mention: None, value: Some(money), span: nodes[worth].span });
            return Some((items, nodes[at].span.join(span), end));
        }
        let (first, mut next) = self.item(nodes, at)?;
        let mut items = vec![first];
        // 首批物资共计15000个口罩、10000件手术服: what the class noun sums up is named behind it.
        if items[0].value.is_none()
            && self.is_product(&items[0])
            && self.is(nodes, next, "list_intro")
            && let Some((named, span, end)) = self.list(nodes, next + 1)
            && named.iter().all(|i| self.is_product(i))
            && named.iter().any(|i| i.value.is_some())
        {
            return Some((named, nodes[at].span.join(span), end));
        }
        loop {
            let comma = matches!(self.word_or_comma(nodes, next), "," | "，");
            // 两支医疗队共千名医护人员, 两支医疗队千名医护人员.
            let summed = items.last().is_some_and(|i| i.value.is_some() && self.is_group(i))
                && self.counts_people(nodes, next + usize::from(self.is(nodes, next, "total")));
            // 中德: countries in a character each need no 和.
            let row = self.in_row(nodes, next - 1) && self.in_row(nodes, next);
            let joined = self.is(nodes, next, "and") || summed || row;
            if !(joined || comma) {
                break;
            }
            let start = next + usize::from(!row && (!summed || self.is(nodes, next, "total")));
            let Some((item, after)) = self.item(nodes, start) else {
                // 政府、学校、医疗等机构: a word that is no mention is a member all the same.
                let word = matches!(nodes.get(start).map(|n| n.kind), Some(NodeKind::Word(Pos::Noun | Pos::VerbNoun)));
                let kind = |i: &Item| i.mention.map(|m| self.mentions[m].kind);
                let alike = || {
                    self.item(nodes, start + 2).is_some_and(|(i, _)| items.last().is_some_and(|l| kind(l) == kind(&i)))
                };
                let on = self.is(nodes, start + 1, "but") || self.is(nodes, start + 1, "and") && alike();
                if joined && word && on && nodes[start + 1].clause == nodes[next].clause {
                    next = start + 1;
                    continue;
                }
                break;
            };
            if comma && !self.continues(nodes, &items, &item, start, after) {
                break;
            }
            if joined && nodes[start].clause != nodes[next].clause {
                break;
            }
            items.push(item);
            next = after;
        }
        let mut end = next;
        if let Some(after) = self.summed_up(nodes, &mut items, next) {
            return Some((items, nodes[at].span.join(nodes[after - 1].span), after));
        }
        if self.is(nodes, next, "but") {
            // A、B等10家C: C is the kind of what is named.
            let mut class = next + 1;
            while self.count(nodes, class).is_some() || self.is(nodes, class, "vague") {
                class += 1;
            }
            end = next + 1;
            // 王丽等300人: the number is that of the people, and what follows is something else.
            if self.count(nodes, class.wrapping_sub(1)).is_some_and(|v| self.counts_itself(v)) {
                return Some((items, nodes[at].span.join(nodes[class - 1].span), class));
            }
            // 上海、江苏等地.
            if matches!(nodes.get(end), Some(Node { kind: NodeKind::Word(_), .. })) && self.word(nodes, end) == "地" {
                class = end;
                end += 1;
            }
            if self.mention(nodes, class).is_some() && nodes[class].clause == nodes[next].clause {
                end = class + 1;
                // 招商、人才等8个专业服务组: what no word list knows only says what they are for.
                let noun = |i: &Item| i.mention.is_some_and(|m| self.mentions[m].kind == Kind::Noun);
                let body = |m: usize| {
                    matches!(self.mentions[m].kind, Kind::Entity(EntityType::Organization | EntityType::Group))
                };
                if let Some(mention) = self.mention(nodes, class).filter(|m| body(*m) && items.iter().all(noun)) {
                    let value = self.count(nodes, class - 1);
                    items = vec![Item { mention: Some(mention), value, span: nodes[class].span }];
                }
            }
        }
        // 王丽、李梅、赵敏10位女性: the kind of those who are named.
        let person = |i: &Item| i.mention.is_some_and(|m| self.mentions[m].kind == Kind::Entity(EntityType::Person));
        if items.len() > 1 && items.iter().all(person) {
            let class = next + 1 + usize::from(self.describes(nodes, next + 1));
            if self.counts_people(nodes, class - 1) || self.count(nodes, next).is_some() && self.group_at(nodes, class)
            {
                end = class + 1;
            }
        }
        let span = nodes[at].span.join(nodes[end - 1].span);
        Some((items, span, end))
    }

    /// The node behind what sums the names of a list up: 江苏、安徽、湖南三省, 武汉、襄阳两地, 东湖、西湖两所医院. The number is
    /// that of the names, and counts none of them.
    fn summed_up(&self, nodes: &[Node], items: &mut [Item], next: usize) -> Option<usize> {
        let site = |i: &Item| {
            i.mention.is_some_and(|m| {
                matches!(self.mentions[m].kind, Kind::Entity(EntityType::Place | EntityType::Organization))
            })
        };
        let names = items.len();
        if names < 2 || !items.iter().all(site) || items[..names - 1].iter().any(|i| i.value.is_some()) {
            return None;
        }
        let counts =
            |v: usize| matches!(&self.values[v].kind, ValueKind::Count { value, .. } if *value == names as f64);
        let clause = nodes[next - 1].clause;
        let within =
            |at: usize| nodes.get(at).is_some_and(|n| n.clause == clause && n.span.start == nodes[at - 1].span.end);
        let plain = |m: usize| !self.mentions[m].named || self.mentions[m].source == COUNTED;
        let classed = |at: usize| within(at) && self.mention(nodes, at).is_some_and(plain);
        if items[names - 1].value.is_some_and(counts) {
            items[names - 1].value = None;
            return Some(next + usize::from(classed(next)));
        }
        if within(next) && self.lexicon.is("pair", nodes[next].span.of(self.text)) {
            return Some(next + 1 + usize::from(classed(next + 1)));
        }
        let class = next + 1;
        let numbered = within(next) && self.count(nodes, next).is_some_and(counts);
        numbered.then_some(class + usize::from(classed(class)))
    }

    /// Whether the node is one of several countries in a character each.
    fn in_row(&self, nodes: &[Node], at: usize) -> bool {
        self.mention(nodes, at).is_some_and(|m| self.mentions[m].source == country::SOURCE)
    }

    fn word_or_comma(&self, nodes: &[Node], at: usize) -> &str {
        nodes.get(at).map_or("", |n| n.span.of(self.text))
    }

    /// Whether an item behind a comma goes on with the list: both have quantities, and no verb follows it in its
    /// clause (口罩153.9万只,手套527.9万付).
    fn continues(&self, nodes: &[Node], items: &[Item], item: &Item, start: usize, after: usize) -> bool {
        let last = items.last();
        let product = |i: &Item| i.mention.is_some() && self.is_product(i);
        if !(last.is_some_and(product) && product(item)) {
            return false;
        }
        let counted = |i: &Item| i.value.is_some();
        if !(last.is_some_and(counted) || items.iter().any(counted)) {
            return false;
        }
        let clause = nodes[start].clause;
        let rest_has_verb = nodes[after..]
            .iter()
            .take_while(|n| n.clause == clause)
            .any(|n| matches!(n.kind, NodeKind::Word(Pos::Verb)));
        !rest_has_verb
    }

    /// Whether the type of some item is known, or its number.
    pub fn is_known(&self, items: &[Item]) -> bool {
        items.iter().any(|i| i.value.is_some() || i.mention.is_some_and(|m| self.mentions[m].kind != Kind::Noun))
    }

    /// Whether goods may be meant.
    pub fn is_product(&self, item: &Item) -> bool {
        item.mention.is_some_and(|m| matches!(self.mentions[m].kind, Kind::Noun | Kind::Entity(EntityType::Product)))
    }

    /// Whether a number of people stands at `at`.
    fn counts_people(&self, nodes: &[Node], at: usize) -> bool {
        self.count(nodes, at).is_some() && self.group_at(nodes, at + 1)
    }

    fn group_at(&self, nodes: &[Node], at: usize) -> bool {
        self.mention(nodes, at).is_some_and(|m| self.mentions[m].kind == Kind::Entity(EntityType::Group))
    }

    /// Whether a mention is a name that nothing counts, not a common noun that the lexicon has for a place (高速公路).
    fn is_name(&self, mention: usize) -> bool {
        let mention = &self.mentions[mention];
        let common = self.tokens.iter().any(|t| t.span == mention.span && t.pos == Pos::Noun);
        let kinds = [EntityType::Place, EntityType::Organization, EntityType::Person];
        mention.named && !common && kinds.into_iter().any(|kind| mention.kind == Kind::Entity(kind))
    }

    /// Whether a value counts or weighs things, not hours or parts of a whole.
    pub(super) fn counts_things(&self, value: usize) -> bool {
        let kind = |unit: &str| self.lexicon.measures.get(unit).map(String::as_str);
        matches!(&self.values[value].kind, ValueKind::Count { unit, .. }
            if !self.lexicon.is("batch", unit) && !matches!(kind(unit), Some("time" | "percent" | "frequency")))
    }

    /// 人: a measure word that is the noun as well.
    pub(super) fn counts_itself(&self, value: usize) -> bool {
        matches!(&self.values[value].kind, ValueKind::Count { unit, .. } if unit == "人")
    }

    fn is_group(&self, item: &Item) -> bool {
        item.mention.is_some_and(|m| self.mentions[m].kind == Kind::Entity(EntityType::Group))
    }

    /// The node of the person in 国务院总理李克强 and 李克强总理, and the node behind the whole: who is named is meant,
    /// not the post nor the body.
    fn titled(&self, nodes: &[Node], at: usize) -> Option<(usize, usize)> {
        let kind = |at: usize| self.mention(nodes, at).map(|m| self.mentions[m].kind);
        let post = |at: usize| matches!(kind(at), Some(Kind::Title | Kind::Entity(EntityType::Group)));
        let person = |at: usize| kind(at) == Some(Kind::Entity(EntityType::Person));
        let touches = |at: usize| at > 0 && nodes[at - 1].span.end == nodes[at].span.start;
        if person(at) {
            return (kind(at + 1) == Some(Kind::Title) && touches(at + 1)).then_some((at, at + 2));
        }
        let named = |at: usize| matches!(kind(at), Some(Kind::Entity(EntityType::Place | EntityType::Organization)));
        let mut next = at;
        loop {
            let body = next;
            // 甲国驻乙国大使: the place where the post is.
            while named(next) && (next == at || next == body || touches(next))
                || next > body && self.is(nodes, next, "stationed") && touches(next) && named(next + 1)
            {
                next += 1;
            }
            let posts = next;
            while post(next) && (next == at || touches(next)) {
                next += 1;
            }
            if next == posts {
                return None;
            }
            if person(next) {
                return touches(next).then_some((next, next + 1));
            }
            // 中央政治局委员、国务院副总理某某: one person has both posts.
            if posts == body || !self.is(nodes, next, "and") || !named(next + 1) || !touches(next + 1) {
                return None;
            }
            next += 1;
        }
    }

    /// One noun phrase with its quantity, or a value alone: the item and the node behind it.
    fn item(&self, nodes: &[Node], start: usize) -> Option<(Item, usize)> {
        let mut at = start;
        let mut before = None;
        let clause = nodes.get(start)?.clause;
        let within = |at: usize| nodes.get(at).is_some_and(|n| n.clause == clause);
        loop {
            if !within(at) {
                break;
            }
            if let Some(count) = self.count(nodes, at) {
                if before.is_some() {
                    break;
                }
                before = Some(count);
                at += 1;
                // 一条世界先进的生产线: no place is counted by its name.
                let everywhere = |m: usize| self.lexicon.is("everywhere", self.mentions[m].span.of(self.text));
                let named = |m: usize| {
                    self.mentions[m].kind == Kind::Entity(EntityType::Place) && (self.is_name(m) || everywhere(m))
                };
                if self.mention(nodes, at).is_some_and(named) {
                    return Some((Item { mention: None, value: before, span: self.values[count].span }, at));
                }
            } else if self.is(nodes, at, "vague")
                || (self.modifies(nodes, at)
                    || self.lexicon.class("ordinal").any(|mark| self.word(nodes, at).starts_with(mark)))
                    && self.leads_to_noun(nodes, at + 1)
                || (at > start
                    && self.word(nodes, at) == "的"
                    && (before.is_some() || self.describes(nodes, at - 1))
                    && self.leads_to_noun(nodes, at + 1))
            {
                at += 1;
            } else if let Some(noun) = self.described(nodes, at).filter(|n| within(*n)) {
                // 品种丰富的产品: what is said of the product does not count.
                at = noun;
            } else {
                break;
            }
        }
        if !within(at) {
            return before.map(|v| (Item { mention: None, value: Some(v), span: nodes[start].span }, at));
        }
        if let Some((person, end)) = self.titled(nodes, at) {
            let span = nodes[start].span.join(nodes[end - 1].span);
            return Some((Item { mention: self.mention(nodes, person), value: before, span }, end));
        }
        let Some(mention) = self.mention(nodes, at) else {
            if at == start
                && let Some(money) = self.money(nodes, at)
            {
                return Some((Item { mention: None, value: Some(money), span: nodes[at].span }, at + 1));
            }
            return before.map(|v| (Item { mention: None, value: Some(v), span: self.values[v].span }, at));
        };
        // 募集资金50883元: the sum itself, not goods.
        if let Some(money) = self.money(nodes, at + 1).filter(|_| self.lexicon.is("sum", nodes[at].span.of(self.text)))
        {
            return Some((Item { mention: None, value: Some(money), span: nodes[at + 1].span }, at + 2));
        }
        // “一带一路”沿线国家, “一带一路”研究平台: the name in quotation marks says of what kind the noun behind it is.
        let mut mention = mention;
        if self.mentions[mention].kind == Kind::Entity(EntityType::Activity)
            && let Some(head) = self.quoted_modifier(nodes, at)
        {
            at = head;
            mention = self.mention(nodes, at).unwrap_or(mention);
        }
        let mut span = nodes[start].span.join(nodes[at].span);
        at += 1;
        // 万人以上特大型安置区: a number of people counts no place or thing.
        let people = self.mentions[mention].kind == Kind::Entity(EntityType::Group);
        let mut value = before.filter(|v| people || !self.counts_itself(*v));
        // 支援武汉200万件: no number counts a name.
        if value.is_none() && self.mentions[mention].kind != Kind::Title && !self.is_name(mention) {
            // 口罩153.9万只, 口罩超过15万只: unless the number counts what follows.
            let number = at + usize::from(self.is(nodes, at, "total") && within(at));
            if within(number)
                && self.count(nodes, number).is_some()
                && self.mention(nodes, number + 1).is_none_or(|_| !within(number + 1))
                && !self.counts_on(nodes, number + 1)
            {
                value = self.count(nodes, number);
                span = span.join(nodes[number].span);
                at = number + 1;
            }
        }
        Some((Item { mention: Some(mention), value, span }, at))
    }

    /// The node of the common noun that the quoted name at `at` modifies.
    fn quoted_modifier(&self, nodes: &[Node], at: usize) -> Option<usize> {
        let touches = |at: usize| nodes.get(at).is_some_and(|n| n.span.start == nodes[at - 1].span.end);
        // “强国工程”公益行动: there the whole has one name.
        let thing =
            |m: &usize| !self.mentions[*m].named && self.mentions[*m].kind != Kind::Entity(EntityType::Activity);
        let common = |at: usize| self.mention(nodes, at).filter(thing).map(|_| at);
        if self.word(nodes, at + 1) != "”" || !touches(at + 1) || !touches(at + 2) {
            return None;
        }
        let word = matches!(nodes[at + 2].kind, NodeKind::Word(Pos::Noun | Pos::VerbNoun | Pos::Place));
        common(at + 2).or_else(|| common(at + 3).filter(|head| word && touches(*head)))
    }

    /// Whether a word modifies the noun behind it; what the segmenter takes for a place and is no mention does so (新鲜).
    fn modifies(&self, nodes: &[Node], at: usize) -> bool {
        self.describes(nodes, at)
            || matches!(nodes.get(at).map(|n| n.kind), Some(NodeKind::Word(Pos::Place)))
                && self.mention(nodes, at + 1).is_some()
    }

    fn describes(&self, nodes: &[Node], at: usize) -> bool {
        matches!(nodes.get(at).map(|n| n.kind), Some(NodeKind::Word(Pos::Adjective | Pos::Distinguishing)))
    }

    /// The node of the noun in 品种丰富的产品, where that stands at `at`.
    fn described(&self, nodes: &[Node], at: usize) -> Option<usize> {
        let plain = self.mention(nodes, at).is_some_and(|m| self.mentions[m].kind == Kind::Noun);
        let mut next = at + 1;
        while self.describes(nodes, next) {
            next += 1;
        }
        let noun = next + 1;
        (plain && next > at + 1 && self.word(nodes, next) == "的" && self.mention(nodes, noun).is_some())
            .then_some(noun)
    }

    /// Whether words that may stand between a number and its noun lead to a noun.
    fn counts_on(&self, nodes: &[Node], mut at: usize) -> bool {
        while matches!(nodes.get(at).map(|n| n.kind), Some(NodeKind::Word(Pos::Adjective | Pos::Distinguishing)))
            || self.is(nodes, at, "worth")
            || self.word(nodes, at) == "的"
            || self.money(nodes, at).is_some()
        {
            at += 1;
        }
        self.mention(nodes, at).is_some()
    }

    fn leads_to_noun(&self, nodes: &[Node], at: usize) -> bool {
        let clause = nodes.get(at.saturating_sub(1)).map(|n| n.clause);
        (at..at + 3).take_while(|i| nodes.get(*i).map(|n| n.clause) == clause).any(|i| self.mention(nodes, i).is_some())
            && !matches!(nodes.get(at).map(|n| n.kind), Some(NodeKind::Word(Pos::Verb)))
    }
}
