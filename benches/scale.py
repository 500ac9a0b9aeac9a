#!/usr/bin/env python3
"""How fast a corpus is read, and how fast a workspace that holds some of it answers and grows.

    cargo build --release
    python3 benches/scale.py CORPUS.jsonl[.xz|.gz] [--tupu target/release/tupu]

Each figure is one run of the whole program: wall time in seconds from its start to its end, memory as the most that
it held (maximum resident set size, in MB). Prints a table in Markdown. Needs a Unix and Python 3.9, nothing else.
"""

import argparse
import gzip
import json
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def run(command, **options):
    """Runs a command; its wall time, and the most memory that it held."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: ended with {process.returncode}")
    # Linux counts it in kilobytes, macOS in bytes.
    return took, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def best(rounds, command):
    """The best of several runs, since whatever else the machine does only ever slows."""
    return min((run(command) for _ in range(rounds)), key=lambda figures: figures[0])


def lines(corpus):
    opened = {".xz": lzma.open, ".gz": gzip.open}.get(corpus.suffix, open)
    with opened(corpus, "rt", encoding="utf-8") as file:
        yield from file


def some(corpus, path, count):
    """Writes `count` documents, spread over the corpus, to `path`."""
    of = sum(1 for _ in lines(corpus))
    step = max(of // count, 1)
    chosen = [line for n, line in enumerate(lines(corpus)) if n % step == 0][:count]
    path.write_text("".join(chosen), encoding="utf-8")
    return chosen


def queries(tupu):
    """The saved queries, each with the parameters that it needs."""
    listed = subprocess.run([tupu, "queries"], capture_output=True, text=True, check=True).stdout.splitlines()
    found = []
    for line in listed:
        if not line.startswith(" "):
            found.append((line.split()[0], []))
        elif "(may be left out)" not in line:
            found[-1][1].append(line.split()[1].split("=")[0])
    return found


def row(what, figure):
    print(f"| {what} | {figure} |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--tupu", type=Path, default=Path("target/release/tupu"))
    arguments.add_argument("--rounds", type=int, default=3, help="runs of which the best counts, but for the whole corpus")
    arguments = arguments.parse_args()
    tupu, rounds = arguments.tupu.resolve(), arguments.rounds
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        print(f"| {arguments.corpus.name}, {os.cpu_count()} cores | |\n| --- | --- |")

        took, memory = run([tupu, "extract", arguments.corpus, "-o", folder / "all.jsonl"])
        count = text = 0
        for line in lines(arguments.corpus):
            count += 1
            text += len(json.loads(line)["text"].encode())
        (folder / "all.jsonl").unlink()
        row(f"`extract`, {count:,} documents", f"{took:.0f} s, {count / took:.0f} documents/s, "
            f"{text / 1e6 / took:.2f} MB of text a second, {memory:.0f} MB of memory")

        ten_thousand = folder / "10000.jsonl"
        some(arguments.corpus, ten_thousand, 10_000)
        one, two = (best(rounds, [tupu, "extract", ten_thousand, "-o", folder / "out.jsonl", "--threads", n])[0]
                    for n in (1, 2))
        row("two threads against one, 10,000 documents", f"{one / two:.2f} times as fast")

        thousand = folder / "1000.jsonl"
        chosen = some(arguments.corpus, thousand, 1000)
        kg = folder / "kg"
        row("`build`, 1,000 documents", f"{run([tupu, 'build', thousand, '--kg', kg])[0]:.1f} s")

        slowest = (0.0, "")
        for name, needed in queries(tupu):
            values = [part for parameter in needed for part in ("--set", f"{parameter}=北京")]
            slowest = max(slowest, (best(rounds, [tupu, "query", name, *values, "--kg", kg])[0], name))
        row("slowest saved query of them, from a cold process", f"{slowest[0]:.2f} s (`{slowest[1]}`)")

        changed = []
        for n in range(rounds):
            document = json.loads(chosen[500])
            document["text"] += f"\n另外，甲公司向乙医院捐赠口罩{n + 1}箱。"
            thousand.write_text("".join(chosen[:500] + [json.dumps(document, ensure_ascii=False) + "\n"] + chosen[501:]),
                                encoding="utf-8")
            changed.append(run([tupu, "build", thousand, "--kg", kg])[0])
        row("`build` again, one of the 1,000 changed", f"{min(changed):.2f} s")


if __name__ == "__main__":
    main()
