"""Read large documents, each in a process of its own: how far its memory grows, against the size of the file.

A page of HTML and a story in NITF of 100 MB, and a Word document of 2,000 pages (40,000 paragraphs), which is also
written afresh and read again (`translate roundtrip`). The documents are made here; every paragraph is of other words.

    python bench/large.py [--megabytes 100] [--paragraphs 40000] [--only html,nitf,docx]

Linux only: the peak is VmHWM of /proc. Where it was before the document was read is taken off.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure, keep, parser

from translate.documents import sources
from translate.documents.formats import Rewriting, formats, settings_of
from translate.documents.model import Document
from translate.documents.segmentation import load_segmenter
from translate.editions import own

WORDS = (
    *("canton", "neige", "hiver", "station", "commune", "crédit", "hôtel", "saison", "perte", "conseil", "guide"),
    *("prudence", "pluie", "plaine", "montagne", "route", "tunnel", "chantier", "retard", "budget", "impôt", "école"),
    *("médecin", "accord", "vote", "loi", "débat", "parti", "projet", "énergie"),
)
HTML = "<!DOCTYPE html>\n<html lang=fr><head><title>Neige</title></head><body>\n", "</body></html>\n"
NITF = "<nitf><head><title>Neige</title></head><body><body.content>\n", "</body.content></body></nitf>\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("--megabytes", type=float, default=100)
    asked.add_argument("--paragraphs", type=int, default=40_000)
    asked.add_argument("--only", default="html,nitf,docx")
    asked.add_argument("--measure", type=Path, help="read this file, and print what that took (used by itself)")
    options = asked.parse_args()
    if options.measure:
        print(json.dumps(measured(options.measure)))
        return
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.only.split(","):
            path = made(Path(folder), kind, int(options.megabytes * 1e6), options.paragraphs)
            command = [sys.executable, __file__, "--measure", str(path)]
            got = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            size = unpacked(path) / 1e6
            packed = f" ({path.stat().st_size / 1e6:.1f} MB packed)" if kind == "docx" else ""
            print(f"{kind}: {size:.0f} MB{packed}, {got.pop('segments'):,} segments")
            for step, (grown, seconds) in got.items():
                print(f"    {step:10} {grown:6.0f} MB, {grown / size:4.1f} times its size, {seconds:.0f} s", flush=True)
                figures.append(Figure(f"{kind} of {size:.0f} MB, {step}: memory", grown / size, "x its size"))
            path.unlink()
    keep(options.json, figures)


def made(folder: Path, kind: str, size: int, paragraphs: int) -> Path:
    """Write a document of a kind."""
    if kind == "docx":
        path = folder / "a.docx"
        texts = (f"<w:p>{runs(number)}</w:p>" for number in range(paragraphs))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
            whole.writestr("[Content_Types].xml", TYPES)
            whole.writestr("_rels/.rels", RELATIONS)
            body = "".join(texts)
            whole.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        return path
    head, tail = HTML if kind == "html" else NITF
    path = folder / ("a.html" if kind == "html" else "a.xml")
    with path.open("w", encoding="utf-8") as stream:
        stream.write(head)
        written = 0
        for text in prose("em"):
            written += len(f"<p>{text}</p>\n".encode())
            if written > size:
                break
            stream.write(f"<p>{text}</p>\n")
        stream.write(tail)
    return path


def unpacked(path: Path) -> int:
    """Return the size of a file, or of all that is in it."""
    if not zipfile.is_zipfile(path):
        return path.stat().st_size
    with zipfile.ZipFile(path) as whole:
        return sum(member.file_size for member in whole.infolist())


def prose(bold: str) -> Iterator[str]:
    """Yield paragraphs of three sentences, with a name for bold words."""
    number = 0
    while True:
        one, two, three, four = (WORDS[number // len(WORDS) ** place % len(WORDS)] for place in range(4))
        yield (
            f"Le {one} du {two} a <{bold}>fermé</{bold}> mardi, faute de {three}. Le directeur, M. Favre, parle d'une "
            f"« {four} perdue » et d'une perte de {number} francs. Selon lui, rien n'est joué avant le {two} {number}."
        )
        number += 1


def runs(number: int) -> str:
    """Return the runs of a paragraph of a Word document, about as many as Word writes."""
    one, two = WORDS[number % len(WORDS)], WORDS[number // len(WORDS) % len(WORDS)]
    texts = [
        ("", f"Le {one} du {two} a "),
        ("<w:rPr><w:b/></w:rPr>", f"fermé {number} jours"),
        ("", f", faute de neige. Le directeur, M. Favre, parle d'une perte de {number} francs. Rien n'est joué."),
    ]
    return "".join(f'<w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r>' for style, text in texts)


def measured(path: Path) -> dict[str, object]:
    """Return how far memory grew over a document, and the seconds, of each step."""
    reading = sources.Reading("fr", load_segmenter("fr").spans)
    with tempfile.TemporaryDirectory() as folder:
        kind = {".docx": "docx", ".html": "html", ".xml": "nitf"}[path.suffix]
        own_way(sources.read("small", made(Path(folder), kind, 1000, 2), reading))
    before, begin = peak(), time.perf_counter()
    document = sources.read("a", path, reading)
    found: dict[str, object] = {
        "segments": sum(1 for _ in document.segments),
        "read": (peak() - before, time.perf_counter() - begin),
    }
    if document.archive:
        begin = time.perf_counter()
        own_way(document)
        found["round trip"] = peak() - before, time.perf_counter() - begin
    return found


def own_way(document: Document) -> None:
    """Write a document afresh and read it again."""
    format_ = formats()[document.format]
    assert isinstance(format_, Rewriting)
    own.prove(document, format_, settings_of(format_, {}))


def peak() -> float:
    """Return the most memory this process ever held, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    main()
