"""The default brand keeps its promises: every layout and slot of the vocabulary, one look, the same bytes."""

from __future__ import annotations

import re
import runpy
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Pt

HERE = Path(__file__).parent.parent / "templates"
BRAND = HERE / "brand.pptx"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

# layout name → (type, slots besides footer and slide number)
LAYOUTS = {
    "Cover": ("title", "title subtitle details"),
    "Section": ("secHead", "label number details title lead row-1 row-2 row-3"),
    "Content": ("obj", "title label body"),
    "Two content": ("twoObj", "title label left right"),
    "Comparison": ("twoTxTwoObj", "title label left-title left right-title right"),
    "Title only": ("titleOnly", "title label"),
    "Blank": ("blank", ""),
    "Picture": ("picTx", "title label picture caption"),
    "Table": ("tbl", "title label table"),
    "Chart": ("chart", "title label chart reading source"),
    "Statement": (None, "title label question"),
    "Activity": (None, "title label minutes facts steps outcome"),
    "Timer": (None, "title label details"),
    "Options": (None, "title label option-1 option-2 option-3 option-4 option-5"),
    "Answers": (None, "title label option-1 option-2 option-3 option-4"),
    "Columns": (None, "title label heading-1 heading-2 heading-3 column-1 column-2 column-3"),
    "Rows": (None, "title label row-1 row-2 row-3 row-4 row-5"),
    "Diagram": (None, "title label drawing reading"),
    "Agenda": (None, "title label agenda number-1 text-1 number-2 text-2"),
    "Case": (None, "title label body panel-label panel"),
    "Closing": (None, "title row-1 row-2 row-3 row-4 details"),
}
KINDS = {  # slots that are not plain text: their placeholder type, None for one that takes anything
    "title": "title",
    "subtitle": "subTitle",
    "footer": "ftr",
    "slide-number": "sldNum",
    "table": "tbl",
    "chart": "chart",
    "picture": "pic",
    **dict.fromkeys(("left", "right", "drawing", "steps", "agenda")),
}
SMALL = {"label": 12, "panel-label": 12, "footer": 11, "slide-number": 11, "source": 14}


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BRAND) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def layouts(parts: dict[str, bytes]) -> dict[str, etree._Element]:
    roots = [etree.fromstring(text) for name, text in parts.items() if name.startswith("ppt/slideLayouts/slideLayout")]
    return {root.find(f"{P}cSld").get("name"): root for root in roots}


def slots(layout: etree._Element) -> dict[str, etree._Element]:
    shapes = [shape for shape in layout.iter(f"{P}sp") if shape.find(f".//{P}ph") is not None]
    return {shape.find(f".//{P}cNvPr").get("name"): shape for shape in shapes}


