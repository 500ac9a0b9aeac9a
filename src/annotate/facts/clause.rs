//! The shallow structure of a sentence: noun phrases with their quantities in lists, what governs them, verbs, 的.

use crate::annotate::mentions::{Kind, Mention};
use crate::annotate::segment::Sentence;
use crate::annotate::token::{Pos, Token};
use crate::annotate::values::{Value, ValueKind};
use crate::annotation::EntityType;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// Everything read of one sentence before its facts.
pub(crate) struct View<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    pub tokens: &'a [Token],
    /// The document's mentions; those of the sentence among them.
    pub mentions: &'a [Mention],
    /// Indices of the sentence's mentions.
    pub range: std::ops::Range<usize>,
    /// The document's values.
    pub values: &'a [Value],
    pub lexicon: &'a Lexicon,
}

/// A word, mention or value of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub span: Span,
    pub kind: NodeKind,
    /// Index of its clause.
    pub clause: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// Index into the document's mentions.
    Mention(usize),
    /// Index into the document's values.
    Value(usize),
    Word(Pos),
}

/// What governs a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Governor {
    /// 向, 给, 对.
    To,
    /// 为, 替.
    For,
    /// 将, 把.
    Disposal,
    /// 由, 被.
    By,
    /// 从, 自.
    From,
    /// 与, 同.
    With,
    /// 通过, 经.
    Through,
    /// 在.
    At,
    /// 给, 到, 往 … behind a verb.
    Goal,
}

/// One member of a list: a mention with its quantity, or a value alone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub mention: Option<usize>,
    /// Index of its quantity, or of the sum of money that it is.
    pub value: Option<usize>,
    pub span: Span,
}

/// A piece of a sentence's structure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    pub span: Span,
    pub clause: usize,
    pub kind: ElementKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ElementKind {
    /// Noun phrases, one or a list of them.
    Phrase {
        items: Vec<Item>,
        governor: Option<Governor>,
    },
    Verb,
    /// 的.
    Of,
    Time(usize),
    Word,
}

impl Element {
    /// The items of a phrase that nothing governs.
    pub fn bare(&self) -> Option<&[Item]> {
        match &self.kind {
            ElementKind::Phrase { items, governor: None } => Some(items),
            _ => None,
        }
    }

    pub fn is_verb(&self) -> bool {
        self.kind == ElementKind::Verb
    }

    pub fn is_of(&self) -> bool {
        self.kind == ElementKind::Of
    }
}

