"""The translation memory: what people have reviewed, in one SQLite file a desk.

Exact matches are found by a hash of the text, others through an index of the texts by their words and pairs of words
(see `index`); what the index proposes is compared with rapidfuzz.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from translate.catalogs.interchange.pairs import NOWHERE, Place, TranslatedPair
from translate.databases import OtherVersionError, connected, unusable
from translate.errors import MemoryFileError
from translate.knowledge import index, slots

_VERSION = 1
# A memory that another run writes to is waited for (seconds).
_WAIT = 60.0
_SCHEMA = """
create table texts (id integer primary key, digest integer not null, language text not null, text text not null);
create index texts_digest on texts (digest);
create table pairs (
    id integer primary key, text integer not null references texts, language text not null, translation text not null,
    document text not null, context text not null, roles text not null, before text not null,
    reviewer text not null, date text not null);
create index pairs_place on pairs (text, language, document, context);
create table postings (bucket integer primary key, texts blob not null);
create table learned (path text primary key, digest text not null);
create table forgotten (hash text primary key);
"""
# An import writes its postings so many at a time (8 bytes each): every write copies the lists that grow.
_BATCH = 8_000_000
# So many of the texts that the index proposes are compared.
_COMPARED = 96
_LOOKED_AT = 16
_SELECTED = """texts.text, pairs.translation, texts.language, pairs.language,
    pairs.document, pairs.context, pairs.roles, pairs.before, pairs.reviewer, pairs.date"""
_COLUMNS = {"document": "document", "reviewer": "reviewer"}
#: A match that is not exact has this score at most.
ALMOST = 99


@dataclass(frozen=True, slots=True)
class Match:
    """What the memory knows of a text: `score` in per cent; `pair` as it was reviewed, before any adaptation."""

    score: int
    pair: TranslatedPair


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a memory holds."""

    texts: int
    pairs: dict[str, int]
    documents: int
    bytes: int


@contextmanager
def opened(path: Path) -> Iterator[Memory]:
    """Open the memory of a desk, made where there is none; what was done is kept when the block ends well.

    Raises:
        MemoryFileError: the file is no memory of this kind, or broken.
        WriteError: it cannot be written.
    """
    try:
        database = connected(path, _SCHEMA, _VERSION, wait=_WAIT)
        try:
            # What was deleted is overwritten: people have a right to that.
            database.execute("pragma secure_delete = on")
            with database:
                yield Memory(database, path)
        finally:
            database.close()
    except OtherVersionError as error:
        raise MemoryFileError(
            f"is no translation memory of this version ({error.version}, not {_VERSION})",
            where=str(path),
            remedy="Export it to TMX with the version that made it, move it away, and import the TMX.",
        ) from error
    except sqlite3.Error as error:
        remedy = "Move it away; a new one is made from the reviewed catalogs by: translate memory learn"
        raise unusable(error, path, "the translation memory cannot be used", remedy) from error


