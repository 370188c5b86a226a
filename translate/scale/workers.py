"""What a worker of a cluster does: it says what it is, and works only where it is what the desk's machine is.

Ray Data hands rows out as columns, here of one row each: the number of a share, and the share as bytes. What is refused
comes back as a sentence, so that it can be told in full.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from translate.engines import queue
from translate.engines.model import Engine, Options, router
from translate.errors import DeskError
from translate.scale import apart
from translate.scale.signature import Signature, differences, of_engines, of_machine

_Rows = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Drafting:
    """What workers draft with: the engines between two languages, the arguments of `queue.draft`, what they must be."""

    engine: str
    pair: tuple[str, str]
    options: Options
    splitters: tuple[queue.Splitter, ...]
    facts: Mapping[str, Any]
    languages: tuple[str, ...]
    wanted: Signature


def apart_(rows: _Rows, *, languages: tuple[str, ...], wanted: Signature) -> dict[str, list[object]]:
    """Do what a parcel says (see `apart.work`), on a machine like the desk's."""
    # A parcel is not opened before this is known: another version of this program would read it otherwise.
    refused = differences(wanted, of_machine(languages))
    return _row(rows, refused, b"" if refused else apart.work(bytes(rows["share"][0])))


class Drafter:
    """Hold packages, and draft share after share with them."""

    def __init__(self, work: bytes) -> None:
        """Keep what is to be drafted with; engines are looked for at the first share, so that they can be refused."""
        self._packed = work
        self._work: Drafting | None = None
        self._engines: tuple[Engine, ...] = ()
        self._refused = ""

    def __call__(self, rows: _Rows) -> dict[str, list[object]]:
        """Draft the texts of a share."""
        from ray import cloudpickle

        if self._work is None:
            self._work = cloudpickle.loads(self._packed)
            self._refused = self._found(self._work)
        if self._refused:
            return _row(rows, self._refused, b"")
        requests = cloudpickle.loads(bytes(rows["share"][0]))
        made: list[queue.Draft] | DeskError
        try:
            made = list(queue.draft(requests, self._engines, self._work.splitters, **self._work.facts))
        except DeskError as error:
            made = error
        return _row(rows, "", cloudpickle.dumps(made))

    def _found(self, work: Drafting) -> str:
        """Find the engines; return what is wrong with them."""
        try:
            self._engines = router(work.engine)(*work.pair, work.options)
        except DeskError as error:
            return str(error)
        return differences(work.wanted, {**of_machine(work.languages), **of_engines(self._engines)})


def _row(rows: _Rows, refused: str, made: bytes) -> dict[str, list[object]]:
    return {"at": [rows["at"][0]], "node": [platform.node()], "refused": [refused], "made": [made]}
