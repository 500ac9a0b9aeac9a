//! The shallow structure of a sentence: noun phrases with their quantities in lists, what governs them, verbs, 的.

use crate::annotate::mentions::place::FRONT_LINE;
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

impl Governor {
    /// The slot that it opens has that name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::For => "for",
            Self::Disposal => "disposal",
            Self::By => "by",
            Self::From => "from",
            Self::With => "with",
            Self::Through => "through",
            Self::At => "at",
            Self::Goal => "goal",
        }
    }
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

/// Puts the head in the place of what modifies it, where a preposition governs both: 向武汉、襄阳的环卫部门. What follows 从, 在
/// and 到 may as well be where the head is.
fn headed(out: &mut Vec<Element>, items: &[Item], span: Span, clause: usize) -> bool {
    let [.., governed, of] = &mut out[..] else { return false };
    if !of.is_of() || of.clause != clause || of.span.end != span.start || governed.span.end != of.span.start {
        return false;
    }
    let ElementKind::Phrase {
        items: modifier,
        governor: Some(Governor::To | Governor::For | Governor::Disposal | Governor::By | Governor::With),
    } = &mut governed.kind
    else {
        return false;
    };
    *modifier = items.to_vec();
    governed.span = governed.span.join(span);
    out.pop();
    true
}

/// Those of `values`, which stand in the order of the text, that stand in `span`, with their indices.
pub(super) fn values_of(values: &[Value], span: Span) -> impl Iterator<Item = (usize, &Value)> {
    let first = values.partition_point(|v| v.span.start < span.start);
    let within = values[first..].iter().take_while(move |v| v.span.start < span.end);
    (first..).zip(within).filter(move |(_, v)| span.contains(v.span))
}

