"""Words that point by colour: “the red column”, “marked in green”."""

from __future__ import annotations

import re
from functools import cache

from coursewright.lint.texts import bare

COLOUR = (
    r"(?:(?:light|dark|bright|pale|deep)[ -])?(?:red|green|blue|yellow|orange|purple|violet|pink|brown|grey|gray|teal|turquoise)"
)
THING = (
    r"(?:columns?|cells?|box(?:es)?|lines?|bars?|rows?|areas?|fields?|parts?|sides?|slices?|circles?|rings?|arrows?|dots?|"
    r"cards?|words?|text|numbers?|figures?|sections?|pages?|sheets?|stickers?|notes|post-its?|squares?|shapes?|curves?|"
    r"labels?|zones?|bands?|tiles?|points?|segments?|ones?)"
)
BY_COLOUR = re.compile(  # but for what is no colour: a grey area, a red line
    rf"\b(?!gr[ea]y areas?\b|red lines?\b){COLOUR}(?:(?: (?:and|or) |, ){COLOUR})* {THING}\b"
    rf"|\b(?:marked|shown|printed|highlighted|written|drawn|set|coloured|colored|shaded|everything|those|what is)"
    rf" (?:in )?{COLOUR}\b"
    rf"|\bcolou?r-coded\b|\bby (?:its|their|the) colou?rs?\b",
    re.IGNORECASE,
)


@cache
def by_colour(words: str) -> tuple[str, ...]:
    """Return what points to something by its colour, as it is written."""
    return tuple(found[0] for found in BY_COLOUR.finditer(bare(words)))
