"""Is the file sound? What makes PowerPoint offer a repair although validators are content.

Sources: ECMA-376 parts 1 and 2; MS-OE376; causes of repair prompts collected from the trackers of python-pptx,
PptxGenJS and Pandoc.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from lxml.etree import _Element

from ....problems import Problem, warning
from .archive import P14, A, Archive, C, P, R, Relation, relations_name
from .shapes import FURNITURE
from .slide import Slide, shortened

OURS = "this is a fault of Coursewright, not of your course: please report it"
THEIRS = "the brand brought this along; open the brand in PowerPoint, let it be repaired, and save it"
TYPES = "[Content_Types].xml"
BRAND = re.compile(r"^ppt/(slideMasters|slideLayouts|theme|notesMasters|handoutMasters)/")
USED = re.compile(rb'r:(?<=\sr:)\w+="([^"]+)"')  # beginning with what can be searched for quickly
NANS = (b'NaN"', b'nan"', b'inf"', b'Inf"', b'INF"', b'Infinity"', b'infinity"')
NO_NUMBER = re.compile(
    rb'\s(?:x|y|w|h|cx|cy|sz|val|pos|idx|id|l|t|r|b|mar[LRTB]|[lrtb]Ins)="-?(?:nan|inf|infinity)"', re.IGNORECASE
)
PLACEHOLDERS = {  # ST_PlaceholderType; ECMA-376 part 1, 19.7.10
    "title", "body", "ctrTitle", "subTitle", "dt", "sldNum", "ftr", "hdr", "obj", "chart", "tbl", "clipArt", "dgm",
    "media", "sldImg", "pic",
}  # fmt: skip
PROMPT = re.compile(  # what PowerPoint's own placeholders say in the languages it is used in most
    r"(double.?)?(click|tap) to (add|edit)|cliquez|klicken sie|haga clic|fare clic|clique para|klik om|kliknut[ií]m"
    r"|kliknij|klepnut[ií]m|щелкните|クリックして|单击",
    re.IGNORECASE,
)
MASTER = re.compile("マスター.*の書式設定")
FILLERS = ("lorem ipsum", "{{", "}}")
SLIDE_IDS = range(256, 2_147_483_648)  # ST_SlideId; 19.7.13
LAYOUT_IDS = range(2_147_483_648, 4_294_967_296)  # ST_SlideLayoutId, ST_SlideMasterId; 19.7.14, 19.7.15
SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
NEEDED = {  # what a part cannot be without: relationship kinds
    "slide": ("slideLayout",),
    "slideLayout": ("slideMaster",),
    "slideMaster": ("theme",),
    "notesSlide": ("notesMaster", "slide"),
    "notesMaster": ("theme",),
}


def _fault(message: str, name: str) -> Problem:
    """Return the problem of a part: ours, or a warning where the brand brought it along."""
    if BRAND.match(name):
        return warning(f"the deck's file is not sound: {message}", hint=THEIRS)
    return Problem(f"the deck's file is not sound: {message}", hint=OURS)


def examine(archive: Archive, names: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the package as a whole. ``names`` are its entries as often as they stand in it."""
    for lower, count in Counter(name.lower() for name in names).items():
        if count > 1:
            yield _fault(f"“{lower}” stands in it {count} times", lower)
    kinds = _content_types(archive)
    yield from _types(archive, kinds)
    yield from _relations(archive)
    yield from _presentation(archive, kinds)
    for name in archive.parts:
        if not name.startswith("ppt/slides/") and name.endswith((".xml", ".vml")) and name != TYPES:
            yield from _part(archive, name, archive.root(name) if BRAND.match(name) else archive.read(name))


def unreadable(archive: Archive) -> Iterator[Problem]:
    """Yield the parts that are no XML; to be asked when every part has been read."""
    for name, error in archive.unreadable.items():
        yield _fault(f"“{name}” is no well-formed XML ({error})", name)


# --------------------------------------------------------------------------------------------------- content types


def _content_types(archive: Archive) -> Mapping[str, str]:
    """Return the content type of every part, "" for those that have none."""
    root = archive.root(TYPES)
    if root is None:
        return dict.fromkeys(archive.parts, "")
    defaults = {each.get("Extension", "").lower(): each.get("ContentType", "") for each in root.iter("{*}Default")}
    own = {each.get("PartName", "").lstrip("/").lower(): each.get("ContentType", "") for each in root.iter("{*}Override")}
    return {name: own.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower(), "") for name in archive.parts}


