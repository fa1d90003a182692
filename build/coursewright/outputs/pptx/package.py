"""The finishing of a deck: sections, document properties, and an archive that is the same bytes every time."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from .page import Deck

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can carry
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # MS-PPTX 2.2.1: the section list's extension
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
MEDIUM_STYLE_2 = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # PowerPoint's own default table style


def finish(presentation: Any, deck: Deck, slides: Sequence[tuple[str, Any]]) -> bytes:
    """Return the presentation as bytes. ``slides`` pairs each slide with the name of its section."""
    _sections(presentation, slides)
    _properties(presentation, deck)
    stream = io.BytesIO()
    presentation.save(stream)
    return _same_bytes(stream.getvalue())


def table_style(presentation: Any) -> str:
    """Return the id of the brand's default table style."""
    for relation in presentation.part.rels.values():
        if relation.reltype.endswith("/tableStyles"):
            return str(etree.fromstring(relation.target_part.blob).get("def", MEDIUM_STYLE_2))
    return MEDIUM_STYLE_2


def _sections(presentation: Any, slides: Sequence[tuple[str, Any]]) -> None:
    root = presentation.part._element
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = etree.SubElement(root, qn("p:extLst"))
    extension = etree.SubElement(extensions, qn("p:ext"), uri=SECTIONS)
    sections = etree.SubElement(extension, f"{{{P14}}}sectionLst", nsmap={"p14": P14})
    for number, (name, members) in enumerate(groupby(slides, key=lambda pair: pair[0])):
        identity = uuid.uuid5(uuid.NAMESPACE_URL, f"coursewright:{number}:{name}")
        section = etree.SubElement(sections, f"{{{P14}}}section", name=name or "Start", id=f"{{{str(identity).upper()}}}")
        listing = etree.SubElement(section, f"{{{P14}}}sldIdLst")
        for _, slide in members:
            etree.SubElement(listing, f"{{{P14}}}sldId", id=str(slide.slide_id))


def _properties(presentation: Any, deck: Deck) -> None:
    properties = presentation.core_properties
    moment = datetime.fromisoformat(deck.meta.get("dcterms.created", "2000-01-01"))
    properties.title = deck.title
    properties.author = deck.meta.get("author", "")
    properties.last_modified_by = deck.meta.get("author", "")
    properties.subject = deck.meta.get("description", "")
    properties.keywords = deck.meta.get("keywords", "")
    properties.comments = ""
    properties.language = deck.language
    properties.version = deck.meta.get("version", "")
    properties.revision = 1
    properties.created = properties.modified = moment


def _same_bytes(data: bytes) -> bytes:
    """The archive with fixed times, so that the same input gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return stream.getvalue()