def drawn(parts: dict[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Every part that draws something, which is all but the themes: those say what the colours are."""
    for name, text in parts.items():
        if name.startswith("ppt/") and name.endswith(".xml") and not name.startswith("ppt/theme/"):
            yield name, etree.fromstring(text)


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_script_gives_the_committed_bytes_again_and_again() -> None:
    make = runpy.run_path(str(HERE / "make_brand.py"))["brand"]
    assert make() == make() == BRAND.read_bytes()


def test_every_layout_of_the_vocabulary_is_there_and_no_other(layouts: dict[str, etree._Element]) -> None:
    assert set(layouts) == set(LAYOUTS)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_has_exactly_its_slots_under_their_own_names(layouts: dict[str, etree._Element], name: str) -> None:
    kind, wanted = LAYOUTS[name]
    assert set(slots(layouts[name])) == {*wanted.split(), "footer", "slide-number"}
    assert layouts[name].get("type") == kind
    assert layouts[name].get("userDrawn") == (None if kind else "1")


@pytest.mark.parametrize("name", LAYOUTS)
def test_names_ids_and_indexes_are_unique_in_a_layout(layouts: dict[str, etree._Element], name: str) -> None:
    shapes = [shape for shape in layouts[name].iter(f"{P}cNvPr") if shape.get("name")]
    indexes = [mark.get("idx", "0") for mark in layouts[name].iter(f"{P}ph")]
    for values in ([shape.get("name") for shape in shapes], [shape.get("id") for shape in shapes], indexes):
        assert len(values) == len(set(values))


def test_every_slot_is_a_placeholder_of_the_right_kind(layouts: dict[str, etree._Element]) -> None:
    exceptions = {("Cover", "title"): "ctrTitle", ("Content", "body"): None}
    for name, layout in layouts.items():
        for slot, shape in slots(layout).items():
            wanted = exceptions.get((name, slot), KINDS.get(slot, "body"))
            assert shape.find(f".//{P}ph").get("type") == wanted, (name, slot)


def test_the_title_is_read_first(layouts: dict[str, etree._Element]) -> None:
    assert {next(iter(slots(layout))) for name, layout in layouts.items() if name != "Blank"} == {"title"}


def test_text_is_18_points_or_more_but_for_labels_footers_and_sources(parts: dict[str, bytes]) -> None:
    for name, root in drawn(parts):
        if name.startswith(("ppt/slideLayouts", "ppt/slideMasters", "ppt/presentation")):
            for shape in root.iter(f"{P}sp", f"{P}txStyles", f"{P}defaultTextStyle"):
                slot = shape.find(f".//{P}cNvPr")
                least = SMALL.get(slot.get("name"), 18) if slot is not None else 18
                assert all(int(look.get("sz")) >= least * 100 for look in shape.iter(f"{A}defRPr")), (name, shape)


def test_colours_and_fonts_are_only_named_by_the_theme(parts: dict[str, bytes]) -> None:
    for name, root in drawn(parts):
        assert not list(root.iter(f"{A}srgbClr", f"{A}sysClr", f"{A}prstClr")), name
        faces = root.iter(f"{A}latin", f"{A}ea", f"{A}cs", f"{A}buFont")
        assert all(face.get("typeface").startswith("+") for face in faces), name


def test_no_text_shrinks_by_itself(parts: dict[str, bytes]) -> None:
    assert not [name for name, root in drawn(parts) if list(root.iter(f"{A}normAutofit", f"{A}spAutoFit"))]


def test_a_rule_belongs_to_its_slot_and_is_wide_enough_for_every_program(layouts: dict[str, etree._Element]) -> None:
    ruled = ["Rows row-1", "Rows row-5", "Section row-3", "Closing row-4", "Columns heading-2", "Activity outcome"]
    for name, slot in (each.split() for each in ruled):
        stops = slots(layouts[name])[slot].findall(f"{P}spPr/{A}gradFill/{A}gsLst/{A}gs")
        first, end, start, last = (int(stop.get("pos")) for stop in stops)
        assert (first, last) == (0, 100000)
        assert end == start
        assert end >= 1000
        assert end % 1000 == 0


def test_left_edges_of_label_title_and_footer_agree(layouts: dict[str, etree._Element]) -> None:
    for name, layout in layouts.items():
        edges = {slot: shape.find(f".//{A}off").get("x") for slot, shape in slots(layout).items()}
        if name not in ("Blank", "Section"):
            assert {edges[slot] for slot in ("title", "label", "footer") if slot in edges} == {str(round(0.8 * 914400))}, name


def test_every_slot_lies_on_the_slide_and_has_no_side_margin_of_its_own(layouts: dict[str, etree._Element]) -> None:
    for layout in layouts.values():
        for shape in slots(layout).values():
            off, size, frame = (shape.find(f".//{A}{tag}") for tag in ("off", "ext", "bodyPr"))
            assert 0 <= int(off.get("x")) <= int(off.get("x")) + int(size.get("cx")) <= 12192000
            assert 0 <= int(off.get("y")) <= int(off.get("y")) + int(size.get("cy")) <= 6858000
            assert {"lIns", "tIns", "rIns", "bIns", "anchor"} <= set(frame.attrib)


def test_text_colours_stand_out_from_their_grounds(parts: dict[str, bytes]) -> None:
    scheme = etree.fromstring(parts["ppt/theme/theme1.xml"]).find(f".//{A}clrScheme")
    colour = {each.tag.removeprefix(A): each[0].get("val") for each in scheme}
    pairs = [("dk1", "lt1"), ("dk2", "lt1"), ("accent1", "lt1"), ("accent2", "lt1"), ("dk2", "accent3"), ("dk2", "accent4")]
    pairs += [("accent1", "accent3"), ("accent2", "accent4"), ("lt1", "dk1"), ("lt2", "dk1"), ("lt1", "accent1")]
    assert not [pair for pair in pairs if contrast(colour[pair[0]], colour[pair[1]]) < 4.5]


def test_the_table_style_is_our_own_and_the_default(parts: dict[str, bytes]) -> None:
    styles = etree.fromstring(parts["ppt/tableStyles.xml"])
    (style,) = styles
    assert styles.get("def") == style.get("styleId")
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", style.get("styleId"))
    fills = list(style.iter(f"{A}fill"))
    assert fills
    assert {fill[0].tag for fill in fills} == {f"{A}noFill"}


def test_nobody_is_named_and_no_slide_is_left(parts: dict[str, bytes]) -> None:
    brand = Presentation(BRAND)
    assert (len(brand.slides), brand.slide_width, brand.slide_height) == (0, 12192000, 6858000)
    assert (brand.core_properties.title, brand.core_properties.author) == ("Coursewright default brand", "")
    assert not brand.core_properties.last_modified_by


def test_a_deck_made_from_it_inherits_everything() -> None:
    deck = Presentation(BytesIO(BRAND.read_bytes()))
    for layout in deck.slide_layouts:
        slide = deck.slides.add_slide(layout)
        slide.notes_slide.notes_text_frame.text = "Say it."
        assert {shape.placeholder_format.idx for shape in slide.placeholders} | {11, 12} == {
            shape.placeholder_format.idx for shape in layout.placeholders
        }
    assert deck.slides[0].shapes.title.height > Pt(66)
