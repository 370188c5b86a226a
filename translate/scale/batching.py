"""Continuous batching: texts of many requests in one queue, the next batch being filled while one is decoded."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition, Thread

#: Draft some texts, in order and in the same number.
Draft = Callable[[Sequence[str]], Sequence[str]]


class FullError(Exception):
    """Say that so much waits already that one text more would only wait."""


@dataclass(slots=True)
class Counts:
    """What a batcher has done so far: texts, batches, and the seconds that batches took."""

    texts: int = 0
    batches: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Batcher:
    """Drafts texts in the order in which they came, at most `batch` in one go; at most `waiting` texts wait.

    Nobody waits for a batch to fill: it has what came while the last one was decoded. Once the first batch is done,
    `at_once` of them are on their way together: a core that has no sentence of one left decodes those of another.
    Equal texts of a batch are drafted once. An error of a batch is that of every text in it.
    """

    draft: Draft
    batch: int = 64
    waiting: int = 10_000
    at_once: int = 2
    counts: Counts = field(default_factory=Counts)
    _texts: deque[tuple[str, Future[str]]] = field(default_factory=deque)
    _more: Condition = field(default_factory=Condition)
    _threads: list[Thread] = field(default_factory=list)

    def submit(self, texts: Sequence[str]) -> list[Future[str]]:
        """Take some texts in; return what will be their drafts.

        Raises:
            FullError: too much waits already; none of them was taken.
        """
        futures: list[Future[str]] = [Future() for _ in texts]
        with self._more:
            if len(self._texts) + len(texts) > self.waiting:
                raise FullError
            self._texts.extend(zip(texts, futures, strict=True))
            # The first batch loads the models; nobody else is to load them as well.
            if len(self._threads) < (self.at_once if self.counts.batches else 1):
                self._threads.append(Thread(target=self._work, daemon=True))
                self._threads[-1].start()
            self._more.notify()
        return futures

    def __len__(self) -> int:
        """Return how many texts wait."""
        return len(self._texts)

    def _work(self) -> None:
        while True:
            with self._more:
                while not self._texts:
                    self._more.wait()
                taken = [self._texts.popleft() for _ in range(min(self.batch, len(self._texts)))]
            # Whoever went away meanwhile gets nothing drafted.
            wanted = [(text, future) for text, future in taken if future.set_running_or_notify_cancel()]
            if wanted:
                self._draft(wanted)

    def _draft(self, wanted: Sequence[tuple[str, Future[str]]]) -> None:
        texts = list(dict.fromkeys(text for text, _ in wanted))
        began = time.perf_counter()
        try:
            made = dict(zip(texts, self.draft(texts), strict=True))
        except Exception as error:
            for _, future in wanted:
                future.set_exception(error)
            return
        finally:
            with self._more:
                self.counts.seconds += time.perf_counter() - began
                self.counts.batches += 1
        with self._more:
            self.counts.texts += len(wanted)
        for text, future in wanted:
            future.set_result(made[text])
