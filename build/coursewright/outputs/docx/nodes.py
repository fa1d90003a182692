"""XML of WordprocessingML, made briefly. Word refuses what stands in the wrong order, so whoever calls keeps the schema's."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

TWIPS = 1440 / 25.4  # a millimetre
EMU = 36_000  # a millimetre
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:w14="{W14}" mc:Ignorable="w14"'
)


def node(tag: str, *inside: Any, **attributes: object) -> Any:
    """Return an element such as ``w:jc``; attributes are of the same namespace, ``None`` leaves one out."""
    element = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        if value is not None:
            element.set(qn(f"{prefix}:{name.rstrip('_')}"), str(value))
    for each in inside:
        if each is not None:
            element.append(each)
    return element


def parsed(markup: str) -> Any:
    """Return markup whose root declares what namespaces it needs, as an element of python-docx's own kinds."""
    return parse_xml(markup)


def twips(millimetres: float) -> int:
    """Return twentieths of a point, in which Word measures almost everything."""
    return round(millimetres * TWIPS)


def halves(points: float) -> int:
    """Return half points, in which Word counts the size of type."""
    return round(points * 2)


def twentieths(points: float) -> int:
    """Return twentieths of a point."""
    return round(points * 20)


__all__ = ["EMU", "SPACES", "W14", "halves", "node", "parsed", "qn", "twentieths", "twips"]
