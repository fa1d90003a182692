"""A slide's XML → the same bytes for the same look, whoever saved it.

PowerPoint rewrites much of a slide that it merely opens and saves: it adds ids, proofing marks and extensions, renumbers
relationships, splits runs, writes defaults out. That is taken away and all the rest stays, known or not: an addition we do
not know makes a slide count as edited, which costs little, while one wrongly overlooked would cost a trainer's work.

Every slide of every deck comes through here when it is built, so it works on the bytes of the slide, and looks the markup
between its words up among what it has met: slides differ in their words, hardly in their tags. Only the rare parts that
point to others or give alternatives are settled in a tree before. Names go by the prefixes that every program writes.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element
from pptx.oxml.ns import qn

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def _tags(names: str) -> tuple[str, ...]:
    return tuple(map(qn, names.split()))


def _names(names: str) -> frozenset[bytes]:
    return frozenset(names.encode().split())


# Written, dropped or recomputed without anyone having asked: spelling marks, autofit, locks, tags.
SKIPPED = _names(
    "a:endParaRPr a:normAutofit a:spAutoFit a:noAutofit p:custDataLst a:masterClrMapping "
    "a:spLocks a:grpSpLocks a:picLocks a:graphicFrameLocks a:cxnSpLocks"
)
NOISE = _names(
    "id lang altLang dirty err smtClean noProof bmk kumimoji panose pitchFamily charset "
    "rtlCol history invalidUrl preserve userDrawn cstate compatLnSpc grpId mc:Ignorable"
)
# Whether a slide is hidden, and its name, are no look of it; of a placeholder only type and idx tie it to its layout.
OWN_NOISE = {b"p:sld": _names("show"), b"p:cSld": _names("name"), b"p:ph": _names("sz orient hasCustomPrompt")}
UNSAID = frozenset(  # attributes at their default
    f' {each}"'.encode()
    for each in ('lvl="0', 'vert="horz', 'rot="0', 'spd="fast', 'advClick="1', 'idx="0', 'descr="', 'title="')
)
HOLLOW = _names(  # elements that say nothing when they are empty
    "a:avLst a:effectLst a:ln a:lstStyle a:pPr a:rPr a:tcPr a:bodyPr p:cNvSpPr p:cNvPicPr "
    "p:cNvGrpSpPr p:cNvGraphicFramePr p:cNvCxnSpPr p:nvPr p:spPr p:clrMapOvr"
)
EXTENSIONS, BODIES = _names("a:extLst p:extLst"), _names("p:txBody a:txBody")
SPOKEN = (b"<a:r>", b"<a:fld>", b"<a:fld ")  # a body of text without any of them says nothing
SVG_BLIP, DECORATIVE = b":svgBlip", b":decorative"
OFF = (b' val="0"', b' val="false"')

TANGLED = (b"AlternateContent", b":stCxn", b":endCxn", b":spTgt")
POINTERS = dict(zip(_tags("a:stCxn a:endCxn p:spTgt"), ("id", "id", "spid"), strict=True))  # what names another shape
SLIDE, SHAPE, PLACEHOLDER = _tags("p:cSld p:cNvPr p:ph")

ATTRIBUTE = re.compile(rb'( (?!xmlns)([\w:]+)="[^"]*")')
SPOKEN_TEXT = re.compile(rb"(<a:t>[^<]*</a:t>)")
NAMED = re.compile(rb'<p:cSld name="[^"]*"')  # a name of its own would make each slide's beginning another stretch
FRAME = re.compile(rb"<p:spTree><p:nvGrpSpPr>.*?</p:nvGrpSpPr>(?:<p:grpSpPr[ >].*?</p:grpSpPr>)?", re.DOTALL)
TIMING = re.compile(rb"<p:timing[ >].*?</p:timing>", re.DOTALL)
TABLE = re.compile(rb' cy="-?\d+"(></a:ext></p:xfrm><a:graphic><a:graphicData uri="[^"]*/table">)')
LENGTH = re.compile(rb'(<a:(?:off|ext|chOff|chExt|gridCol|tr)) (?:cx|x|w|h)="(-?\d+)"(?: (?:cy|y)="(-?\d+)")?')
SPLIT = re.compile(rb"(<a:r>((?>(?:<a:rPr[ >].*?</a:rPr>)?))<a:t>[^<]*)</a:t></a:r><a:r>\2<a:t>", re.DOTALL)
FIELD = re.compile(rb"(<a:fld[ >].*?)<a:t>[^<]*</a:t></a:fld>", re.DOTALL)
RELATED = re.compile(rb' r:\w+="([^"]*)"')
FURNITURE = re.compile(rb'<p:ph [^>]*type="(?:ftr|sldNum|dt)"')
TEXT, ALT = re.compile(rb"<a:t>([^<]*)"), re.compile(rb' descr="([^"]*)"')

KNOWN = 1024  # tags kept in mind, and as many stretches of markup of at most that many bytes: a megabyte or two at most

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


def written(element: _Element) -> bytes:
    """Return an element's XML as :func:`canon` reads it."""
    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False))


