"""A slide's XML → the same bytes for the same look, whoever saved it.

PowerPoint rewrites much of a slide that it merely opens and saves: it adds ids, proofing marks and extensions, renumbers
relationships, splits runs, writes defaults out. That is taken away and all the rest stays, known or not: an addition we do
not know makes a slide count as edited, which costs little, while one wrongly overlooked would cost a trainer's work.

Subtrees and attributes go while the slide is a tree; runs, relationships and what says nothing go when it is canonical XML
(C14N), where one expression replaces a walk: every slide of every deck comes through here when it is built.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element
from pptx.oxml.ns import qn

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
FURNITURE_KINDS = frozenset({"ftr", "sldNum", "dt"})


def _tags(names: str) -> tuple[str, ...]:
    return tuple(map(qn, names.split()))


# Written, dropped or recomputed without anyone having asked: spelling marks, autofit, locks, tags.
SKIPPED = _tags(
    "a:endParaRPr a:normAutofit a:spAutoFit a:noAutofit p:custDataLst a:masterClrMapping "
    "a:spLocks a:grpSpLocks a:picLocks a:graphicFrameLocks a:cxnSpLocks"
)
NOISE = (
    *("id", "lang", "altLang", "dirty", "err", "smtClean", "noProof", "bmk", "kumimoji", "panose", "pitchFamily", "charset"),
    *("rtlCol", "history", "invalidUrl", "preserve", "userDrawn", "cstate", "compatLnSpc", "grpId"),
)
LENGTHS = {
    **dict.fromkeys(_tags("a:off a:chOff"), ("x", "y")),
    **dict.fromkeys(_tags("a:ext a:chExt"), ("cx", "cy")),
    **dict.fromkeys(_tags("a:gridCol"), ("w",)),
    **dict.fromkeys(_tags("a:tr"), ("h",)),
}
EXTENSIONS = _tags("a:extLst p:extLst")
BODIES, TEXTS = _tags("p:txBody a:txBody"), _tags("a:r a:fld")
POINTERS = dict(zip(_tags("a:stCxn a:endCxn p:spTgt"), ("id", "id", "spid"), strict=True))  # what names another shape
SLIDE, TREE, SHAPE, PLACEHOLDER, TABLE = _tags("p:cSld p:spTree p:cNvPr p:ph a:tbl")
TREE_FRAME = _tags("p:nvGrpSpPr p:grpSpPr")
TIMING, STEPS = _tags("p:timing p:childTnLst")
SIZES = ("sz", "orient", "hasCustomPrompt")  # of a placeholder; only type and idx tie it to its layout

# In canonical XML: attributes at their default, and elements that say nothing when they are empty, inner ones first.
UNSAID = tuple(
    f' {each}"'.encode()
    for each in ('lvl="0', 'vert="horz', 'rot="0', 'spd="fast', 'advClick="1', 'idx="0', 'descr="', 'title="')
)
HOLLOW = tuple(
    f"<{name}></{name}>".encode()
    for name in (
        *("a:avLst", "a:effectLst", "a:ln", "a:lstStyle", "a:pPr", "a:rPr", "a:tcPr", "a:bodyPr", "p:cNvSpPr", "p:cNvPicPr"),
        *("p:cNvGrpSpPr", "p:cNvGraphicFramePr", "p:cNvCxnSpPr", "p:nvPr", "p:spPr", "p:clrMapOvr"),
    )
)
SPACES = re.compile(rb' xmlns(?::\w+)?="[^"]*"')
SPLIT = re.compile(rb"(<a:r>((?>(?:<a:rPr[ >].*?</a:rPr>)?))<a:t>[^<]*)</a:t></a:r><a:r>\2<a:t>", re.DOTALL)
FIELD = re.compile(rb"(<a:fld[ >].*?)<a:t>[^<]*</a:t></a:fld>", re.DOTALL)
RELATED = re.compile(rb' r:\w+="([^"]*)"')
TEXT, ALT = re.compile(rb"<a:t>([^<]*)"), re.compile(rb' descr="([^"]*)"')

Target = Callable[[str], str]  # a relationship's id → what it leads to, in words that outlive renumbering


@dataclass(frozen=True)
class Canon:
    """What a tree comes to. ``xml`` is canonical, without lengths (EMU, in order) and furniture, which stand apart."""

    xml: bytes
    furniture: bytes
    lengths: tuple[int, ...]
    targets: tuple[str, ...]

    @property
    def words(self) -> bytes:
        """What it says: its text, a line a paragraph, and its alt texts."""
        texts = TEXT.findall(self.xml.replace(b"</a:p>", b"<a:t>\n"))
        return b"".join([*texts, b"\n".join(ALT.findall(self.xml))])


def canon(element: _Element, target: Target) -> Canon:
    """Return an element in canonical form; it is left as it is."""
    tree = copy.deepcopy(element)
    for step in (_bare, _choose, _extend, _silence, _point):
        step(tree)
    etree.strip_elements(tree, *SKIPPED, with_tail=False)
    etree.strip_attributes(tree, *NOISE)
    lengths = tuple(_measured(tree))
    furniture = b"".join([_written(each) for each in _furniture(tree)])
    targets: list[str] = []

    def follow(found: re.Match[bytes]) -> bytes:
        targets.append(target(found[1].decode()))
        return b" " + targets[-1].encode()

    return Canon(RELATED.sub(follow, _written(tree)), furniture, lengths, tuple(targets))


def _bare(tree: _Element) -> None:
    """Leave out what is no look of the slide: whether it is hidden, its name, the zeros PowerPoint writes for its tree."""
    tree.attrib.pop("show", None)
    for each in tree.iterchildren(SLIDE):
        each.attrib.pop("name", None)
        for frame in each.iterchildren(TREE):
            for zeros in list(frame.iterchildren(*TREE_FRAME)):
                frame.remove(zeros)


def _choose(tree: _Element) -> None:
    """Newer programs wrap what older ones do not know: its fallback is what both have."""
    for each in list(tree.iter(f"{MC}AlternateContent")):
        fallback = each.find(f"{MC}Fallback")
        chosen = list(fallback if fallback is not None and len(fallback) else each.iterfind(f"{MC}Choice/*"))
        at = each.getparent().index(each)
        each.getparent()[at : at + 1] = chosen


def _extend(tree: _Element) -> None:
    """Of all extensions only two are a person's: the decorative mark, and the drawing behind a picture."""
    for each in list(tree.iter(*EXTENSIONS)):
        kept = [inner for inner in each.iter(SVG_BLIP, DECORATIVE) if inner.get("val") not in ("0", "false")]
        if each.getparent() is not None:
            each.getparent().extend(kept)
            each.getparent().remove(each)


