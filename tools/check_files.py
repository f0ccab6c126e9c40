#!/usr/bin/env python3
"""Every .c file of src/ is listed in the CMakeLists.txt of its room, every room has a README, every stem is one word
for one thing: no drawers (util, common, ...), no stem twice in the library."""
import re
import sys
from pathlib import Path

DRAWERS = {"aux", "auxil", "util", "utils", "common", "misc", "helper", "helpers", "stuff", "tools"}


def main():
    here = Path(__file__).resolve().parent.parent
    complaints = []
    stems = {}
    for room in sorted(p for p in (here / "src").iterdir() if p.is_dir()):
        if not (room / "CMakeLists.txt").exists():
            complaints.append(f"src/{room.name}: no CMakeLists.txt")
            continue
        listed = set(re.findall(r"^\s*([\w./-]+\.c)\s*$", (room / "CMakeLists.txt").read_text(), re.MULTILINE))
        present = {str(p.relative_to(room)) for p in room.rglob("*.c")}
        for name in sorted(present - listed):
            complaints.append(f"src/{room.name}/{name}: not listed in src/{room.name}/CMakeLists.txt")
        for name in sorted(listed - present):
            complaints.append(f"src/{room.name}/CMakeLists.txt: lists {name}, which is not there")
        if not (room / "README.md").exists():
            complaints.append(f"src/{room.name}: no README.md (what is here, what it may include, how to add one)")
        for path in sorted(room.rglob("*.c")):
            if room.name != "cli":
                stems.setdefault(path.stem, []).append(path)
    for stem, paths in stems.items():
        if len(paths) > 1:
            complaints.append(f"stem {stem} stands for {len(paths)} things: {', '.join(str(p.relative_to(here)) for p in paths)}")
    for folder in ("include", "src", "tests", "tools", "cmake", "bench"):
        for path in sorted((here / folder).rglob("*")):
            if path.is_file() and set(re.split(r"[-_.]", path.stem.lower())) & DRAWERS:
                complaints.append(f"{path.relative_to(here)}: a drawer; name the thing that is in it")
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
