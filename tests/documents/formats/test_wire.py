"""The French wire dispatch: which line has which role, and what no engine may see."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.documents.formats.abstract import FormatSuite
from translate.documents.encoding import normal
from translate.documents.formats import wire_marks
from translate.documents.formats.wire import WireFormat
from translate.documents.layout import Part
from translate.documents.model import Document, Kind, Literal, Moment, Role

DISPATCH = """Publié le 3 mars 2021 à 08:15, modifié à 09:40

Le pont de la Sarine ferme pour deux mois

Le pont date de 1898. [Keystone - LEA MOREL]
Le pont date de 1898. - [Keystone - LEA MOREL]
Par Claire Vidal

FRIBOURG, 3 mars 2021 (ats) - Le pont de la Sarine ferme lundi. Des fissures ont été vues dans deux piles.

« Nous ne prenons aucun risque », a dit l'ingénieur cantonal. Les travaux dureront jusqu'en mai.

>> Lire aussi\u00a0: Les ponts du canton vieillissent

Un détour de dix kilomètres

Les voitures passeront par la vallée. M. Rossier, boulanger, craint pour ses ventes.

ats/clv

Publié Modifié

Les bus auront la priorité

Les bus passeront avant les voitures. La ville l'a promis.

avec AFP
"""

GOLDEN = [
    ("status", 1, ""),
    ("headline", 1, "Le pont de la Sarine ferme pour deux mois"),
    ("caption", 1, "Le pont date de 1898."),
    ("alternative", 1, "Le pont date de 1898."),
    ("byline", 1, ""),
    ("lead", 1, "FRIBOURG|Le pont de la Sarine ferme lundi.|Des fissures ont été vues dans deux piles."),
    (
        "quotation",
        1,
        "« Nous ne prenons aucun risque », a dit l'ingénieur cantonal.|Les travaux dureront jusqu'en mai.",
    ),
    ("related", 1, "Les ponts du canton vieillissent"),
    ("crosshead", 1, "Un détour de dix kilomètres"),
    ("paragraph", 1, "Les voitures passeront par la vallée.|M. Rossier, boulanger, craint pour ses ventes."),
    ("agency", 1, ""),
    ("status", 2, ""),
    ("headline", 2, "Les bus auront la priorité"),
    ("lead", 2, "Les bus passeront avant les voitures.|La ville l'a promis."),
    ("agency", 2, ""),
]

WRAPPED = """Publié Modifié

La coopérative laitière de la vallée ouvre une fromagerie

SAN GIACOMO DELLA VALLE SUPERIORE (Italie), jeudi 12 novembre 2020
(Keystone-ATS) - La coopérative laitière ouvre samedi une fromagerie au
centre du village. Elle emploiera douze personnes et transformera chaque
jour deux tonnes de lait, selon un communiqué publié jeudi.

« Nous avons attendu ce jour pendant dix ans. Il est enfin là », a
déclaré la présidente de la coopérative à l'Agence France-Presse (AFP)
par téléphone.

Un marché difficile

Le prix du lait a baissé de 12,5 % en un an. Les paysans espèrent vendre
mieux un fromage qui porte leur nom.
ats/clv
"""

PLAIN = """Modifié

Un titre court

Une rue de Berne. (Keystone)
Une rue de Berne. - (Keystone)
Le lac a débordé (dans la nuit). Personne n'a été blessé, a dit la police.