def _types(archive: Archive, kinds: Mapping[str, str]) -> Iterator[Problem]:
    root = archive.root(TYPES)
    if root is None:
        yield _fault("it does not say what its parts are", TYPES)
        return
    present = {name.lower() for name in archive.parts}
    seen: Counter[str] = Counter()
    for each in root.iter("{*}Override", "{*}Default"):
        name = each.get("PartName", each.get("Extension", "")).lstrip("/")
        seen[name.lower()] += 1
        if each.get("PartName") and name.lower() not in present:
            yield _fault(f"it names “{name}”, which is not there", name)
        if each.get("ContentType") == "image/jpg":
            yield _fault("it calls pictures image/jpg, which is no type", name)
    yield from (_fault(f"it says twice what “{name}” is", name) for name, count in seen.items() if count > 1)
    yield from (_fault(f"it does not say what “{name}” is", name) for name, kind in kinds.items() if not kind and name != TYPES)


# --------------------------------------------------------------------------------------------------- relationships


def _relations(archive: Archive) -> Iterator[Problem]:
    """Yield relations that lead nowhere, ids that mean nothing, and parts that nothing leads to."""
    reached = {TYPES, relations_name("")}
    waiting = [""]
    while waiting:
        name = waiting.pop()
        for each in archive.relations(name).values():
            if each.external or each.target in reached:
                continue
            reached.update((each.target, relations_name(each.target)))
            if each.target not in archive.parts:
                yield _fault(f"“{name or 'the package'}” leads to “{each.target}”, which is not there", name)
            else:
                waiting.append(each.target)
    for name, data in archive.parts.items():
        if name not in reached and not name.endswith("/"):
            yield _fault(f"nothing leads to “{name}”", name)
        if name.endswith(".xml"):
            yield from _unknown_ids(archive, name, data)


def _unknown_ids(archive: Archive, name: str, data: bytes) -> Iterator[Problem]:
    used = {each.decode() for each in USED.findall(data)}
    unknown = used - archive.relations(name).keys() if used else used
    if unknown:
        yield _fault(f"“{name}” uses relations it does not have: {', '.join(sorted(unknown))}", name)


# ---------------------------------------------------------------------------------------------------- presentation


def _presentation(archive: Archive, kinds: Mapping[str, str]) -> Iterator[Problem]:
    name = archive.presentation
    root = archive.root(name)
    if root is None:
        yield _fault("it has no presentation", name)
        return
    relations = archive.relations(name)
    entries = list(root.iterfind(f"{P}sldIdLst/{P}sldId"))
    yield from _ids("slide", [each.get("id", "") for each in entries], SLIDE_IDS, name)
    yield from _ids("layout or master", _layout_ids(archive, root, relations), LAYOUT_IDS, name)
    listed = [relations[key].target for each in entries if (key := each.get(R + "id", "")) in relations]
    yield from (_fault(f"the slide “{each}” is listed twice", name) for each, count in Counter(listed).items() if count > 1)
    lost = {part for part, kind in kinds.items() if kind == SLIDE} - set(listed)
    yield from (_fault(f"the slide “{each}” is in the file but not in the deck", name) for each in sorted(lost))
    yield from _sections(root, [each.get("id", "") for each in entries], name)


def _ids(what: str, ids: list[str], allowed: range, name: str) -> Iterator[Problem]:
    yield from (_fault(f"the {what} id {each} stands twice", name) for each, count in Counter(ids).items() if count > 1)
    wrong = [each for each in ids if not each.isdigit() or int(each) not in allowed]
    yield from (_fault(f"“{each}” is no {what} id", name) for each in dict.fromkeys(wrong))


def _layout_ids(archive: Archive, root: _Element, relations: Mapping[str, Relation]) -> list[str]:
    found = []
    for entry in root.iterfind(f"{P}sldMasterIdLst/{P}sldMasterId"):
        found.append(entry.get("id", str(LAYOUT_IDS[0])) if entry.get("id") else "")
        target = relations.get(entry.get(R + "id", ""))
        master = archive.root(target.target) if target is not None else None
        if master is not None:
            found.extend(each.get("id", "") for each in master.iterfind(f"{P}sldLayoutIdLst/{P}sldLayoutId"))
    return [each for each in found if each]  # an id may be left out


