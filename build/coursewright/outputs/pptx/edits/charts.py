"""What a chart says and how it looks, in words that outlive PowerPoint's rewriting of every chart it opens.

PowerPoint writes charts anew on saving, with every default spelled out, so only what a person sets is read: kinds, series,
categories, values, titles, labels that are on, colours, sizes, scales. The workbook inside is kept as it is and counts too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element
from pptx.oxml.ns import qn

VALUES = frozenset(qn(f"c:{name}") for name in ("v", "formatCode"))
SETTINGS = frozenset(
    qn(f"c:{name}") for name in ("barDir", "grouping", "legendPos", "min", "max", "orientation", "scatterStyle", "radarStyle")
)
SWITCHES = frozenset(qn(f"c:{name}") for name in ("showVal", "showPercent", "showCatName", "showSerName", "delete"))
TEXT = qn("a:t")
COLOURS = frozenset(qn(f"a:{name}") for name in ("schemeClr", "srgbClr"))
SIZED = qn("a:defRPr"), qn("a:rPr")
DEFAULTS = frozenset({"General", "minMax", "standard"})


def chart(blob: bytes) -> str:
    """Return what a chart part says and shows."""
    root = etree.fromstring(blob)
    return "\x1e".join(word for element in root.iter() if isinstance(element.tag, str) for word in _words(element))


def digest(blob: bytes) -> str:
    """Return the hash of bytes, as long as telling files apart needs."""
    return hashlib.sha256(blob).hexdigest()[:16]


def _words(element: _Element) -> Iterator[str]:
    tag, value = element.tag, element.get("val", "")
    if tag.endswith("Chart"):
        yield etree.QName(tag).localname
    elif tag in VALUES or tag == TEXT:
        if element.text and element.text not in DEFAULTS:
            yield _number(element.text)
    elif tag in SETTINGS and value not in DEFAULTS:
        yield f"{etree.QName(tag).localname}={_number(value)}"
    elif tag in SWITCHES and value in ("1", "true"):
        yield etree.QName(tag).localname
    elif tag in COLOURS:
        yield value.lower()
    elif tag in SIZED and element.get("sz"):
        yield f"size={element.get('sz')}"


def _number(text: str) -> str:
    """Numbers as short as they are: 0.30000000000000004 and 0.3 are one."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text
