#!/usr/bin/env python3
"""docs/model.schema.json accepts every model that ships and refuses what the language refuses, as far as a schema can.

    python3 tests/schema/test_schema.py [MODEL ...]     further models that have to be accepted
"""
import ast
import glob
import json
import os
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed")
    sys.exit(77)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

BASE = """\
detente: 1
sources: {K: {title: Notes}}
quantities: {q: {value: 30..70}}
parties: {a: {}, b: {}}
formats: {talks: {table: [a, b], consent: [a, b]}}
issues:
  x: {options: [lo, hi], ordered: true, no_deal: lo}
  y: {options: [no, yes], no_deal: no}
preferences:
  a: {weights: {x: 1}, values: {x: {hi: 50}}}
  b: {priorities: ["y == yes"]}
"""

GRAPH = """\
detente: 1
parties: {a: {unseen: ["state == 'two words'"]}, b: {}, c: {}}
graph:
  states: [calm, 2, two words]
  moves: {a: [[calm, 2]], b: []}
  rankings:
    a: [2, ">>", [calm, two words]]
    b: {prefers: [[2, calm, two words]], ties: [], why: guess}
    c: {ranking: [calm, 2, two words], why: guess}
  status_quo: 2
transitions: [{id: t, party: a, forbid: {from: "state == calm"}, why: law}]
"""

STRENGTH = BASE.replace('["y == yes"]', '[{when: "y == yes", strong: true}, {when: "x == lo", uncertain: true}]')
STRENGTH = STRENGTH.replace("weights: {x: 1}, values: {x: {hi: 50}}", 'ranking: [{x: hi}, ">>", [{x: lo}, {y: no}], ">>"]')

# What is replaced in the graph, and by what.
WRONG_GRAPHS = [
    ("states: [calm, 2, two words]", "states: []"),
    ("states: [calm, 2, two words]", "states: [calm, 2, calm]"),
    ("states: [calm, 2, two words]", 'states: [calm, ">>"]'),
    ("states: [calm, 2, two words]", "states: calm"),
    ("  status_quo: 2", "  status: 2"),
    ("[[calm, 2]]", "[[calm]]"),
    ("[[calm, 2]]", "[calm, 2]"),
    ("{prefers: [[2, calm, two words]], ties: [], why: guess}", "{why: guess}"),
    ("{prefers: [[2, calm, two words]]", "{prefers: [[2]]"),
    ("{prefers: [[2, calm, two words]]", "{ranking: [2, calm], prefers: [[2, calm]]"),
    ("parties:", "issues: {x: {options: [p], no_deal: p}}\nparties:"),
    ("parties:", "rules: []\nparties:"),
    ("parties:", "preferences: {}\nparties:"),
    ("parties:", "formats: {}\nparties:"),
    ('forbid: {from: "state == calm"}', "forbid: {}"),
    ('forbid: {from: "state == calm"}', 'forbid: {form: "state == calm"}'),
    ("id: t, ", ""),
]

