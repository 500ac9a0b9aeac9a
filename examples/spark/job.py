"""The graph of a corpus, derived by Spark: line for line what `tupu build` and `tupu export nquads` give on one machine.

    spark-submit --master … job.py --tupu tupu documents.jsonl graph

README.md beside this file tells what each step does and needs.
"""

import argparse
import json
import os
import shlex
import subprocess
import tempfile
import threading
import zlib
from itertools import chain

from pyspark import SparkFiles, StorageLevel
from pyspark.sql import SparkSession

# So many characters of lines are one record: handing out lines one by one takes Python longer than deriving them.
BLOCK = 1 << 20


def through(command, lines, good=(0,)):
    """The lines that a command writes when it is given lines. What it says when it fails is said of the task."""
    lines = iter(lines)
    first = next(lines, None)
    if first is None:
        return
    broken = []
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)

        def feed():
            try:
                with child.stdin as to:
                    for line in chain([first], lines):
                        to.write(line.encode() + b"\n")
            except BrokenPipeError:
                pass  # It ended early: its exit code tells why.
            except BaseException as error:  # What was before in the task failed; it must not look like the end.
                broken.append(error)
                child.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            for line in child.stdout:
                yield line.decode().rstrip("\n")
            feeder.join()
            code = child.wait()
        finally:
            child.kill()
            child.wait()
        if broken:
            raise broken[0]
        if code not in good:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
            raise RuntimeError(f"{shlex.join(command)} ended with {code}: {words[-2000:]}")


def place(key):
    """Where what has this key is brought together: the same on every machine, which Python's own hash is not."""
    return zlib.crc32(key.encode())


class Tupu:
    """The program, with the files that it needs, as Spark hands them to the machines that work."""

    def __init__(self, context, program):
        self.context = context
        self.program = program
        context.addFile(program)
        self.name = os.path.basename(program)
        # The files of the tables, until the job ends.
        self.folder = tempfile.TemporaryDirectory(prefix="tupu-")

    def frames(self, folder):
        """The name of a folder of fact types that every machine has from now on."""
        if folder:
            self.context.addFile(folder, recursive=True)
        return folder and os.path.basename(os.path.normpath(folder))

    def step(self, *arguments, frames=None, known=(), good=(0,)):
        """What each partition of an RDD of lines becomes."""
        name, known = self.name, tuple(known)

        def run(lines):
            # A thread each: Spark gives every task one core.
            command = [SparkFiles.get(name), "--threads", "1", *arguments]
            if frames:
                command += ["--frames", SparkFiles.get(frames)]
            if known:
                command += ["--known", *map(SparkFiles.get, known)]
            return through(command, lines, good)

        return run

    def share(self, name, rows):
        """Rows, few enough for every machine, as a file that every machine has."""
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(row + "\n" for row in rows)
        self.context.addFile(path)
        return name

    def gather(self, rows, partitions):
        """Brings rows together by what they are about."""
        keyed = rows.map(lambda row: tuple(row.split("\t", 1)))
        sorted_rows = keyed.repartitionAndSortWithinPartitions(partitions, place)
        return sorted_rows.map("\t".join).mapPartitions(self.step("shard", "gather"))


def id_of(annotation):
    return json.loads(annotation)["id"]


def told(row):
    """The document that a row is about, and what it tells."""
    about, told = row.split("\t", 1)
    return json.loads(about)["Document"], json.loads(told)


def is_of_document(row):
    return row.startswith('{"Document"')


def blocks(lines):
    """Lines as blocks of many, each with whether other documents may give them too."""
    held, sizes = {"own": [], "shared": []}, {"own": 0, "shared": 0}
    for line in lines:
        whose, line = line.split("\t", 1)
        held[whose].append(line)
        sizes[whose] += len(line)
        if sizes[whose] > BLOCK:
            yield whose, "\n".join(held[whose])
            held[whose], sizes[whose] = [], 0
    for whose, rest in held.items():
        if rest:
            yield whose, "\n".join(rest)