def _sections(root: _Element, ids: list[str], name: str) -> Iterator[Problem]:
    if next(root.iter(P14 + "sectionLst"), None) is None:
        return
    listed = [each.get("id", "") for each in root.iter(P14 + "sldId")]
    if sorted(listed) != sorted(ids):
        yield _fault("its sections do not name every slide once", name)


# ------------------------------------------------------------------------------------------------------- any part


def _part(archive: Archive, name: str, root: _Element | None) -> Iterator[Problem]:
    if root is None:
        return
    yield from _common(archive, name, root)
    messages = chain.from_iterable(CHECKS[each.tag](each) for each in root.iter(*CHECKS))
    ids = [each.get("id", "") for each in root.iter(P + "cNvPr")] if root.tag in NAMES else []
    for message in dict.fromkeys((*messages, *_shape_ids(ids))):
        yield _fault(f"“{name}”: {message}", name)


def _common(archive: Archive, name: str, root: _Element) -> Iterator[Problem]:
    data = archive.parts[name]
    if any(each in data for each in NANS) and NO_NUMBER.search(data):
        yield _fault(f"“{name}” has a number that is none (NaN or infinite)", name)
    needed = NEEDED.get(NAMES.get(root.tag, ""), ())
    kinds = {each.kind for each in archive.relations(name).values()} if needed else set()
    yield from (_fault(f"“{name}” has no {kind}", name) for kind in needed if kind not in kinds)


NAMES = {
    P + "sld": "slide",
    P + "sldLayout": "slideLayout",
    P + "sldMaster": "slideMaster",
    P + "notes": "notesSlide",
    P + "notesMaster": "notesMaster",
}


def _shape_ids(ids: list[str]) -> Iterator[str]:
    if len(set(ids)) < len(ids):
        yield f"it uses the shape id {next(each for each, count in Counter(ids).items() if count > 1)} twice"


def _body(body: _Element) -> Iterator[str]:
    if body.find(A + "p") is None:
        yield "a text has no paragraph"


def _cell(cell: _Element) -> Iterator[str]:
    if cell.find(A + "txBody") is None:
        yield "a table cell has no text body"


def _grid(table: _Element) -> Iterator[str]:
    columns = len(table.findall(f"{A}tblGrid/{A}gridCol"))
    if any(len(row.findall(A + "tc")) != columns for row in table.iterfind(A + "tr")):
        yield "a table row has another number of cells than the table has columns"
    if table.find(A + "tr") is None:
        yield "a table has no row"


def _size(size: _Element) -> Iterator[str]:
    for side in ("cx", "cy"):
        if (value := size.get(side)) is not None and not value.isdigit():
            yield f"a shape has the size “{value}”"


def _corner(corner: _Element) -> Iterator[str]:
    for side in ("x", "y"):
        if not re.fullmatch(r"-?\d+", corner.get(side, "")):
            yield f"a shape has the place “{corner.get(side, '')}”"


def _frame(frame: _Element) -> Iterator[str]:
    if frame.find(P + "xfrm") is None:
        yield "a table or chart has no place"


def _placeholder(mark: _Element) -> Iterator[str]:
    if mark.get("type", "obj") not in PLACEHOLDERS:
        yield f"there are no placeholders of type “{mark.get('type')}”"


def _axis(axis: _Element) -> Iterator[str]:
    if not axis.get("val", "").isdigit():
        yield f"a chart has an axis with the id “{axis.get('val', '')}”"


def _values(values: _Element) -> Iterator[str]:
    for each in values.iter(C + "v"):
        try:
            finite = math.isfinite(float(each.text or ""))
        except ValueError:
            finite = False
        if not finite:
            yield f"a chart has the value “{each.text or ''}”"


def _radar(chart: _Element) -> Iterator[str]:
    if next(chart.iter(C + "smooth"), None) is not None:
        yield "a radar chart has lines made smooth, which it may not"


