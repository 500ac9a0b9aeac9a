"""Corrects the teacher's names and writes what the tagger learns from: the middle step of the recipe.

    python correct.py LABELLED EXTRACTED COLUMNS [--lexicon DIR]

LABELLED is the teacher's, as label.py writes it; EXTRACTED is what `tupu extract LABELLED` makes of the same sentences.
Teacher and grammar err in different places, so a sentence teaches more where the two are reconciled:

1. Chains of places are taken apart (湖北省武汉市 is two), organisations lose the word before them that is none of the name
   (股东, 会同), and words that only point (该公司) are no names.
2. Where both agree, that is it. Where one sees a name and the other none, or the two overlap, the lexicons decide and
   how often the teacher agrees with the grammar on that name elsewhere; where those cannot, the sentence is left out.
3. A long name that is nearly always marked is marked where it was missed; if it is missed too often to be sure, the
   sentences that miss it are left out.

COLUMNS gets what is kept, for `tupu train tagger`: a character a line with its label (B-PER, I-PER … O) behind a tab, a
blank line behind each sentence.
"""

import argparse
import json
import pathlib
from collections import Counter
from typing import NamedTuple

from lexicon import ORGANIZATION, PERSON, PLACE, Lexicon, Name

TEACHER_TYPES = {"PER": PERSON, "ORG": ORGANIZATION, "LOC": PLACE}
LABELS = {PERSON: "PER", ORGANIZATION: "ORG", PLACE: "LOC"}
# Countries and cities that news calls by one character.
SHORT_PLACES = set("中美英法俄日德韩京沪津渝粤港澳台")

# A name of the grammar's alone stands if the teacher agrees on it in more than this share of its places …
AGREED, AGREED_PERSON = 0.3, 0.2
# … and falls if in less than this.
REFUSED = 0.05
# A name is sure if it has so many characters, stands so often, and so large a share of that with one type.
SURE_LENGTH, SURE_TIMES, SURE_SHARE = 3, 3, 0.9
# Longer ones are not looked for.
LONGEST = 24
# A sure name is marked where it was missed, if that is less than the first share of all its places; from there up to
# the second its sentence is left out; past it, it is taken for an ordinary word.
MISSED, UNSURE = 0.4, 0.8


class Sentence(NamedTuple):
    """A sentence, and the names that the teacher and the grammar see in it."""

    text: str
    teacher: list
    grammar: list


def read(labelled, extracted, lexicon):
    """The sentences of both files."""
    with open(labelled, encoding="utf-8") as ours, open(extracted, encoding="utf-8") as theirs:
        for line, other in zip(ours, theirs, strict=True):
            sentence, annotation = json.loads(line), json.loads(other)
            text = sentence["text"]
            if annotation["text"] != text:
                raise SystemExit(f"{extracted} is not of {labelled}: {annotation['id']} is another sentence")
            teacher, start = [], 0
            for word, tag in sentence["words"]:
                end = start + len(word)
                if tag in TEACHER_TYPES:
                    teacher.append(Name(start, end, TEACHER_TYPES[tag]))
                start = end
            grammar = [
                Name(mention["start"], mention["end"], entity["type"])
                for entity in annotation["entities"]
                if entity["type"] in LABELS
                for mention in entity["mentions"]
            ]
            grammar = [name for name in grammar if not lexicon.is_common(text[name.start : name.end], name.type)]
            names = ([lexicon.without_lead(text, name) for name in names] for names in (teacher, grammar))
            yield Sentence(text, *map(sorted, names))


def agreement(sentences):
    """For every name of the grammar's and its type, in what share of its places the teacher sees the same."""
    seen, agreed = Counter(), Counter()
    for text, teacher, grammar in sentences:
        for name in grammar:
            key = text[name.start : name.end], name.type
            seen[key] += 1
            agreed[key] += name in teacher
    # One more, so that a name that stands once is never sure.
    return {key: agreed[key] / (number + 1) for key, number in seen.items()}