impl View<'_> {
    /// Whether the sentence asks.
    pub fn is_question(&self) -> bool {
        let quotes = ['”', '"', '’', '」', '）', ')'];
        self.sentence.span.of(self.text).trim_end().trim_end_matches(quotes).ends_with(['？', '?'])
    }

    /// Words, mentions and values in the order of the text, without overlap.
    pub fn nodes(&self) -> Vec<Node> {
        let span = self.sentence.span;
        let mut pieces: Vec<(Span, NodeKind)> = self
            .range
            .clone()
            .map(|m| (self.mentions[m].span, NodeKind::Mention(m)))
            .chain(
                self.values_of(span)
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
        // 湖北抗疫一线 is one word with 湖北.
        let mut at = 1;
        while at < pieces.len() {
            let line = matches!(pieces[at].1, NodeKind::Mention(m) if self.mentions[m].source == FRONT_LINE);
            if line && pieces[at - 1].0.end == pieces[at].0.start {
                let (span, _) = pieces.remove(at);
                pieces[at - 1].0 = pieces[at - 1].0.join(span);
            } else {
                at += 1;
            }
        }
        // “春暖花开，万物复苏”晚会在北京举行: a name with a comma in it belongs to the clause that goes on with it.
        let clause = |span: Span| self.clause_of(span.end.saturating_sub(1).max(span.start));
        pieces.into_iter().map(|(span, kind)| Node { span, kind, clause: clause(span) }).collect()
    }

    /// The document's values that stand in `span`, with their indices.
    pub(super) fn values_of(&self, span: Span) -> impl Iterator<Item = (usize, &Value)> {
        values_of(self.values, span)
    }

    /// The clause in which a byte of the sentence stands.
    pub fn clause_of(&self, at: usize) -> usize {
        self.sentence.clauses.partition_point(|c| c.start <= at).saturating_sub(1)
    }

    pub(super) fn word(&self, nodes: &[Node], at: usize) -> &str {
        match nodes.get(at) {
            Some(Node { span, kind: NodeKind::Word(_), .. }) => span.of(self.text),
            _ => "",
        }
    }

    pub(super) fn is(&self, nodes: &[Node], at: usize, class: &str) -> bool {
        let word = self.word(nodes, at);
        !word.is_empty() && self.lexicon.is(class, word)
    }

    pub(super) fn mention(&self, nodes: &[Node], at: usize) -> Option<usize> {
        match nodes.get(at)?.kind {
            NodeKind::Mention(m) => Some(m),
            _ => None,
        }
    }

    pub(super) fn count(&self, nodes: &[Node], at: usize) -> Option<usize> {
        match nodes.get(at)?.kind {
            NodeKind::Value(v) if matches!(self.values[v].kind, ValueKind::Count { .. }) => Some(v),
            _ => None,
        }
    }

    pub(super) fn money(&self, nodes: &[Node], at: usize) -> Option<usize> {
        match nodes.get(at)?.kind {
            NodeKind::Value(v) if matches!(self.values[v].kind, ValueKind::Money { .. }) => Some(v),
            _ => None,
        }
    }

    /// The structure of the sentence. `is_trigger` says of a word whether some frame waits for it.
    pub fn elements(&self, nodes: &[Node], is_trigger: impl Fn(&str) -> bool) -> Vec<Element> {
        let mut out: Vec<Element> = Vec::new();
        let mut governor: Option<(Governor, Span)> = None;
        // What a preposition governs whose noun does not follow at once: 为【从东海到西湖的学生】.
        let mut waiting: Option<(Governor, Span)> = None;
        let mut at = 0;
        while at < nodes.len() {
            let node = &nodes[at];
            let clause = node.clause;
            if waiting.is_some_and(|(_, s)| self.clause_of(s.start) != clause) {
                waiting = None;
            }
            // A preposition does not govern over a clause boundary.
            if out.last().is_some_and(|e| e.clause != clause)
                && governor.is_some_and(|(_, s)| self.clause_of(s.start) != clause)
            {
                governor = None;
            }
            if let Some((items, span, next)) = self.list(nodes, at) {
                if governor.is_none()
                    && (self.apposed(&mut out, &items, span, clause) || headed(&mut out, &items, span, clause))
                {
                    at = next;
                    continue;
                }
                if governor.is_none() && out.last().is_some_and(|e| e.is_of() && e.span.end == span.start) {
                    // The span is that of the noun: what describes it stands by itself.
                    governor = waiting.take().map(|(g, _)| (g, span));
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
                        waiting = waiting.or(governor.filter(|(g, _)| matches!(g, Governor::For | Governor::To)));
                        governor = Some((g, span));
                        at += 1;
                        continue;
                    }
                    // 十年来.
                    let since = word == "来" && at > 0 && matches!(nodes[at - 1].kind, NodeKind::Value(_));
                    // 接管了: what an aspect follows is a verb, whatever the dictionary takes it for.
                    let marked = pos == Pos::Conjunction
                        && self.is(nodes, at + 1, "aspect")
                        && word.chars().count() > 1
                        && nodes[at + 1].clause == clause;
                    if (pos == Pos::Verb || marked) && !self.lexicon.is("total", word) && !since {
                        ElementKind::Verb
                    } else {
                        ElementKind::Word
                    }
                }
                _ => ElementKind::Word,
            };
            // 从2015年…启动: what is governed is the time.
            let since = matches!(kind, ElementKind::Time(_)) && governor.is_some_and(|(g, _)| g == Governor::From);
            if kind == ElementKind::Verb || since {
                governor = None;
            }
            out.push(Element { span, clause, kind });
            at += 1;
        }
        self.count_heads(&mut out);
        out
    }

    /// Gives a number that stands before what modifies a noun to the noun: 一套用于灭菌的设备, 一条世界先进的生产线.
    fn count_heads(&self, elements: &mut [Element]) {
        let things = |v: usize| !self.counts_itself(v) && self.counts_things(v);
        for at in 0..elements.len() {
            let ElementKind::Phrase { items, governor } = &elements[at].kind else { continue };
            let [Item { mention: None, value: Some(count), .. }] = items[..] else { continue };
            let governor = *governor;
            let clause = elements[at].clause;
            let end = elements.iter().rposition(|e| e.clause == clause).map_or(at, |last| last + 1);
            let of = |e: usize| elements.get(e).is_some_and(|e| e.clause == clause && e.is_of());
            // 先进的生产线 is one phrase.
            let modified = |e: usize| match elements[e].bare() {
                Some([Item { mention: Some(m), span, .. }, ..]) => {
                    of(e - 1) || span.start < self.mentions[*m].span.start
                }
                _ => false,
            };
            let head = (at + 2..end).find(|e| modified(*e) && !of(e + 1));
            // 为1716名已确诊医务工作者: what is governed has a noun.
            let near =
                (at + 2..end.min(at + 4)).find(|e| elements[*e].bare().is_some_and(|i| !of(e + 1) && i.len() == 1));
            let head = head.or(near.filter(|_| governor.is_some()));
            let Some(head) = head.filter(|_| things(count)) else { continue };
            let between = &elements[at + 1..head];
            if between.iter().any(|e| e.bare().is_some_and(|i| i.iter().any(|i| i.value.is_some()))) {
                continue;
            }
            let ElementKind::Phrase { items, .. } = &mut elements[head].kind else { continue };
            match &mut items[..] {
                [one] if one.value.is_none() && one.mention.is_some() => one.value = Some(count),
                // 把13吨新摘的西红柿、芹菜: none of a list by itself.
                _ if governor.is_some() => {}
                _ => continue,
            }
            // What governs the number governs the noun.
            elements[at].kind = match governor {
                Some(_) => {
                    for of in &mut elements[at + 1..head] {
                        if of.is_of() {
                            of.kind = ElementKind::Word;
                        }
                    }
                    let head = std::mem::replace(&mut elements[head].kind, ElementKind::Word);
                    match head {
                        ElementKind::Phrase { items, .. } => ElementKind::Phrase { items, governor },
                        other => other,
                    }
                }
                None => ElementKind::Word,
            };
        }
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
        let is_post = |i: &Item| i.mention.is_some_and(|m| self.mentions[m].kind == Kind::Title);
        if items.iter().any(vague) {
            return true;
        }
        // 同中国长期合作: what no word list knows puts no name aside.
        if !self.is_known(items) && governed.iter().all(|i| i.mention.is_some_and(|m| self.mentions[m].named)) {
            return true;
        }
        // 任命甲为乙公司董事长: the post and its body; but 由乙公司董事长甲: the person.
        if !items.iter().any(is_post) {
            while governed.len() > 1 && governed.last().is_some_and(is_post) {
                governed.pop();
            }
            governed.pop();
        }
        governed.extend(items.iter().cloned());
        true
    }

    /// What the word at `at` governs, where it is a preposition there.
    fn governs(&self, nodes: &[Node], at: usize, after_verb: bool) -> Option<Governor> {
        // Most words belong to no class at all.
        if self.lexicon.classes(self.word(nodes, at)).is_empty() {
            return None;
        }
        if after_verb && self.is(nodes, at, "goal") {
            return Some(Governor::Goal);
        }
        // 到东海大学调研: where somebody goes to do something.
        if self.is(nodes, at, "toward")
            && let Some((_, _, next)) = self.list(nodes, at + 1)
            && nodes.get(next).is_some_and(|n| {
                n.clause == nodes[at].clause && matches!(n.kind, NodeKind::Word(Pos::Verb | Pos::VerbNoun))
            })
        {
            return Some(Governor::Goal);
        }
        // 正在南宁举行: the adverb has the preposition in it.
        if self.is(nodes, at, "being_at") {
            let place = |m: usize| self.mentions[m].kind == Kind::Entity(EntityType::Place);
            return self.mention(nodes, at + 1).filter(|m| place(*m)).map(|_| Governor::At);
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
}