def witnesses_of(tupu, annotations, partitions):
    """The witnesses of texts, each with its reprints."""
    rows = tupu.gather(annotations.mapPartitions(tupu.step("shard", "prints")), partitions)
    groups = rows.coalesce(1).mapPartitions(tupu.step("shard", "groups")).map(told)
    keyed = annotations.map(lambda annotation: (id_of(annotation), annotation))
    grouped = keyed.leftOuterJoin(groups, partitions).values().persist(StorageLevel.DISK_ONLY)
    alone = grouped.filter(lambda pair: pair[1] is None).keys()
    related = grouped.filter(lambda pair: pair[1] is not None).map(lambda pair: (pair[1]["Group"], pair[0]))
    folded = related.partitionBy(partitions, place).values().mapPartitions(tupu.step("shard", "fold"))
    return alone.union(folded).persist(StorageLevel.DISK_ONLY)


def quads_of(tupu, witnesses, partitions, base, frames):
    """Blocks of lines of N-Quads."""

    def tell(step, known):
        return tupu.gather(witnesses.mapPartitions(tupu.step("shard", step, known=known)), partitions)

    names = tupu.share("names", tell("names", []).collect())
    entities = tupu.share("entities", tell("entities", [names]).collect())
    rows = tell("persons", [names, entities]).persist(StorageLevel.DISK_ONLY)
    others = tupu.share("others", rows.filter(lambda row: not is_of_document(row)).collect())
    # Each witness behind the rows about its persons.
    persons = rows.filter(is_of_document).map(lambda row: ((told(row)[0], 0), row))
    keyed = witnesses.map(lambda witness: ((id_of(witness), 1), witness))
    together = persons.union(keyed).repartitionAndSortWithinPartitions(partitions, lambda key: place(key[0]))
    step = tupu.step("shard", "quads", *base, frames=frames, known=[names, entities, others])
    return together.values().mapPartitions(step).mapPartitions(blocks).persist(StorageLevel.DISK_ONLY)


def remove(context, folder):
    """Takes away a folder, wherever Spark keeps its files."""
    path = context._jvm.org.apache.hadoop.fs.Path(folder)
    path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", help="JSON Lines, each document with an id and a text: a file, a folder, a pattern")
    parser.add_argument("output", help="the folder that is made, with annotations/, own/, shared/ and ontology/")
    parser.add_argument("--tupu", required=True, help="the program, for the machines that work")
    parser.add_argument("--partitions", type=int, default=8, help="parts that are worked on by themselves (default 8)")
    parser.add_argument("--annotated", action="store_true", help="the documents are annotations already")
    parser.add_argument("--extract", default="", metavar="OPTIONS", help="for tupu extract, as '--map id=url'")
    parser.add_argument("--leave-out-refused", action="store_true", help="go on without documents that cannot be read")
    parser.add_argument("--base", help="what IRIs begin with")
    parser.add_argument("--frames", help="fact types of your own, a folder")
    return parser.parse_args()


def main():
    args = arguments()
    spark = SparkSession.builder.appName("tupu").getOrCreate()
    context = spark.sparkContext
    tupu = Tupu(context, args.tupu)
    base = ["--base", args.base] if args.base else []
    frames = tupu.frames(args.frames)

    annotations = context.textFile(args.documents, args.partitions)
    if annotations.getNumPartitions() < args.partitions:
        annotations = annotations.repartition(args.partitions)
    if not args.annotated:
        good = (0, 1) if args.leave_out_refused else (0,)
        extract = tupu.step("extract", "-", "--as", "jsonl", *shlex.split(args.extract), frames=frames, good=good)
        # What took longest is kept: no machine that is lost takes it along.
        annotations.mapPartitions(extract).saveAsTextFile(f"{args.output}/annotations")
        annotations = context.textFile(f"{args.output}/annotations", args.partitions)

    witnesses = witnesses_of(tupu, annotations, args.partitions)
    quads = quads_of(tupu, witnesses, args.partitions, base, frames)
    quads.filter(lambda block: block[0] == "own").values().saveAsTextFile(f"{args.output}/own")
    # Which lines several documents give Spark finds out by itself, which reads them from a folder.
    told = f"{args.output}/_told"
    quads.filter(lambda block: block[0] == "shared").values().saveAsTextFile(told)
    spark.read.text(told).distinct().write.text(f"{args.output}/shared")
    remove(context, told)
    ontology = context.parallelize([""], 1).mapPartitions(tupu.step("shard", "ontology", frames=frames))
    ontology.saveAsTextFile(f"{args.output}/ontology")
    spark.stop()


if __name__ == "__main__":
    main()
