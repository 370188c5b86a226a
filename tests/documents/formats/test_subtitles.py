"""Subtitles: cues, codes, line lengths."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.documents.formats import generated
from tests.documents.formats.rewriting import RewritingSuite
from translate.documents.formats.subtitles import SubripFormat, WebvttFormat
from translate.documents.rewrite import Wording
from translate.errors import DocumentError

SUBRIP = "1\r\n00:00:01,000 --> 00:00:04,000\r\nBonjour <i>tout le monde</i>,\r\nça va ?\r\n\r\n2\r\n00:00:05,000 --> 00:00:07,000\r\n{\\an8}- Oui.\r\n- Et toi ?\r\n\r\n3\r\n00:00:08,000 --> 00:00:09,000\r\n\r\n4\r\n00:00:10,000 --> 00:00:11,000\r\nBien & <b>vous</b>"
WEBVTT = """\
WEBVTT - essai

STYLE
::cue { color: red }

NOTE rien

00:01.000 --> 00:04.000 align:start
<v Jean>Bonjour &amp; <b>bienvenue</b>

deux
00:00:05.000 --> 00:00:07.000
Oui.
Non.
"""


class TestSubrip(RewritingSuite):
    format = SubripFormat()
    suffix = ".srt"
    sample = SUBRIP.encode()
    # SubRip has no way to write a sign that is not markup.
    signs = "a < b & c > d \"e\" 'f' *g* _h_ [i](j) `k` # l | m"
    texts = ("Bonjour <1>tout le monde</1>, ça va ?", "- Oui. - Et toi ?", "Bien & <1>vous</1>")

    def test_the_limit_is_what_can_be_read_in_the_time(self):
        assert [segment.limit for segment in self.read(self.sample).segments] == [51, 34, 17]

    def test_a_long_line_is_broken_in_the_files_line_ends(self):
        document = self.read(self.sample)
        words = "The inhabitants left the town before dawn, they say."
        data = self.format.translate(document, Wording(lambda one: words if not one.codes else one.text, "en"))
        assert b"The inhabitants left the\r\ntown before dawn, they say.\r\n" in data

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_cues_without_number_or_empty_line_or_with_one_too_many(self, end):
        lines = ["1", "00:00:01,000 --> 00:00:04,000", "Un", "2", "00:00:05,000 --> 00:00:07,000", "Deux", "", "1984."]
        lines += ["", "00:00:08,000 --> 00:00:07,000", "Trois"]
        document = self.read(end.join(lines).encode())
        found = [(segment.text, segment.line, segment.limit) for segment in document.segments]
        assert found == [("Un", 3, 51), ("Deux", 6, 34), ("1984.", 8, 34), ("Trois", 11, 84)]

    def test_a_break_written_as_markup_is_a_code(self):
        document = self.read(b"1\n00:00:01,000 --> 00:00:04,000\nUn<br/>mot<br>ici\n")
        assert [segment.text for segment in document.segments] == ["Un<1/>mot<2/>ici"]

    def test_each_speaker_has_a_line(self):
        document = self.read(self.sample)
        words = {"- Oui. - Et toi ?": "- Yes. - And you?"}
        data = self.format.translate(document, Wording(lambda one: words.get(one.text, one.text), "en"))
        assert b"{\\an8}- Yes.\r\n- And you?\r\n" in data

    def test_a_long_line_with_codes_is_broken_once(self):
        document = self.read(self.sample)
        words = "Good morning to <1>all of you who have come to this place today</1>, how are you?"
        data = self.format.translate(document, Wording(lambda one: words if "monde" in one.text else one.text, "en"))
        assert b"\r\nGood morning to <i>all of you who have\r\ncome to this place today</i>, how are you?\r\n" in data

    def test_a_translators_empty_line_does_not_end_the_cue(self):
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(lambda one: "Yes.\n\nNo." if not one.codes else one.text, "en"))
        assert b"Yes.\r\nNo.\r\n" in data

    @pytest.mark.parametrize(
        ("text", "problem", "line"),
        [
            ("1\n00:00:01,000 --> 00:00:04,000\nUn\n\n2\n00:00:05,000 --> 00:00:06:000\nDeux\n", "no time", 6),
            ("1\n00:00:01,000 --> 00:00:04,000\nUn\n\n2\nDeux\n", "cue 2 has no time", 5),
            ("Un titre\n\n1\n00:00:01,000 --> 00:00:04,000\nUn\n", "before the first time", 1),
        ],
    )
    def test_a_cue_without_a_time_is_refused(self, text, problem, line):
        with pytest.raises(DocumentError, match=problem) as caught:
            self.read(text.encode())
        assert caught.value.where == f"essai.srt:{line}"
        assert caught.value.exit_code == 2

    def test_another_program_reads_the_same_cues(self):
        pysubs2 = pytest.importorskip("pysubs2")
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(lambda one: one.text.upper(), "en"))
        before, after = (
            pysubs2.SSAFile.from_string(one.decode().replace("\r\n", "\n"), format_="srt")
            for one in (self.sample, data)
        )
        assert [(one.start, one.end) for one in before] == [(one.start, one.end) for one in after]
        assert after[0].plaintext == "BONJOUR TOUT LE MONDE, ÇA VA ?"


class TestWebvtt(RewritingSuite):
    format = WebvttFormat()
    suffix = ".vtt"
    sample = WEBVTT.encode()
    texts = ("Bonjour & <1>bienvenue</1>", "Oui. Non.")

    def test_the_notice_stands_after_the_header(self):
        document = self.read(b"WEBVTT\n00:01.000 --> 00:04.000\nUn\n")
        data = self.format.translate(document, Wording(lambda one: one.text, "en", ("Machine.",)))
        assert data == b"WEBVTT\n\nNOTE Machine.\n\n00:01.000 --> 00:04.000\nUn\n"

    def test_the_header_names_the_language(self):
        header = b"WEBVTT\nKind: captions\nLanguage: %s\n\n00:01.000 --> 00:04.000\nUn\n"
        for before, after in (("fr", "en"), ("la", "la")):
            data = self.format.translate(self.read(header % before.encode()), Wording(lambda one: one.text, "en"))
            assert data == header % after.encode()

    def test_a_line_of_spaces_does_not_end_a_cue(self):
        document = self.read(b"WEBVTT\n\n00:01.000 --> 00:04.000\nUn\n \nDeux\n\nrien\n")
        assert [segment.text for segment in document.segments] == ["Un Deux"]

    def test_a_time_that_no_player_reads_is_refused(self):
        with pytest.raises(DocumentError, match="no time") as caught:
            self.read(b"WEBVTT\n\n00:01.000 --> 00:04.000\nUn\n\n00:05.000 --> 00:06:0\nDeux\n")
        assert caught.value.where == "essai.vtt:6"

    def test_another_program_reads_the_edition(self):
        webvtt = pytest.importorskip("webvtt")
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(lambda one: one.text.upper(), "en", ("Machine.",)))
        cues = webvtt.from_string(data.decode()).captions
        assert [cue.text for cue in cues] == ["BONJOUR &amp; BIENVENUE", "OUI. NON."]
        assert cues[0].voice == "Jean"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated.subrip_files())
def test_any_subrip_keeps_the_promises(data):
    generated.hold(TestSubrip(), data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated.webvtt_files())
def test_any_webvtt_keeps_the_promises(data):
    generated.hold(TestWebvtt(), data)
