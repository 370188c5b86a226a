"""What a desk decides of drafts and discloses of its translations, as translate.toml says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: When an edition gives notice: of what nobody reviewed, or also of reviewed machine drafts nobody answers for.
ARTICLE_50 = "article-50"
RULES = ("unreviewed", ARTICLE_50)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a desk discloses (`[disclosure]` in translate.toml).

    `marks` in the files themselves; `names` of reviewers anywhere; `rule` "unreviewed" gives notice of what nobody
    reviewed, "article-50" also of reviewed machine drafts, unless `responsible` names who answers for the text. `site`
    is where the desk publishes (`url` in `[publish]`).
    """

    marks: bool = True
    names: bool = False
    rule: str = "unreviewed"
    responsible: str = ""
    site: str = ""


class Drafts(StrEnum):
    """What an edition does with text that no person reviewed (`drafts` in translate.toml)."""

    LABEL = "label"
    HOLD = "hold"