@dataclass(frozen=True, slots=True)
class Memory:
    """An open translation memory."""

    database: sqlite3.Connection
    path: Path

    def learn(self, path: str, digest: str, pairs: Iterable[TranslatedPair]) -> int:
        """Take in the reviewed entries of a catalog unless that was done already; return how many are new or changed.

        What a place said before makes room for what it says now.
        """
        known = self.database.execute("select digest from learned where path = ?", (path,)).fetchone()
        if known == (digest,):
            return 0
        count = self.add(pairs, replacing=True)
        self.database.execute("insert or replace into learned values (?, ?)", (path, digest))
        return count

    def add(self, pairs: Iterable[TranslatedPair], *, replacing: bool = False) -> int:
        """Take in pairs, those of people who were forgotten excepted; return how many were not there yet."""
        forgotten = {hash_ for (hash_,) in self.database.execute("select hash from forgotten")}
        index_ = index.Writer()
        count = 0
        for pair in pairs:
            if forgotten and forgotten & {_hash("reviewer", pair.reviewer), _hash("document", pair.place.document)}:
                continue
            count += self._add(pair, index_, replacing)
            if len(index_) > _BATCH:
                index_.flush(self.database)
        index_.flush(self.database)
        return count

    def _add(self, pair: TranslatedPair, index_: index.Writer, replacing: bool) -> bool:
        text = self._text(pair.source, pair.source_language)
        if text is None:
            digest = _digest(pair.source, pair.source_language)
            values = (digest, pair.source_language, pair.source)
            text = self.database.execute("insert into texts values (null, ?, ?, ?)", values).lastrowid
            assert text is not None
            index_.add(text, slots.shape(pair.source, pair.source_language))
        place = (text, pair.language, pair.place.document, pair.place.context)
        found = self.database.execute(
            "select id, translation from pairs where text = ? and language = ? and document = ? and context = ?", place
        ).fetchall()
        if any(translation == pair.translation for _, translation in found):
            return False
        if replacing:
            self.database.executemany("delete from pairs where id = ?", [(one,) for one, _ in found])
        rest = (pair.place.roles, pair.place.before, pair.reviewer, pair.date)
        values_ = (text, pair.language, pair.translation, pair.place.document, pair.place.context, *rest)
        self.database.execute("insert into pairs values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values_)
        return True

    def exact(self, text: str, source_language: str, language: str, place: Place = NOWHERE) -> Match | None:
        """Return the translation of this very text: that of the likest place, then the latest."""
        known = self._text(text, source_language)
        return self._best([known], 100, language, place) if known is not None else None

    def fuzzy(
        self, text: str, source_language: str, language: str, threshold: int, place: Place = NOWHERE
    ) -> Match | None:
        """Return the translation of the text that is most like this one, at least by `threshold` per cent."""
        found = self.like(text, source_language, threshold)
        for score in sorted({score for score, _ in found}, reverse=True):
            ids = [one for its, one in found if its == score]
            best = self._best(ids, score, language, place)
            if best:
                return best
        return None

    def like(self, text: str, source_language: str, threshold: int) -> list[tuple[int, int]]:
        """Return (score, id) of the texts that are like this one, the likest first.

        Figures, months and days of the week count as one sign each: they are adapted.
        """
        from rapidfuzz import fuzz, process

        wanted = slots.shape(text, source_language)
        ids = index.proposed(self.database, wanted, _COMPARED)
        every = dict(self._texts(ids, source_language))
        # Texts as they stand say which of them are worth a closer look.
        nearest = process.extract(text, every, scorer=fuzz.ratio, limit=_LOOKED_AT)
        rows = [(known, other) for other, _, known in nearest]
        shapes = [slots.shape(other, source_language) for _, other in rows]
        found = process.extract(wanted, shapes, scorer=fuzz.ratio, score_cutoff=threshold, limit=None)
        return [(100 if rows[at][1] == text else min(ALMOST, int(score)), rows[at][0]) for _, score, at in found]

    def matches(self, text: str, source_language: str, language: str, threshold: int, limit: int = 10) -> list[Match]:
        """Return the translations of texts that are like this one, the likest first."""
        found = []
        for score, known in self.like(text, source_language, threshold):
            found += [Match(score, pair) for pair in self._pairs([known], language)]
        return found[:limit]

    def holding(self, words: str, language: str | None = None, limit: int = 10) -> list[TranslatedPair]:
        """Return pairs that hold these very words, in the text or in the translation."""
        like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return list(
            self._selected(
                "where (texts.text like ? escape '\\' or pairs.translation like ? escape '\\')"
                " and pairs.language = coalesce(?, pairs.language) order by pairs.date desc limit ?",
                (like, like, language, limit),
            )
        )

    def pairs(self, language: str | None = None) -> Iterator[TranslatedPair]:
        """Yield every pair, of one language or of all, in the order in which they came."""
        return self._selected("where pairs.language = coalesce(?, pairs.language) order by pairs.id", (language,))

    def forget(self, kind: str, name: str) -> int:
        """Delete the pairs of a "document" or of a "reviewer"; return how many.

        Nothing of it is learned again: a hash of the name stays, the name does not.
        """
        count = self.database.execute(f"delete from pairs where {_COLUMNS[kind]} = ?", (name,)).rowcount
        self.database.execute("insert or ignore into forgotten values (?)", (_hash(kind, name),))
        self.database.execute("delete from texts where id not in (select text from pairs)")
        return count

    def allow(self, kind: str, name: str) -> None:
        """Learn again what was forgotten."""
        self.database.execute("delete from forgotten where hash = ?", (_hash(kind, name),))
        self.database.execute("delete from learned")

    def stats(self) -> Stats:
        """Count texts, pairs by language, and documents."""
        one = self.database.execute
        return Stats(
            one("select count(*) from texts").fetchone()[0],
            dict(one("select language, count(*) from pairs group by language order by language").fetchall()),
            one("select count(distinct document) from pairs").fetchone()[0],
            self.path.stat().st_size,
        )

    def _text(self, text: str, language: str) -> int | None:
        rows = self.database.execute(
            "select id, text, language from texts where digest = ?", (_digest(text, language),)
        ).fetchall()
        return next((known for known, other, of in rows if other == text and of == language), None)

    def _texts(self, ids: Sequence[int], language: str) -> list[tuple[int, str]]:
        marks = ",".join("?" * len(ids))
        statement = f"select id, text from texts where id in ({marks}) and language = ?"
        return self.database.execute(statement, (*ids, language)).fetchall()

    def _best(self, ids: Sequence[int], score: int, language: str, place: Place) -> Match | None:
        """Return the pair whose place is likest: after the same text, in the same document, role, then the latest."""
        found = (Match(score, pair) for pair in self._pairs(ids, language))

        def likeness(match: Match) -> tuple[bool, bool, bool, bool, str]:
            its = match.pair.place
            after = bool(place.before) and its.before == place.before
            return (
                its.context == place.context,
                after,
                its.document == place.document,
                its.roles == place.roles,
                match.pair.date,
            )

        return max(found, key=likeness, default=None)

    def _pairs(self, texts: Sequence[int], language: str) -> Iterator[TranslatedPair]:
        marks = ",".join("?" * len(texts))
        return self._selected(
            f"where pairs.text in ({marks}) and pairs.language = ? order by pairs.id", (*texts, language)
        )

    def _selected(self, condition: str, values: Sequence[object]) -> Iterator[TranslatedPair]:
        statement = f"select {_SELECTED} from pairs join texts on texts.id = pairs.text {condition}"
        for source, translation, source_language, language, *where, reviewer, date in self.database.execute(
            statement, tuple(values)
        ):
            yield TranslatedPair(source, translation, source_language, language, Place(*where), reviewer, date)


def _digest(text: str, language: str) -> int:
    """Return 63 bits that stand for a text."""
    made = hashlib.blake2b(f"{language}\0{text}".encode(), digest_size=8).digest()
    return int.from_bytes(made, "big") >> 1


def _hash(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}\0{name}".encode()).hexdigest()
