#!/usr/bin/env python3
"""The templates of packaging/cluster/: shards run by sh and as tasks of an array give the bytes of one run.

    test_cluster.py DETENTE

What runs them is tried as far as it is there: GNU parallel when it is installed, otherwise xargs; the script of the Slurm
array is run by sh with Slurm's variables.  A run that is killed and started again goes on and comes to the same bytes.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CLUSTER = ROOT / "packaging" / "cluster"
MODEL = ROOT / "models" / "alaska-2025.yaml"
DRAWS, SHARDS = 600, 4


def run(command, **extra):
    done = subprocess.run([str(c) for c in command], env={**os.environ, **extra}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command} gave {done.returncode}: {done.stderr}")
    return done.stdout


def answer(text):
    found = json.loads(text)
    return json.dumps([found["answer"], found["seed"]])


def main(detente):
    settings = {"MODEL": str(MODEL), "DRAWS": str(DRAWS), "DETENTE": detente, "MERGE": "--json"}
    whole = answer(run([detente, "forecast", MODEL, "--draws", DRAWS, "--json"]))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "parallel"
        found = run(["sh", CLUSTER / "parallel.sh"], **settings, SHARDS=str(SHARDS), OUT=str(out), JOBS="2")
        assert answer(found) == whole, "parallel.sh differs from one run"
        for task in range(1, SHARDS + 1):
            run(["sh", CLUSTER / "slurm.sbatch"], **settings, OUT=f"{folder}/array", CLUSTER=str(CLUSTER),
                SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_TASK_COUNT=str(SHARDS))
        for task in range(1, SHARDS + 1):
            name = f"{task}-of-{SHARDS}.partial"
            assert (out / name).read_bytes() == Path(folder, "array", name).read_bytes(), f"{name} differs"
        resumed(detente, folder)
    print("shards by sh and by array: same bytes; a killed run resumes")


def resumed(detente, folder):
    """Killed as soon as something is kept, and started again."""
    kept = Path(folder) / "kept"
    command = [detente, "forecast", str(MODEL), "--among", "bilateral", "--draws", "60000", "--shard", "1/2", "--out", str(kept)]
    child = subprocess.Popen(command)
    while not kept.exists() and child.poll() is None:
        time.sleep(0.01)
    killed = child.poll() is None
    child.kill()
    child.wait()
    before = int(next(line for line in kept.read_text().splitlines() if line.startswith("next ")).split()[1])
    run(command)
    again = Path(folder) / "again"
    run([*command[:-1], again])
    assert kept.read_bytes() == again.read_bytes(), "a resumed run differs"
    assert not killed or 0 < before < 30000, before
    run(command)  # done already: nothing changes
    assert kept.read_bytes() == again.read_bytes()


if __name__ == "__main__":
    main(sys.argv[1])
