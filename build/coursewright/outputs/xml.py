"""XML that a template wrote, checked before somebody's program refuses it."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element

from coursewright.problems import Broken, Problem

from . import Made, text

HINT = "words that a template puts in by itself are escaped; what it marks as safe must be whole"


def write(page: str, name: str = "") -> Made:
    """Return the page as UTF-8 with line ends of one character. Raises Broken when it is no XML."""
    made = text.write(page)
    parsed(made.content, name)
    return made


def parsed(content: bytes, name: str) -> _Element:
    """Return the root of a page. Raises Broken, with the line of the page, when it is no XML."""
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        message = f"the template makes no XML: {error.msg}"
        raise Broken([Problem(message, name, HINT)]) from error