def canon(element: _Element, target: Target, xml: bytes = b"") -> Canon:
    """Return an element in canonical form; it is left as it is. ``xml`` is its UTF-8 XML where that is at hand."""
    found = xml or written(element)
    if any(each in found for each in TANGLED):
        tree = copy.deepcopy(element)
        _choose(tree)
        _point(tree)
        found = written(tree)
    targets: list[str] = []

    def follow(found: re.Match[bytes]) -> bytes:
        targets.append(target(found[1].decode()))
        return b" " + targets[-1].encode()

    plain, lengths = _measured(_tidied(_tagged(found)))
    return Canon(*_parted(RELATED.sub(follow, plain)), lengths, tuple(targets))


def related_ids(xml: bytes) -> list[str]:
    """Return the ids of the relationships that an element's XML names, in order."""
    return [each.decode() for each in RELATED.findall(xml)]


# ---------------------------------------------------------------------------------------------- in the tree


def _choose(tree: _Element) -> None:
    """Newer programs wrap what older ones do not know: its fallback is what both have."""
    for each in list(tree.iter(f"{MC}AlternateContent")):
        fallback = each.find(f"{MC}Fallback")
        chosen = list(fallback if fallback is not None and len(fallback) else each.iterfind(f"{MC}Choice/*"))
        at = each.getparent().index(each)
        each.getparent()[at : at + 1] = chosen


def _point(tree: _Element) -> None:
    """Shapes are renumbered freely, so what points to one gives its place among them instead."""
    pointing = list(tree.iter(*POINTERS))
    numbers = {shape.get("id", ""): str(number) for number, shape in enumerate(tree.iter(SHAPE))} if pointing else {}
    for each in pointing:
        each.set("shape", numbers.get(each.attrib.pop(POINTERS[each.tag], ""), ""))


# ------------------------------------------------------------------------------------------------ tag by tag

PLAIN, SKIP, EXTENSION, HOLLOW_END, BODY, BODY_END = range(6)  # what a tag asks for beyond being written
LEFT_OUT = {**dict.fromkeys(SKIPPED, SKIP), **dict.fromkeys(EXTENSIONS, EXTENSION)}
ENDS = {**dict.fromkeys(HOLLOW, HOLLOW_END), **dict.fromkeys(BODIES, BODY_END)}


def _tagged(xml: bytes) -> bytes:
    """The XML with canonical tags. Between two texts nothing is open that would say nothing, unless it is an extension."""
    if b"extLst" in xml:
        return _Tags().joined(xml)
    pieces = SPOKEN_TEXT.split(NAMED.sub(b"<p:cSld", xml, count=1))
    pieces[::2] = [_stretch(each) if len(each) <= KNOWN else _Tags().joined(each) for each in pieces[::2]]
    return b"".join(pieces)


@lru_cache(maxsize=KNOWN)
def _stretch(markup: bytes) -> bytes:
    return _Tags().joined(markup)


