#!/usr/bin/env python3
"""The Slurm template under a real Slurm of one node: shards as an array, one task killed and run again, the bytes of one run.

    test_slurm.py DETENTE

Starts munged, slurmctld and slurmd of its own, with everything they keep in a temporary folder, and stops them again.  Needs
the Debian packages slurmctld, slurmd, slurm-client and munge, and to be root; otherwise it is skipped (exit 77).
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CLUSTER = ROOT / "packaging" / "cluster"
MODEL = ROOT / "models" / "alaska-2025.yaml"
DRAWS, SHARDS, KILLED = 40000, 4, 3
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "sinfo")

CONFIGURATION = """ClusterName=detente
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmctldPort={ctld_port}
SlurmdPort={slurmd_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
KillWait=2
SchedulerParameters=sched_interval=1
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, holds, seconds=60):
    end = time.time() + seconds
    while not holds():
        if time.time() > end:
            raise RuntimeError(f"waited in vain: {what}")
        time.sleep(0.1)


class Slurm:
    """Three daemons, from start to stop."""

    def __init__(self, folder):
        self.folder, self.daemons = Path(folder), []
        self.host = socket.gethostname().split(".")[0]
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}

    def start(self, name, *arguments):
        log = open(self.folder / f"{name}.out", "wb")
        self.daemons.append(subprocess.Popen([shutil.which(name), *map(str, arguments)], stdout=log, stderr=log, env=self.environment))

    def run(self, *command, **extra):
        done = subprocess.run([str(c) for c in command], env={**self.environment, **extra}, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{command} gave {done.returncode}: {done.stderr}")
        return done.stdout.strip()

    def __enter__(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=self.host, folder=self.folder, ctld_port=free_port(), slurmd_port=free_port()))
        self.start("munged", "--foreground", "--force", f"--socket={self.folder}/munge.socket", f"--key-file={key}",
                   f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/munged.log", f"--seed-file={self.folder}/munged.seed")
        try:
            wait_for("munged", (self.folder / "munge.socket").exists)
            self.start("slurmctld", "-D", "-f", self.folder / "slurm.conf")
            self.start("slurmd", "-D", "-f", self.folder / "slurm.conf", "-N", self.host)
            wait_for("a node that is idle", self.is_idle)
        except RuntimeError as error:  # a machine without its own name, or without the rights: nothing is known of detente
            self.__exit__()
            logs = " | ".join(path.read_text(errors="replace")[-300:] for path in sorted(self.folder.glob("*.out")))
            skip(f"Slurm does not start here: {error}: {logs}")
        return self

    def is_idle(self):
        done = subprocess.run(["sinfo", "-h", "-o", "%T"], env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode == 0 and done.stdout.strip() == "idle"

    def __exit__(self, *_):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()

    def tasks(self, job):
        """State of each task of an array that has not ended."""
        lines = self.run("squeue", "-h", "-r", "-j", job, "-o", "%K %T").splitlines() if self.is_known(job) else []
        return dict(line.split() for line in lines)

    def is_known(self, job):
        return subprocess.run(["squeue", "-h", "-j", job], env=self.environment, capture_output=True, check=False).returncode == 0

    def submit(self, array, **settings):
        return self.run("sbatch", "--parsable", f"--array={array}", f"--output={self.folder}/%A-%a.log", "--ntasks=1", "--cpus-per-task=1",
                        CLUSTER / "slurm.sbatch", **settings).split(";")[0]


def answer(text):
    found = json.loads(text)
    return json.dumps([found["answer"], found["seed"]])


def partial(out, task):
    return out / f"{task}-of-{SHARDS}.partial"


def run_array(slurm, detente, out):
    settings = {"MODEL": str(MODEL), "DRAWS": str(DRAWS), "SHARDS": str(SHARDS), "DETENTE": detente, "OUT": str(out), "CLUSTER": str(CLUSTER)}
    job = slurm.submit(f"1-{SHARDS}", **settings)
    wait_for("the task that is to be killed", lambda: slurm.tasks(job).get(str(KILLED)) == "RUNNING", 300)
    time.sleep(0.2)
    slurm.run("scancel", "--signal=KILL", "--full", f"{job}_{KILLED}")
    wait_for("the array", lambda: not slurm.tasks(job), 300)
    finished = [task for task in range(1, SHARDS + 1) if is_finished(partial(out, task))]
    assert KILLED not in finished, "the task had ended before it was killed: there was nothing to run again"
    merged = subprocess.run([detente, "merge", MODEL, *[partial(out, t) for t in finished], "--json"], capture_output=True, check=False)
    assert merged.returncode != 0, "a merge without the killed shard was accepted"
    again = slurm.submit(str(KILLED), **settings)
    wait_for("the task run again", lambda: not slurm.tasks(again), 300)


def is_finished(path):
    if not path.exists():
        return False
    lines = dict(line.split(" ", 1) for line in path.read_text().splitlines() if " " in line)
    return lines.get("next") == lines.get("end")


def main(detente):
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        skip(f"{', '.join(missing)} not installed")
    if os.geteuid() != 0:
        skip("Slurm's daemons have to be started by root")
    whole = subprocess.run([detente, "forecast", MODEL, "--draws", str(DRAWS), "--json"], capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        with Slurm(folder) as slurm:
            run_array(slurm, detente, out)
        joined = subprocess.run([detente, "merge", MODEL, *[partial(out, t) for t in range(1, SHARDS + 1)], "--json"], capture_output=True,
                                text=True, check=True).stdout
        assert answer(joined) == answer(whole), "the shards differ from one run"
    print(f"{SHARDS} shards by a Slurm array, one of them killed and run again: the bytes of one run")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
