"""Sentences: the gold file, the traps one by one, the semantics of SRX, and what a bad rule file says."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from translate.documents.segmentation import (
    SHIPPED_RULES,
    Rule,
    Segmenter,
    _compile,
    _last_character,
    load_segmenter,
    read_rules,
)
from translate.errors import ProjectError

GOLD = Path(__file__).with_name("gold_fr.txt")

RULE_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}"/>
<body>
<languagerules>
<languagerule languagerulename="First">
{rules}
</languagerule>
<languagerule languagerulename="Second">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
</languagerules>
<maprules>
<languagemap languagepattern="fr.*" languagerulename="First"/>
<languagemap languagepattern=".*" languagerulename="Second"/>
</maprules>
</body>
</srx>
"""


def rule(cuts: str, before: str, after: str) -> str:
    return f'<rule break="{cuts}"><beforebreak>{before}</beforebreak><afterbreak>{after}</afterbreak></rule>'


@pytest.fixture
def write_rules(tmp_path):
    def write(rules: str = rule("yes", "[.]", r"\s"), cascade: str = "yes") -> Path:
        path = tmp_path / "desk.srx"
        path.write_text(RULE_FILE.format(rules=rules, cascade=cascade), encoding="utf-8")
        load_segmenter.cache_clear()
        return path

    return write


def sentences(segmenter: Segmenter, text: str) -> list[str]:
    return [text[start:end] for start, end in segmenter.spans(text)]


# --- the gold file ---------------------------------------------------------------------------------------


def gold_paragraphs() -> list[list[str]]:
    return [block.split("\n") for block in GOLD.read_text(encoding="utf-8").strip().split("\n\n")]


def test_gold_file_is_large_and_well_formed():
    paragraphs = gold_paragraphs()
    assert len(paragraphs) >= 80
    assert sum(len(lines) - 1 for lines in paragraphs) >= 300
    assert all(line == line.strip() and line for lines in paragraphs for line in lines)


def test_gold_boundaries_reach_an_f1_of_099():
    right = wanted = found = 0
    segmenter = load_segmenter("fr")
    for lines in gold_paragraphs():
        text = " ".join(lines)
        starts = {sum(map(len, lines[:n])) + n for n in range(1, len(lines))}
        ours = {start for start, _ in segmenter.spans(text)} - {0}
        right += len(starts & ours)
        wanted += len(starts)
        found += len(ours)
    f1 = 2 * right / (wanted + found)
    assert f1 >= 0.99  # 0.9956: 336 boundaries of 337, and 2 that are none


# --- traps: "|" stands where a cut is wanted -------------------------------------------------------------