def _silence(tree: _Element) -> None:
    """Frames for text without any, and timelines without steps, come and go as programs like."""
    empty = [each for each in tree.iter(*BODIES) if next(each.iter(*TEXTS), None) is None]
    idle = [each for each in tree.iterchildren(TIMING) if next(each.iter(STEPS), None) is None]
    for each in (*empty, *idle):
        each.getparent().remove(each)


def _point(tree: _Element) -> None:
    """Shapes are renumbered freely, so what points to one gives its place among them instead."""
    pointing = list(tree.iter(*POINTERS))
    numbers = {shape.get("id", ""): str(number) for number, shape in enumerate(tree.iter(SHAPE))} if pointing else {}
    for each in pointing:
        each.set("shape", numbers.get(each.attrib.pop(POINTERS[each.tag], ""), ""))


def _measured(tree: _Element) -> Iterator[int]:
    """Take the lengths out. A table is as tall as its rows, whatever its frame says: programs write that anew."""
    for each in tree.iter(TABLE):
        for size in each.iterancestors(qn("p:graphicFrame")):
            size.find(f"{qn('p:xfrm')}/{qn('a:ext')}").attrib.pop("cy", None)
    for each in tree.iter(*LENGTHS):
        for name in LENGTHS[each.tag]:
            value = each.attrib.pop(name, "")
            if value.lstrip("-").isdigit():
                yield int(value)
            elif value:
                each.set(name, value)


def _furniture(tree: _Element) -> Iterator[_Element]:
    """Take footer, slide number and date out of the tree: a new version's date is no new content."""
    for each in list(tree.iter(PLACEHOLDER)):
        for name in SIZES:
            each.attrib.pop(name, None)
        if each.get("type") in FURNITURE_KINDS:
            shape = each.getparent().getparent().getparent()
            shape.getparent().remove(shape)
            yield shape


def _written(tree: _Element) -> bytes:
    """Canonical XML without what says nothing, and with runs of one look in one, however they were split."""
    etree.cleanup_namespaces(tree)
    written: bytes = etree.tostring(tree, method="c14n", with_comments=False, with_tail=False)
    head, end, rest = written.partition(b">")
    written = SPACES.sub(b"", head) + end + rest
    for each in (*UNSAID, *HOLLOW):
        written = written.replace(each, b"")
    return _joined(FIELD.sub(rb"\1</a:fld>", written))


def _joined(text: bytes) -> bytes:
    count = 1
    while count:
        text, count = SPLIT.subn(rb"\1", text)
    return text