# What is replaced in the model above, and by what: each is one mistake.
WRONG = [
    ("detente: 1", "detente: 2"),
    ("detente: 1\n", ""),
    ("sources:", "source:"),
    ("{title: Notes}", "{titel: Notes}"),
    ("{title: Notes}", "{file: ../notes.txt}"),
    ("{title: Notes}", "{file: /etc/notes.txt}"),
    ("{title: Notes}", "{date: yesterday}"),
    ("{K:", "{K1:"),
    ("{value: 30..70}", "{}"),
    ("{value: 30..70}", "{value: 1, series: {2025: 1}}"),
    ("{value: 30..70}", "{series: {summer: 1}}"),
    ("{value: 30..70}", "{value: 1, range: [1]}"),
    ("{value: 30..70}", "{value: {coders: {}}}"),
    ("{value: 30..70}", "{value: {why: guess}}"),
    ("{value: 30..70}", "{value: [1]}"),
    ("{value: 30..70}", "{value: 1, source: 16}"),
    ("parties: {a: {}, b: {}}\n", ""),
    ("parties: {a: {}, b: {}}", "parties: {}"),
    ("parties: {a: {}, b: {}}", "parties: [a, b]"),
    ("parties: {a: {}", "parties: {the north: {}"),
    ("parties: {a: {}", "parties: {by: {}"),
    ("parties: {a: {}", "parties: {a: {scale: [0]}"),
    ("parties: {a: {}", "parties: {a: {alias: c}"),
    (", consent: [a, b]", ""),
    ("consent: [a, b]", "consent: {}"),
    ("consent: [a, b]", "consent: {of: [a]}"),
    ("consent: [a, b]", "consent: {weights: {a: 1}}"),
    ("consent: [a, b]", "consent: {weights: {a: 1..2}, quota: 1}"),
    ("consent: [a, b]", "consent: [a, a]"),
    (", no_deal: no}", "}"),
    ("[no, yes]", "[]"),
    ("[no, yes]", "[no, no]"),
    ("[no, yes]", "[no, true]"),
    ("[no, yes]", "{no: {value: 1}}"),
    ("ordered: true", "ordered: perhaps"),
    ("weights: {x: 1}, ", ""),
    ("weights: {x: 1}", "weights: [1]"),
    ("{hi: 50}", "50"),
    ('priorities: ["y == yes"]', "red_lines: []"),
    ('priorities: ["y == yes"]', 'priorities: ["y == yes"], ranking: [{y: yes}]'),
    ('priorities: ["y == yes"]', 'priorities: ["y == yes"], no_deal: 3'),
    ('priorities: ["y == yes"]', "ranking: [yes]"),
    ('priorities: ["y == yes"]', 'priorities: [{when: "y == yes", strong: very}]'),
    ("parties: {a: {}", 'parties: {a: {unseen: {x: hi}}'),
    ("weights: {x: 1}", "no_deal_drift: 1 per fortnight, weights: {x: 1}"),
    ("weights: {x: 1}", 'red_lines: [{require: "x == lo"}], weights: {x: 1}'),
    ("weights: {x: 1}", 'adjust: [{when: "x == lo"}], weights: {x: 1}'),
    ("detente: 1", 'detente: 1\nrules: [{id: r, require: ["x == lo"]}]'),
    ("detente: 1", "detente: 1\nprinciples: [{id: p, by: a}]"),
    ("detente: 1", 'detente: 1\nprinciples: [{id: p, by: a, require: "x == lo", follow_up: "y == no"}]'),
    ("detente: 1", 'detente: 1\nprinciples: [{id: p, by: a, order: {before: "x == lo"}}]'),
    ("detente: 1", "detente: 1\nproposals: {p: lo}"),
    ("detente: 1", "detente: 1\nscenarios: {s: {by: 2025}}"),
    ("detente: 1", "detente: 1\nclaims: [{by: a, of: s}]"),
]


def load(text):
    return yaml.load(text, Loader=yaml.BaseLoader)


def starters():
    """The texts in src/language/starter.c: runs of string literals."""
    with open(os.path.join(ROOT, "src", "language", "starter.c"), encoding="utf-8") as file:
        source = file.read()
    for run in re.findall(r"=\s*((?:\"(?:\\.|[^\"\\])*\"\s*)+);", source):
        yield "".join(ast.literal_eval(line) for line in re.findall(r"\"(?:\\.|[^\"\\])*\"", run))


def right_models(paths):
    for path in sorted(glob.glob(os.path.join(ROOT, "models", "*.yaml"))) + paths:
        with open(path, encoding="utf-8") as file:
            yield path, file.read()
    with open(os.path.join(ROOT, "docs", "language.md"), encoding="utf-8") as file:
        for i, text in enumerate(re.findall(r"```yaml\n(.*?)```", file.read(), re.DOTALL)):
            yield f"docs/language.md, model {i + 1}", text
    found = list(starters())
    assert len(found) == 2, "two starters expected in starter.c"
    for i, text in enumerate(found):
        yield f"starter {i + 1}", text
    yield "the base of the wrong ones", BASE
    yield "the graph", GRAPH
    yield "the graph without parties", re.sub("parties:.*\n", "", GRAPH)
    yield "strength", STRENGTH


def main():
    with open(os.path.join(ROOT, "docs", "model.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    passed = failed = 0
    for name, text in right_models(sys.argv[1:]):
        errors = list(validator.iter_errors(load(text)))
        for error in errors:
            print(f"{name}: {error.json_path}: {error.message[:200]}")
        passed, failed = passed + (not errors), failed + bool(errors)
    for base, old, new in [(BASE, *w) for w in WRONG] + [(GRAPH, *w) for w in WRONG_GRAPHS]:
        assert base.count(old) >= 1, old
        refused = not validator.is_valid(load(base.replace(old, new, 1)))
        if not refused:
            print(f"accepted, though wrong: {new}")
        passed, failed = passed + refused, failed + (not refused)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
