"""Runs with a fault: the process that has everything loaded forks, the child does the verb, the parent judges."""

from __future__ import annotations

import gc
import json
import os
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from typer.main import get_command

from tests.faults import desks, judge
from tests.faults.desks import Action, Verb
from tests.faults.interposer import Fault, Interposer
from translate import cli

#: The moment of every run (seconds since 1970).
MOMENT = 1_780_000_000
# A process that takes so long (seconds) hangs.
_PATIENCE = 90.0
_DONE = (0, 1, 2, 3, 130)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code (that of a signal is negative), its calls, and what it said."""

    code: int
    seen: int
    said: str


@dataclass(slots=True)
class Row:
    """A row of the table: a fault, a verb, how many runs, and what was lost in them."""

    fault: str
    verb: str
    runs: int = 0
    losses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Bench:
    """What faults are run with: an empty folder in memory, the desks in it, and what each verb makes of its desk."""

    base: Path
    interposer: Interposer
    made: dict[str, Path] = field(default_factory=dict)
    _whole: dict[str, tuple[int, judge.State, set[tuple[str, str]], set[tuple[str, str]]]] = field(default_factory=dict)

    def prepare(self) -> None:
        """Load everything, and make the desks."""
        # The command line is the same for every process: to build it is most of the time of a small verb.
        command = get_command(cli.app())
        cli.app = lambda: command  # type: ignore[assignment,return-value]
        self.interposer.clock(MOMENT)
        os.environ["ARGOS_PACKAGES_DIR"] = str(self.base / "no-packages")
        warm = self.base / "warm"
        for action in (desks.command("init"), desks._sources, *map(desks.command, ("run", "publish", "bundle"))):
            warm.mkdir(exist_ok=True)
            os.chdir(warm)
            with _Quietly(self.base / "said"):
                assert action(warm) in (0, 1)
        os.chdir(self.base)
        shutil.rmtree(warm)
        gc.collect()
        gc.freeze()

        def step(desk: Path, action: Action) -> None:
            ended = self.child(desk, action)
            assert ended.code in (0, 1), (desk.name, ended)

        self.made = desks.make(self.base / "made", step)

    def child(self, desk: Path, action: Action, arm: Callable[[], None] | None = None) -> Ended:
        """Do something at a desk in a process of its own."""
        return self.wait(self.start(desk, action, arm))

    def start(self, desk: Path, action: Action, arm: Callable[[], None] | None = None) -> tuple[int, int, Path]:
        """Start a process; return its id, the pipe from which its answer comes, and where its words go."""
        said = self.base / f"said-{desk.name}-{time.monotonic_ns()}"
        read, write = os.pipe()
        pid = os.fork()
        if pid:
            os.close(write)
            return pid, read, said
        code = 70
        try:
            os.close(read)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            os.dup2(out, 1)
            os.dup2(out, 2)
            os.chdir(desk)
            if arm:
                arm()
            try:
                code = action(desk)
            except KeyboardInterrupt:
                code = 130
            except BaseException:
                traceback.print_exc()
            seen = self.interposer.disarm()
            sys.stdout.flush()
            sys.stderr.flush()
            os.write(write, json.dumps(seen).encode())
        finally:
            os._exit(code)

    def wait(self, started: tuple[int, int, Path]) -> Ended:
        """Wait until a process has ended."""
        pid, read, said = started
        handle = os.pidfd_open(pid)
        if not select.select([handle], [], [], _PATIENCE)[0]:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            text, code, seen = "it hung", -99, 0
        else:
            status = os.waitpid(pid, 0)[1]
            code = os.waitstatus_to_exitcode(status)
            seen = json.loads(os.read(read, 100) or b"0")
            text = said.read_text(errors="replace") if said.exists() else ""
        os.close(handle)
        os.close(read)
        said.unlink(missing_ok=True)
        return Ended(code, seen, text)

    def next(self, desk: Path, verb: Verb) -> list[str]:
        """Do a verb once more, as people do after a failure; return what is wrong with how it ends."""
        found = []
        for action in filter(None, (verb.do, verb.then)):
            ended = self.child(desk, action)
            if ended.code not in (*verb.again, 1):
                found.append(f"the next run ends with {ended.code}: {ended.said.strip()[-300:]}")
        return found

    def copy(self, name: str) -> Path:
        """Return a new desk like one of those that were made; its path has the length of every other's."""
        place = self.base / "desk"
        shutil.rmtree(place, ignore_errors=True)
        return Path(shutil.copytree(self.made[name], place))

    def undisturbed(self, verb: Verb) -> tuple[int, judge.State, set[tuple[str, str]], set[tuple[str, str]]]:
        """Return how many calls a verb makes, the desk after it, and whose words were there before and after."""
        if verb.name not in self._whole:
            desk = self.copy(verb.desk)
            before = judge.words(desk)
            ended = self.child(desk, verb.do, lambda: self.interposer.arm(Fault.WATCHED, 0, desk))
            assert ended.code in (0, 1), (verb.name, ended)
            assert not judge.broken(desk), (verb.name, judge.broken(desk))
            after = judge.state(desk, verb.ignored)
            assert not (wrong := self.next(desk, verb)), (verb.name, wrong)
            assert not (changed := judge.differing(after, judge.state(desk, verb.ignored))), (verb.name, changed)
            self._whole[verb.name] = ended.seen, after, before, judge.held(desk)
        return self._whole[verb.name]

    def disturbed(self, verb: Verb, fault: Fault, nth: int) -> str:
        """Do a verb with a fault at its Nth call; return what was lost."""
        _, after, before, kept = self.undisturbed(verb)
        desk = self.copy(verb.desk)
        ended = self.child(desk, verb.do, lambda: self.interposer.arm(fault, nth, desk, jump=_jump(nth)))
        found = [*_badly(ended, fault), *judge.broken(desk)]
        found += [f"reviewed words are lost: {one}" for one in (before & kept) - judge.held(desk)]
        found += self.next(desk, verb)
        found += judge.differing(after, judge.state(desk, verb.ignored)) if fault is not Fault.CLOCK else []
        if fault is Fault.CLOCK:
            found += judge.broken(desk) + [f"lost at last: {one}" for one in (before & kept) - judge.held(desk)]
        return (
            "\n    ".join([f"at call {nth} (code {ended.code}: {ended.said.strip()[:200]!r}):", *found])
            if found
            else ""
        )

    def saved(self, verb: Verb, fault: Fault, nth: int, path: str) -> str:
        """Do a verb, and let a person save a file of the desk before its Nth call; return what was lost."""
        desk = self.copy(verb.desk)
        data, words = desks.person(desk, path)
        theirs = self.base / "theirs"
        theirs.write_bytes(data)
        ended = self.child(desk, verb.do, lambda: self.interposer.arm(fault, nth, desk, theirs, desk / path))
        found = [*_badly(ended, fault), *judge.broken(desk)]
        found += [f"words are lost: {one}" for one in words - judge.held(desk)]
        found += self.next(desk, verb)
        found += [f"words are lost at last: {one}" for one in words - judge.held(desk)]
        found += judge.broken(desk)
        return (
            "\n    ".join([f"at call {nth} (code {ended.code}: {ended.said.strip()[:200]!r}):", *found])
            if found
            else ""
        )

    def flushed(self, verb: Verb) -> str:
        """Do a verb; return what a power cut could lose: what takes a place before it is flushed."""
        desk, trace = self.copy(verb.desk), self.base / "trace"
        trace.write_bytes(b"")

        def arm() -> None:
            self.interposer.arm(Fault.WATCHED, 0, desk)
            self.interposer.trace(trace)

        self.child(desk, verb.do, arm)
        found, unflushed, unsure = [], set[Path](), set[Path]()
        for line in trace.read_text().splitlines():
            what, _, name = line.partition("\t")
            path = desk / name
            if not path.is_relative_to(desk) or ".sqlite" in path.name:
                continue
            if what == "write":
                unflushed.add(path)
            elif what == "fsync":
                unflushed.discard(path)
                unsure -= {one for one in unsure if one.parent == path}
            elif what == "rename" and not judge.unfinished(path):
                # A folder that takes a place does so with all that is in it.
                early = [one for one in unflushed if path.is_dir() or one.parent == path.parent]
                found += [f"{path} takes its place before {one} is flushed" for one in early]
                unsure.add(path)
        found += [f"the folder of {path} is not flushed" for path in unsure if path.exists()]
        return "\n    ".join(["without a fault:", *found]) if found else ""

    def together(self, verbs: Sequence[Verb], many: int) -> str:
        """Do several verbs, again and again, at one desk at once; return what was lost."""
        desk = self.copy(verbs[0].desk)
        before = judge.words(desk)
        for verb in verbs:
            self.child(desk, verb.do)
        # What they change one after the other, they change at once as well.
        before &= judge.held(desk)
        desk = self.copy(verbs[0].desk)
        started = [self.start(desk, verbs[at % len(verbs)].do) for at in range(many)]
        ended = [self.wait(one) for one in started]
        found = [
            f"{verbs[at % len(verbs)].name} ends with {one.code}: {one.said.strip()[-300:]}"
            for at, one in enumerate(ended)
            if one.code not in (*verbs[at % len(verbs)].again, 0, 1)
        ]
        found += judge.broken(desk)
        found += [f"reviewed words are lost: {one}" for one in before - judge.held(desk)]
        for verb in verbs:
            found += self.next(desk, verb)
        if len(verbs) == 1:
            found += judge.differing(self.undisturbed(verbs[0])[1], judge.state(desk, verbs[0].ignored))
        return "\n    ".join([f"{many} at once:", *found]) if found else ""


