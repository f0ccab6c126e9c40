#!/usr/bin/env python3
"""Where an answer may be written to: files, links, pipes, devices, what is open already.

    test_outputs.py DETENTE

`report --html` and `report --md` go to every kind of target.  Devices are made anew in
a folder of the test, never those of the machine; where that is not allowed, a word says so.
"""
import os
import resource
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MODEL = ROOT / "models" / "sale.yaml"
NULL, FULL = (1, 3), (1, 7)
failures, notes = [], []


class Way:
    """A command line that writes a file, and what it writes to a file that is not there."""

    def __init__(self, detente, option):
        self.name, self.command = option, [detente, "report", str(MODEL), option]
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "plain"
            done = self.run(plain)
            self.bytes = plain.read_bytes() if done.returncode == 0 else b""
        self.check(len(self.bytes) > 100, f"a new file: {done.returncode} {done.stderr!r}")

    def run(self, target, **extra):
        return subprocess.run([*self.command, str(target)], capture_output="stdout" not in extra, check=False, timeout=120, **extra)

    def check(self, holds, what):
        if not holds:
            failures.append(f"{self.name}: {what}")

    def answers(self, target, what, **extra):
        done = self.run(target, **extra)
        self.check(done.returncode == 0, f"{what}: exit code {done.returncode}, {done.stderr!r}")
        return done

    def refuses(self, target, what, words=b"", **extra):
        done = self.run(target, **extra)
        self.check(done.returncode == 4 and words in done.stderr, f"{what}: exit code {done.returncode}, {done.stderr!r}")


def others(folder):
    return sorted(p.name for p in folder.iterdir())


def files(way, folder):
    old = folder / "old"
    old.write_text("old\n")
    for mode in (0o600, 0o640, 0o664):
        old.chmod(mode)
        way.answers(old, f"a file of mode {mode:o}")
        way.check(stat.S_IMODE(old.stat().st_mode) == mode, f"mode {mode:o} became {stat.S_IMODE(old.stat().st_mode):o}")
        way.check(old.read_bytes() == way.bytes, "the file is the answer")
    fresh = folder / "fresh"
    before = os.umask(0o027)
    way.answers(fresh, "a new file under a umask")
    os.umask(before)
    way.check(stat.S_IMODE(fresh.stat().st_mode) == 0o640, "a new file has the mode that the umask leaves")
    way.check(others(folder) == ["fresh", "old"], f"left behind: {others(folder)}")
    (folder / "old.part").symlink_to(fresh)
    fresh.write_text("mine\n")
    way.answers(old, "a file beside which something of that name lies")
    way.check(fresh.read_text() == "mine\n" and old.read_bytes() == way.bytes, "nothing is written through what lies beside")


def owners(way, folder):
    if os.geteuid() != 0:
        notes.append("skipped: owners of files (only root may give files away)")
        return
    old = folder / "owned"
    old.write_text("old\n")
    os.chown(old, 12345, 23456)
    old.chmod(0o640)
    way.answers(old, "a file of somebody else")
    found = old.stat()
    way.check((found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (12345, 23456, 0o640), "owner, group and mode stay")


def failing(way, folder):
    """A disk that is full before the end: the old file stays whole and nothing is left beside it."""
    old = folder / "old"
    old.write_text("old\n")
    way.refuses(old, "a limit on the size of files", b"cannot write", restore_signals=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50, 50)))
    way.check(old.read_text() == "old\n", "the old file stays when the new one cannot be written")
    way.check(others(folder) == ["old"], f"left behind: {others(folder)}")
    way.refuses(folder, "a folder", b"cannot write")
    way.refuses(folder / "none" / "x", "a folder that is not there", b"cannot write")


def links(way, folder):
    (folder / "far").mkdir()
    target, link, second = folder / "far" / "target", folder / "link", folder / "second"
    target.write_text("old\n")
    target.chmod(0o600)
    link.symlink_to("far/target")
    second.symlink_to("link")
    for name in (link, second):
        number = target.stat().st_ino
        way.answers(name, "a link")
        way.check(name.is_symlink(), "a link stays one")
        way.check(not target.is_symlink() and target.read_bytes() == way.bytes, "what a link leads to is the answer")
        way.check(stat.S_IMODE(target.stat().st_mode) == 0o600, "what a link leads to keeps its mode")
        way.check(target.stat().st_ino != number, "what a link leads to is replaced whole")
        target.write_text("old\n")
    target.unlink()
    way.answers(second, "links to what is not there yet")
    way.check(link.is_symlink() and second.is_symlink() and target.read_bytes() == way.bytes, "a link to nothing leads to the answer")
    loop = folder / "loop"
    loop.symlink_to("loop")
    way.refuses(loop, "a link to itself", b"cannot write")
    way.check(loop.is_symlink() and others(folder) == ["far", "link", "loop", "second"] and others(folder / "far") == ["target"],
              f"left behind: {others(folder)} {others(folder / 'far')}")


