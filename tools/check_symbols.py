#!/usr/bin/env python3
"""check_symbols.py STATIC SHARED: what the built library may not hold, by `nm`.

The objects call nothing that prints, exits, opens files, depends on the locale or allocates past the environment, and
hold no writable data; the shared library exports the functions that the headers mark DT_API, all of them and nothing else, all named dt_."""
import re
import subprocess
import sys
from pathlib import Path

FORBIDDEN = set(
    """printf sprintf snprintf vsprintf vsnprintf fprintf vprintf vfprintf dprintf puts putchar putc fputs fputc fwrite perror
    fopen fdopen freopen fclose fread fgets getline tmpfile open openat creat popen system
    stdin stdout stderr exit _exit _Exit abort quick_exit atexit signal sigaction raise longjmp setjmp _setjmp
    setlocale localeconv newlocale uselocale strtod strtof strtold atof strcpy strcat gets strtok
    rand srand random srandom drand48 time gettimeofday localtime gmtime getenv setenv putenv __assert_fail
    malloc calloc realloc reallocarray free aligned_alloc posix_memalign strdup strndup asprintf vasprintf""".split()
)


# env.c alone holds the default allocator; text.c alone makes numbers into text, and takes the locale's point out again.
ALLOWED = {"env.c.o": {"realloc", "free"}, "text.c.o": {"snprintf", "strtod"}}


def nm(*arguments):
    return subprocess.run(["nm", *arguments], check=True, capture_output=True, text=True).stdout.splitlines()


def object_complaints(static):
    """Lines of `nm --format=sysv`: name|value|class|type|size|line|section, below `... FILE[MEMBER]:` headings."""
    member = "?"
    for line in nm("--format=sysv", static):
        heading = re.search(r"([\w.-]+\.o)\]?:$", line)
        fields = [field.strip() for field in line.split("|")]
        if heading:
            member = heading[1]
        if len(fields) != 7:
            continue
        name, kind, section = fields[0], fields[2], fields[6]
        called = name.removeprefix("__isoc99_").removesuffix("_chk").removeprefix("__")
        if kind == "U" and {name, called} & FORBIDDEN and called not in ALLOWED.get(member, ()):
            yield f"{member}: calls {name}"
        if section.startswith((".data", ".bss", ".tdata", ".tbss", "*COM*")) and not section.startswith(".data.rel.ro"):
            yield f"{member}: writable data {name} in {section}"


def declared(include):
    """Names of the functions marked DT_API in the public headers."""
    names = set()
    for header in sorted(include.glob("*.h")):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", header.read_text(), flags=re.DOTALL)
        text = re.sub(r"^\s*#.*$", " ", text, flags=re.MULTILINE)
        for declaration in re.findall(r"\bDT_API\b([^;{]*)[;{]", text):
            names.add(re.search(r"(\w+)\s*(?:\(|\[|$)", declaration.strip())[1])
    return names


def export_complaints(shared, include):
    exported = {line.split()[-1].split("@")[0] for line in nm("-D", "--defined-only", shared)}
    for name in sorted(exported):
        if not name.startswith("dt_") or name.startswith("dt__"):
            yield f"exported, but not a public name: {name}"
    for name in sorted(exported - declared(include)):
        yield f"exported, but no header marks it DT_API: {name}"
    for name in sorted(declared(include) - exported):
        yield f"marked DT_API, but not in the library: {name}"


def main():
    static, shared = sys.argv[1:3]
    include = Path(__file__).resolve().parent.parent / "include" / "detente"
    complaints = [*object_complaints(static), *export_complaints(shared, include)]
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
