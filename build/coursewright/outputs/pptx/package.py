"""The finishing of a deck: sections, document properties, and an archive that is the same bytes every time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.opc.serialized import _ContentTypesItem
from pptx.oxml.ns import qn

from .colours import TEXT, Ground, ground
from .page import Deck
from .sheet import joined
from .theme import Rgb, Theme, changed, contrast

FIRST_ID = 256  # the least id of a slide (ECMA-376 part 1, 19.7.13)
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LXML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"  # as lxml writes it
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DEBRIS = ("/thumbnail", "/commentAuthors", "/authors", "/changesInfo", "/revisionInfo")
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # MS-PPTX 2.2.1: the section list's extension
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
ENTRY, RID = qn("p:sldId"), qn("r:id")
MEDIUM_STYLE_2 = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # PowerPoint's own default table style


class Slides:
    """The presentation's list of slides; each gets the next id."""

    def __init__(self, presentation: Any) -> None:
        self.part = presentation.part
        self.ids = presentation.part._element.get_or_add_sldIdLst()
        self.parts: list[Any] = []

    def add(self, part: Any) -> None:
        """Put a slide's part at the end."""
        etree.SubElement(self.ids, ENTRY, {"id": str(FIRST_ID + len(self.parts)), RID: joined(self.part, RT.SLIDE, part)})
        self.parts.append(part)


def finish(presentation: Any, deck: Deck, sections: Sequence[str]) -> None:
    """Give a presentation with all its slides its sections and properties. ``sections`` names each slide's section."""
    _sections(presentation, sections)
    _properties(presentation, deck)
    _bare(presentation, deck, len(sections))


def parts(presentation: Any) -> dict[str, bytes]:
    """Return a presentation's parts by name, as they stand in the file."""
    return dict(entries(presentation.part.package))


@dataclass(frozen=True)
class TableStyle:
    """The brand's default table style: its id, the ground its body cells give to text (None if that is not known).

    ``head`` is the theme colour that header text needs because the style's own cannot be read on its fill; "" for none.
    """

    id: str
    ground: Ground | None
    head: str = ""


def table_style(presentation: Any, theme: Theme, around: Ground) -> TableStyle:
    """Return the style that tables have in this brand. ``around`` is the ground of slides, where cells have no fill."""
    part = next((rel.target_part for rel in presentation.part.rels.values() if rel.reltype.endswith("/tableStyles")), None)
    root = etree.fromstring(part.blob) if part is not None else etree.Element("none")
    name = str(root.get("def", MEDIUM_STYLE_2))
    own = next((each for each in root if each.get("styleId") == name), None)
    if own is None:  # PowerPoint knows its own by their ids
        return _usual_style(name, theme)
    fill, ink = _cells(own.find(qn("a:wholeTbl")), theme)
    head_fill, head_ink = _cells(own.find(qn("a:firstRow")), theme)
    cells = around if fill is None else ground(theme, fill, ink or "tx1")
    return TableStyle(name, cells, _head(theme, head_fill, head_ink or ink or "tx1") if head_fill else "")


def _usual_style(name: str, theme: Theme) -> TableStyle:
    """PowerPoint's Medium Style 2: pale bands of the first accent, white text on it in the head. Of others nothing is known."""
    if name != MEDIUM_STYLE_2:
        return TableStyle(name, None)
    pale = changed(theme.scheme("accent1"), (("tint", 20_000),))
    return TableStyle(name, ground(theme, pale, "dk1"), _head(theme, theme.scheme("accent1"), "lt1"))


def _cells(part: Any, theme: Theme) -> tuple[Rgb | None, str]:
    """Fill and text colour (a scheme name) of a part of a table style."""
    if part is None:
        return None, ""
    fill = part.find(f"{qn('a:tcStyle')}/{qn('a:fill')}/{qn('a:solidFill')}")
    ink = part.find(f"{qn('a:tcTxStyle')}/{qn('a:schemeClr')}")
    return theme.colour(fill), ink.get("val") if ink is not None else ""


