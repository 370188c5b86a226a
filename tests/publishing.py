"""A desk whose story people have translated, for the tests of what leaves the house."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polib

from translate import project, publishing

NOW = dt.datetime(2026, 5, 1, 10, 30, tzinfo=dt.UTC)
PLAIN = "Le Parlement doit voter la loi mercredi."
SITE = '\n[publish]\nurl = "https://news.example.org/paper/"\ntitle = "The Messenger"\n'
WORDS = {
    "Le port rouvre ses portes": ("The port reopens", "Der Hafen öffnet wieder"),
    "Le port est calme mardi.": ("The port is quiet on Tuesday.", "Der Hafen ist am Dienstag ruhig."),
    "Le port de la ville a rouvert mardi, a annoncé le gouvernement.": (
        "The city's port reopened on Tuesday, the government announced.",
        "Der Hafen der Stadt hat am Dienstag wieder geöffnet, teilte die Regierung mit.",
    ),
    "Il était fermé depuis 3 jours.": ("It had been closed for 3 days.", "Er war 3 Tage lang geschlossen."),
    '"Nous sommes prêts", a dit le ministre.': (
        '"We are ready," the minister said.',
        '"Wir sind bereit", sagte der Minister.',
    ),
    "Une longue attente": ("A long wait", "Langes Warten"),
    "Le Parlement doit voter la loi mercredi.": (
        "Parliament is to vote on the bill on Wednesday.",
        "Das Parlament soll am Mittwoch über das Gesetz abstimmen.",
    ),
    "La séance commence à 14h30.": ("The session begins at 14:30.", "Die Sitzung beginnt um 14:30 Uhr."),
}


def review(catalog: Path, *, drafts: tuple[str, ...] = (), **other: str) -> None:
    """Fill a catalog with people's words; those named in `drafts` stay drafts; `other` words replace some."""
    file = polib.pofile(str(catalog))
    which = 0 if "/en/" in catalog.as_posix() else 1
    for entry in file:
        if entry.msgid in WORDS:
            entry.msgstr = WORDS[entry.msgid][which]
            for old, new in other.items():
                entry.msgstr = entry.msgstr.replace(old, new)
            entry.flags = ["fuzzy"] if entry.msgid in drafts else []
    file.save(str(catalog))


def catalog(desk: Path, language: str) -> Path:
    return desk / f"locales/{language}/LC_MESSAGES/port.po"


def run(desk: Path, hours: int = 0, only: tuple[str, ...] = (), **options: bool) -> publishing.Published:
    return publishing.publish(project.load(desk), [], only, NOW + dt.timedelta(hours=hours), **options)


def setting(desk: Path, line: str) -> None:
    path = desk / "translate.toml"
    path.write_text(path.read_text() + line + "\n")
