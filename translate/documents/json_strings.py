"""The strings of a JSON text, each at its place, so that some can be replaced and all else stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from translate.documents.encoding import normal
from translate.documents.model import Kind, Literal, Piece, Role, Segment

#: The context of text in a JSON string.
CONTEXT = "json"

#: The keys that lead to a value; items of a list share the path of the list.
Path = tuple[str, ...]

_END = re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL)
_KEY = re.compile(r'[\s,]*("(?:[^"\\]|\\.)*")\s*:\s*')
_SIGN = re.compile(r'["{}\[\],:]')


def strings(text: str) -> Iterator[tuple[Path, int, int, str]]:
    """Yield every string value with its path and the offsets of what stands between its quotes.

    >>> list(strings('{"a": ["un", {"b": "d\\\\u00e9"}]}'))
    [(('a',), 8, 10, 'un'), (('a', 'b'), 20, 27, 'dé')]

    Raises:
        ValueError: it is not JSON.
    """
    json.loads(text)
    path: list[str] = []
    # One entry an open bracket: True where keys stand in it.
    objects: list[bool] = []
    key, expects_key = "", False
    at = 0
    while match := _SIGN.search(text, at):
        sign, at = match.group(), match.end()
        if sign == '"':
            end = _END.match(text, at).end()  # type: ignore[union-attr]  # it is JSON: json.loads read it
            value = json.loads(text[at - 1 : end])
            if expects_key:
                key = value
            else:
                own = (key,) if objects and objects[-1] else ()
                yield tuple(filter(None, (*path, *own))), at, end - 1, value
            at = end
        elif sign in "{[":
            if objects:
                path.append(key if objects[-1] else "")
            objects.append(sign == "{")
            expects_key = sign == "{"
        elif sign in "}]":
            objects.pop()
            if path:
                path.pop()
            expects_key = False
        elif sign == ",":
            expects_key = objects[-1]
        else:
            expects_key = False


def members(text: str) -> dict[str, int]:
    """Return where the values of the outermost object begin, by their keys.

    >>> members('{"a": ["un"], "b": 2}')
    {'a': 6, 'b': 19}

    Raises:
        ValueError: it is not JSON, or no object, or a key stands twice in it.
    """
    if not isinstance(json.loads(text, object_pairs_hook=_unique, parse_constant=_constant), dict):
        raise ValueError("it is no object")
    decoder = json.JSONDecoder()
    found: dict[str, int] = {}
    at = text.index("{") + 1
    while match := _KEY.match(text, at):
        found[json.loads(match[1])] = match.end()
        at = decoder.raw_decode(text, match.end())[1]
    return found


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {max(keys, key=keys.count)!r} stands twice in one object")
    return found


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def pieces(text: str, role_of: Callable[[Path], Role | None]) -> tuple[Piece, ...] | None:
    """Return a JSON text as pieces, the strings that have a role as segments; None where it is not JSON."""
    made: list[Piece] = []
    at = 0
    try:
        for path, start, end, value in strings(text):
            role = role_of(path)
            if role is not None and any(sign.isalpha() for sign in value):
                made += [Literal(text[at:start], Kind.CODE)] if start > at else []
                made.append(Segment(normal(value), text[start:end], role, 0, context=CONTEXT))
                at = end
    except ValueError:
        return None
    return (*made, Literal(text[at:], Kind.CODE)) if made else None


def write(text: str, context: str = CONTEXT) -> str:
    """Write text inside the quotes of a JSON string; a slash after `<` is escaped, as script elements want it."""
    del context
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("</", "<\\/")
