"""What targets share that lay an edition out: its name, its stories, its runs of words, its directions; templates."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from translate.catalogs.states import State
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.disclosure import one_line
from translate.editions.edition import Edition, EditionBlock, Text

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, Template

# White space that files cannot hold, or would break lines at; spaces that may not break stay.
_SPACE = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")
_FENCES = {"": "", "ltr": "\u200e", "rtl": "\u200f"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one language and one state.

    `state` is empty where nothing is to be marked. `language` and `direction` are empty where they are the edition's.
    """

    words: str
    text: Text
    state: str
    language: str
    direction: str

    @property
    def fenced(self) -> str:
        """Return the words for files that know no isolated text: of another direction, they stand between marks of it.

        Else a full stop at their end would appear at their beginning.
        """
        inner = self.words.strip(" ")
        fence = _FENCES[self.direction]
        return self.words.replace(inner, f"{fence}{inner}{fence}") if inner else self.words


def stories(edition: Edition) -> Sequence[Sequence[EditionBlock]]:
    """Return the blocks of every story, at least of one; alternative texts lack the picture they stand for."""
    found: dict[int, list[EditionBlock]] = {}
    for block in edition.blocks:
        if block.role is not Role.ALTERNATIVE:
            found.setdefault(block.story, []).append(block)
    return [found[number] for number in sorted(found)] or [[]]


def title(edition: Edition) -> str:
    """Return the title as one line that any file can hold."""
    return one_line(edition.title) or "?"


def runs(edition: Edition, block: EditionBlock) -> Iterator[Run]:
    """Yield the words of a block: one space between words, none at its ends, no sign that XML cannot hold."""
    spaced, words = True, [_SPACE.sub(" ", text.text) for text in block.texts]
    last = max((number for number, one in enumerate(words) if one.strip(" ")), default=-1)
    for number, (text, one) in enumerate(zip(block.texts[: last + 1], words, strict=False)):
        clean = one.lstrip(" ") if spaced else one
        clean = clean.rstrip(" ") if number == last else clean
        if clean:
            spaced = clean.endswith(" ")
            marked = text.state not in (None, State.REVIEWED)
            language = edition.source_language if text.held else edition.language
            turn = (_turn(clean) if text.state is None else "") or direction(language)
            state, turn = str(text.state) if marked else "", "" if turn == direction(edition.language) else turn
            yield Run(clean, text, state, language if text.held else "", turn)


def plain(edition: Edition, block: EditionBlock) -> str:
    """Return the words of a block as files say them that know isolated text."""
    return spaced("".join(run.words for run in runs(edition, block)))


def fenced(edition: Edition, block: EditionBlock) -> str:
    """Return the words of a block as files say them that know no isolated text."""
    return spaced("".join(run.fenced for run in runs(edition, block)))


def said(edition: Edition, words: Callable[[Edition, EditionBlock], str] = plain) -> list[str]:
    """Return the notices and the words of every block, in the order of the stories."""
    return [*edition.notices, *(words(edition, block) for story in stories(edition) for block in story)]


def identity(edition: Edition, language: str) -> str:
    """Return the name of a document in a language: the same on every day and machine, and another for another desk.

    A desk is known by the address of its site, or else by who is responsible; with neither, documents of two desks that
    have one name cannot be told apart.
    """
    policy = edition.disclosure.policy
    desk = policy.site or (f"{one_line(policy.responsible)}/" if policy.responsible else "")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{desk}{edition.document}/{language}").urn


def attributes(edition: Edition) -> Callable[[Text], dict[str, str]]:
    """Return what a page says of one text: its state where it is not reviewed, and how it came to be."""
    # Looked up once: they are counted from all texts.
    marks, reviewers = edition.disclosure.marks, edition.disclosure.reviewers
    turn = direction(edition.source_language)
    source = {"lang": edition.source_language} | ({} if turn == direction(edition.language) else {"dir": turn})

    def said_of(text: Text) -> dict[str, str]:
        origin = text.origin
        if origin is None:
            return {}
        state = {} if origin.state is State.REVIEWED else {"data-state": str(origin.state)}
        if text.held:
            return source | state
        if not marks:
            return state
        said = {
            "data-origin": "machine" if origin.machines else "memory" if origin.recalled else "hand",
            "data-machine": " + ".join(machine.name for machine in origin.machines),
            "data-edited": "true" if origin.edited else "",
            "data-reviewed": origin.reviewed,
            "data-reviewer": origin.reviewer if origin.reviewer in reviewers else "",
        }
        return state | {name: value for name, value in said.items() if value}

    return said_of


@cache
def direction(language: str) -> str:
    """Return how a language is written.

    >>> direction("de"), direction("ar")
    ('ltr', 'rtl')
    """
    from babel import Locale

    return Locale.parse(language, sep="-").text_direction


def _turn(words: str) -> str:
    """Return the direction of words whose language is not known: names of people and agencies, of any script."""
    strong = {unicodedata.bidirectional(sign) for sign in words} & {"L", "R", "AL"}
    return "" if not strong else "ltr" if strong == {"L"} else "" if "L" in strong else "rtl"


@cache
def template(name: str) -> Template:
    """Return a template; what it is given is escaped."""
    from jinja2 import PackageLoader

    return environment(PackageLoader("translate.editions", "templates")).get_template(name)


def environment(loader: BaseLoader, escaping: bool | Callable[[str | None], bool] = True) -> Environment:
    """Return how all templates are read: what they are not given is an error, their own lines leave no blank ones."""
    from jinja2 import Environment, StrictUndefined

    return Environment(
        loader=loader, autoescape=escaping, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
