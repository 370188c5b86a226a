"""The front matter of Markdown: YAML between two lines of `---`, or TOML between two of `+++`, which is left alone."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from translate.documents.encoding import normal
from translate.documents.model import Kind, Literal, Piece, Role, Segment
from translate.errors import DocumentError
from translate.language import same_language

if TYPE_CHECKING:
    import yaml

#: The context of a value of YAML.
CONTEXT = "yaml"

_LINE_END = r"[ \t]*(?:\r\n?|\n)"
_YAML = re.compile(
    rf"---{_LINE_END}(?!{_LINE_END})(?P<value>.*?(?<=[\r\n]))(?:---|\.\.\.)(?:{_LINE_END}|[ \t]*\Z)", re.DOTALL
)
_TOML = re.compile(rf"\+\+\+{_LINE_END}(?:.*?(?<=[\r\n]))??\+\+\+(?:{_LINE_END}|[ \t]*\Z)", re.DOTALL)


# An anchor or a tag before a value stays there.
_PROPERTIES = re.compile(r"\A(?:[&!]\S*\s+)+")


def read(text: str, keys: frozenset[str], language: str, where: str) -> tuple[int, list[tuple[int, int, Piece]]]:
    """Return where the front matter ends, 0 where there is none, and the pieces of it with their offsets.

    They are the chosen values, and the language. What stands between rulers and has no keys is prose.

    Raises:
        DocumentError: it is no YAML.
    """
    toml = _TOML.match(text)
    if toml:
        return toml.end(), []
    match = _YAML.match(text)
    root = _composed(match["value"], where) if match else None
    return (
        (match.end(), list(_pieces(root, match["value"], match.start("value"), keys, language)))
        if match and root
        else (0, [])
    )


def with_keys(text: str, said: Mapping[str, str], names: Collection[str]) -> str | None:
    """Return a text with some keys first in its front matter, in place of all that have one of these names.

    None where it has no front matter, or one that is not written as a block of keys.
    """
    toml, yaml = _TOML.match(text), _YAML.match(text)
    if toml:
        kept = re.sub(rf"(?m)^(?:{'|'.join(names)})[ \t]*=.*(?:\r\n?|\n)", "", toml.group())
        return _with_lines(kept, [f"{name} = {_quoted(value)}" for name, value in said.items()]) + text[toml.end() :]
    root = _composed(yaml["value"], "") if yaml else None
    if yaml is None or root is None or root.flow_style:
        return None
    inner = _without_keys(root, yaml["value"], names)
    kept = yaml.group()[: yaml.start("value")] + inner + text[yaml.end("value") : yaml.end()]
    indent = " " * root.start_mark.column
    return _with_lines(kept, [f"{indent}{name}: {_quoted(value)}" for name, value in said.items()]) + text[yaml.end() :]


def _with_lines(block: str, lines: list[str]) -> str:
    """Return a front matter with more lines below the first, in its own line ends."""
    first = re.match(rf".*?({_LINE_END})", block, re.DOTALL)
    assert first is not None
    end = first[1].lstrip(" \t")
    return first.group() + "".join(line + end for line in lines) + block[first.end() :]


def _without_keys(root: yaml.MappingNode, text: str, names: Collection[str]) -> str:
    """Return a block of keys without some."""
    starts = [key.start_mark.index - key.start_mark.column for key, _ in root.value] + [len(text)]
    drops = [key.value in names for key, _ in root.value]
    spans = [(starts[at], starts[at + 1]) for at, drop in enumerate(drops) if drop]
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


def _quoted(value: str) -> str:
    """Write a string of YAML, and of TOML: one of JSON is both, where it has no line ends of theirs."""
    return re.sub(
        "[\x7f\x85\u2028\u2029]", lambda sign: f"\\u{ord(sign.group()):04x}", json.dumps(value, ensure_ascii=False)
    )


def _composed(text: str, where: str) -> yaml.MappingNode | None:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise DocumentError(
            f"the front matter is no YAML: {getattr(error, 'problem', '') or error}",
            where=f"{where}:{2 + (mark.line if mark else 0)}",
            remedy="Mend the lines between the two ---.",
        ) from error
    return root if isinstance(root, yaml.MappingNode) else None


def _pieces(
    root: yaml.MappingNode, text: str, offset: int, keys: frozenset[str], language: str
) -> Iterator[tuple[int, int, Piece]]:
    import yaml

    seen = 0
    for key, value in root.value:
        for node in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            if not (isinstance(key, yaml.ScalarNode) and isinstance(node, yaml.ScalarNode) and node.value.strip()):
                continue
            whole = text[node.start_mark.index : node.end_mark.index]
            raw = _PROPERTIES.sub("", whole)
            start = node.end_mark.index - len(raw)
            raw = raw.rstrip()
            end = start + len(raw)
            if start < seen:
                # An alias: its words stand where its anchor is.
                continue
            seen = end
            if key.value in ("lang", "language") and same_language(node.value, language):
                quoted = raw[0] in "\"'"
                language_tag = Literal(raw[quoted : len(raw) - quoted], Kind.LANGUAGE)
                yield offset + start + quoted, offset + end - quoted, language_tag
            elif key.value in keys and any(sign.isalpha() for sign in node.value):
                role = Role.TITLE if "title" in key.value else Role.DESCRIPTION
                line = 2 + node.start_mark.line
                yield offset + start, offset + end, Segment(normal(node.value), raw, role, line, context=CONTEXT)
