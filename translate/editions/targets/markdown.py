"""Editions as Markdown (CommonMark): headings by role, quotations as they are, every sign of the text escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.edition import Edition, EditionBlock, Text

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&#!$^])")
_LIST = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BULLET = re.compile(r"^([-+=:])")
# What a paragraph of an edition may consist of; anything else got in by its words.
_WORDS = frozenset({"text", "text_special", "em_open", "em_close", "strong_open", "strong_close"})
_PLAIN_YAML = re.compile(r"(?!(?i:true|false|yes|no|on|off|null|y|n)$)[A-Za-z][\w./,-]*( [\w./,-]+)*", re.ASCII)
# Line ends to YAML, though not to JSON.
_YAML_LINES = re.compile("[\x85\u2028\u2029]")
_LEVELS = {Role.HEADLINE: "# ", Role.CROSSHEAD: "## "}
_QUIET = frozenset({Role.STATUS, Role.BYLINE, Role.CAPTION, Role.AGENCY})


def escape(text: str) -> str:
    r"""Write a line of text so that CommonMark shows it as it is.

    >>> escape("1. *a* & b")
    '1\\. \\*a\\* \\& b'
    """
    escaped = _SIGNS.sub(r"\\\1", text)
    return _LIST.sub(r"\1\\\2", _BULLET.sub(r"\\\1", escaped))


def _escaped_sign(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign.group()):04x}"


def _yaml(value: str) -> str:
    """Write a YAML string: as it is where it cannot be mistaken, else quoted (a JSON string is a YAML one)."""
    return (
        value if _PLAIN_YAML.fullmatch(value) else _YAML_LINES.sub(_escaped_sign, json.dumps(value, ensure_ascii=False))
    )


class MarkdownTarget:
    """Render Markdown."""

    name = "markdown"
    suffix = ".md"

    def render(self, edition: Edition) -> bytes:
        """Return the document with its language and state in YAML front matter."""
        front = ["---", f"lang: {_yaml(edition.language)}", f"translated-from: {_yaml(edition.source_language)}"]
        front += [f"{name}: {_yaml(value)}" for name, value in edition.disclosure.marks]
        parts = ["\n".join([*front, "---"])]
        parts += [f"> **{escape(notice)}**" for notice in edition.notices]
        parts += [_block(block, edition) for block in _shown(edition)]
        return ("\n\n".join(parts) + "\n").encode("utf-8")

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts (there is no picture they could stand for)."""
        return [*edition.notices, *(_plain(block, edition) for block in _shown(edition))]

    def read(self, data: bytes) -> Sequence[str]:
        """Parse the file with markdown-it and return the words of its blocks."""
        from markdown_it import MarkdownIt

        text = data.decode("utf-8")
        body = text[text.index("\n---\n", 4) + 5 :]
        found = []
        for token in MarkdownIt("commonmark").parse(body):
            if token.type == "inline":
                children = token.children or []
                found.append(
                    "".join(child.content if child.type in _WORDS else f"<{child.type}>" for child in children)
                )
        return found


def _shown(edition: Edition) -> list[EditionBlock]:
    return [block for block in edition.blocks if block.role is not Role.ALTERNATIVE]


def _block(block: EditionBlock, edition: Edition) -> str:
    words = escape(_plain(block, edition))
    if block.role in _QUIET:
        return f"*{words}*"
    return _LEVELS.get(block.role, "") + words


def _plain(block: EditionBlock, edition: Edition) -> str:
    return spaced("".join(_marked(text, edition) for text in block.texts))


def _marked(text: Text, edition: Edition) -> str:
    return f"[{edition.source_language}] {text.text}" if text.held else text.text