def pipes(way, folder):
    pipe, link = folder / "pipe", folder / "to-pipe"
    os.mkfifo(pipe)
    link.symlink_to("pipe")
    for name in (pipe, link):
        read = []
        keeper = os.open(pipe, os.O_RDWR)  # so that neither side waits for ever
        reader = threading.Thread(target=lambda taken=read: taken.append(drain(keeper)))
        reader.start()
        way.answers(name, "a pipe")
        os.write(keeper, b"\0")
        reader.join()
        os.close(keeper)
        way.check(read == [way.bytes], "what comes out of a pipe is the answer")
        way.check(stat.S_ISFIFO(os.lstat(pipe).st_mode) and link.is_symlink(), "a pipe stays a pipe")
    way.check(others(folder) == ["pipe", "to-pipe"], f"left behind: {others(folder)}")


def drain(keeper):
    """What is read from a pipe up to a zero byte, or to its end when it is a pipe no more."""
    taken = b""
    while not taken.endswith(b"\0"):
        piece = os.read(keeper, 65536)
        if not piece:
            break
        taken += piece
    return taken[:-1]


def made_device(path, numbers):
    """A device of our own that works; None, and a word, where none may be made."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(*numbers))
        with open(path, "wb", buffering=0):
            pass
    except OSError as reason:
        notes.append(f"skipped: device {numbers[0]}:{numbers[1]} ({reason.strerror})")
        return None
    return path


def devices(way, folder):
    null, full = made_device(folder / "null", NULL), made_device(folder / "full", FULL)
    link = folder / "to-full"
    link.symlink_to("full")
    if null is not None:
        way.answers(null, "a device that takes everything")
        way.check(stat.S_ISCHR(os.lstat(null).st_mode), "the device that takes everything stays one")
    if full is not None:
        for name in (full, link):
            way.refuses(name, "a device that is full", b"No space left")
            way.check(stat.S_ISCHR(os.lstat(full).st_mode) and link.is_symlink(), "the full device stays one")
    way.check(set(others(folder)) <= {"full", "null", "to-full"}, f"left behind: {others(folder)}")


def open_files(way, folder):
    """Standard output by its name, whatever it is, and a file that it goes to: written to, not replaced.  The names are links
    of our own to what /dev/stdout and /dev/fd lead to, so that no machine is harmed by a program that replaces them."""
    if not Path("/proc/self/fd").is_dir():
        notes.append("skipped: names of open files (no /proc/self/fd)")
        return
    log, name = folder / "log", folder / "stdout"
    name.symlink_to("/proc/self/fd/1")
    for target in (name, log):
        with open(log, "wb") as out:
            out.write(b"before\n")
            out.flush()
            done = subprocess.run([*way.command, str(target)], stdout=out, stderr=subprocess.PIPE, check=False, timeout=120)
            out.write(b"after\n")
        way.check(done.returncode == 0, f"standard output by the name {target.name}: exit code {done.returncode}, {done.stderr!r}")
        way.check(log.read_bytes() == b"before\n" + way.bytes + b"after\n", f"standard output by the name {target.name} goes on as it was")
    done = way.answers(name, "standard output that is a pipe, by its name")
    way.check(done.stdout == way.bytes, "what comes out of standard output is the answer")
    with open(log, "w+b") as out:
        number = folder / "number"
        number.symlink_to(f"/proc/self/fd/{out.fileno()}")
        way.answers(number, "an open file by its number", pass_fds=[out.fileno()])
        way.check(out.read() == way.bytes, "what is in an open file is the answer")
    way.check(all(p.is_symlink() for p in (name, number)) and others(folder) == ["log", "number", "stdout"], f"left behind: {others(folder)}")


def main(detente):
    detente = str(Path(detente).resolve())
    trials = (files, owners, failing, links, pipes, devices, open_files)
    for option in ("--html", "--md"):
        way = Way(detente, option)
        for trial in trials:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    trial(way, Path(folder))
                except (OSError, subprocess.TimeoutExpired) as reason:
                    failures.append(f"{way.name}: {trial.__name__}: {reason}")
    print(*sorted(set(notes)), *failures, f"{len(failures)} failed", sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