def _head(theme: Theme, fill: Rgb, ink: str) -> str:
    if contrast(theme.scheme(ink), fill) >= TEXT:
        return ""
    return max(("dk1", "lt1", "dk2", "lt2"), key=lambda name: contrast(theme.scheme(name), fill))


def _sections(presentation: Any, names: Sequence[str]) -> None:
    root = presentation.part._element
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = etree.SubElement(root, qn("p:extLst"))
    extension = etree.SubElement(extensions, qn("p:ext"), uri=SECTIONS)
    sections = etree.SubElement(extension, f"{{{P14}}}sectionLst", nsmap={"p14": P14})
    ids = (each.get("id") for each in root.find(qn("p:sldIdLst")))
    for number, (name, members) in enumerate(groupby(zip(names, ids, strict=True), key=lambda pair: pair[0])):
        identity = uuid.uuid5(uuid.NAMESPACE_URL, f"coursewright:{number}:{name}")
        section = etree.SubElement(sections, f"{{{P14}}}section", name=name or "Start", id=f"{{{str(identity).upper()}}}")
        listing = etree.SubElement(section, f"{{{P14}}}sldIdLst")
        for _, id_ in members:
            etree.SubElement(listing, f"{{{P14}}}sldId", id=id_)


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


def _bare(presentation: Any, deck: Deck, count: int) -> None:
    """Leave behind what tells of the template's own slides: its thumbnail, its list of titles, its comments' authors."""
    package = presentation.part.package
    for owner in (package, presentation.part):
        for key, relation in list(owner._rels.items()):
            if relation.reltype.endswith(DEBRIS):
                owner._rels.pop(key)
    facts = (
        f"<Slides>{count}</Slides><Application>Coursewright</Application><Company>{escape(deck.meta.get('author', ''))}</Company>"
    )
    blob = f'{XML}<Properties xmlns="{APP}">{facts}</Properties>'
    part = next((rel.target_part for rel in package._rels.values() if rel.reltype == RT.EXTENDED_PROPERTIES), None)
    if part is None:
        part = Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, package)
        package.relate_to(part, RT.EXTENDED_PROPERTIES)
    part.blob = blob.encode()


def entries(package: Any) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of everything that stands in a package's archive."""
    parts = _reached(package._rels, {})
    yield "[Content_Types].xml", _types(parts)
    yield "_rels/.rels", _relations(package._rels, "/")
    for part in parts:
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, _relations(part.rels, part.partname.baseURI)


def _reached(relations: Any, found: dict[Part, None]) -> tuple[Part, ...]:
    """Parts in the order in which relationships lead to them."""
    for relation in relations.values():
        if not relation.is_external and relation.target_part not in found:
            found[relation.target_part] = None
            _reached(relation.target_part.rels, found)
    return tuple(found)


def _types(parts: Sequence[Part]) -> bytes:
    """What each part is, as XML. python-pptx builds it element by element, which takes ten times as long."""
    defaults, overrides = _ContentTypesItem(parts)._defaults_and_overrides
    lines = [f'<Default Extension="{each}" ContentType="{kind}"/>' for each, kind in sorted(defaults.items())]
    lines += [f'<Override PartName={quoteattr(each)} ContentType="{kind}"/>' for each, kind in sorted(overrides.items())]
    return f'{LXML}<Types xmlns="{TYPES}">{"".join(lines)}</Types>'.encode()


def _relations(relations: Any, base: str) -> bytes:
    """Return a part's relationships as XML, built as its types are."""
    lines = "".join(
        f'<Relationship Id="{key}" Type="{each.reltype}" Target={quoteattr(_target(each, base))}'
        + (' TargetMode="External"/>' if each.is_external else "/>")
        for key, each in relations.items()
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'.encode()


def _target(relation: Any, base: str) -> str:
    """Return where a relationship leads: beside the part, from its parent folder, or from the root."""
    if relation.is_external:
        return str(relation.target_ref)
    name = str(relation.target_part.partname)
    parent = base.rpartition("/")[0]
    if name.startswith(f"{base.rstrip('/')}/"):
        return name[len(base.rstrip("/")) + 1 :]
    return f"..{name[len(parent) :]}" if parent and name.startswith(f"{parent}/") else name