class Reconciler:
    """Decides between the teacher and the grammar."""

    def __init__(self, lexicon, agreement):
        self.lexicon = lexicon
        self.agreement = agreement

    def agreed(self, words, type):
        return self.agreement.get((words, type), 0)

    def names(self, sentence):
        """The names of a sentence; `None` where the two contradict each other and nothing decides."""
        text, teacher, grammar = sentence
        teacher = self.in_parts(text, teacher, lambda place: place.end - place.start > 4)
        grammar = self.in_parts(text, grammar, lambda place: True)
        names = []
        for ours, theirs in overlapping(teacher, grammar):
            if ours == theirs:
                decided = ours
            elif not theirs:
                decided = [name for name in ours if self.stands_by_teacher(text[name.start : name.end], name.type)]
            elif not ours:
                decided = self.of_grammar(text, theirs)
            else:
                decided = self.of_both(text, ours, theirs)
            if decided is None:
                return None
            names += decided
        return sorted(names)

    def in_parts(self, text, names, is_chain):
        out = []
        for name in names:
            out += self.lexicon.parts(text, name) if name.type == PLACE and is_chain(name) else [name]
        return out

    def stands_by_teacher(self, words, type):
        if type == PLACE and len(words) < 2 and words not in SHORT_PLACES:
            return False
        return not self.lexicon.is_common(words, type)

    def of_grammar(self, text, grammar):
        """Of names that only the grammar sees, those that stand."""
        stand = []
        for name in grammar:
            words = text[name.start : name.end]
            agreed = self.agreed(words, name.type)
            if name.type == PLACE:
                good = agreed > AGREED or words in self.lexicon.places
            elif name.type == ORGANIZATION:
                good = agreed > AGREED or self.lexicon.is_organization(words)
            else:
                good = agreed > AGREED_PERSON or "·" in words
            if good:
                stand.append(name)
            elif agreed >= REFUSED or name.type == ORGANIZATION:
                return None
        return stand

    def of_both(self, text, teacher, grammar):
        """Of names of both that overlap, those that stand."""
        start = min(name.start for name in teacher + grammar)
        end = max(name.end for name in teacher + grammar)
        words = text[start:end]
        # Those that span everything, by either.
        ours = [name for name in teacher if (name.start, name.end) == (start, end)]
        theirs = [name for name in grammar if (name.start, name.end) == (start, end)]
        types = {name.type for name in ours + theirs}
        if ORGANIZATION in types:
            ours = [name for name in ours if name.type == ORGANIZATION]
            theirs = [name for name in theirs if name.type == ORGANIZATION]
            return self.of_organizations(words, ours, theirs, grammar)
        if types == {PLACE}:
            parts = max(grammar, teacher, key=len)
            if sum(name.end - name.start for name in parts) == len(words):
                return parts
            return (ours + theirs)[:1] if len(teacher) == len(grammar) == 1 else None
        if PERSON in types:
            return self.of_persons(text, words, ours, theirs, grammar)
        return None

    def of_organizations(self, words, ours, theirs, grammar):
        lexicon = self.lexicon
        if theirs and (
            ours
            or lexicon.is_organization(words)
            or self.agreed(words, ORGANIZATION) > AGREED
            or len(lexicon.closing(words)) > 1 and lexicon.closes_more(words)
        ):
            return theirs[:1]
        if ours and (words in lexicon.organizations or lexicon.closing(words)):
            return ours[:1]
        # All that the grammar sees is where the organisation is.
        if ours and not theirs and all(name.type == PLACE and name.start == ours[0].start for name in grammar):
            return ours[:1]
        return None

    def of_persons(self, text, words, ours, theirs, grammar):
        def is_another(name):
            agreed = self.agreed(text[name.start : name.end], PERSON)
            return name.type == PERSON and name != ours[0] and agreed > AGREED

        if ours and ours[0].type == PERSON and not any(map(is_another, grammar)):
            return ours[:1]
        return theirs[:1] if theirs and "·" in words else None


