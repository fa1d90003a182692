"""Elements of Office's XML, by their usual prefixes."""

from __future__ import annotations

from functools import cache

from lxml import etree
from lxml.etree import _Element

from .theme import A, P, R

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NAMES = {"a": A, "p": P, "r": R, "c": C}
DECLARED = " ".join(f'xmlns:{prefix}="{NAMES[prefix][1:-1]}"' for prefix in "apr")
DECORATIVE = (  # MS-ODRAWXML 2.31: a shape that tells nothing
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def node(tag: str, *children: _Element, **attributes: str) -> _Element:
    """Return an element: ``node("a:off", x="0", y="0")``.

    Prefixes are declared at the root only, which takes half the time: lxml joins what is appended.
    """
    element = etree.Element(qualified(tag), attributes)
    element.extend(children)
    return element


@cache
def qualified(tag: str) -> str:
    """Return the whole name of a tag or attribute such as ``a:off``."""
    prefix, _, local = tag.partition(":")
    return NAMES[prefix] + local


def parsed(markup: str) -> _Element:
    """Return the element of a piece of markup that uses the prefixes a, p and r."""
    head, tail = markup.split(" ", 1) if " " in markup.split(">", 1)[0] else (markup.split(">", 1)[0].rstrip("/"), "")
    rest = f" {tail}" if tail else markup[len(head) :]
    return etree.fromstring(f"{head} {DECLARED}{rest}")
