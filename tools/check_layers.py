#!/usr/bin/env python3
"""Arrows point downwards: every #include in src/ names the public headers, its own room, or a room below it."""
import re
import sys
from pathlib import Path

# room -> rooms that it may include, beside itself and (all of) detente/.  A new room gets one line.
# A question (deal, check, ...) sees no other question; what two need lies below both.
BELOW = {
    "base": set(),
    "model": {"base"},
    "language": {"base", "model", "moment"},
    "exchange": {"base", "model"},
    "moment": {"base"},
    "place": {"base"},
    "records": {"base", "moment", "place"},
    "ledger": {"base", "moment", "place", "records"},
    "sensitivity": {"base"},
    "statistics": {"base"},
    "space": {"base", "model"},
    "graph": {"base", "model", "space"},
    "question": {"base", "model", "space", "graph"},
    "ensemble": {"base", "model", "space", "question", "positions"},
    "score": {"base"},
    "positions": {"base"},
    "backtest": {"base", "positions", "score"},
    "deal": {"base", "model", "space", "question"},
    "bargain": {"base", "model", "language", "space", "question"},
    "forecast": {"base", "model", "space", "question", "ensemble", "positions"},
    "register": {"base", "model", "space", "question", "score"},
    "path": {"base", "model", "space", "question"},
    "hold": {"base", "model", "space", "graph", "question"},
    "whatif": {"base", "model", "space", "question"},
    "monitor": {"base", "model", "moment", "place", "records", "ledger", "statistics", "question"},
    "drivers": {"base", "model", "space", "question", "ensemble", "positions", "sensitivity"},
    "check": {"base", "model", "space"},
    "document": {"base", "model"},
    "render": {"base", "model", "document"},
    "report": {"base", "model", "document"},
    "page": {"base", "model", "document", "render", "report"},
    "cli": set(),
}
# public headers that a room may include: its own, those of rooms below it, and of questions whose words it shares
PUBLIC = {
    "base": {"env"},
    "model": {"env", "model"},
    "language": {"env", "model", "starter"},
    "exchange": {"env", "model", "exchange"},
    "moment": {"env"},
    "place": {"env"},
    "records": {"env"},
    "ledger": {"env", "ledger"},
    "sensitivity": {"env"},
    "statistics": {"env"},
    "space": {"env", "model"},
    "graph": {"env", "model"},
    "question": {"env", "model", "answer"},
    "ensemble": {"env", "model", "answer"},
    "deal": {"env", "model", "answer", "deal"},
    "bargain": {"env", "model", "answer", "deal", "bargain"},
    "forecast": {"env", "model", "answer", "exchange", "forecast"},
    "register": {"env", "model", "answer", "exchange", "forecast", "register"},
    "path": {"env", "model", "answer", "path"},
    "hold": {"env", "model", "answer", "deal", "bargain", "hold", "leaving"},
    "whatif": {"env", "model", "answer", "deal", "whatif"},
    "monitor": {"env", "model", "ledger", "monitor"},
    "drivers": {"env", "model", "answer", "deal", "whatif", "drivers"},
    "check": {"env", "model", "check"},
    "score": {"env"},
    "positions": {"env"},
    "backtest": {"env", "backtest", "exchange"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def complaint(room, path, included, here):
    if (path.parent / included).exists() and "/" not in included:
        return None  # a neighbour in the same room
    target, _, rest = included.partition("/")
    if target == "detente":
        stem = rest.removesuffix(".h")
        if not (here / "include" / included).exists():
            return f"no public header {included}"
        if stem not in PUBLIC.get(room, {stem}):
            return f'{room} is below the question that "{included}" declares'
        return None
    if target == room:
        return None
    if room == "cli":
        return f'the command sees only include/, not "{included}"'
    if target not in BELOW:
        return f'"{included}" names no room of src/'
    if target not in BELOW[room]:
        return f'{room} may not include "{included}": it sees {", ".join(sorted(BELOW[room])) or "nothing"}'
    return None


def main():
    here = Path(__file__).resolve().parent.parent
    failed = checked = 0
    for room in sorted(p for p in (here / "src").iterdir() if p.is_dir()):
        if room.name not in BELOW:
            print(f"src/{room.name}: a room that tools/check_layers.py does not know: give it a line in BELOW")
            failed += 1
            continue
        for path in sorted(room.rglob("*.[ch]")):
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                checked += 1
                reason = complaint(room.name, path, match[1], here)
                if reason:
                    print(f"{path.relative_to(here)}:{text[:match.start()].count(chr(10)) + 1}: {reason}")
                    failed += 1
    print(f"{checked} includes, {failed} against the arrows")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
