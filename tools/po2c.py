#!/usr/bin/env python3
"""The message catalogue: message ids from the C sources, translations from a .po file, out comes a sorted C table.

Fails, naming each, when a message has no translation, when the numbered places {0} {1} of a translation are not
those of its message, and when a string literal with such a place is not marked as a message.
A message is what is passed as a parameter named msgid (or ..._msgid) of any function or macro of the sources; a text
in a table is marked DT__N("...") (in the command: DT_N("...")).

  po2c.py --po FILE --sources DIR --symbol NAME --output FILE   writes the C file
  po2c.py --po FILE --sources DIR --missing                     prints .po entries to fill in
"""
import argparse
import os
import re
import sys

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|\\\n)
      | (?P<string>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*")
      | (?P<char>(?:[uUL])?'(?:\\.|[^'\\\n])*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", '"': '"', "'": "'", "?": "?"}
PLACE = re.compile(r"\{(\d+)\}")


class Failure(Exception):
    pass


def unescape(literal):
    """The text of a C string literal without its quotes, as str; hexadecimal and octal escapes are bytes of UTF-8."""
    out = bytearray()
    i = 0
    while i < len(literal):
        if literal[i] != "\\":
            out += literal[i].encode()
            i += 1
            continue
        c = literal[i + 1]
        if c in ESCAPES:
            out += ESCAPES[c].encode()
            i += 2
        elif c in "uU":
            width = 4 if c == "u" else 8
            out += chr(int(literal[i + 2 : i + 2 + width], 16)).encode()
            i += 2 + width
        else:
            match = re.compile(r"x([0-9a-fA-F]+)|([0-7]{1,3})").match(literal, i + 1)
            if not match:
                raise Failure(f"unknown escape \\{c} in {literal!r}")
            out.append(int(match[1], 16) if match[1] else int(match[2], 8))
            i = match.end()
    return out.decode()


def tokens(text):
    """(kind, text, line) of everything but white space and comments."""
    line = 1
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield match.lastgroup, match[0], line
        line += match[0].count("\n")


def arguments(stream, start):
    """Token lists of the arguments of the call whose '(' stands at start."""
    depth, found = 0, [[]]
    for token in stream[start:]:
        if token[1] in "([{" and token[0] == "other":
            depth += 1
            if depth == 1:
                continue
        elif token[1] in ")]}" and token[0] == "other":
            depth -= 1
            if depth == 0:
                return found
        elif depth == 1 and token[1] == ",":
            found.append([])
            continue
        found[-1].append(token)
    return found


def literals(argument, where):
    """Message ids of one argument: a literal, or those between which ?: chooses.  Literals inside calls are not."""
    skipped, depth, run = [], 0, []
    for i, (kind, text, line) in enumerate(argument + [("other", ";", 0)]):
        if kind == "other" and text in "([":
            called = i > 0 and (argument[i - 1][0] == "name" or argument[i - 1][1] in ")]")
            skipped.append(called or text == "[")
            depth += called or text == "["
        elif kind == "other" and text in ")]" and skipped:
            depth -= skipped.pop()
        if kind == "string" and depth == 0:
            run.append((text, line))
            continue
        if run:
            if kind == "name":
                raise Failure(f"{where}:{line}: a message has to be a literal, {text} is not")
            yield "".join(unescape(t[t.index('"') + 1 : -1]) for t, _ in run), run[0][1]
            run = []


def declarations(stream):
    """(name, argument from 0, static) for every parameter named msgid of a declared function or a defined macro."""
    for i, (kind, name, _) in enumerate(stream[:-1]):
        if kind != "name" or stream[i + 1][1] != "(":
            continue
        macro = i > 1 and (stream[i - 2][1], stream[i - 1][1]) == ("#", "define")
        for position, parameter in enumerate(arguments(stream, i + 1)):
            words = [text for _, text, _ in parameter]
            if words and words[-1].endswith("msgid") and (macro or words[-3:-1] == ["char", "*"]):
                before = i
                while before > 0 and stream[before - 1][1] not in ";{}":
                    before -= 1
                yield name, position, "static" in (text for _, text, _ in stream[before:i])


def read_sources(folder):
    """Message ids -> first place, and places of literals that look like messages but are not marked."""
    streams = {}
    for root, _, files in sorted(os.walk(folder)):
        for name in sorted(files):
            if name.endswith((".c", ".h")):
                path = os.path.join(root, name)
                with open(path, encoding="utf-8") as file:
                    streams[path] = list(tokens(file.read()))
    everywhere, within = {("DT__N", 0), ("DT_N", 0)}, {path: set() for path in streams}
    for path, stream in streams.items():
        for name, position, static in declarations(stream):
            (within[path] if static else everywhere).add((name, position))
    messages, unmarked = {}, {}
    for path, stream in streams.items():
        positions = {}
        for name, position in everywhere | within[path]:
            positions.setdefault(name, []).append(position)
        collect(stream, os.path.relpath(path), positions, messages, unmarked)
    return messages, {text: place for text, place in unmarked.items() if text not in messages}