@dataclass
class _Tags:
    """The tags of a slide, or of a stretch of it from text to text, on their way to canonical ones."""

    pieces: list[bytes] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)  # where the open bodies of text begin among the pieces

    def joined(self, xml: bytes) -> bytes:
        """Return the canonical tags with the text between them."""
        tokens = iter(xml.split(b"<")[1:])
        add = self.pieces.append
        for token in tokens:
            if token.startswith(b"a:t>"):
                add(b"<" + token)
                continue
            tag, asks = _tag(token)
            if asks:
                self._do(asks, tag, tokens)
            elif tag:
                add(tag)
        return b"".join(self.pieces)

    def _do(self, asks: int, tag: bytes, tokens: Iterator[bytes]) -> None:
        if asks == SKIP:
            next((token for token in tokens if token.startswith(tag)), None)
        elif asks == EXTENSION:
            self._extend(tag, tokens)
        elif asks == HOLLOW_END and self.pieces[-1:] == [b"<" + tag[2:]]:
            self.pieces.pop()
        elif asks == BODY_END and self.bodies:  # one that began before this stretch has text
            self._end_body(tag)
        else:
            if asks == BODY:
                self.bodies.append(len(self.pieces))
            self.pieces.append(tag)

    def _extend(self, end: bytes, tokens: Iterator[bytes]) -> None:
        """Of all extensions only two are a person's: the decorative mark, and the drawing behind a picture."""
        depth = 1
        for token in tokens:
            if SVG_BLIP in token or (DECORATIVE in token and not any(each in token for each in OFF)):
                self.pieces.append(_tag(token)[0])
            depth += (token.startswith(end[1:]) and b"/>" not in token) - token.startswith(end)
            if not depth:
                return

    def _end_body(self, tag: bytes) -> None:
        """Frames for text without any come and go as programs like."""
        start = self.bodies.pop()
        inside = self.pieces[start:]
        if SPOKEN[0] in inside or any(each.startswith(SPOKEN) for each in inside):
            self.pieces.append(tag)
        else:
            del self.pieces[start:]


@lru_cache(maxsize=KNOWN)
def _tag(token: bytes) -> tuple[bytes, int]:
    """Return what follows a < in canonical form, and what it asks for; of an element left out, how its end begins."""
    head, _, text = token.partition(b">")
    if head.startswith((b"?", b"!")):
        return b"", PLAIN
    if head.startswith(b"/"):
        return b"<" + token, ENDS.get(head[1:], PLAIN)
    name, _, rest = head.removesuffix(b"/").partition(b" ")
    if name in LEFT_OUT:
        return (b"", PLAIN) if head.endswith(b"/") else (b"/" + name, LEFT_OUT[name])
    tag = b"<" + name + _attributes(name, b" " + rest) + b">"
    if head.endswith(b"/"):
        return _whole(name, tag) + text, PLAIN
    return tag + text, BODY if name in BODIES else PLAIN


def _whole(name: bytes, tag: bytes) -> bytes:
    """An element without content, which may say nothing."""
    nothing = name in BODIES or (name in HOLLOW and len(tag) == len(name) + 2)
    return b"" if nothing else tag + b"</" + name + b">"


def _attributes(name: bytes, attributes: bytes) -> bytes:
    """The attributes of a tag that say something, in order of their names."""
    own = OWN_NOISE.get(name, NOISE)
    found = sorted(ATTRIBUTE.findall(attributes)) if attributes != b" " else []
    return b"".join([each for each, key in found if key not in NOISE and key not in own and each not in UNSAID])


# ---------------------------------------------------------------------------------------------- and all of it


def _tidied(xml: bytes) -> bytes:
    """Take away the zeros of the slide's tree and timelines without steps; runs of one look become one."""
    xml = FRAME.sub(b"<p:spTree>", xml, count=1)
    if b"<p:timing" in xml and b"<p:childTnLst" not in xml:
        xml = TIMING.sub(b"", xml)
    if b"<a:tbl>" in xml:  # a table is as tall as its rows, whatever its frame says: programs write that anew
        xml = TABLE.sub(rb"\1", xml)
    if b"<a:fld" in xml:
        xml = FIELD.sub(rb"\1</a:fld>", xml)
    count = int(b"</a:t></a:r><a:r>" in xml)
    while count:
        xml, count = SPLIT.subn(rb"\1", xml)
    return xml


def _measured(xml: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Take the lengths out."""
    found = LENGTH.split(xml)
    lengths = (int(length) for pair in zip(found[2::4], found[3::4], strict=True) for length in pair if length)
    del found[3::4], found[2::3]
    return b"".join(found), tuple(lengths)


def _parted(xml: bytes) -> tuple[bytes, bytes]:
    """The slide, and apart from it footer, slide number and date: a new version's date is no new content."""
    first, *shapes = xml.split(b"<p:sp>")
    body, furniture = [first], []
    for shape in shapes:
        inside, _, after = shape.partition(b"</p:sp>")
        if FURNITURE.search(inside):
            furniture.append(inside)
            body.append(after)
        else:
            body += (b"<p:sp>", shape)
    return b"".join(body), b"".join(furniture)