def overlapping(teacher, grammar):
    """The names of both in groups, from left to right: names of one group overlap, those of different groups do not."""
    groups, end = [], 0
    for name, is_grammar in sorted([(name, False) for name in teacher] + [(name, True) for name in grammar]):
        if not groups or name.start >= end:
            groups.append(([], []))
        groups[-1][is_grammar].append(name)
        end = max(end, name.end)
    return groups


class Missed:
    """Finds names that are sure in the whole of the text, where they are not marked."""

    def __init__(self, sentences):
        self.marked = Counter((text[name.start : name.end], name.type) for text, names in sentences for name in names)
        times = Counter()
        for (words, _), number in self.marked.items():
            times[words] += number
        self.sure = {
            words: type
            for (words, type), number in self.marked.items()
            if number >= max(SURE_TIMES, SURE_SHARE * times[words]) and len(words) >= SURE_LENGTH
        }
        self.heads = {words[:SURE_LENGTH] for words in self.sure}
        self.longest = min(LONGEST, max(map(len, self.sure), default=0))
        self.missed = Counter()
        for text, names in sentences:
            self.missed.update(text[name.start : name.end] for name in self.find(text, names))

    def find(self, text, names):
        """The sure names in a text that overlap none of `names`, the longest first."""
        taken = {at for name in names for at in range(name.start, name.end)}
        found, start = [], 0
        while start < len(text):
            end = self.end_of_name(text, start) if start not in taken else None
            if end and taken.isdisjoint(range(start, end)):
                found.append(Name(start, end, self.sure[text[start:end]]))
                start = end
            else:
                start += 1
        return found

    def end_of_name(self, text, start):
        if text[start : start + SURE_LENGTH] in self.heads:
            for end in range(min(len(text), start + self.longest), start + SURE_LENGTH - 1, -1):
                if text[start:end] in self.sure:
                    return end
        return None

    def marked_too(self, text, names):
        """The names of a sentence with those that were missed; `None` where it is not sure that they were."""
        out = list(names)
        for name in self.find(text, names):
            words = text[name.start : name.end]
            share = self.missed[words] / (self.missed[words] + self.marked[words, name.type])
            if share < MISSED:
                out.append(name)
            elif share < UNSURE:
                return None
        return sorted(out)


def columns(text, names):
    """A sentence as a character a line, without white space."""
    labels = ["O"] * len(text)
    for start, end, type in names:
        labels[start:end] = ["B-" + LABELS[type]] + ["I-" + LABELS[type]] * (end - start - 1)
    lines = [f"{character}\t{label}\n" for character, label in zip(text, labels) if not character.isspace()]
    return "".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Corrects the teacher's names and writes columns to learn from.")
    parser.add_argument("labelled", help="the teacher's labels, as label.py writes them")
    parser.add_argument("extracted", help="what `tupu extract` makes of the same file")
    parser.add_argument("columns", help="where the columns go")
    default = pathlib.Path(__file__).resolve().parent.parent.parent / "lexicon"
    parser.add_argument("--lexicon", type=pathlib.Path, default=default, help="the word lists [those of the project]")
    args = parser.parse_args()

    lexicon = Lexicon(args.lexicon)
    reconciler = Reconciler(lexicon, agreement(read(args.labelled, args.extracted, lexicon)))
    total, decided = 0, []
    for sentence in read(args.labelled, args.extracted, lexicon):
        names = reconciler.names(sentence)
        total += 1
        if names is not None:
            decided.append((sentence.text, names))
    missed = Missed(decided)
    kept = added = 0
    with open(args.columns, "w", encoding="utf-8") as out:
        for text, names in decided:
            more = missed.marked_too(text, names)
            if more is not None:
                out.write(columns(text, more))
                kept += 1
                added += len(more) - len(names)
    print(f"{kept} of {total} sentences kept, {added} names marked that were missed; left out:")
    print(f"{total - len(decided)} sentences where teacher and grammar contradict each other,")
    print(f"{len(decided) - kept} where it is not sure that a name was missed")


if __name__ == "__main__":
    main()
