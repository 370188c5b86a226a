"""Mutation testing of the rooms that nothing may be wrong in: how many small faults in them the tests notice.

    python bench/mutation.py catalogs --sample 150
    python bench/mutation.py catalogs --only merge --sample 100
    python bench/mutation.py gate typography --branches
    python bench/mutation.py typography --again survivors.txt

All tests of a room run once, with branch coverage. Then one change at a time is made to the syntax tree of a module,
and the functions that are already imported get the changed code in a forked process; no file is touched. There the
tests that reach the changed line run, quickest first, until one fails. With `--branches` nothing is mutated; with
`--again` only what survived in an earlier run, whose output is given, is judged. Needs coverage.py. Not mutated,
because no test should know them: annotations, docstrings, `assert`, and the words of errors.
"""

from __future__ import annotations

import argparse
import ast
import copy
import difflib
import io
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).parent.parent
_CATALOGS = ("provenance", "store", "merge", "resegmentation", "reviews", "living_story", "histories")
# The modules of each room, and the tests of that room.
ROOMS = {
    "catalogs": (
        [f"catalogs/{name}.py" for name in ("store", "merge", "foreign", "states", "provenance")],
        [f"catalogs/test_{name}.py" for name in _CATALOGS],
    ),
    "gate": (
        ["editions/policy.py", "editions/gate.py", "editions/release.py", "editions/closing.py", "publishing.py"],
        ["test_publishing.py", "editions/test_release.py", "editions/test_disclosure.py", "editions/test_edition.py"],
    ),
    "assembly": (
        ["editions/edition.py"],
        ["editions/test_edition.py", "editions/test_disclosure.py", "editions/typography/test_in_editions.py"],
    ),
    "typography": (
        [f"editions/typography/{path.name}" for path in sorted(ROOT.glob("translate/editions/typography/[!_]*.py"))],
        ["editions/typography"],
    ),
}
# A test that takes longer is left out; those that judge one mutant take together at most so long (seconds).
_LONG, _TOGETHER = 3.0, 20.0
# A mutant may loop for ever: then the tests noticed it.
_WAIT = 120.0
# So many signs of a survivor are shown before where it differs, and twice as many after.
_AROUND = 80
OUT = os.dup(1)
_SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.FloorDiv: (ast.Mult,),
    ast.Div: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.Continue: (ast.Break,),
    ast.Break: (ast.Continue,),
}


@dataclass(frozen=True)
class Mutant:
    """One fault: the module, the line (in a function or run at import), what was written and is written instead."""

    module: str
    line: int
    inner: bool
    before: str
    after: str
    tree: ast.Module


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    module = _name(path)
    nodes = list(_mutable(tree))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inner = {line for one in functions for part in one.body for line in range(part.lineno, (part.end_lineno or 0) + 1)}
    for index, (node, _) in enumerate(nodes):
        for change in _changes(node):
            other = copy.deepcopy(tree)
            twin, parent = list(_mutable(other))[index]
            before = ast.unparse(parent)
            if change(twin) is False:
                continue
            ast.fix_missing_locations(other)
            line = getattr(node, "lineno", None) or getattr(nodes[index][1], "lineno", 0)
            yield Mutant(module, line, line in inner, before, ast.unparse(parent), other)


