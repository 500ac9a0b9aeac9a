"""Holds the JSON Schema of the annotation format against annotations that are right and wrong.

    pip install jsonschema
    python tests/annotation_schema.py TUPU FILE.jsonl...

TUPU is the program: it prints the schema. Every line of every FILE must be valid by it. Of the cases in
tests/cases/annotation_format.jsonl, which tests/annotation_format.rs holds the program to, the schema must take and
refuse the same, but for those of which they say that a schema cannot tell. Exits with 1 where that is not so.
"""

import json
import pathlib
import subprocess
import sys

import jsonschema

CASES = pathlib.Path(__file__).parent / "cases" / "annotation_format.jsonl"


def lines(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, json.loads(line)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    schema = json.loads(subprocess.run([sys.argv[1], "schema"], check=True, capture_output=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    refused = 0
    for number, case in lines(CASES):
        expected = case["valid"] or "schema" in case
        refused += not expected
        if validator.is_valid(case["annotation"]) != expected:
            sys.exit(f"{CASES.name}:{number}: {case['case']}: must be {'taken' if expected else 'refused'}")
    valid = 0
    for path in sys.argv[2:]:
        for number, annotation in lines(path):
            error = jsonschema.exceptions.best_match(validator.iter_errors(annotation))
            if error:
                sys.exit(f"{path}:{number}: {error.json_path}: {error.message}")
            valid += 1
    print(f"{refused} wrong annotations are refused, {valid} annotations of {len(sys.argv) - 2} files are valid")


if __name__ == "__main__":
    main()
