"""A run on a Ray cluster: documents and texts travel to workers, and what they made comes back to this process.

Ray Data hands shares out to the workers, follows those that are lost and hands their shares out again. Workers have no
desk: this process alone writes catalogs, editions and records, in the order in which a run without a cluster does.
Nothing of Ray is imported, and nothing is connected to, before there is work to hand out.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import Any, TypeVar, cast

from translate.engines import queue
from translate.engines.model import Engine, Options
from translate.errors import DeskError, EnvironmentLackError, UsageError
from translate.project import Project
from translate.scale import apart, workers
from translate.scale.signature import of_engines, of_machine
from translate.scale.slices import MANY, Slice
from translate.scale.slices import shared as shared_here

#: What installs what is needed.
EXTRA = "translate-desk[ray]"
# A cluster on this machine alone, which ends with the run; `local:3` has three workers.
_LOCAL = re.compile(r"local(?::([1-9]\d{0,2}))?")
_ADDRESS = re.compile(r"(?!local:)(?:[\w.-]+|\[[0-9a-fA-F:]+\]):[1-9]\d{0,4}")
# Documents in a share, and texts in one: enough to be worth their way and to fill batches, few enough that little is
# done again where a worker is lost. A worker gets some shares, so that the last one is not waited for long.
_DOCUMENTS, _TEXTS, _FEWEST_TEXTS, _SHARES = 20, 256, 32, 4
# A share that so many workers died of is not handed out again.
_RETRIES = 5
# Shares are small; a cluster on this machine needs no more shared memory than this (bytes).
_STORE = 256 * 2**20
_Result = TypeVar("_Result")


@dataclass(slots=True)
class Cluster:
    """Workers at an address, which do the slices of a desk (see `slices.Crew`)."""

    project: Project
    options: Options
    address: str
    _ray: Any = field(default=None, repr=False)

    def shared(self, function: Callable[..., _Result], slice_: Slice, *arguments: object) -> Iterator[_Result]:
        """Yield what a function returns for shares of a slice, in order; a few documents are done here.

        Raises:
            EnvironmentLackError: the cluster cannot be reached, or a worker is not set up as this machine is.
            DeskError: the first that the function raised; what it did in the shares before it is written.
        """
        names = list(slice_.paths)
        if len(names) < MANY:
            yield from shared_here(function, slice_, *arguments)
            return
        project, sent, shares = self.project, list[apart.Files](), list[bytes]()
        settings = apart.settings(project)
        for at in range(0, len(names), _DOCUMENTS):
            part = slice_.part(names[at : at + _DOCUMENTS])
            of_each = (apart.files(project, name, path) for name, path in part.paths.items())
            sent.append(settings | {name: data for files in of_each for name, data in files})
            shares.append(apart.packed(apart.Parcel(function, (part, *arguments), sent[-1]), project.root))
        checked = {"languages": self._languages, "wanted": of_machine(self._languages)}
        how = {"fn_kwargs": checked, "max_retries": _RETRIES}
        waiting: dict[int, bytes] = {}
        turn = 0
        for at, made in self._handed_out(workers.apart_, shares, how):
            waiting[at] = made
            while turn in waiting:
                done = apart.unpacked(waiting.pop(turn), project.root)
                yield cast(_Result, apart.take(project, cast(apart.Done, done), sent[turn]))
                turn += 1

    def draft(
        self,
        requests: Sequence[queue.Request],
        engines: Sequence[Engine],
        splitters: Sequence[queue.Splitter],
        *,
        progress: queue.Progress,
        **facts: Any,
    ) -> Iterator[queue.Draft]:
        """Yield a draft for every request, as `queue.draft` does with the same arguments, in whatever order they come.

        Raises:
            EnvironmentLackError: the cluster cannot be reached, or a worker has other packages than this machine.
        """
        ray = self._joined()
        cores = [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
        threads = max(1, min(self.options.threads, max(cores)))
        most = max(1, sum(one // threads for one in cores))
        # The same text twice is drafted once. A share has the texts of few documents, so that each of their catalogs is
        # written a few times only.
        first: dict[str, int] = {}
        order = sorted(range(len(requests)), key=lambda at: first.setdefault(requests[at].text, at))
        numbered = [replace(requests[at], ticket=at) for at in order]
        share = min(_TEXTS, max(_FEWEST_TEXTS, len(numbered) // (_SHARES * most)))
        shares = [ray.cloudpickle.dumps(numbered[at : at + share]) for at in range(0, len(numbered), share)]
        work = workers.Drafting(
            self.project.engine,
            (engines[0].source, engines[-1].target),
            replace(self.options, threads=threads),
            tuple(splitters),
            facts,
            self._languages,
            {**of_machine(self._languages), **of_engines(engines)},
        )
        how = {
            "fn_constructor_args": (ray.cloudpickle.dumps(work),),
            "compute": ray.data.ActorPoolStrategy(size=min(len(shares), most)),
            "num_cpus": threads,
            "max_restarts": -1,
            "max_task_retries": _RETRIES,
        }
        words = [len(one.text.split()) for one in requests]
        done, every = 0, sum(words)
        for _, made in self._handed_out(workers.Drafter, shares, how):
            drafts = ray.cloudpickle.loads(made)
            if isinstance(drafts, DeskError):
                raise drafts
            for one in drafts:
                yield replace(one, ticket=requests[one.ticket].ticket)
            done += sum(words[one.ticket] for one in drafts)
            progress(done, every)

    @property
    def _languages(self) -> tuple[str, ...]:
        """Return the languages in which words are looked up."""
        return (self.project.source, "en", *self.project.targets)

    def _handed_out(self, work: Any, shares: Sequence[bytes], how: Mapping[str, Any]) -> Iterator[tuple[int, bytes]]:
        """Yield what the workers made of each share, with its number, as it comes."""
        ray = self._joined()
        rows = [{"at": at, "share": share} for at, share in enumerate(shares)]
        data = ray.data.from_items(rows, override_num_blocks=len(rows))
        try:
            for row in data.map_batches(work, batch_size=1, **how).iter_rows():
                if row["refused"]:
                    raise EnvironmentLackError(
                        f"a worker is not set up as this machine is: {row['refused']}",
                        where=row["node"],
                        remedy="Install the same there (docs/cluster.md), or take it out of the cluster; run again.",
                    )
                yield int(row["at"]), bytes(row["made"])
        except ray.exceptions.RayError as error:
            raise EnvironmentLackError(
                f"the cluster failed: {str(error).strip().splitlines()[-1]}",
                where=self.address,
                remedy="What was done is kept. Look at the workers (memory, versions), and run the command again.",
            ) from error

    def _joined(self) -> Any:
        """Return Ray, connected."""
        if self._ray is not None:
            return self._ray
        import ray
        import ray.data

        local = _LOCAL.fullmatch(self.address)
        where: dict[str, Any] = {"address": self.address}
        if local:
            where = {
                "address": "local",
                "num_cpus": int(local[1] or os.cpu_count() or 1),
                "object_store_memory": _STORE,
            }
            where["include_dashboard"] = False
        try:
            ray.init(**where, log_to_driver=False, logging_level=logging.ERROR)
        except (OSError, RuntimeError, ValueError, ImportError, ray.exceptions.RayError) as error:
            raise EnvironmentLackError(
                f"the cluster cannot be reached: {str(error).strip().splitlines()[0]}",
                where=self.address,
                remedy="Start it and join it with this machine (docs/cluster.md), or run without --cluster.",
            ) from error
        if not ray.cluster_resources().get("CPU"):
            ray.shutdown()
            raise EnvironmentLackError(
                "the cluster has no worker",
                where=self.address,
                remedy="Start one, on another machine: ray start --address=HOST:PORT",
            )
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = context.print_on_execution_start = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        self._ray = ray
        return ray

    def leave(self) -> None:
        """End the connection, and a cluster that was started for it."""
        if self._ray is not None:
            self._ray.shutdown()
            self._ray = None


@contextmanager
def joined(project: Project, options: Options, address: str) -> Iterator[Cluster]:
    """Have the workers at an address: `local`, `local:3` or `HOST:PORT`; connect when there is work.

    Raises:
        UsageError: that is no address.
        EnvironmentLackError: Ray is not installed.
        ProjectError: the desk has folders outside of its own.
    """
    if address.startswith("ray://"):
        # Its results are generators, which Ray's client refuses to carry (ray-project/ray, issue 43357: not planned).
        raise UsageError(
            "Ray Data does not work through Ray's client",
            where=address,
            remedy="Let this machine join: ray start --address=HOST:PORT --num-cpus=0; then give HOST:PORT.",
        )
    if not (_LOCAL.fullmatch(address) or _ADDRESS.fullmatch(address)):
        raise UsageError(
            f"{address!r} is no address of a cluster",
            where="--cluster",
            remedy="Give HOST:PORT, local, or local:3 (so many workers on this machine).",
        )
    if not all(map(find_spec, ("ray", "pyarrow", "pandas"))):
        raise EnvironmentLackError(
            "Ray is not installed", where="--cluster", remedy=f"Install it: pip install '{EXTRA}'"
        )
    apart.settings(project)
    crew = Cluster(project, options, address)
    try:
        yield crew
    finally:
        crew.leave()
