"""What the program's word lists know of names, for correct.py."""

import re
from typing import NamedTuple

PERSON, ORGANIZATION, PLACE = "Person", "Organization", "Place"

PRONOUNS = set("他 她 它 他们 她们 我 我们 你 您 自己 本人 其".split())
# What makes a phrase point to something instead of naming it.
POINTING = re.compile("[该本这那我各多两三几某贵双全其]|当地|一家|有关|相关|上述")
# Verbs and prepositions that the teacher takes into the name of an organisation which they govern.
GOVERNING = "联系 会同 经 据 为 与 同 和 对 向 在 由 被 将".split()
# The head of a chain of places, by the word for a division that closes it.
DIVISION = re.compile(".{1,6}?[省市县区州镇乡村](?=..)")


class Name(NamedTuple):
    """A name: the characters from `start` up to `end`, and its type."""

    start: int
    end: int
    type: str


class Lexicon:
    """What the program's word lists know of names."""

    def __init__(self, folder):
        def rows(file):
            lines = (folder / file).read_text(encoding="utf-8").splitlines()
            return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]

        def words(*files):
            return {row[0] for file in files for row in rows(file)}

        places = rows("places.tsv")
        self.places = {row[0] for row in places}
        self.places.update(other for row in places for other in "".join(row[3:4]).split("|") if other)
        self.divisions = self.places | words("townships.txt")
        self.organizations = words("organizations.txt", "universities.txt", "hospitals.txt")
        self.generic = words("generic_organizations.txt", "deictic_places.txt")
        grammar = {row[0]: row[1].split() for row in rows("grammar.tsv")}
        self.countries = set(grammar["country_char"])
        self.leading = grammar["before_name"] + GOVERNING
        self.strengths = {row[0]: row[2] for row in rows("org_suffixes.tsv")}

    def closing(self, words):
        """The word that closes the name of an organisation, the longest there is; nothing where there is none."""
        return next((words[at:] for at in range(len(words)) if words[at:] in self.strengths), "")

    def closes_more(self, words):
        """Whether such a word stands at the end of `words` and something before it."""
        return self.closing(words) not in ("", words)

    def is_organization(self, words):
        """Whether `words` are sure to name an organisation."""
        strong = self.strengths.get(self.closing(words)) == "strong"
        return words in self.organizations or len(words) > 3 and strong and self.closes_more(words)

    def is_common(self, words, type):
        """Whether `words` point to something without naming it."""
        # 中德 are two countries and no name.
        if words in PRONOUNS or len(words) == 2 and self.countries.issuperset(words):
            return True
        if type == PERSON:
            return len(words) < 2
        # 国务院 closes names, and is one.
        if words in self.organizations:
            return False
        if words in self.strengths or words in self.generic:
            return True
        if POINTING.match(words):
            return words not in self.places and words not in self.organizations
        return type == PLACE and (words[:1].isdigit() or "个" in words)

    def without_lead(self, text, name):
        """An organisation's name without the word before it that describes or governs it: 股东 + 华邦…有限公司."""
        words = text[name.start : name.end]
        if name.type == ORGANIZATION and words not in self.organizations:
            for lead in self.leading:
                rest = words[len(lead) :]
                if words.startswith(lead) and len(rest) > 3 and (len(lead) > 1 or rest in self.organizations):
                    return name._replace(start=name.start + len(lead))
        return name

    def parts(self, text, place):
        """The places of which a chain of places is made."""
        found, start = [], place.start
        while start < place.end:
            end = self.end_of_part(text, start, place.end)
            found.append(Name(start, end, PLACE))
            start = end
        # What leaves one character over was no chain.
        return [place] if len(found) > 1 and found[-1].end - found[-1].start < 2 else found

    def end_of_part(self, text, start, end):
        for at in range(end, start + 1, -1):
            words = text[start:at]
            if words in self.divisions or words[-1] in "省市县区州" and words[:-1] in self.places:
                return at
        division = DIVISION.match(text[start:end])
        return start + division.end() if division else end