def _chart(chart: _Element) -> Iterator[str]:
    for tag in ("idx", "order"):
        numbers = [own.get("val") for each in chart.iter(C + "ser") if (own := each.find(C + tag)) is not None]
        if len(set(numbers)) < len(numbers):
            yield "two series of a chart have the same number"


CHECKS: Mapping[str, Callable[[_Element], Iterator[str]]] = {
    P + "txBody": _body,
    A + "txBody": _body,
    A + "tc": _cell,
    A + "tbl": _grid,
    A + "ext": _size,
    A + "chExt": _size,
    A + "off": _corner,
    P + "graphicFrame": _frame,
    P + "ph": _placeholder,
    C + "axId": _axis,
    C + "crossAx": _axis,
    C + "numCache": _values,
    C + "numLit": _values,
    C + "radarChart": _radar,
    C + "plotArea": _chart,
}


# --------------------------------------------------------------------------------------------------------- a slide


def of_slide(archive: Archive, slide: Slide) -> Iterator[Problem]:
    """Yield what is wrong with a slide's part, and what of its layout has been left standing on it."""
    for problem in _common(archive, slide.name, slide.root):
        yield replace(problem, message=f"{slide.label}: {problem.message}", where=slide.where)
    for message in dict.fromkeys(_of_shapes(slide)):
        yield slide.error(message, OURS)
    yield from _links(slide, archive.parts[slide.name])
    texts = {laid.shape: laid for laid in slide.texts}
    for shape in slide.shapes:
        if shape.mark is None or shape.mark.kind in FURNITURE:
            continue
        if shape.kind == "shape" and (shape not in texts or not texts[shape].text.strip()):
            yield slide.error(f"the empty placeholder “{shape.name}” is left on it", OURS)
        elif shape in texts and _is_prompt(texts[shape].text.strip()):
            yield slide.error(f"“{shortened(texts[shape].text)}” is the layout's own prompt, left on it", OURS)


def _is_prompt(text: str) -> bool:
    lower = text.lower()
    return bool(PROMPT.match(text) or MASTER.search(text)) or any(each in lower for each in FILLERS)


def _of_shapes(slide: Slide) -> Iterator[str]:
    """Yield what the same checks find as in other parts, from the shapes that have been read already."""
    tree = slide.root.find(f"{P}cSld/{P}spTree/{P}nvGrpSpPr/{P}cNvPr")
    heads = [each.named for each in slide.shapes if each.named is not None]
    yield from _shape_ids([each.get("id", "") for each in (*heads, *(() if tree is None else (tree,)))])
    for shape in slide.shapes:
        if shape.box is not None and not (shape.box.width >= 0 and shape.box.height >= 0 and shape.box.x == shape.box.x):
            yield f"the shape “{shape.name}” has no place or size that makes sense"
        if shape.body is not None and (not len(shape.body) or shape.body[-1].tag != PARAGRAPH):
            yield "a text has no paragraph"
        if shape.mark is not None and shape.mark.kind not in PLACEHOLDERS:
            yield f"there are no placeholders of type “{shape.mark.kind}”"
        if shape.kind == "frame" and shape.place is None:
            yield "a table or chart has no place"
        if shape.kind == "frame" and (table := shape.table) is not None:
            yield from chain(_grid(table), *(CHECKS[each.tag](each) for each in table.iter(A + "tc", A + "txBody")))
    marks = Counter(each.mark.idx for each in slide.shapes if each.mark is not None and each.mark.idx != "0")
    yield from (f"two of its placeholders have the number {idx}" for idx, count in marks.items() if count > 1)
    if sum(each.is_title for each in slide.shapes) > 1:
        yield "it has two title placeholders"


PARAGRAPH = A + "p"


def _links(slide: Slide, data: bytes) -> Iterator[Problem]:
    """A jump to another slide needs that slide; one out of the deck an address."""
    if b"hlinkClick" not in data:
        return
    for click in slide.root.iter(A + "hlinkClick"):
        target = slide.relations.get(click.get(R + "id", ""))
        jumps = click.get("action", "") == "ppaction://hlinksldjump"
        if jumps and (target is None or target.kind != "slide"):
            yield slide.error("a link on it should lead to a slide and does not", OURS)
        elif not jumps and target is not None and target.kind == "hyperlink" and not target.target:
            yield slide.error("a link on it leads nowhere", OURS)
