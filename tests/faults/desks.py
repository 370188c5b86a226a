"""The desks on which faults happen, each made of the one before, and the verbs that work on them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from tests.publishing import SITE, WORDS, review
from translate import cutting, project
from translate.cli import common, main
from translate.cli.output import report
from translate.engines.package import STARTERS
from translate.errors import DeskError
from translate.files import refused
from translate.holding import holding
from translate.review.deciding import Act
from translate.review.stories import Stories

PORT = """Publié le 7 mars 2023 à 14h05

Le port rouvre ses portes

Le port est calme mardi. [Desk Photo - A. B.]
Le port de la ville a rouvert mardi, a annoncé le gouvernement. Il était fermé depuis 3 jours.

"Nous sommes prêts", a dit le ministre.

Une longue attente

Le Parlement doit voter la loi mercredi. La séance commence à 14h30.

desk/mar
"""
NOTE = "# Une longue attente\n\nLe Parlement doit voter la loi mercredi. Il était fermé depuis 3 jours.\n"
CLOSED, LAST = "Il était fermé depuis 3 jours.", "La séance commence à 14h30."
COMPENDIUM, _LEDGER = "memory.po", ".translate/reviews.sqlite"
Action = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that people do at a desk: at which, and how.

    Done once more after it was done, it ends with one of `again`; `ignored` are files that it then adds to. The next
    command at the desk is the same one, or `then`.
    """

    name: str
    desk: str
    do: Action
    again: tuple[int, ...] = (0,)
    ignored: tuple[str, ...] = ()
    sampled: int = 0
    then: Action | None = None


def command(*words: str) -> Action:
    """Return a command as people type it, in the folder of the desk."""

    def do(desk: Path) -> int:
        del desk
        return main(words)

    return do


def told(function: Callable[[Path], object]) -> Action:
    """Return what a page of the workbench does as a command: an error is told and has an exit code."""

    def do(desk: Path) -> int:
        try:
            function(desk)
        except (DeskError, OSError) as error:
            # As the workbench answers.
            said = refused(error) if isinstance(error, OSError) else error
            report(said)
            return said.exit_code
        return 0

    return do


def _decide(desk: Path) -> None:
    stories = Stories(project.load(desk), common.now)
    for text, number in ((CLOSED, 0), (LAST, 0)):
        segment = _segment(stories, text)
        stories.save("port", "en", segment, Act.ACCEPT, f"{WORDS[text][number]} Yes.", "Ada", None)
    stories.comment("port", "en", _segment(stories, LAST), "Ask the usher.", "", "Ben")


def _undo(desk: Path) -> None:
    Stories(project.load(desk), common.now).undo("port", "en", "Ada")


def _segment(stories: Stories, text: str) -> str:
    return next(one for one, unit in stories.open("port", "en").units.items() if unit.text == text)


def _join(desk: Path) -> None:
    made, lead = project.load(desk), "Le port de la ville a rouvert mardi, a annoncé le gouvernement."
    story = Stories(made, common.now).open("port", "en")
    if any(unit.text == lead for unit in story.units.values()):
        with holding(made):
            cutting.join(made, "port", (None, lead), common.now())


VERBS = (
    Verb("init", "empty", command("init"), (0, 2)),
    Verb("extract (new documents)", "fresh", command("extract")),
    Verb("extract (changed, renamed)", "changed", command("extract")),
    Verb("draft", "extracted", command("draft")),
    Verb("run (new documents)", "fresh", command("run")),
    Verb("run (changed, renamed)", "changed", command("run")),
    Verb("run (drafts by an engine)", "unknown", command("run"), sampled=12),
    Verb("check", "reviewed", command("check")),
    Verb("check --fix", "reviewed", command("check", "--fix")),
    Verb("assemble", "reviewed", command("assemble")),
    Verb("publish", "reviewed", command("publish")),
    Verb("publish --correction", "corrected", command("publish", "--correction")),
    Verb("publish --withdraw", "published", command("publish", "--withdraw", "port"), (0, 2)),
    Verb("bundle", "published", command("bundle")),
    Verb("bundle --unpacked", "published", command("bundle", "--unpacked")),
    Verb("exchange export", "reviewed", command("exchange", "export")),
    Verb("exchange import", "exchanged", command("exchange", "import", "exchange/en/port.xlf", "exchange/de/port.xlf")),
    Verb("memory import", "extracted", command("memory", "import", COMPENDIUM)),
    Verb("memory export", "reviewed", command("memory", "export", "desk.tmx")),
    Verb("memory learn", "reviewed", command("memory", "learn")),
    Verb("memory delete", "published", command("memory", "delete", "--document", "port")),
    Verb("glossary import", "reviewed", command("glossary", "import", "terms.csv")),
    Verb("glossary export", "terms", command("glossary", "export", "terms.tbx")),
    Verb(
        "review: decisions", "drafted", told(_decide), ignored=(".translate/reviews.sqlite",), then=command("extract")
    ),
    Verb("review: undo", "decided", told(_undo), ignored=("",)),
    Verb("review: join", "reviewed", told(_join), then=command("extract")),
    Verb("review --export", "reviewed", command("review", "--export", "page.html", "port", "--lang", "en")),
    Verb("review --import", "returned", command("review", "--import", "back.po")),
    Verb("models install", "packed", command("models", "install", "pair.argosmodel"), (0, 2), sampled=12),
    Verb("models install --force", "packages", command("models", "install", "--force", "pair.argosmodel"), sampled=12),
    Verb("models remove", "packages", command("models", "remove", "translate-fr_en"), (0, 2)),
)