def collect(stream, where, positions, messages, unmarked):
    for i, (kind, text, line) in enumerate(stream):
        if kind == "string" and PLACE.search(text) and (i == 0 or stream[i - 1][0] != "string"):
            for literal, _ in literals(list(run_of_strings(stream, i)), where):
                unmarked.setdefault(literal, f"{where}:{line}")
        if kind != "name" or text not in positions or i + 1 >= len(stream) or stream[i + 1][1] != "(":
            continue
        given = arguments(stream, i + 1)
        for position in positions[text]:
            for msgid, at in literals(given[position], where) if position < len(given) else ():
                if msgid:
                    messages.setdefault(msgid, f"{where}:{at}")


def run_of_strings(stream, i):
    while i < len(stream) and stream[i][0] == "string":
        yield stream[i]
        i += 1


def read_po(path):
    """msgid -> msgstr; fuzzy and empty translations do not count."""
    entries, fuzzy = {}, False
    current = {"msgid": None, "msgstr": None}
    field = None

    def finish():
        nonlocal fuzzy
        if current["msgid"] and current["msgstr"] is not None:
            if current["msgid"] in entries:
                raise Failure(f"{path}: twice: {current['msgid']!r}")
            entries[current["msgid"]] = "" if fuzzy else current["msgstr"]
        current.update(msgid=None, msgstr=None)
        fuzzy = False

    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if line.startswith("#"):
                if field == "msgstr":
                    finish()
                    field = None
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            match = re.fullmatch(r'(?:(msgid|msgstr)\s+)?"((?:\\.|[^"\\])*)"', line)
            if not match:
                if line:
                    raise Failure(f"{path}:{number}: not understood: {line}")
                continue
            if match[1]:
                if match[1] == "msgid" and current["msgstr"] is not None:
                    finish()
                field = match[1]
                current[field] = ""
            if field is None:
                raise Failure(f"{path}:{number}: text outside of an entry")
            current[field] += unescape(match[2])
    finish()
    return entries


def quoted(text, c=False):
    """A string literal, for .po or for C (there '?' is escaped against trigraphs)."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return '"' + (text.replace("??", "?\\?") if c else text) + '"'


def write(path, symbol, pairs):
    lines = ["/* Generated by tools/po2c.py; do not edit. */", '#include "base/catalog.h"', ""]
    lines.append(f"const struct dt__translation {symbol}[] = {{")
    lines += [f"    {{{quoted(a, True)}, {quoted(b, True)}}}," for a, b in pairs] or ["    {0, 0},"]
    lines += ["};", f"const size_t {symbol}_count = {len(pairs)};", ""]
    text = "\n".join(lines)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return  # untouched: nothing is compiled again
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def places(text):
    return sorted(set(PLACE.findall(text)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--po", required=True)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--symbol")
    parser.add_argument("--output")
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--allow-untranslated", action="store_true")
    args = parser.parse_args()

    messages, unmarked = read_sources(args.sources)
    translations = read_po(args.po)
    missing = [m for m in messages if not translations.get(m)]
    if args.missing:
        for m in missing:
            print(f"#: {messages[m]}\nmsgid {quoted(m)}\nmsgstr \"\"\n")
        return 0

    complaints = [f"{messages[m]}: no translation in {os.path.relpath(args.po)}: {quoted(m)}" for m in missing]
    complaints += [f"{p}: looks like a message, but is not marked DT__N: {quoted(m)}" for m, p in unmarked.items()]
    errors = []
    for m in messages:
        if translations.get(m) and places(m) != places(translations[m]):
            errors.append(f"{os.path.relpath(args.po)}: places differ: {quoted(m)} has {places(m)}, its translation {places(translations[m])}")
    for m in translations:
        if m not in messages:
            print(f"warning: {os.path.relpath(args.po)}: unused: {quoted(m)}", file=sys.stderr)
    if args.allow_untranslated:
        if complaints:
            print(f"warning: {len(missing)} messages without translation, {len(unmarked)} not marked (po2c.py --missing lists them)", file=sys.stderr)
    else:
        errors += complaints
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    if errors:
        return 1
    pairs = [(m, translations[m]) for m in messages if translations.get(m)]
    write(args.output, args.symbol, sorted(pairs, key=lambda pair: pair[0].encode()))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"error: {failure}")