def _mutable(tree: ast.AST, parent: ast.AST | None = None) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield the nodes that may change, each with the statement or expression it is shown in."""
    shown = tree if isinstance(tree, ast.expr | ast.stmt) and not isinstance(tree, ast.Constant) else parent
    if isinstance(tree, ast.Assert | ast.Raise | ast.Import | ast.ImportFrom):
        return
    if isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING":
        return
    if isinstance(tree, ast.ClassDef) and tree.bases:
        return  # Enumerations: their values are compared with themselves.
    if isinstance(tree, ast.keyword) and tree.arg == "repr":
        return
    yield tree, shown or tree
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            docstring = name == "body" and place == 0 and isinstance(child, ast.Expr)
            if isinstance(child, ast.AST) and not (docstring and isinstance(child.value, ast.Constant)):
                yield from _mutable(child, shown)


def _changes(node: ast.AST) -> list[Callable[[Any], bool | None]]:
    """Return the ways to change a node in place; each returns False where it cannot."""
    made: list[Callable[[Any], bool | None]] = []
    match node:
        case ast.Compare(ops=ops):
            made += [_operator(at, new) for at, one in enumerate(ops) for new in _SWAPS.get(type(one), ())]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op):
            made += [_attribute("op", new()) for new in _SWAPS.get(type(op), ())]
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            made.append(_attribute("test", ast.UnaryOp(ast.Not(), test)))
        case ast.UnaryOp(op=ast.Not()):
            made.append(lambda twin: setattr(twin, "op", ast.Not()) or _wrap(twin))
        case ast.Constant(value=bool() as value):
            made.append(_attribute("value", not value))
        case ast.Constant(value=int() as value):
            made += [_attribute("value", value + 1)]
        case ast.Constant(value=str() as value):
            made.append(_attribute("value", f"XX{value}XX"))
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            made.append(_attribute("value", ast.Constant(None)))
        case ast.Expr(value=ast.Call()):
            made.append(_attribute("value", ast.Constant(None)))
        case ast.keyword(arg="default" | "key" | "strict"):
            pass
        case ast.comprehension(ifs=[_, *_]):
            made.append(_attribute("ifs", []))
    return made


def _operator(at: int, new: type[ast.AST]) -> Callable[[Any], None]:
    def change(twin: Any) -> None:
        twin.ops[at] = new()

    return change


def _attribute(name: str, value: Any) -> Callable[[Any], None]:
    def change(twin: Any) -> None:
        setattr(twin, name, copy.deepcopy(value))

    return change


def _wrap(twin: ast.UnaryOp) -> None:
    """Take a `not` away: `not (not x)` has the same truth as x."""
    twin.operand = ast.UnaryOp(ast.Not(), twin.operand)


def _differing(mutant: Mutant) -> list[str]:
    """Return the lines that the mutant takes away and adds; of long ones what stands around the difference."""
    rows = difflib.unified_diff(mutant.before.splitlines(), mutant.after.splitlines(), n=0, lineterm="")
    found = [row for row in rows if not row.startswith(("---", "+++", "@@"))]
    pairs = zip(*(row[1:] for row in found), strict=False) if len(found) == 2 else ()
    same = next((at for at, (before, after) in enumerate(pairs) if before != after), 0)
    start = max(same - _AROUND, 0)
    return [f"  {row[0]}{row[1 + start : 1 + same + 2 * _AROUND]}" for row in found]


def _told(mutant: Mutant, output: list[str]) -> bool:
    """Say whether an earlier run named a mutant, wherever it stood in its module."""
    rows = _differing(mutant)
    places = (at for at, row in enumerate(output) if row.startswith(f"{mutant.module}:"))
    return any(output[at + 1 : at + 1 + len(rows)] == rows for at in places)


@dataclass
class Judge:
    """A pytest plugin: once everything is collected, measure every test, then let the tests judge each mutant."""

    room: str
    options: argparse.Namespace
    measure: coverage.Coverage
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def pytest_sessionstart(self) -> None:
        from hypothesis import settings

        # What a mutant breaks is not to be remembered, and a forked process may be slow.
        settings.register_profile("mutation", database=None, deadline=None)
        settings.load_profile("mutation")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        for item, following in zip(items, [*items[1:], None], strict=True):
            # Time of the processor: the wall's clock says what else the machine does.
            before = sum(os.times()[:4])
            # What another test has already asked for would be reached by that one alone.
            forget()
            self.measure.switch_context(item.nodeid)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = sum(os.times()[:4]) - before
        self.measure.stop()
        table = io.StringIO()
        self.measure.report(file=table, show_missing=True)
        say(table.getvalue())
        if self.failed:
            say(f"{self.room}: these tests fail before anything is mutated: {self.failed}")
        elif not self.options.branches:
            self.judge_all({item.nodeid: item for item in items})
        return True

    def judge_all(self, items: dict[str, pytest.Item]) -> None:
        """Say how many mutants of the room survive, and which."""
        paths = _paths(self.room, self.options)
        facts = self.measure.get_data()
        reached = {_name(path): facts.contexts_by_lineno(str(path)) for path in paths}
        every = [one for path in paths for one in mutants(path)]
        if self.options.again:
            before = self.options.again.read_text(encoding="utf-8").splitlines()
            every = [one for one in every if _differing(one) and _told(one, before)]
        sample = min(self.options.sample or len(every), len(every))
        chosen = random.Random(self.options.seed).sample(every, sample)
        survivors = 0
        end = time.monotonic() + self.options.minutes * 60
        for count, mutant in enumerate(chosen, 1):
            judges = [items[name] for name in self.judges(mutant, reached[mutant.module])]
            if not judges or not in_child(lambda m=mutant, j=judges: self.judged(m, j), _WAIT):
                survivors += 1
                say(f"{mutant.module}:{mutant.line}", *_differing(mutant))
            if count % 20 == 0:
                say(f"# {count} of {sample}, {survivors} survive")
            if time.monotonic() > end or count == sample:
                killed = count - survivors
                say(f"{self.room}: {killed} of {count} killed ({killed / count:.1%}); {len(every)} mutants in all")
                return

    def judges(self, mutant: Mutant, reached: dict[int, list[str]]) -> list[str]:
        """Return the tests that reach the line of a mutant, quickest first; at import every test is concerned."""
        line = mutant.line
        # The later lines of a long expression are not always noted.
        while mutant.inner and line and not any(reached.get(line, [])):
            line -= 1
        found = [name for name in reached.get(line, []) if name] if mutant.inner else list(self.seconds)
        chosen: list[str] = []
        total = 0.0
        for name in sorted(found, key=lambda name: self.seconds.get(name, 0)):
            if name in self.seconds and self.seconds[name] < _LONG and total < _TOGETHER:
                chosen.append(name)
                total += self.seconds[name]
        return chosen

    def judged(self, mutant: Mutant, items: list[pytest.Item]) -> int:
        """Put a mutant in its place and run tests until one fails; 1 where one does."""
        planted(mutant)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return 1
        return 0


def say(*lines: str) -> None:
    """Write to the real output: pytest's own is not wanted."""
    os.write(OUT, "".join(f"{line}\n" for line in lines).encode())