def make(base: Path, step: Callable[[Path, Action], None]) -> dict[str, Path]:
    """Make every desk below a folder; `step` does an action at a desk."""
    desks: dict[str, Path] = {}

    def new(name: str, of: str, *actions: Action) -> None:
        desks[name] = base / name
        if of:
            shutil.copytree(desks[of], desks[name])
        else:
            desks[name].mkdir(parents=True)
        for action in actions:
            step(desks[name], action)

    new("empty", "")
    new("fresh", "empty", command("init"), _sources, command("memory", "import", COMPENDIUM))
    new("extracted", "fresh", command("extract"))
    new("drafted", "extracted", command("draft"))
    new("decided", "drafted", told(_decide))
    new("reviewed", "drafted", _reviewed, command("memory", "learn"))
    new("terms", "reviewed", command("glossary", "import", "terms.csv"))
    new("unknown", "reviewed", command("run"), _unknown)
    new("changed", "reviewed", command("run"), _changed)
    new("published", "reviewed", command("run"), command("publish"))
    new("corrected", "published", _corrected)
    new("exchanged", "reviewed", command("exchange", "export"), _exchanged)
    new("returned", "reviewed", command("review", "--export", "page.html", "port", "--lang", "en"), _returned)
    new("packed", "fresh", _packed)
    new("packages", "packed", command("models", "install", "pair.argosmodel"))
    return desks


def _sources(desk: Path) -> int:
    settings = desk / "translate.toml"
    settings.write_text(f'packages = "packages"\n{settings.read_text()}{SITE}')
    (desk / "source/port.txt").write_text(PORT)
    (desk / "source/note.md").write_text(NOTE)
    (desk / "terms.csv").write_text("fr,en,de\nport,harbour,Hafen\nloi,bill,Gesetz\n")
    parts = []
    for number, language in enumerate(("en", "de")):
        file = polib.POFile()
        file.metadata = {"Language": language, "Content-Type": "text/plain; charset=UTF-8"}
        file.extend(polib.POEntry(msgid=text, msgstr=said[number]) for text, said in WORDS.items())
        parts.append(file)
    parts[0].save(str(desk / COMPENDIUM))
    parts[1].save(str(desk / "german.po"))
    return main(["memory", "import", "german.po"])


def _reviewed(desk: Path) -> int:
    for path in (desk / "locales").rglob("*.po"):
        review(path)
    _edit(desk / "locales/en/LC_MESSAGES/port.po", LAST, "The session begins  at 14:30 .")
    return 0


def _edit(path: Path, text: str, words: str) -> None:
    file = polib.pofile(str(path), wrapwidth=0)
    entry = next(one for one in file if one.msgid == text)
    entry.msgstr, entry.flags = words, []
    file.save(str(path))


def _changed(desk: Path) -> int:
    (desk / "source/port.txt").write_text(PORT.replace("3 jours", "4 jours").replace("Le port est calme mardi. ", ""))
    (desk / "source/note.md").rename(desk / "source/billet.md")
    return 0


def _unknown(desk: Path) -> int:
    (desk / "source/port.txt").write_text(PORT.replace("depuis 3 jours", "à cause de la tempête"))
    return 0


def _corrected(desk: Path) -> int:
    _edit(desk / "locales/en/LC_MESSAGES/port.po", LAST, "The session begins at 14:45.")
    _edit(desk / "locales/de/LC_MESSAGES/note.po", CLOSED, "Er war drei Tage lang zu.")
    return 0


def _exchanged(desk: Path) -> int:
    for path in (desk / "exchange").rglob("*.xlf"):
        path.write_text(path.read_text().replace("long wait", "wait without end").replace("Langes Warten", "Endlos"))
    return 0


def _returned(desk: Path) -> int:
    from lxml import html

    data = json.loads(html.document_fromstring((desk / "page.html").read_bytes()).xpath("//script[@type]/text()")[0])
    file = polib.POFile(wrapwidth=0)
    file.metadata = {**data["header"], "Last-Translator": "Eva <>"}
    for item in data["items"]:
        if item["source"] in (CLOSED, LAST):
            file.append(
                polib.POEntry(
                    msgctxt=item["context"],
                    msgid=item["source"],
                    msgstr=f"{item['target'].rstrip(' .')}, Eva says.",
                    tcomment=f"@given {item['id']}",
                )
            )
    file.save(str(desk / "back.po"))
    return 0


def _packed(desk: Path) -> int:
    with zipfile.ZipFile(desk / "pair.argosmodel", "w") as zipped:
        for path in sorted((STARTERS / "fr_en").rglob("*")):
            if path.is_file():
                zipped.write(path, f"translate-fr_en/{path.relative_to(STARTERS / 'fr_en').as_posix()}")
    return 0


def person(desk: Path, path: str) -> tuple[bytes, set[tuple[str, str]]]:
    """Return a file of the desk as a person is about to save it, and the words that must be there from then on."""
    there = desk / path
    if not path.endswith(".po"):
        return there.read_bytes().replace("La séance".encode(), "La grande séance".encode()), set()
    file = polib.pofile(str(there), wrapwidth=0)
    entry = file[0]
    entry.msgstr, entry.flags = "What a person wrote meanwhile", []
    return (str(file) + "\n").encode(), {(there.parts[-3], entry.msgstr)}


BY_NAME: Mapping[str, Verb] = {verb.name: verb for verb in VERBS}