#: The faults that are struck at calls, and whether at every call of a verb, or at some of them.
EVERY, SOME = 0, 24
STRUCK = {
    Fault.KILLED: EVERY,
    Fault.TORN: EVERY,
    Fault.FULL: SOME,
    Fault.BROKEN_ONCE: SOME,
    Fault.BROKEN: SOME,
    Fault.READ_ONLY: SOME,
    Fault.INTERRUPTED: SOME,
    Fault.TERMINATED: SOME,
    Fault.CLOCK: SOME,
    Fault.SHORT: 1,
}


def sweep(bench: Bench, verb: Verb, fault: Fault, most: int) -> Row:
    """Do a verb with a fault at each of some calls."""
    row = Row(fault.name, verb.name)
    for nth in points(bench.undisturbed(verb)[0], min(filter(None, (most, verb.sampled)), default=0)):
        row.runs += 1
        if lost := bench.disturbed(verb, fault, nth):
            row.losses.append(lost)
    return row


def points(count: int, most: int) -> list[int]:
    """Return the calls at which a fault happens: every one, or so many of them, the first and the last among them."""
    if not most or count <= most:
        return list(range(1, count + 1))
    return sorted({1 + round(at * (count - 1) / max(1, most - 1)) for at in range(most)})


def _jump(nth: int) -> int:
    """Return by how much the clock jumps: a month, forward and back."""
    return 30 * 86_400 * (1 if nth % 2 else -1)


def _badly(ended: Ended, fault: Fault) -> Iterator[str]:
    """Yield what is wrong with how a process ended."""
    struck = {Fault.KILLED: -signal.SIGKILL, Fault.TORN: -signal.SIGKILL, Fault.TERMINATED: -signal.SIGTERM}.get(fault)
    if ended.code == struck:
        return
    if ended.code not in _DONE or "Traceback" in ended.said:
        yield f"it ended with {ended.code}: {ended.said.strip()[-600:]}"
    elif ended.code in (2, 3):
        lines = [line for line in ended.said.splitlines() if line.startswith(("translate: error:", "  "))]
        if len(lines) < 2 or lines[0].count(": ") < 3:
            yield f"the error names no file or no remedy: {ended.said.strip()[-300:]}"


class _Quietly:
    """Send what is said here elsewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        sys.stdout.flush()
        self._kept = os.dup(1), os.dup(2)
        out = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.close(out)

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
        for number, kept in enumerate(self._kept, 1):
            os.dup2(kept, number)
            os.close(kept)
