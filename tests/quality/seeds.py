"""Plant one known error of one kind into a good translation: what checks must find."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Good:
    """A text and its right translation; `other` is its translation into a third language."""

    source: str
    language: str
    translation: str
    other: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """A translation with an error planted; `group` is facts, form or language."""

    good: Good
    kind: str
    group: str
    translation: str


DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober"),
}
_NEGATIONS = {
    "en": re.compile(r" (?:not|never)(?= )|(?<=\w)n[’']t(?= )"),
    "de": re.compile(r" (?:nicht|nie|niemals)(?=[ .,])"),
}
_CURRENCIES = {"en": (("euros", "dollars"), ("per cent", "tonnes"), ("kilometres", "hectares"))}
_CURRENCIES["de"] = (("Euro", "Dollar"), ("Prozent", "Tonnen"), ("Kilometer", "Hektar"))
_NAME = re.compile(r"[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*")
_QUOTES = '«»“”„"'


def wrong_figure(good: Good, rng: random.Random) -> str | None:
    found = [match for match in re.finditer(r"\d", good.translation) if match.group() in good.source]
    if not found:
        return None
    at = rng.choice(found).start()
    digit = rng.choice([one for one in "123456789" if one != good.translation[at]])
    return good.translation[:at] + digit + good.translation[at + 1 :]


def lost_figure(good: Good, rng: random.Random) -> str | None:
    found = list(re.finditer(r"\d+(?:[.,]\d+)* ", good.translation))
    return _without(good.translation, rng.choice(found)) if found else None


def wrong_day(good: Good, rng: random.Random) -> str | None:
    return _exchanged(good, rng, DAYS[good.language])


def wrong_month(good: Good, rng: random.Random) -> str | None:
    return _exchanged(good, rng, MONTHS[good.language])


def lost_name(good: Good, rng: random.Random) -> str | None:
    """Leave out a name that both texts have, wherever it stands in the translation."""
    names = [
        match.group()
        for match in _NAME.finditer(good.source)
        if match.start() > 0 and good.source[match.start() - 2] not in ".:!?»" and match.group() in good.translation
    ]
    if not names:
        return None
    name = rng.choice(names)
    return re.sub(r" {2,}", " ", good.translation.replace(name, "")).strip()


def lost_negation(good: Good, _rng: random.Random) -> str | None:
    match = _NEGATIONS[good.language].search(good.translation)
    denied = re.search(r"\b(?:ne|n[’'])\b.* (?:pas|jamais)\b", good.source) or re.search(
        r"n[’'].* (?:pas|jamais)", good.source
    )
    return _without(good.translation, match) if match and denied else None


def dropped_quotation_marks(good: Good, _rng: random.Random) -> str | None:
    if not re.search(r"«[^»]*(?:\s[^»]*){4}»", good.source):
        return None
    stripped = "".join(sign for sign in good.translation if sign not in _QUOTES)
    return stripped if stripped != good.translation else None


def wrong_unit(good: Good, _rng: random.Random) -> str | None:
    for right, wrong in _CURRENCIES[good.language]:
        if re.search(rf"\d(?: \w+)? {right}\b", good.translation):
            return good.translation.replace(right, wrong)
    return None


def wrong_address(good: Good, _rng: random.Random) -> str | None:
    match = re.search(r"www\.\w+", good.translation)
    return good.translation[: match.end()] + "x" + good.translation[match.end() :] if match else None


def lost_credit(good: Good, _rng: random.Random) -> str | None:
    match = re.search(r"\s*(?:©[^)]*|\([^()]*/[A-Z]+\))", good.translation)
    return _without(good.translation, match) if match else None


def open_bracket(good: Good, _rng: random.Random) -> str | None:
    return good.translation.replace(")", "", 1) if ")" in good.translation else None


def lost_stop(good: Good, _rng: random.Random) -> str | None:
    return good.translation[:-1] if good.translation.endswith((".", "?", "!")) else None


def question_answered(good: Good, _rng: random.Random) -> str | None:
    return good.translation[:-1] + "." if good.translation.endswith("?") else None


def two_spaces(good: Good, rng: random.Random) -> str | None:
    return _inserted(good.translation, rng, " ", " ")


def space_before_sign(good: Good, _rng: random.Random) -> str | None:
    match = re.search(r"(?<=\w),(?= )", good.translation)
    return good.translation[: match.start()] + " " + good.translation[match.start() :] if match else None


def invisible_sign(good: Good, rng: random.Random) -> str | None:
    return _inserted(good.translation, rng, rng.choice("\u200b\u200e\ufeff\u00ad\u0008"), " ")


def small_beginning(good: Good, _rng: random.Random) -> str | None:
    first = good.translation[0]
    return first.lower() + good.translation[1:] if first.isupper() else None


def source_marks(good: Good, _rng: random.Random) -> str | None:
    if good.translation.count('"') + good.translation.count("“") + good.translation.count("„") == 0:
        return None
    return re.sub(r'["“„](.*?)["”“]', r"« \1 »", good.translation)


def lost_code(good: Good, rng: random.Random) -> str | None:
    """Needs a pair with inline codes: see `coded`."""
    found = list(re.finditer(r"</?\d+/?>", good.translation))
    return _without(good.translation, rng.choice(found)) if found else None


def left_in_french(good: Good, rng: random.Random) -> str | None:
    """Put four to six words of the source in the place of as many of the translation."""
    source, words = good.source.split(), good.translation.split()
    size = rng.randint(4, 6)
    if len(source) < size + 3 or len(words) < size + 3:
        return None
    at = rng.randrange(1, len(source) - size)
    run = source[at : at + size]
    if sum(word.islower() for word in run) < 3:
        return None
    there = min(at, len(words) - size)
    return " ".join([*words[:there], *run, *words[there + size :]])


def all_french(good: Good, _rng: random.Random) -> str | None:
    return good.source


def wrong_language(good: Good, _rng: random.Random) -> str | None:
    return good.other if len(good.other.split()) >= 8 else None


def doubled_word(good: Good, rng: random.Random) -> str | None:
    words = good.translation.split()
    found = [at for at, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 3]
    if not found:
        return None
    at = rng.choice(found)
    return " ".join([*words[: at + 1], words[at], *words[at + 1 :]])


def loop(good: Good, rng: random.Random) -> str | None:
    words = good.translation.split()
    if len(words) < 8:
        return None
    at = rng.randrange(2, len(words) - 4)
    return " ".join([*words[:at], *words[at : at + 3] * 5])


def truncated(good: Good, _rng: random.Random) -> str | None:
    words = good.translation.split()
    return " ".join(words[: int(len(words) * 0.4)]) if len(words) > 14 else None


def misspelt(good: Good, rng: random.Random) -> str | None:
    words = good.translation.split(" ")
    found = [at for at, word in enumerate(words) if word.isalpha() and word.islower() and len(word) > 5]
    if not found:
        return None
    at = rng.choice(found)
    place = rng.randrange(1, len(words[at]) - 2)
    one, other = words[at][place], words[at][place + 1]
    if one == other:
        return None
    words[at] = words[at][:place] + other + one + words[at][place + 2 :]
    return " ".join(words)


FACTS = (wrong_figure, lost_figure, wrong_day, wrong_month, lost_name, lost_negation, dropped_quotation_marks,
         wrong_unit, wrong_address, lost_credit)  # fmt: skip
FORM = (open_bracket, lost_stop, question_answered, two_spaces, space_before_sign, invisible_sign, small_beginning,
        source_marks, lost_code)  # fmt: skip
LANGUAGE = (left_in_french, all_french, wrong_language, doubled_word, loop, truncated, misspelt)
GROUPS: dict[str, Sequence[Callable[[Good, random.Random], str | None]]] = {
    "facts": FACTS, "form": FORM, "language": LANGUAGE,
}  # fmt: skip


def plant(pairs: Sequence[Good], count: int, seed: int = 1) -> list[Seeded]:
    """Plant errors into pairs, all kinds in turn, as long as they have a place for them."""
    rng = random.Random(seed)
    kinds = [(group, kind) for group, some in GROUPS.items() for kind in some]
    queues = {kind: rng.sample(list(pairs), len(pairs)) for _, kind in kinds}
    made: list[Seeded] = []
    while len(made) < count and any(queues.values()):
        for group, kind in kinds:
            while queues[kind] and len(made) < count:
                good = queues[kind].pop()
                wrong = kind(coded(good) if kind is lost_code else good, rng)
                if wrong is not None and wrong != good.translation:
                    one = coded(good) if kind is lost_code else good
                    made.append(Seeded(one, kind.__name__, group, wrong))
                    break
    return made


def coded(good: Good) -> Good:
    """Put inline codes around the first words of both texts."""
    source, translation = (re.sub(r"^(\S+)", r"<1>\1</1>", text) for text in (good.source, good.translation))
    return Good(source, good.language, translation, good.other)


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _inserted(text: str, rng: random.Random, what: str, before: str) -> str:
    at = rng.choice([match.start() for match in re.finditer(re.escape(before), text)] or [len(text)])
    return text[:at] + what + text[at:]


def _exchanged(good: Good, rng: random.Random, names: Sequence[str]) -> str | None:
    found = [name for name in names if re.search(rf"\b{name}\b", good.translation)]
    if not found:
        return None
    name = rng.choice(found)
    return re.sub(rf"\b{name}\b", rng.choice([one for one in names if one not in found]), good.translation)
