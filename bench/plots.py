"""Plots as small SVG files: points joined by lines on two logarithmic axes, and bars."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

WIDE, HIGH = 640, 360
COLOURS = ("#1f5fa8", "#c2571a", "#2e7d4f", "#7a3b9c")
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12" '
    'role="img" aria-label="{title}"><rect width="100%" height="100%" fill="#fff"/>'
    '<text x="16" y="24" font-size="15" fill="#222">{title}</text>\n'
)


def lines(path: Path, title: str, axes: tuple[str, str], series: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Draw some series of points, both axes logarithmic."""
    left, right, top, bottom = 64, WIDE - 150, 48, HIGH - 48
    points = [point for one in series.values() for point in one]
    decades = [(math.floor(math.log10(min(one))), math.ceil(math.log10(max(one)))) for one in zip(*points, strict=True)]

    def place(value: float, axis: int) -> float:
        low, high = decades[axis]
        part = (math.log10(value) - low) / max(1, high - low)
        return left + part * (right - left) if axis == 0 else bottom - part * (bottom - top)

    made = [_HEAD.format(wide=WIDE, high=HIGH, title=escape(title))]
    for exponent in range(decades[0][0], decades[0][1] + 1):
        x = place(10.0**exponent, 0)
        made.append(_line(x, top, x, bottom, "#ddd") + _text(x, bottom + 18, f"{10**exponent:,g}", "middle"))
    for exponent in range(decades[1][0], decades[1][1] + 1):
        y = place(10.0**exponent, 1)
        made.append(_line(left, y, right, y, "#ddd") + _text(left - 8, y + 4, f"{10.0**exponent:,g}", "end"))
    made.append(_text((left + right) / 2, HIGH - 10, axes[0], "middle") + _text(16, 42, axes[1], "start"))
    for number, (name, one) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        joined = " ".join(f"{place(x, 0):.1f},{place(y, 1):.1f}" for x, y in one)
        made.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        made += [f'<circle cx="{place(x, 0):.1f}" cy="{place(y, 1):.1f}" r="3.5" fill="{colour}"/>' for x, y in one]
        made.append(_text(right + 10, place(one[-1][1], 1) + 4, name, "start", colour))
    path.write_text("".join(made) + "</svg>\n", encoding="utf-8")


def bars(path: Path, title: str, rows: Sequence[tuple[str, float]], unit: str) -> None:
    """Draw a bar for each row, with its value."""
    left, step = 250, 30
    most = max(value for _, value in rows)
    made = [_HEAD.format(wide=WIDE, high=56 + step * len(rows), title=escape(title))]
    for number, (label, value) in enumerate(rows):
        y = 44 + step * number
        wide = (WIDE - left - 90) * value / most
        made.append(_text(left - 10, y + 15, label, "end"))
        made.append(f'<rect x="{left}" y="{y}" width="{wide:.1f}" height="20" fill="{COLOURS[0]}"/>')
        made.append(_text(left + wide + 8, y + 15, f"{value:,.1f} {unit}", "start"))
    path.write_text("".join(made) + "</svg>\n", encoding="utf-8")


def _line(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"/>\n'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#444") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>\n'