impl View<'_> {
    /// Words, mentions and values in the order of the text, without overlap.
    pub fn nodes(&self) -> Vec<Node> {
        let span = self.sentence.span;
        let mut pieces: Vec<(Span, NodeKind)> = self
            .range
            .clone()
            .map(|m| (self.mentions[m].span, NodeKind::Mention(m)))
            .chain(
                self.values
                    .iter()
                    .enumerate()
                    .filter(|(_, v)| span.contains(v.span))
                    .filter(|(_, v)| !self.range.clone().any(|m| self.mentions[m].span.overlaps(v.span)))
                    .map(|(at, v)| (v.span, NodeKind::Value(at))),
            )
            .collect();
        let taken: Vec<Span> = pieces.iter().map(|(s, _)| *s).collect();
        pieces.extend(
            self.tokens
                .iter()
                .filter(|t| !taken.iter().any(|s| s.overlaps(t.span)))
                .filter(|t| !t.span.of(self.text).trim().is_empty())
                .map(|t| (t.span, NodeKind::Word(t.pos))),
        );
        pieces.sort_by_key(|(s, _)| *s);
        pieces.into_iter().map(|(span, kind)| Node { span, kind, clause: self.clause_of(span.start) }).collect()
    }

    /// The clause in which a byte of the sentence stands.
    pub fn clause_of(&self, at: usize) -> usize {
        self.sentence.clauses.partition_point(|c| c.start <= at).saturating_sub(1)
    }

    fn word(&self, nodes: &[Node], at: usize) -> &str {
        match nodes.get(at) {
            Some(Node { span, kind: NodeKind::Word(_), .. }) => span.of(self.text),
            _ => "",
        }
    }

    fn is(&self, nodes: &[Node], at: usize, class: &str) -> bool {
        let word = self.word(nodes, at);
        !word.is_empty() && self.lexicon.is(class, word)
    }

    fn mention(&self, nodes: &[Node], at: usize) -> Option<usize> {
        match nodes.get(at)?.kind {
            NodeKind::Mention(m) => Some(m),
            _ => None,
        }
    }

    fn count(&self, nodes: &[Node], at: usize) -> Option<usize> {
        match nodes.get(at)?.kind {
            NodeKind::Value(v) if matches!(self.values[v].kind, ValueKind::Count { .. }) => Some(v),
            _ => None,
        }
    }

    fn money(&self, nodes: &[Node], at: usize) -> Option<usize> {
        match nodes.get(at)?.kind {
            NodeKind::Value(v) if matches!(self.values[v].kind, ValueKind::Money { .. }) => Some(v),
            _ => None,
        }
    }

    /// The structure of the sentence. `is_trigger` says of a word whether some frame waits for it.
    pub fn elements(&self, nodes: &[Node], is_trigger: impl Fn(&str) -> bool) -> Vec<Element> {
        let mut out: Vec<Element> = Vec::new();
        let mut governor: Option<(Governor, Span)> = None;
        let mut at = 0;
        while at < nodes.len() {
            let node = &nodes[at];
            let clause = node.clause;
            // A preposition does not govern over a clause boundary.
            if out.last().is_some_and(|e| e.clause != clause)
                && governor.is_some_and(|(_, s)| self.clause_of(s.start) != clause)
            {
                governor = None;
            }
            if let Some((items, span, next)) = self.list(nodes, at) {
                if governor.is_none() && self.apposed(&mut out, &items, span, clause) {
                    at = next;
                    continue;
                }
                let (governor, span) = match governor.take() {
                    Some((g, start)) => (Some(g), start.join(span)),
                    None => (None, span),
                };
                out.push(Element { span, clause, kind: ElementKind::Phrase { items, governor } });
                at = next;
                continue;
            }
            let span = node.span;
            let word = span.of(self.text);
            let kind = match node.kind {
                NodeKind::Value(v) if matches!(self.values[v].kind, ValueKind::Time(_)) => ElementKind::Time(v),
                _ if is_trigger(word) => ElementKind::Verb,
                _ if word == "的" => ElementKind::Of,
                NodeKind::Word(pos) => {
                    let after_verb = out.last().is_some_and(|e| e.is_verb() && e.clause == clause);
                    if let Some(g) = self.governs(nodes, at, after_verb) {
                        governor = Some((g, span));
                        at += 1;
                        continue;
                    }
                    if pos == Pos::Verb && !self.lexicon.is("total", word) {
                        ElementKind::Verb
                    } else {
                        ElementKind::Word
                    }
                }
                _ => ElementKind::Word,
            };
            if kind == ElementKind::Verb {
                governor = None;
            }
            out.push(Element { span, clause, kind });
            at += 1;
        }
        out
    }

    /// Joins a phrase to the governed one directly before it: in 由其夫人梅琳达 and 为湖北大学生 the last one is meant.
    fn apposed(&self, out: &mut [Element], items: &[Item], span: Span, clause: usize) -> bool {
        let Some(last) = out.last_mut().filter(|e| e.clause == clause && e.span.end == span.start) else {
            return false;
        };
        let ElementKind::Phrase { items: governed, governor: Some(_) } = &mut last.kind else { return false };
        last.span = last.span.join(span);
        let vague = |i: &Item| {
            i.mention
                .is_some_and(|m| !self.mentions[m].named && self.mentions[m].kind == Kind::Entity(EntityType::Place))
        };
        if !items.iter().any(vague) {
            governed.pop();
            governed.extend(items.iter().cloned());
        }
        true
    }

    /// What the word at `at` governs, where it is a preposition there.
    fn governs(&self, nodes: &[Node], at: usize, after_verb: bool) -> Option<Governor> {
        if after_verb && self.is(nodes, at, "goal") {
            return Some(Governor::Goal);
        }
        let classes = [
            ("disposal", Governor::Disposal),
            ("by", Governor::By),
            ("from", Governor::From),
            ("to", Governor::To),
            ("for", Governor::For),
            ("with", Governor::With),
            ("through", Governor::Through),
            ("at", Governor::At),
        ];
        let (_, governor) = classes.into_iter().find(|(class, _)| self.is(nodes, at, class))?;
        if governor == Governor::Disposal && self.word(nodes, at) == "将" {
            // 将 with a verb or adverb behind it speaks of the future; with a noun phrase it marks the object.
            return self.list(nodes, at + 1).map(|_| governor);
        }
        if let NodeKind::Word(Pos::Verb | Pos::Preposition | Pos::Conjunction | Pos::Adverb) = nodes[at].kind {
            return Some(governor);
        }
        None
    }

    /// A list of noun phrases from `at` on: its items, its span, and the node behind it.
    fn list(&self, nodes: &[Node], at: usize) -> Option<(Vec<Item>, Span, usize)> {
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
        let clause = nodes[at].clause;
        let mut items = vec![first];
        // 首批物资共计15000个口罩、10000件手术服: what the class noun sums up is named behind it.
        if items[0].value.is_none() && self.is_product(&items[0]) && self.is(nodes, next, "list_intro") {
            if let Some((named, span, end)) = self.list(nodes, next + 1) {
                if named.iter().all(|i| self.is_product(i)) && named.iter().any(|i| i.value.is_some()) {
                    return Some((named, nodes[at].span.join(span), end));
                }
            }
        }
        loop {
            let comma = matches!(self.word_or_comma(nodes, next), "," | "，");
            let joined = self.is(nodes, next, "and");
            if !(joined || comma) {
                break;
            }
            let Some((item, after)) = self.item(nodes, next + 1) else { break };
            if comma && !self.continues(nodes, &items, &item, next + 1, after) {
                break;
            }
            if joined && nodes[next + 1].clause != nodes[next].clause {
                break;
            }
            items.push(item);
            next = after;
        }
        let mut end = next;
        if self.is(nodes, next, "but") {
            // A、B等10家C: C is the kind of what is named.
            let mut class = next + 1;
            while self.count(nodes, class).is_some() || self.is(nodes, class, "vague") {
                class += 1;
            }
            end = next + 1;
            if self.mention(nodes, class).is_some() && nodes[class].clause == nodes[next].clause {
                end = class + 1;
            }
        }
        let _ = clause;
        let span = nodes[at].span.join(nodes[end - 1].span);
        Some((items, span, end))
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
            } else if self.is(nodes, at, "vague")
                || matches!(nodes[at].kind, NodeKind::Word(Pos::Adjective | Pos::Distinguishing))
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
        let Some(mention) = self.mention(nodes, at) else {
            if at == start {
                if let Some(money) = self.money(nodes, at) {
                    return Some((Item { mention: None, value: Some(money), span: nodes[at].span }, at + 1));
                }
            }
            return before.map(|v| (Item { mention: None, value: Some(v), span: self.values[v].span }, at));
        };
        // 募集资金50883元: the sum itself, not goods.
        if let Some(money) = self.money(nodes, at + 1).filter(|_| self.lexicon.is("sum", nodes[at].span.of(self.text)))
        {
            return Some((Item { mention: None, value: Some(money), span: nodes[at + 1].span }, at + 2));
        }
        let mut span = nodes[start].span.join(nodes[at].span);
        at += 1;
        let mut value = before;
        if value.is_none() && self.mentions[mention].kind != Kind::Title {
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
