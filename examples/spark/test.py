"""Holds the graph that the job derives with two workers against that of one machine, line for line, while workers die.

    python test.py path/to/tupu documents.jsonl [--documents N] [--partitions N,N] [--python PYTHON]

A process of tupu and the Java process of a worker are killed in the middle of the first run. Only processes that this test
has started are touched.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def children():
    """Of every process the command line and the process that started it."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            # Behind the name, which may hold anything, stand the state and the parent.
            parent = int((folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue  # It has ended.
        found[int(folder.name)] = (parent, " ".join(words))
    return found


def below(root, words):
    """A process that `root` has started, at whatever remove, with these words in its command line."""
    processes = children()
    for process, (parent, command) in processes.items():
        if all(word in command for word in words):
            while parent in processes and parent != root:
                parent = processes[parent][0]
            if parent == root:
                return process
    return None


def kill(job, victims, killed):
    """Kills of each sort of process one, when another is seen at work."""
    for name, when, whom, wait in victims:
        while job.poll() is None and not below(job.pid, when):
            time.sleep(0.02)
        time.sleep(wait)
        while job.poll() is None:
            victim = below(job.pid, whom)
            try:
                if victim:
                    os.kill(victim, signal.SIGKILL)
                    killed.append(name)
                    break
            except ProcessLookupError:
                pass  # It ended before: another one, then.
            time.sleep(0.02)


# What dies: a child in the middle of extracting, then a worker, with all its children and what it kept, while another
# step is under way, and a child of the last step.
VICTIMS = [
    ("tupu extract", ["--threads 1 extract"], ["--threads 1 extract"], 1),
    ("a worker", ["shard", "names"], ["CoarseGrainedExecutorBackend"], 0),
    ("tupu shard quads", ["shard", "quads"], ["shard", "quads"], 0),
]


def spark_home(args, folder):
    """Spark as it is installed, but that workers leave what they have fetched in a folder that goes with the test."""
    where = "import os, pyspark; print(os.path.dirname(pyspark.__file__))"
    installed = subprocess.run([args.python, "-c", where], check=True, capture_output=True, text=True).stdout.strip()
    home = folder / "spark"
    home.mkdir()
    for part in Path(installed).iterdir():
        if part.name != "work":
            (home / part.name).symlink_to(part)
    return home


def run_job(args, home, documents, output, partitions, victims):
    command = [home / "bin" / "spark-submit", "--master", "local-cluster[2,1,2048]"]
    command += ["--conf", "spark.ui.enabled=false", HERE / "job.py", "--tupu", args.tupu]
    command += ["--partitions", str(partitions), documents, output]
    log = output.with_suffix(".log")
    environment = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": args.python, "SPARK_LOCAL_IP": "127.0.0.1"}
    killed, started = [], time.monotonic()
    with log.open("wb") as to:
        job = subprocess.Popen(command, stdout=to, stderr=to, env=environment)
        killer = threading.Thread(target=kill, args=(job, victims, killed))
        killer.start()
        code = job.wait()
        killer.join()
    seconds = time.monotonic() - started
    if code != 0:
        sys.exit(f"the job ended with {code}:\n{log.read_text(errors='replace')[-4000:]}")
    missed = [name for name, *_ in victims if name not in killed]
    if missed:
        sys.exit(f"the job was done before {', '.join(missed)} could be killed; give it more documents")
    return seconds, log.read_text(errors="replace").count("Lost task ")


def sorted_lines(files, to):
    """The lines of files, sorted by their bytes, in a file."""
    with to.open("wb") as out:
        subprocess.run(["sort", *files], stdout=out, check=True, env={**os.environ, "LC_ALL": "C"})
    return to


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tupu", type=Path)
    parser.add_argument("documents", type=Path, help="JSON Lines, each with an id")
    parser.add_argument("--documents", type=int, dest="first", help="so many of them, the first [all]")
    parser.add_argument("--partitions", default="8,3", help="a run for each number of partitions; the first one suffers")
    parser.add_argument("--python", default=sys.executable, help="a Python with pyspark")
    args = parser.parse_args()
    args.tupu = args.tupu.resolve()
    with tempfile.TemporaryDirectory(prefix="tupu-spark-") as folder:
        folder = Path(folder)
        home = spark_home(args, folder)
        documents = folder / "documents.jsonl"
        with args.documents.open(encoding="utf-8") as all_lines, documents.open("w", encoding="utf-8") as some:
            some.writelines(line for n, line in enumerate(all_lines) if args.first is None or n < args.first)
        started = time.monotonic()
        threads = ["--threads", "2"]
        subprocess.run([args.tupu, *threads, "build", documents, "--kg", folder / "kg"], check=True, capture_output=True)
        export = [args.tupu, *threads, "export", "nquads", "--kg", folder / "kg", "-o", folder / "one.nq"]
        subprocess.run(export, check=True)
        one = sorted_lines([folder / "one.nq"], folder / "one.sorted")
        lines = sum(1 for _ in one.open("rb"))
        print(f"one machine: {lines} lines in {time.monotonic() - started:.0f} s")
        for nth, partitions in enumerate(map(int, args.partitions.split(","))):
            output = folder / f"graph-{partitions}"
            victims = VICTIMS if nth == 0 else []
            seconds, lost = run_job(args, home, documents, output, partitions, victims)
            parts = [part for kind in ("own", "shared", "ontology") for part in (output / kind).glob("part-*")]
            spark = sorted_lines(parts, folder / "spark.sorted")
            died = f"; killed: {', '.join(name for name, *_ in victims)}; {lost} tasks lost" if victims else ""
            print(f"two workers, {partitions} partitions: {seconds:.0f} s{died}")
            if subprocess.run(["cmp", one, spark]).returncode != 0:
                differing = subprocess.run(["diff", one, spark], capture_output=True, text=True).stdout
                sys.exit(f"the graphs differ:\n{differing[:4000]}")
        print("the same lines")


if __name__ == "__main__":
    main()
