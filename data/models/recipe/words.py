"""Writes the words of the teacher as columns: what the parts of speech are learned from.

    python words.py LABELLED COLUMNS HELD_OUT [--megabytes N]

LABELLED is as label.py writes it. COLUMNS gets the first N megabytes of its text, for `tupu train speech --from`: a
word a line with its tag behind a tab, a blank line behind each sentence. HELD_OUT gets the last twentieth of them
instead, to measure by.
"""

import argparse
import json


def columns(words):
    """A sentence as a word a line, without white space."""
    words = [("".join(word.split()), tag) for word, tag in words]
    return "".join(f"{word}\t{tag}\n" for word, tag in words if word) + "\n"


def sentences(path, limit):
    """The sentences of a file until they have `limit` bytes."""
    size = 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            sentence = json.loads(line)
            size += len(sentence["text"].encode())
            if size > limit:
                return
            yield columns(sentence["words"])


def main():
    parser = argparse.ArgumentParser(description="Writes the teacher's words and tags as columns.")
    parser.add_argument("labelled", help="the teacher's labels, as label.py writes them")
    parser.add_argument("columns", help="where the columns go")
    parser.add_argument("held_out", help="where the last twentieth of them goes")
    parser.add_argument("--megabytes", type=float, default=15, help="how much text [%(default)s]")
    args = parser.parse_args()
    taken = list(sentences(args.labelled, args.megabytes * 1e6))
    learned = len(taken) - len(taken) // 20
    for path, part in (args.columns, taken[:learned]), (args.held_out, taken[learned:]):
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(part)


if __name__ == "__main__":
    main()