"Tout va bien !" a lancé le maire. "Nous tiendrons."
"""


class TestWire(FormatSuite):
    format = WireFormat()
    samples = (DISPATCH, WRAPPED, PLAIN)


def read(text: str, *, split: bool = True) -> Document:
    return TestWire().read(text, split=split)


def table(document: Document) -> list[tuple[str, int, str]]:
    return [
        (block.role.value, block.story, "|".join(segment.text for segment in block.segments))
        for block in document.blocks
    ]


def roles(text: str) -> list[str]:
    return [block.role.value for block in read(text).blocks]


def literals(document: Document, *kinds: Kind) -> list[str]:
    return [
        normal(piece.raw)
        for block in document.blocks
        for piece in block.pieces
        if isinstance(piece, Literal) and (piece.kind in kinds if kinds else piece.kind is not Kind.SPACE)
    ]


def body(line: str, following: str = "Une phrase de plus vient ici.") -> str:
    """Return the role of a line in the body of a story."""
    return roles(f"Modifié\n\nUn titre\n\nLe chapeau dit tout.\n\n{line}\n\n{following}\n")[3]


# --- whole dispatches ------------------------------------------------------------------------------------


def test_every_line_of_a_dispatch_has_its_role():
    assert table(read(DISPATCH)) == GOLDEN


def test_what_no_engine_sees():
    assert literals(read(DISPATCH)) == [
        "Publié le 3 mars 2021 à 08:15",
        "modifié à 09:40",
        "[Keystone - LEA MOREL]",
        "[Keystone - LEA MOREL]",
        "Par",
        "Claire Vidal",
        "3 mars 2021",
        "(ats)",
        ">> Lire aussi :",
        "ats/clv",
        "Publié",
        "Modifié",
        "avec",
        "AFP",
    ]


def test_blocks_know_the_heading_they_stand_under():
    headings = [block.heading for block in read(DISPATCH).blocks]
    assert headings[:2] == ["", ""]
    assert set(headings[2:9]) == {"Le pont de la Sarine ferme pour deux mois"}
    assert headings[9:11] == ["Un détour de dix kilomètres"] * 2
    assert headings[11:] == ["", "", "Les bus auront la priorité", "Les bus auront la priorité"]


def test_copy_wrapped_at_72_columns_is_read_like_copy_that_is_not():
    document = read(WRAPPED)
    assert roles(WRAPPED) == ["status", "headline", "lead", "quotation", "crosshead", "paragraph", "agency"]
    assert [s.text for s in document.blocks[2].segments] == [
        "SAN GIACOMO DELLA VALLE SUPERIORE (Italie)",
        "La coopérative laitière ouvre samedi une fromagerie au centre du village.",
        "Elle emploiera douze personnes et transformera chaque jour deux tonnes de lait, "
        "selon un communiqué publié jeudi.",
    ]
    assert [s.text for s in document.blocks[3].segments][-1].endswith("(AFP) par téléphone.")
    assert [segment.line for segment in document.blocks[5].segments] == [16, 16]


def test_captions_printed_twice_on_short_adjacent_lines():
    assert roles(PLAIN) == ["status", "headline", "caption", "alternative", "lead", "quotation"]


@pytest.mark.shared
def test_the_real_dispatch():
    path = Path(__file__).resolve().parents[3].joinpath("..", "shared", "dispatches", "alep-2016-12-07.txt")
    if not path.is_file():
        pytest.skip("the shared material is not here")
    document = TestWire().read(path.read_bytes())
    assert [block.role.value for block in document.blocks] == [
        *("status", "headline", "caption", "alternative", "lead", "paragraph", "related", "quotation", "quotation"),
        *("paragraph", "crosshead", "paragraph", "agency"),
        *("status", "headline", "lead", "paragraph", "crosshead", "paragraph", "paragraph", "quotation"),
    ]
    assert [block.story for block in document.blocks] == [1] * 13 + [2] * 8
    assert WireFormat().score(path.read_bytes(), "fr") == 1
    assert WireFormat().rebuild(document) == path.read_bytes()


# --- status lines ----------------------------------------------------------------------------------------

P, M = Kind.PUBLISHED, Kind.MODIFIED
DAY = dt.date(2016, 12, 7)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Publié", [(P, None)]),
        ("Modifié", [(M, None)]),
        ("Publié Modifié", [(P, None), (M, None)]),
        ("Mis à jour", [(M, None)]),
        ("Mise à jour : 14:05", [(M, Moment(None, dt.time(14, 5)))]),
        ("Actualisé à 8h", [(M, Moment(None, dt.time(8)))]),
        ("Créée le 7 décembre 2016", [(P, Moment(DAY))]),
        ("Publié le mercredi 7 décembre 2016", [(P, Moment(DAY))]),
        ("PUBLIÉ LE 7 DÉCEMBRE 2016 À 14H05", [(P, Moment(DAY, dt.time(14, 5)))]),
        ("Publié le 7 décembre 2016 à 14:05", [(P, Moment(DAY, dt.time(14, 5)))]),
        ("Publié le 7 décembre 2016, 14h05", [(P, Moment(DAY, dt.time(14, 5)))]),
        ("Publié le 7 déc. 2016 - 14 h 05", [(P, Moment(DAY, dt.time(14, 5)))]),
        ("Publié: 7.12.2016", [(P, Moment(DAY))]),
        ("Publié\u00a0: 07/12/16 14:05", [(P, Moment(DAY, dt.time(14, 5)))]),
        ("Publié le 7 décembre", [(P, Moment(dt.date(2000, 12, 7), None, False))]),
        ("Publié le 29 février à 9h30", [(P, Moment(dt.date(2000, 2, 29), dt.time(9, 30), False))]),
        ("Publié le 1er août 2020", [(P, Moment(dt.date(2020, 8, 1)))]),
        ("Publié le 7.12.2016 | Modifié à 15h", [(P, Moment(DAY)), (M, Moment(None, dt.time(15)))]),
        ("Publié le 7.12.2016, mis à jour le 8.12.2016", [(P, Moment(DAY)), (M, Moment(dt.date(2016, 12, 8)))]),
        ("Publié • Modifié à 15:10", [(P, None), (M, Moment(None, dt.time(15, 10)))]),
        ("Publié\u202f\u00a0Modifié", [(P, None), (M, None)]),
        ("Publié\tModifié", [(P, None), (M, None)]),
    ],
)
def test_status_lines(line, expected):
    marks = wire_marks.status(line)
    assert marks is not None
    assert [(mark.kind, mark.moment) for mark in marks] == expected
    assert all(line[mark.start : mark.end] == line[mark.start : mark.end].strip() for mark in marks)
    assert roles(f"{line}\n\nUn titre\n\nUne phrase.\n") == ["status", "headline", "lead"]


@pytest.mark.parametrize(
    "line",
    [
        "Publié par erreur, le communiqué a été retiré",
        "Publié le 31 février 2016",
        "Publié le 7.13.2016",
        "Publié le 7 brumaire 2016",
        "Publiés mercredi, les chiffres étonnent",
        "Modifié en profondeur, le texte revient",
        "Mis à jour par ses auteurs",
        "Miſ à jour",
        "Publié le 7 ſeptembre 2016",
        "Le texte publié",
        "",
    ],
)
def test_what_is_no_status_line(line):
    assert wire_marks.status(line) is None


def test_a_status_line_at_the_end_opens_no_story():
    blocks = read("Un titre\n\nUne phrase ici.\n\nModifié à 15h\n").blocks
    assert [(block.role, block.story) for block in blocks] == [
        (Role.HEADLINE, 1),
        (Role.LEAD, 1),
        (Role.STATUS, 1),
    ]


def test_a_status_line_and_a_headline_without_a_blank_line_stay_apart():
    text = "Publié le 7 décembre 2016 à 14:05, modifié à 15:10\nLe canton dit oui\nPar Claire Vidal\n\nIl pleut.\n"
    assert roles(text) == ["status", "headline", "byline", "lead"]


# --- credits and agencies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "credit",
    ["[AFP - N. NOM]", "[Keystone]", "(AFP)", "(Keystone/Lea Morel)", "© Keystone", "©Keystone/J.-P. Morel", "© AFP"],
)
@pytest.mark.parametrize("between", [" ", " - ", "\u00a0– "])
def test_credits_of_captions(credit, between):
    document = read(f"Modifié\n\nUn titre\n\nUne rue de Berne.{between}{credit}\n\nIl pleut beaucoup.\n")
    assert table(document)[2] == ("caption", 1, "Une rue de Berne.")
    assert literals(document, Kind.CREDIT) == [normal(credit)]


@pytest.mark.parametrize(
    "line",
    ["Il a dit non [...]", "Il a dit « non » […]", "Un mot [sic]", "La marque © Acme. Elle dit non", "Rien (hier)"],
)
def test_what_is_no_credit(line):
    assert wire_marks.credit(line) is None


@pytest.mark.parametrize("line", ["© Keystone", "[AFP - N. NOM]", "(AFP)", "[Keystone]"])
def test_a_credit_on_a_line_of_its_own_is_no_segment(line):
    assert table(read(f"Modifié\n\nUn titre\n\n{line}\n\nIl pleut.\n"))[2] == ("agency", 1, "")


@pytest.mark.parametrize("credit", ["(ats)", "(ats/clv)", "(AFP)"])
def test_an_agency_signs_off_at_the_end_of_the_last_paragraph(credit):
    document = read(f"Un titre\n\nUne phrase.\n\nUne autre. Encore une. {credit}\n")
    assert table(document)[2] == ("paragraph", 1, "Une autre.|Encore une.")
    assert literals(document) == [credit]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("ats/sbad", [Kind.CREDIT]),
        ("ats/afp/clv", [Kind.CREDIT]),
        ("(ats)", [Kind.CREDIT]),
        ("AFP", [Kind.CREDIT]),
        ("AFP/ATS", [Kind.CREDIT]),
        ("Keystone-ATS", [Kind.CREDIT]),
        ("(Keystone-ATS)", [Kind.CREDIT]),
        ("AFP, Reuters et dpa", [Kind.CREDIT]),
        ("APA", [Kind.CREDIT]),
        ("avec AFP", [Kind.WITH, Kind.CREDIT]),
        ("(avec AFP)", [Kind.WITH, Kind.CREDIT]),
        ("avec\u00a0ATS et Reuters", [Kind.WITH, Kind.CREDIT]),
        ("avec Tamedia", [Kind.WITH, Kind.CREDIT]),
    ],
)
def test_agency_lines(line, kinds):
    marks = wire_marks.agency(line)
    assert marks is not None
    assert [mark.kind for mark in marks] == kinds
    assert body(line) == "agency"


@pytest.mark.parametrize(
    "line", ["Avec Paris et Berlin, Rome a signé", "avec le soutien de Paris", "AFP a dit non", "oui", "Le groupe ATS"]
)
def test_what_is_no_agency_line(line):
    assert wire_marks.agency(line) is None


# --- related links, by-lines, datelines ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        (">> Lire aussi : ", Kind.READ_ALSO),
        (">> Lire aussi\u00a0: ", Kind.READ_ALSO),
        ("> Lire également\u202f: ", Kind.READ_ALSO),
        ("A lire également : ", Kind.READ_ALSO),
        ("À lire\u00a0: ", Kind.READ_ALSO),
        ("→ Relire:", Kind.READ_ALSO),
        ("» LIRE AUSSI : ", Kind.READ_ALSO),
        ("Voir aussi : ", Kind.SEE_ALSO),
        ("A voir : ", Kind.SEE_ALSO),
        ("Ecouter : ", Kind.SEE_ALSO),
    ],
)
def test_related_links(label, kind):
    document = read(f"Un titre\n\nUne phrase.\n\n{label}Le pont est fermé\n\nUne autre.\n")
    assert table(document)[2] == ("related", 1, "Le pont est fermé")
    assert literals(document, kind) == [normal(label)]


@pytest.mark.parametrize(
    "line", ["Lire est un plaisir : il le dit", "Voir Naples et mourir", "Lire aussi :", ">> Plus"]
)
def test_what_is_no_related_link(line):
    assert wire_marks.related(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Par Claire Vidal",
        "par Jean-Luc de la Tour",
        "Par\u00a0Claire Vidal, Genève",
        "Par Claire Vidal et Paul Rey",
        "Par C. Vidal",
    ],
)
def test_by_lines(line):
    marks = wire_marks.byline(line)
    assert marks is not None
    assert [mark.kind for mark in marks] == [Kind.BY, Kind.NAME]
    assert marks[0].end == marks[1].start
    assert marks[1].end == len(line)
    assert roles(f"Un titre\n\n{line}\n\nUne phrase.\n") == ["headline", "byline", "lead"]


@pytest.mark.parametrize(
    "line",
    [
        "Par ailleurs, le ministre a dit non",
        "Par ailleurs",
        "Par Toutatis",
        "Par Claire Vidal a dit non.",
        "Paris Berlin",
    ],
)
def test_what_is_no_by_line(line):
    assert wire_marks.byline(line) is None


@pytest.mark.parametrize(
    ("head", "place", "moment"),
    [
        ("PARIS (AFP) - ", "PARIS", None),
        ("Berne (ats) – ", "Berne", None),
        ("Berne (ats/clv) - ", "Berne", None),
        ("ALEP (Syrie), 30 sept. 2016 (AFP) - ", "ALEP (Syrie)", Moment(dt.date(2016, 9, 30))),
        ("La Chaux-de-Fonds, 3 mars (ats) -- ", "La Chaux-de-Fonds", Moment(dt.date(2000, 3, 3), None, False)),
        ("Rabat, le 3 mars 2021 (MAP) - ", "Rabat", Moment(dt.date(2021, 3, 3))),
        ("Lausanne (Keystone-ATS)\u00a0- ", "Lausanne", None),
    ],
)
def test_datelines(head, place, moment):
    marks = wire_marks.dateline(head + "Il pleut.")
    assert marks
    assert isinstance(marks[0], Part)
    document = read(f"Un titre\n\n{head}Il pleut. Il neige.\n")
    assert table(document)[1] == ("lead", 1, f"{place}|Il pleut.|Il neige.")
    assert [segment.role for segment in document.blocks[1].segments] == [Role.DATELINE, Role.LEAD, Role.LEAD]
    dates = [p.moment for p in document.blocks[1].pieces if isinstance(p, Literal) and p.kind is Kind.DATE]
    assert dates == ([moment] if moment else [])


@pytest.mark.parametrize(
    "line",
    [
        "Le ministre (PS) - élu hier - a dit non.",
        "Paris, 31 février 2016 (AFP) - Il pleut.",
        "Paris - Il pleut.",
        "paris (AFP) - Il pleut.",
        "L'AFP (Paris) a dit non.",
    ],
)
def test_what_is_no_dateline(line):
    assert wire_marks.dateline(line) is None


# --- lines without marks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Un détour de dix kilomètres", "crosshead"),
        ('Situation "intenable"', "crosshead"),
        ("Que faire ?", "crosshead"),
        ("Par Toutatis", "crosshead"),
        ("Il a plu.", "paragraph"),
        ("Il hésite…", "paragraph"),
        ("Voici la liste :", "paragraph"),
        ("Un mot " * 14, "paragraph"),
        ("Publié par erreur, le communiqué a été retiré du site.", "paragraph"),
        ("Par ailleurs, le ministre a démissionné.", "paragraph"),
        ("Avec Paris et Berlin, Rome a signé l'accord.", "paragraph"),
        ("Le ministre (PS) - élu hier - a dit non.", "paragraph"),
        ("Il a dit non [...] à la fin.", "paragraph"),
        ("« Il a plu », dit-elle.", "quotation"),
        ('"Il a plu", dit-elle.', "quotation"),
        ("“Il a plu”, dit-elle.", "quotation"),
        ("« Il a plu, dit-elle.", "paragraph"),
        ("Elle dit : « Il a plu. »", "paragraph"),
    ],
)
def test_lines_of_the_body(line, role):
    assert body(line) == role


def test_a_cross_head_needs_a_text_under_it():
    assert body("Un détour", "ats/clv") == "paragraph"
    assert roles("Un titre\n\nUne phrase.\n\nUn détour\n")[-1] == "paragraph"


def test_without_a_headline_the_first_line_is_the_lead():
    assert roles("Modifié\n\nIl a plu hier sur tout le pays.\n\nIl pleuvra.\n") == ["status", "lead", "paragraph"]


# --- how surely it is a dispatch -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "score"),
    [
        (DISPATCH, "fr", 1.0),
        (DISPATCH, "fr-CH", 1.0),
        (DISPATCH, "de", 0.0),
        ("Un titre\n\nBerne (ats) - Il pleut.\n", "fr", 0.9),
        ("Un titre\n\nIl pleut.\n\nPar Claire Vidal\n\navec AFP\n", "fr", 0.9),
        ("Un titre\n\nIl pleut.\n\navec AFP\n", "fr", 0.0),
        ("Un titre\n\nIl pleut.\n", "fr", 0.0),
        ("Publié par erreur, le communiqué a été retiré.\n\nPar ailleurs, il pleut.\n", "fr", 0.0),
    ],
)
def test_score(text, language, score):
    assert WireFormat().score(text.encode(), language) == score


# --- work stays in proportion to the text ----------------------------------------------------------------

MANY = 200_000
TRAPS = {
    "spaces after a label": "Publié" + " " * MANY + "x",
    "spaces after a date": "Publié le 7 décembre 2016" + " " * MANY + "x",
    "many labels": "Publié " * (MANY // 7) + "x",
    "spaces in the middle": "Un mot" + " " * MANY + "x",
    "no-break spaces": "Alep," + "\u00a0" * MANY + "x",
    "spaces after a place": "Alep, 7 décembre 2016" + " " * MANY + "x",
    "spaces before an agency": "Alep" + " " * MANY + "(x",
    "agencies": "AFP" + "/ats" * (MANY // 4) + "!",
    "few agencies": "AFP" + "/ats" * 45 + "!",
    "agencies and spaces": "avec AFP" + " et ats" * 25 + "!",
    "names": "Par " + "Claire " * (MANY // 7) + "!",
    "one long name": "Par C" + "." * MANY,
    "one long place": "A" * MANY,
    "arrows": ">" * MANY + "x",
    "brackets": "x [" + "A" * MANY,
    "many brackets": "x " + "[A] " * (MANY // 4) + "x",
    "open brackets": "[" * MANY,
    "signs": "x" + "©" * MANY + ".",
    "dashes": "Alep (AFP) " + "-" * MANY + "x",
    "words": "A a" * (MANY // 3),
    "quotation marks": '"' * MANY + ".",
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_long_line_full_of_traps_is_a_line_like_another(name):
    """An expression that backtracks badly would take hours here; nothing is said about time."""
    line = TRAPS[name]
    assert wire_marks.status(line) is None
    assert wire_marks.agency(line) is None
    assert wire_marks.byline(line) is None
    assert wire_marks.related(line) is None
    assert wire_marks.credit(line) is None
    assert wire_marks.dateline(line) is None or name == "dashes"
    document = read(line, split=False)
    assert roles_of(document) == [Role.LEAD]
    assert WireFormat().rebuild(document) == line.encode()


def roles_of(document: Document) -> list[Role]:
    return [block.role for block in document.blocks]


def test_very_long_wrapped_copy_is_one_paragraph():
    text = "Un titre\n\n" + "Il pleut encore sur toute la vallée et les prés sont bien détrempés ce\n" * 20_000
    document = read(text, split=False)
    assert [block.role for block in document.blocks] == [Role.HEADLINE, Role.LEAD]
    assert WireFormat().rebuild(document) == text.encode()
