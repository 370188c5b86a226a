"""Mutation testing of the rooms that nothing may be wrong in: how many small faults in them the tests notice.

    python bench/mutation.py catalogs --sample 150
    python bench/mutation.py gate typography --branches

One change at a time is made to the syntax tree of a module as it is imported; no file is touched. The tests that reach
the changed line run in a process of their own, quickest first, until one fails. With `--branches` only the branch
coverage of each room by its tests is measured. Needs coverage.py. Not mutated, because no test should know them:
annotations, docstrings, `assert`, and the words of errors.
"""

from __future__ import annotations

import argparse
import ast
import copy
import difflib
import importlib.machinery
import io
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).parent.parent
# The modules of each room, and the tests of that room.
ROOMS = {
    "catalogs": (
        ["catalogs/store.py", "catalogs/merge.py", "catalogs/states.py", "catalogs/provenance.py"],
        [
            "catalogs/test_store.py",
            "catalogs/test_merge.py",
            "catalogs/test_reviews.py",
            "catalogs/test_living_story.py",
        ],
    ),
    "gate": (
        ["editions/policy.py", "editions/gate.py", "editions/release.py", "publishing.py"],
        ["test_publishing.py", "editions/test_release.py", "editions/test_disclosure.py"],
    ),
    "typography": (
        [f"editions/typography/{path.name}" for path in sorted(ROOT.glob("translate/editions/typography/[!_]*.py"))],
        ["editions/typography"],
    ),
}
# A test that takes longer is left out; those that judge one mutant take together at most so long (seconds).
_LONG, _TOGETHER = 5.0, 30.0
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


@dataclass
class Judge:
    """A pytest plugin: it times each test and notes which lines each one reaches."""

    measure: coverage.Coverage | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if self.measure:
            self.measure.switch_context(item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        # Time of the processor: the wall's clock says what else the machine does.
        before = sum(os.times()[:4])
        result = yield
        self.seconds[item.nodeid] = sum(os.times()[:4]) - before
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
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
    """Return the lines that the mutant takes away and adds."""
    rows = difflib.unified_diff(mutant.before.splitlines(), mutant.after.splitlines(), n=0, lineterm="")
    return [f"  {row}" for row in rows if not row.startswith(("---", "+++", "@@"))]


def run(arguments: list[str], judge: Judge) -> int:
    """Run tests in this process, in silence."""
    quiet = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", "--rootdir", str(ROOT)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return int(pytest.main([*quiet, *arguments], plugins=[judge]))


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
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 124


def planted(mutant: Mutant) -> None:
    """Let the mutant be imported in the place of its module."""
    own = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, name: str) -> Any:
        return compile(mutant.tree, self.path, "exec") if name == mutant.module else own(self, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def reached(room: str, data: Path) -> tuple[dict[str, dict[int, list[str]]], dict[str, float], str]:
    """Run a room's tests once: which tests reach each line, how long each takes, and the branch coverage as a table."""
    modules, tests = ROOMS[room]
    paths = [ROOT / "translate" / name for name in modules]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    times = data.with_suffix(".times")
    examples = "tests/test_house.py::test_the_examples_in_docstrings_are_true"

    def measured() -> int:
        measure = coverage.Coverage(data_file=str(data), branch=True, include=[str(path) for path in paths])
        judge = Judge(measure)
        measure.start()
        code = run([*(f"tests/{name}" for name in tests), *(f"{examples}[{name}]" for name in names)], judge)
        measure.stop()
        measure.save()
        times.write_text("\n".join(f"{spent} {name}" for name, spent in judge.seconds.items()))
        if code:
            os.write(2, f"the tests fail before anything is mutated: {judge.failed}\n".encode())
        return code

    if in_child(measured, 3600):
        sys.exit(1)
    measure = coverage.Coverage(data_file=str(data), branch=True, include=[str(path) for path in paths])
    measure.load()
    seconds = {name: float(spent) for spent, _, name in (row.partition(" ") for row in times.read_text().splitlines())}
    table = io.StringIO()
    measure.report(file=table, show_missing=True)
    facts = measure.get_data()
    lines = {name: facts.contexts_by_lineno(str(path)) for name, path in zip(names, paths, strict=True)}
    return lines, seconds, table.getvalue()


def judged(mutant: Mutant, tests: dict[int, list[str]], seconds: dict[str, float]) -> bool:
    """Say whether a test fails with the mutant in place; a line reached at import concerns every test of the room."""
    line = mutant.line
    # The later lines of a long expression are not always noted.
    while mutant.inner and line and not any(tests.get(line, [])):
        line -= 1
    found = [name for name in tests.get(line, []) if name] if mutant.inner else list(seconds)
    chosen: list[str] = []
    total = 0.0
    for name in sorted(found, key=lambda name: seconds.get(name, 0)):
        if seconds.get(name, 0) < _LONG and total < _TOGETHER:
            chosen.append(name)
            total += seconds.get(name, 0)
    if not chosen:
        return False

    def work() -> int:
        planted(mutant)
        return run(["-x", *chosen], Judge())

    return in_child(work, 90 + 30 * total) != 0


def main() -> None:
    """Measure the rooms that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rooms", nargs="+", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants a room, chosen by the seed; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--branches", action="store_true", help="branch coverage only")
    parser.add_argument("--data", type=Path, default=ROOT / ".mypy_cache", help="folder of what was measured")
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    options.data.mkdir(exist_ok=True)
    for room in options.rooms:
        lines, seconds, table = reached(room, options.data / f"{room}.coverage")
        print(table, flush=True)
        if options.branches:
            continue
        every = [one for name in ROOMS[room][0] for one in mutants(ROOT / "translate" / name)]
        chosen = random.Random(options.seed).sample(every, min(options.sample or len(every), len(every)))
        survivors = 0
        for count, mutant in enumerate(chosen, 1):
            if not judged(mutant, lines[mutant.module], seconds):
                survivors += 1
                print(f"{mutant.module}:{mutant.line}", *_differing(mutant), sep="\n", flush=True)
            if count % 20 == 0:
                print(f"# {room}: {count} of {len(chosen)}, {survivors} survive", flush=True)
        killed = len(chosen) - survivors
        print(f"{room}: {killed} of {len(chosen)} killed ({killed / len(chosen):.1%}); {len(every)} mutants in all\n")


if __name__ == "__main__":
    main()
