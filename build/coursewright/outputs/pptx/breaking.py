"""What Unicode says of a text: which typeface a character takes, where a line may break, which way a paragraph runs.

A break is taken for granted only where PowerPoint and LibreOffice both have one. With fewer places to break, a text never
takes fewer lines, so what is measured is the worse of the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

# Ranges of characters that DrawingML sets in a:ea and in a:cs; all others take a:latin (ECMA-376 part 1, 21.1.2.3).
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
EAST_ASIAN = (
    "\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
COMPLEX = "\u0590-\u109f\u1780-\u18af\u1a00-\u1aad\ufb1d-\ufdff\ufe70-\ufefe"
ARABIC = re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer: words follow each other without a space
FIRST_SPECIAL = "\u0590"  # no character before it is East Asian, complex or an emoji by itself

# Line starts and ends that Japanese and Chinese setting avoids: PowerPoint's own default list (p:kinsoku). LibreOffice does
# not break on either side of a quotation mark (LB19).
NO_START = (
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°‰′″℃￠％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ!%),.:;?\\]}｡｣､･"
    "ｧｨｩｪｫｬｭｮｯｰﾞﾟ…“‘\"'\u3099\u309a\u200d\u2060\ufeff\ufe0e\ufe0f"
)
NO_END = "‘“’”\"'（〔［｛〈《「『【￥＄$(\\[{｢￡£€\u200d\u2060\ufeff"
SPACES = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000\u200b"  # those a line may break after: not U+00A0, U+2007, U+202F
AFTER_NO_SPACE = frozenset("!%),.:;?]}»›…")  # never alone at the start of a line, even after a space (UAX #14, LB13)

BEFORE_NO_SPACE = frozenset("([{«‹（「『")  # nor these alone at the end of one (LB14)

_ideograph = f"(?![{HANGUL}{NO_START}\\s])[{EAST_ASIAN}]"
BREAKS = re.compile(
    f"(?<=[{SPACES}])(?=[^{SPACES}])"
    "|(?<=[\u00ad])(?=\\w)"
    "|(?<=\\w[-\u2010–—])(?=[^\\W\\d_])"  # "-5" and "2–3" hold together
    f"|(?<=[^\\s{NO_END}])(?={_ideograph})"
    f"|(?<![{HANGUL}{NO_END}])(?<=[{EAST_ASIAN}])(?=[^\\s{NO_START}])(?![{HANGUL}])"
)
TOKENS = re.compile(r"[\t\v]|[^ \t\v]+ *| +")
RUNNING = re.compile(f"[{NO_SPACES}]{{2,}}")
SYLLABLES = 6  # clusters that hold together where only a dictionary knows the words; Thai words have four on average

_pictures = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4"
    "\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797"
    "\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001f0ff\U0001f18e\U0001f191-\U0001f19a\U0001f300-\U0001faff"
)
_modified = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_single = f"(?:[{_pictures}]{_modified}|[#*0-9\u00a9\u00ae\u203c-\u3299]\ufe0f{_modified})"
EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|{_single}(?:\u200d(?:{_single}|[\u2640-\u2764]))*")

JOINS_NEXT = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2\u200d]")
_shared = "“”‘’…—·"  # full squares beside East Asian characters, narrow elsewhere
SQUARES = {ord(char): "一" for char in _shared}
ITEMS = re.compile(f"(?P<emoji>{EMOJI.pattern})|(?P<ea>[{_shared}]*[{EAST_ASIAN}][{EAST_ASIAN}{_shared}]*)|(?P<cs>[{COMPLEX}]+)")


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """Return the text cut wherever a line may break; tabs and line breaks stand alone."""
    found: list[str] = []
    for token in TOKENS.findall(text):
        if found and (token[0] in AFTER_NO_SPACE or found[-1][-2:-1] in BEFORE_NO_SPACE) and found[-1] not in ("\t", "\v"):
            found[-1] += token
        else:
            found += _cut(token)
    return tuple(found)


@cache
def _cut(token: str) -> tuple[str, ...]:
    """Words come again and again: each is cut only once."""
    starts = [0, *(found.start() for found in BREAKS.finditer(token)), len(token)]
    return tuple(piece for start, end in pairwise(starts) for piece in _syllables(token[start:end]))


def _syllables(piece: str) -> Iterator[str]:
    """A piece of a script without spaces, a few clusters at a time; any other as it is."""
    if piece.isascii() or not RUNNING.search(piece):
        yield piece
        return
    each = clusters(piece)
    yield from ("".join(each[at : at + SYLLABLES]) for at in range(0, len(each), SYLLABLES))


@cache
def clusters(text: str) -> tuple[str, ...]:
    """Return what a reader takes for single characters: letters with their marks, emoji sequences, conjuncts."""
    found: list[str] = []
    at = 0
    while at < len(text):
        picture = EMOJI.match(text, at)
        char = picture.group() if picture else text[at]
        if found and (_is_mark(char) or JOINS_NEXT.fullmatch(found[-1][-1])):
            found[-1] += char
        else:
            found.append(char)
        at += len(char)
    return tuple(found)


def _is_mark(char: str) -> bool:
    return len(char) == 1 and (unicodedata.category(char)[0] == "M" or char in "\u200c\u200d")


def items(text: str) -> Iterator[tuple[str, str]]:
    """Yield stretches of the text that take one typeface, with its kind: latin, ea, cs or emoji."""
    if not text or max(text) < FIRST_SPECIAL:
        yield text, "latin"
        return
    start = 0
    for found in ITEMS.finditer(text):
        if found.start() > start:
            yield text[start : found.start()], "latin"
        yield found.group(), found.lastgroup or "latin"
        start = found.end()
    if start < len(text):
        yield text[start:], "latin"


def runs_from_right(text: str) -> bool:
    """Tell whether a paragraph runs from right to left: its first strong character does (UAX #9, P2 and P3)."""
    if text.isascii():
        return False
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def script(text: str) -> str:
    """Return which complex script a text is in, as far as its height matters: arabic, hebrew or cs for any other."""
    if ARABIC.search(text):
        return "arabic"
    return "hebrew" if HEBREW.search(text) else "cs"


def squared(text: str) -> str:
    """Return an East Asian text with an ideograph for each character that is as wide as one only there."""
    return text.translate(SQUARES)


def emoji(text: str) -> tuple[str, ...]:
    """Return the emoji of a text, each sequence whole."""
    return () if text.isascii() else tuple(found.group() for found in EMOJI.finditer(text))


def wants_glyph(char: str) -> bool:
    """Tell whether a character is drawn at all: spaces, joiners, variation selectors and direction marks are not."""
    return unicodedata.category(char) not in ("Zs", "Cc", "Cf") and not "\ufe00" <= char <= "\ufe0f"
