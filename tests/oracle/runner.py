"""What the comparisons of this folder share: runs of detente, disagreements as texts, random models one after another.

A comparison gives `run_all` a function of (detente, seed, number, folder) that answers with (name, how it was run, saved
file, disagreements). The last line printed reads `N passed, N failed`; a failing model stays in the folder.
"""

import argparse
import math
import multiprocessing
import os
import subprocess
import tempfile

TIME_LIMIT = 120
MOST_LINES = 12


class Failed(Exception):
    """A run of detente did not end as it should."""


def run(command, codes=(0,)):
    done = subprocess.run(command, capture_output=True, timeout=TIME_LIMIT)
    if done.returncode not in codes:
        talk = done.stderr.decode(errors="replace").strip().splitlines()
        raise Failed(f"exit code {done.returncode}: {' | '.join(talk[:4])}")
    return done.stdout


# ---- disagreements ----


def close(found, wanted):
    """A number of the answer against an exact one; null against None."""
    if found is None or wanted is None or isinstance(found, (bool, str)):
        return found is None and wanted is None
    return math.isclose(found, float(wanted), rel_tol=1e-12, abs_tol=0)


def differ(what, found, wanted):
    if found != wanted:
        yield f"{what}: found {found!r}, oracle {wanted!r}"


def differ_number(what, found, wanted):
    if not close(found, wanted):
        yield f"{what}: found {found!r}, oracle {wanted if wanted is None else float(wanted)!r}"


def sets(lists):
    return sorted(sorted(each) for each in lists)


def place(error):
    """Function and line where the error came from."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"


def problems_of(disagreements):
    """All of them, and what ended them before their time."""
    problems = []
    try:
        problems += disagreements
    except (Failed, subprocess.TimeoutExpired, ValueError) as error:
        problems.append(str(error))
    except (KeyError, TypeError, AttributeError) as error:
        problems.append(f"the answer has not the documented shape: {error!r} at {place(error)}")
    return problems


# ---- models one after another ----


def save(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def remove(*paths):
    for path in paths:
        if os.path.exists(path):
            os.remove(path)


def report(name, how, path, problems):
    print(f"model {name}{' ' + how if how else ''}: {len(problems)} disagreements, saved {path}")
    for text in problems[:MOST_LINES]:
        print(f"  {text}")
    if len(problems) > MOST_LINES:
        print(f"  and {len(problems) - MOST_LINES} more")


def options_of(subject, arguments, models):
    parser = argparse.ArgumentParser(description=f"Compares `detente {subject}` with the oracle on random models.")
    parser.add_argument("detente")
    parser.add_argument("--models", type=int, default=models)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", metavar="DIR", help="where failing models are saved (default: a temporary folder)")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    options.folder = options.keep or tempfile.mkdtemp(prefix="detente-oracle-")
    os.makedirs(options.folder, exist_ok=True)
    return options


def finish(options, failed):
    """The last line, and the exit code."""
    if not failed and not options.keep:
        os.rmdir(options.folder)
    print(f"{options.models - failed} passed, {failed} failed")
    return 1 if failed else 0


def run_all(subject, one_model, arguments, models=200):
    options = options_of(subject, arguments, models)
    failed = 0
    with multiprocessing.Pool(2) as pool:
        jobs = ((options.detente, options.seed, options.first + k, options.folder) for k in range(options.models))
        for name, how, path, problems in pool.imap(one_model, jobs, chunksize=4):
            if problems:
                failed += 1
                report(name, how, path, problems)
    return finish(options, failed)