FRENCH = [
    # abbreviations
    "M. Dupont et MM. Rochat et Piguet ont vu Mme Keller.|Le Dr. Humbert pleurait.",
    "Me Sandoz, Mgr. Aubert et le Pr. Huss sont venus.|Ste. Anne aussi.",
    "Selon l'art. 12, al. 2, let. b, p. ex., c'est exclu.|Cf. p. 14, vol. 3 et fig. 2.",
    "Il vend des fruits, etc. aux passants.",
    "Il vend des fruits, des fleurs, etc. Paris en raffole.",
    "Il vend des fruits, des fleurs, etc.|Les passants en raffolent.",
    "Tél. 021 555 12 12, av. de la Gare, bd. Carl-Vogt, env. 300 personnes.",
    "Le 12 oct. 2016, le 3 sept. au soir et en janv.|La Poste ferme.",
    "Ils étaient sept.|Deux sont en fuite.",
    "La 3e éd. du livre (chap. 4, pp. 12-18) est parue.",
    "C'est de l'art.|Les visiteurs aiment.",
    "Nous sommes allés à la mer.|Elle était belle.",
    "Ahmed M.|Il est accusé de vol.",
    # initials, acronyms
    "J.-P. Müller et J. Dupont y étaient.",
    "J. Le Goff et P. La Rue ont signé.",
    "L'O.N.U. et les U.S.A. ont réagi.|La S.A. Dupont aussi.",
    "Il travaille à l'O.N.U.|Elle vit aux U.S.A.|Le reste est connu.",
    "Au Ier s. av. J.-C., Rome régnait.|En 40 apr. J.-C.|Le théâtre ouvrit.",
    "Allons-y.|Paris nous attend.",
    # numbers
    "Le 1er mai, 1.500 francs, soit 3.5 % de plus.|12 personnes y étaient.",
    "Rendez-vous à 14 h. 30 à la gare.",
    "Rendez-vous à 14 h.|Le train part à 15 h.",
    "1. Introduction générale.|Elle est brève.",
    "IV. Les suites de l'affaire",
    "Né le 24. 11. 2016 à Sion, il va bien.",
    "Le n° 5 et le no. 12 sont déviés.",
    # guillemets
    "«\u00a0Partez\u202f!\u00a0» a-t-il dit.|Personne n'a bougé.",
    "« Reculez ! Vite ! Tout va s'effondrer ! » a répété le sergent.",
    "« Que faire ? Partir ? Rester ? », se demandent-ils.",
    "« Première phrase.|Deuxième phrase. »|Et la suite.",
    "« Pourquoi ?|Personne ne le sait. »",
    "« La situation est grave.|Nous attendons », a-t-il dit.",
    "« Quand viendront-ils ?|Nous l'ignorons.|Nous attendons », souffle-t-il.",
    "« Victoire ! »|Le comité exulte.",
    "C'est la « fin ».|Le reste attendra.",
    "C'est la fin. »|Le reste attendra.",
    'Il dit "la fin."|Le reste attendra.',
    '"Merci à tous ! Merci du fond du cœur !" a-t-il ajouté.',
    "On lisait : “Plus jamais ça !”|La foule avançait.",
    "« Où est la boîte ? »|« Qui pilotait ? »",
    # brackets, ellipses, marks, dashes
    "Ses croissants (les meilleurs du canton !) partent vite.",
    "Il est parti (pourquoi ? Personne ne le sait) hier.",
    "(Lire aussi en p. 4.)|Le verdict tombe.",
    "Elle hésite… puis se lance... enfin presque.|Elle recule…|La salle attend...|Silence.",
    "La guerre est finie.|[…] Le pays respire.",
    "Vraiment\u00a0?|Oui\u202f!|Mais quand ?!|Demain.",
    "— Vous étiez là ?|— Oui.|— Et alors ?",
    "Yahoo! a annoncé la suite.|Chez Yahoo! France, silence.",
    # addresses, typing errors
    "Voir www.exemple.com, https://www.exemple.org/a?id=12.B ou presse@exemple.com.|Merci.",
    "C'est la fin.Le reste attendra.",
    "La fin.\u00a0\u2028 |Le reste.",
]
ENGLISH = [
    "Mr. Smith met Dr. J. K. Rowling at 5 p.m. in the U.S. Senate.|She left at 6 p.m.|The door closed.",
    "It costs $3.5 million, e.g. in St. Louis.|See fig. 2 and No. 5.",
    "“Stop! Don't move!” he said.|Nobody moved.",
    'He said "No."|Then he left.',
    "Acme Inc. Director Jane Roe resigned.|It was I.|Nobody knew.",
]
GERMAN = [
    "Am 3. Mai kam Dr. Müller z. B. nach Köln.|Es war der 19. Versuch.",
    "Im Jahr 2016.|Die Stadt wuchs um 1.500 Personen.",
    "Ludwig XIV. regierte lange, usw.|Die Leute schwiegen.",
    "„Halt! Nicht bewegen!“ rief er.|„Nein.“|Alle schwiegen.",
    "Das kostet ca. 3 Mio. Franken, d. h. zu viel.|»Nein!«|Er ging.",
]
CASES = [
    (lang, text) for lang, texts in zip(("fr", "en", "de"), (FRENCH, ENGLISH, GERMAN), strict=True) for text in texts
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_trap(language, marked):
    wanted = marked.split("|")
    got = sentences(load_segmenter(language), " ".join(wanted))
    assert got == [sentence.strip() for sentence in wanted]


def test_a_language_without_rules_of_its_own_is_cut_at_plain_marks():
    assert sentences(load_segmenter("it"), "Basta! Andiamo. Via") == ["Basta!", "Andiamo.", "Via"]


def test_full_width_marks_cut_without_a_space():
    assert sentences(load_segmenter("ja"), "はい。いいえ！") == ["はい。", "いいえ！"]


@pytest.mark.parametrize("language", ["fr-CH", "fr_CA"])
def test_a_region_uses_the_rules_of_its_language(language):
    assert load_segmenter(language).signature == load_segmenter("fr").signature


# --- properties ------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"aAéÉbB19.!?…,;:()[]«»“”„‘\"'’—- \n\u00a0\u202f。",
        *("...", "M.", "Mme ", "etc.", "art. ", "O.N.U.", " Le ", "J.-C.", "Yahoo!", "14 h. ", "sept."),
        *("XIV. ", " Il ", "z. B.", "Dr. ", "Inc.", " The "),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def reference_spans(rules: list[Rule], text: str) -> list[tuple[int, int]]:
    """Split as the standard says: every rule at every position, the first that matches decides."""
    compiled = [
        (rule.cuts, regex.compile(rf"(?:{rule.before})\Z", regex.V1), regex.compile(rule.after, regex.V1))
        for rule in rules
    ]
    cuts = [0]
    for position in range(1, len(text)):
        head, tail = text[:position], text[position:]
        deciding = (cut for cut, before, after in compiled if after.match(tail) and before.search(head))
        if next(deciding, False):
            cuts.append(position)
    spans = []
    for start, end in pairwise([*cuts, len(text)]):
        piece = text[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans


@given(text=TEXTS, language=st.sampled_from(["fr", "en", "de", "ja", "it"]))
def test_shipped_rules_give_what_the_slow_reference_gives(text, language):
    rules = read_rules(SHIPPED_RULES, language)
    assert load_segmenter(language).spans(text) == reference_spans(rules, text)


# "^" is the start of the text, never the position, so it makes sense in front of a break only.
AFTER = ["", "a", "[ab]", "[ab]+", "a|[.]", r"(?:a|b)\.", "(a|b)[.!]", r"\.", r"\s", "a*", "(?i)a[b]"]
BEFORE = [*AFTER, "^a", r"^\s*[ab]"]
RULES = st.lists(st.builds(Rule, st.booleans(), st.sampled_from(BEFORE), st.sampled_from(AFTER)), max_size=6)


@given(rules=RULES, text=st.text("abAB.! \n", max_size=20))
def test_any_rules_give_what_the_slow_reference_gives(rules, text):
    assert Segmenter("x", "", _compile(rules)).spans(text) == reference_spans(rules, text)


@given(text=st.one_of(TEXTS, st.text()))
def test_spans_hold_every_character_but_white_space_once_and_in_order(text):
    spans = load_segmenter("fr").spans(text)
    inside = [index for start, end in spans for index in range(start, end)]
    assert inside == sorted(set(inside))
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    assert {n for n, char in enumerate(text) if not char.isspace()} <= set(inside)


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u202f\n\t"])
def test_blank_text_has_no_sentence(text):
    assert load_segmenter("fr").spans(text) == []


# --- work stays in proportion to the text ----------------------------------------------------------------


def test_shipped_rules_repeat_without_limit_only_over_white_space_letters_and_figures():
    """Hold the reason why no text is slow: what may be long is one plain class, and no repeat is nested."""
    allowed = {r"\s", r"\p{L}", r"\p{M}", r"\p{Nd}", "[IVX]", "[IVXLC]"}
    atom = r"\\p\{\w+\}|\\.|\[(?:[^\]\\]|\\.)+\]|."
    for language in ("fr", "en", "de", "ja"):
        for applied in read_rules(SHIPPED_RULES, language):
            for side in (applied.before, applied.after):
                found = regex.findall(rf"({atom})([*+](?!\w)|\{{\d+,\}}|\{{[\d,]+\}}\+)?", side)
                assert {item for item, repeat in found if repeat and not repeat.endswith("}+")} <= allowed


@pytest.mark.parametrize(
    "unit", ["M. ", ". ", "« ", "! A ", '! " ', "» ", "A", "( ", "etc. ", "1. ", " ", "!\u00a0» a "]
)
def test_a_long_run_of_one_trap_is_split_like_a_short_one(unit):
    """A rule that backtracks badly would take hours here; nothing is said about time."""
    segmenter = load_segmenter("fr")
    counts = [len(segmenter.spans(unit * times)) for times in (1_000, 2_000, 100_000)]
    assert counts[1] - counts[0] in (0, 1_000)
    assert counts[2] - counts[1] in (0, 98_000)


@pytest.mark.parametrize(
    ("before", "last"),
    [
        ("[.!?]", "[.!?]"),
        ("[.!?]+", "[.!?]"),
        (r"\b(?:M|Mme)\.", r"\."),
        (r"x[\])]", r"[\])]"),
        ("a|[.]", r"[\s\S]"),
        ("(?i)x[a]", r"[\s\S]"),
        ("[.]*", r"[\s\S]"),
        ("[.]?", r"[\s\S]"),
        (r"\s", r"[\s\S]"),
        ("", r"[\s\S]"),
    ],
)
def test_the_scan_looks_for_the_last_character_where_it_can_be_told(before, last):
    assert _last_character(before) == last


# --- the rules of a desk ---------------------------------------------------------------------------------


def test_the_first_rule_that_matches_decides(write_rules):
    exception, cut = rule("no", "etc[.]", r"\s"), rule("yes", "[.]", r"\s")
    text = "a. etc. b."
    assert sentences(load_segmenter("fr", write_rules(exception + cut)), text) == ["a.", "etc. b."]
    assert sentences(load_segmenter("fr", write_rules(cut + exception)), text) == ["a.", "etc.", "b."]


def test_a_break_rule_between_exceptions_is_asked_in_its_place(write_rules):
    rules = rule("yes", "etc[.]", r"\sL") + rule("no", "etc[.]", r"\s") + rule("yes", "[.]", r"\s")
    assert sentences(load_segmenter("fr", write_rules(rules)), "etc. L etc. P. R") == [
        "etc.",
        "L etc. P.",
        "R",
    ]


def test_cascade_joins_the_maps_that_fit_or_takes_the_first(write_rules):
    text = "a. b; c"
    assert sentences(load_segmenter("fr", write_rules(cascade="yes")), text) == ["a.", "b;", "c"]
    assert sentences(load_segmenter("fr", write_rules(cascade="no")), text) == ["a.", "b; c"]
    assert sentences(load_segmenter("de", write_rules(cascade="no")), text) == ["a. b;", "c"]


def test_a_rule_may_leave_out_its_break_attribute_and_a_side(write_rules):
    path = write_rules("<rule><beforebreak>[.]</beforebreak></rule>")
    assert sentences(load_segmenter("fr", path), "a.b") == ["a.", "b"]


def test_no_rule_means_one_sentence(write_rules):
    assert sentences(load_segmenter("fr", write_rules("", cascade="no")), " a. b ") == ["a. b"]


def test_an_expression_may_name_a_character_as_icu_does(write_rules):
    path = write_rules(rule("yes", r"[\x{2026}\x{1F600}]", r"\s"))
    assert sentences(load_segmenter("fr", path), "a… b😀 c") == ["a…", "b😀", "c"]


def test_a_desk_adds_an_abbreviation_to_the_shipped_rules(tmp_path):
    text = "Le cons. Keller est venu. Le cons. Rochat aussi."
    assert len(sentences(load_segmenter("fr"), text)) == 4
    shipped = SHIPPED_RULES.read_text(encoding="utf-8")
    path = tmp_path / "desk.srx"
    path.write_text(shipped.replace(r"\b(?:cf|", r"\b(?:cons|cf|", 1), encoding="utf-8")
    edited = load_segmenter("fr", path)
    assert sentences(edited, text) == ["Le cons. Keller est venu.", "Le cons. Rochat aussi."]
    assert edited.signature != load_segmenter("fr").signature
    assert load_segmenter("de", path).signature == load_segmenter("de").signature


def test_the_signature_is_of_the_rules_and_not_of_the_file(write_rules):
    first = load_segmenter("fr", write_rules())
    second = load_segmenter("fr", write_rules("<!-- why -->\n\n" + rule("yes", "[.]", r"\s")))
    third = load_segmenter("fr", write_rules(rule("yes", "[.!]", r"\s")))
    assert regex.fullmatch("[0-9a-f]{12}", first.signature)
    assert first.signature == second.signature != third.signature


# --- errors name the file, the line and the rule ---------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line", "problem"),
    [
        ("(", 7, "rule 1 of “First”, beforebreak: bad regular expression: missing )"),
        ("a)|(b", 7, "rule 1 of “First”, beforebreak: bad regular expression"),
        (r"(a)\1", 7, "rule 1 of “First”, beforebreak: refers back to a group"),
        (r"\x{FFFFFFF}", 7, "rule 1 of “First”, beforebreak: bad regular expression"),
        ("a & b", 7, "not well-formed XML"),
    ],
)
def test_a_bad_expression_is_named(write_rules, before, line, problem):
    path = write_rules(rule("yes", before, r"\s"))
    with pytest.raises(ProjectError, match=regex.escape(problem)) as caught:
        load_segmenter("fr", path)
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('version="2.0"', 'version="1.0"', 2, "not an SRX 2.0 file"),
        ("srx20", "srx", 2, "not an SRX 2.0 file"),
        ('cascade="yes"', "", 3, "the attribute cascade is None"),
        ('break="yes"', 'break="maybe"', 7, "the attribute break is 'maybe'"),
        ('pattern="fr.*"', 'pattern="(fr"', 14, "languagepattern: bad regular expression"),
        (
            '.*" languagerulename="Second"',
            '.*" languagerulename="Third"',
            15,
            "no languagerule is named “Third”",
        ),
        ("<srx ", '<!DOCTYPE srx [<!ENTITY a "b">]><srx ', 2, "a DOCTYPE is not accepted"),
    ],
)
def test_a_file_that_is_not_srx_is_refused(write_rules, old, new, line, problem):
    path = write_rules()
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProjectError, match=regex.escape(problem)) as caught:
        load_segmenter("fr", path)
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.remedy


def test_a_missing_file_and_plain_text_are_refused(tmp_path):
    missing, plain = tmp_path / "missing.srx", tmp_path / "plain.srx"
    plain.write_text("M. Mme\n", encoding="utf-8")
    with pytest.raises(ProjectError, match="cannot be read") as caught:
        load_segmenter("fr", missing)
    assert caught.value.where == str(missing)
    with pytest.raises(ProjectError, match="not well-formed XML") as caught:
        load_segmenter("fr", plain)
    assert caught.value.where == f"{plain}:1"


@pytest.mark.parametrize("language", ["fr", "en", "de", "it"])
def test_every_shipped_expression_is_right_on_its_own(tmp_path: Path, language: str) -> None:
    """A desk's file is tried rule by rule, the shipped one only here."""
    copy = tmp_path / "copy.srx"
    copy.write_bytes(SHIPPED_RULES.read_bytes())
    assert load_segmenter(language, copy).signature == load_segmenter(language).signature