def in_child(work: Callable[[], int], seconds: float) -> int:
    """Do some work in a forked process and return its exit code; 124 where the time ran out."""
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        try:
            code = work()
        except BaseException:
            code = 70
        os._exit(code)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 124


def planted(mutant: Mutant) -> None:
    """Give the functions, methods and values of a module that is imported the mutant's code, and forget all caches."""
    module = sys.modules[mutant.module]
    made: dict[str, Any] = {name: getattr(module, name) for name in ("__name__", "__file__", "__package__")}
    exec(compile(mutant.tree, made["__file__"], "exec"), made)
    for name, new in made.items():
        old = vars(module).get(name)
        imported = isinstance(new, type | FunctionType) and new.__module__ != mutant.module
        if not name.startswith("__") and not imported:
            if isinstance(new, type) and isinstance(old, type):
                for part, method in vars(new).items():
                    _taught(vars(old).get(part), method)
            elif not _taught(old, new):
                setattr(module, name, new)
    forget()


def forget() -> None:
    """Clear all caches of functions."""
    for other in list(sys.modules.values()):
        if getattr(other, "__name__", "").startswith("translate."):
            for value in vars(other).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _taught(old: Any, new: Any) -> bool:
    """Give a function the code of another; say whether both are functions (or wrap one)."""
    for inner in ("__wrapped__", "fget", "__func__", "func"):
        if hasattr(old, inner) and hasattr(new, inner):
            return _taught(getattr(old, inner), getattr(new, inner))
    if not isinstance(old, FunctionType) or not isinstance(new, FunctionType):
        return False
    if len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
        old.__code__ = new.__code__
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    return True


def main() -> None:
    """Measure the rooms that are asked for, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rooms", nargs="+", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants a room, chosen by the seed; 0: all")
    parser.add_argument("--minutes", type=float, default=60, help="so long a room at most, once its tests were run")
    parser.add_argument("--again", type=Path, help="the output of an earlier run: only what survived there")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], help="these modules of the room, by name")
    parser.add_argument("--branches", action="store_true", help="branch coverage only")
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for room in options.rooms:
        in_child(lambda room=room: measured(room, options), 7200)


def measured(room: str, options: argparse.Namespace) -> int:
    """Measure a room: branch coverage, then its mutants."""
    tests = ROOMS[room][1]
    paths = _paths(room, options)
    examples = "tests/test_house.py::test_the_examples_in_docstrings_are_true"
    measure = coverage.Coverage(data_file=None, branch=True, include=[str(path) for path in paths])
    measure.start()
    quiet = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", "--rootdir", str(ROOT)]
    named = [*(f"tests/{name}" for name in tests), *(f"{examples}[{_name(path)}]" for path in paths)]
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        return int(pytest.main([*quiet, *named], plugins=[Judge(room, options, measure)]))


def _paths(room: str, options: argparse.Namespace) -> list[Path]:
    """Return the modules of a room, or those of them that are asked for."""
    paths = [ROOT / "translate" / name for name in ROOMS[room][0]]
    return [path for path in paths if not options.only or path.stem in options.only]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


if __name__ == "__main__":
    main()
