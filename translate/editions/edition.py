"""A document and its catalog become an edition: the story in one language, every text with its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from translate.catalogs import provenance
from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog
from translate.catalogs.units import Key, keys
from translate.documents.codes import without_tags
from translate.documents.encoding import spaced
from translate.documents.model import HEADINGS, Block, Document, Role, Segment
from translate.editions import labels as fixed
from translate.editions.disclosure import Disclosure, Origin, one_line, origin, person, revised, visible, written
from translate.editions.gate import Held, notices, shows
from translate.editions.policy import Drafts
from translate.editions.policy import Policy as Disclose
from translate.editions.typography.policy import House
from translate.editions.typography.setting import set_all

_BY_DEFAULT = Disclose()
_NOT_SET = House(enabled=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text in an edition. `state` is None for labels, dates, credits and spaces; then nothing is marked.

    `held` says that the source text stands here because no translation may.
    """

    text: str
    state: State | None = None
    held: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class EditionBlock:
    """A block of an edition."""

    role: Role
    texts: tuple[Text, ...]
    story: int

    @property
    def text(self) -> str:
        """Return the words of the block."""
        return spaced("".join(text.text for text in self.texts))


@dataclass(frozen=True, slots=True)
class Edition:
    """A document in one language, ready to be rendered by any target.

    `notices` are sentences for the reader. `engines` say which packages drafted the unreviewed text shown.
    """

    document: str
    language: str
    source_language: str
    blocks: tuple[EditionBlock, ...]
    notices: tuple[str, ...]
    engines: tuple[str, ...]
    counts: Mapping[State, int]
    held: tuple[Held, ...]
    disclosure: Disclosure

    @property
    def title(self) -> str:
        """Return the first headline, else the first words."""
        headlines = (block.text for block in self.blocks if block.role is Role.HEADLINE)
        return next(headlines, self.blocks[0].text if self.blocks else self.document)

    @property
    def reviewed(self) -> bool:
        """Say whether a person reviewed every text."""
        return all(count == 0 for name, count in self.counts.items() if name is not State.REVIEWED)


@dataclass(slots=True)
class Chosen:
    """What the gate lets out of a catalog, text by text, and what has been seen so far."""

    document: Document
    catalog: Catalog
    policy: Drafts
    held: list[Held] = field(default_factory=list)
    engines: dict[str, None] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    disclose: Disclose = field(default_factory=Disclose)
    _keys: dict[tuple[bool, str], Key] = field(init=False)

    def __post_init__(self) -> None:
        """Look up the keys of the document's texts once."""
        self._keys = keys(self.document)

    def text(self, segment: Segment) -> Text:
        """Return the translation of a segment, or the segment itself where no translation may stand."""
        entry = self.catalog.get(self._keys[segment.role in HEADINGS, segment.text])
        now = state(entry) if entry is not None else State.UNTRANSLATED
        self.states.append(now)
        shown = entry is not None and shows(now, self.policy)
        found = origin(segment.line, entry, segment.text, shown)
        self.origins.append(found)
        if entry is None or not shows(now, self.policy):
            self.held.append(Held(segment.line, now, segment.text))
            return Text(visible(segment.text), now, held=True, origin=found)
        made = provenance.parse(entry.tcomment)
        if now is not State.REVIEWED and made:
            self.engines[" ".join(filter(None, map(made.facts.get, ("engine", "package"))))] = None
        return Text(spaced(visible(entry.msgstr)), now, origin=found)

    def notices(self, language: str, own_labels: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
        """Return the sentences that the edition must carry for what was seen."""
        table = fixed.labels(language, own_labels)
        source = fixed.language_name(self.document.language, language)
        names = notices(self.origins, self.disclose)
        return tuple(one_line(table[name].format(source=source)) for name in names)

    def disclosure(self, language: str) -> Disclosure:
        """Return what the edition says of how its texts came to be."""
        said, origins = self.catalog.file.metadata, tuple(self.origins)
        names = self.document.name, self.document.language, language
        who = person(said.get("Last-Translator", ""))
        return Disclosure(*names, origins, self.disclose, who, revised(said), written(said))


def assemble(
    document: Document,
    catalog: Catalog,
    language: str,
    policy: Drafts,
    own_labels: Mapping[str, Mapping[str, str]],
    disclose: Disclose = _BY_DEFAULT,
    house: House = _NOT_SET,
) -> Edition:
    """Put the catalog's translations into the document's blocks, as far as the gate lets them."""
    table = fixed.labels(language, own_labels)
    chosen = Chosen(document, catalog, policy, disclose=disclose)
    made_blocks = (
        EditionBlock(block.role, tuple(_texts(block, chosen, language, table, house)), block.story)
        for block in document.blocks
    )
    # A block may have lost all its words: a desk may leave a label of its own empty.
    blocks = tuple(block for block in made_blocks if block.text)
    counts = {name: chosen.states.count(name) for name in State}
    said = chosen.notices(language, own_labels)
    held = tuple(chosen.held)
    engines, told = tuple(chosen.engines), chosen.disclosure(language)
    return Edition(document.name, language, document.language, blocks, said, engines, counts, held, told)


def typeset(texts: Sequence[Text], language: str, house: House) -> Iterator[Text]:
    """Yield the texts of a block set as the language is; what is held is the source's and stays as it is."""
    for held, run in groupby(texts, lambda text: text.held):
        together = list(run)
        words = [text.text for text in together]
        for text, one in zip(together, words if held else set_all(words, language, house), strict=True):
            yield replace(text, text=one)


def _plain(text: Text) -> Text:
    """Return a text without its inline codes, which are markup of the source's own format."""
    return replace(text, text=spaced(without_tags(text.text))) if "<" in text.text else text


def _texts(block: Block, chosen: Chosen, language: str, table: Mapping[str, str], house: House) -> Iterator[Text]:
    """Yield the texts of a block in order."""
    found = [_plain(chosen.text(piece)) for piece in block.pieces if isinstance(piece, Segment)]
    translated = typeset(found, language, house)
    for piece in block.pieces:
        if isinstance(piece, Segment):
            yield next(translated)
        else:
            yield Text(visible(fixed.text_of(piece, language, table)))
