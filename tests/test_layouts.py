"""Any brand: which layout plays which role, where content may go, in which colours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from coursewright.mapping import read_mapping
from coursewright.outputs.pptx import arrange, roles, theme
from coursewright.outputs.pptx.brand import Brand
from coursewright.outputs.pptx.colours import COLOURS, ground
from coursewright.outputs.pptx.roles import BrandMapping, Wish
from coursewright.outputs.pptx.values import Rect
from coursewright.outputs.pptx.writer import write
from coursewright.problems import Broken, Place

ROOT = Path(__file__).parents[1]
DEFAULT = (ROOT / "templates/brand.pptx").read_bytes()
FOREIGN = sorted((ROOT.parent / "shared/brands").glob("*.p*t*x"))
MACRO = b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml"
PAGE = '<html lang="en"><head><title>T</title></head><body><footer>T · v1</footer>{}</body></html>'

foreign = pytest.mark.parametrize(
    "path",
    FOREIGN or [pytest.param(None, marks=pytest.mark.skip("no foreign brands here: ../shared/brands"))],
    ids=lambda path: path.stem if path else "none",
)


def template(change: Callable[[Any], None] = lambda _: None, *, source: bytes | None = None) -> bytes:
    """Return PowerPoint's own default template, or another, changed."""
    presentation = Presentation(io.BytesIO(source) if source else None)
    change(presentation)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def brand(change: Callable[[Any], None] = lambda _: None, mapping: BrandMapping | None = None) -> Brand:
    return Brand(template(change), Brand(DEFAULT), mapping)


def untyped(presentation: Any) -> None:
    for layout in presentation.slide_layouts:
        layout._element.attrib.pop("type", None)


def nameless(presentation: Any) -> None:
    untyped(presentation)
    for number, layout in enumerate(presentation.slide_layouts):
        layout._element.find(qn("p:cSld")).set("name", f"xq{'zvw'[number % 3]}k")


def test_roles_come_from_the_layouts_types_whatever_they_are_called() -> None:
    def renamed(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            layout._element.find(qn("p:cSld")).set("name", "xqzk")

    choices = brand(renamed).choices
    assert {role: choices[role].facts.type for role in ("cover", "content", "section", "two-content", "title-only")} == {
        "cover": "title", "content": "obj", "section": "secHead", "two-content": "twoObj", "title-only": "titleOnly",
    }  # fmt: skip
    assert choices["content"].why == "its type is obj"


def test_without_types_they_come_from_names() -> None:
    choices = brand(untyped).choices
    assert {choices[role].facts.name for role in ("cover", "content")} == {"Title Slide", "Title and Content"}
    assert choices["content"].why == "its name says so"


def test_without_types_and_names_they_come_from_what_the_layouts_hold() -> None:
    choices = brand(nameless).choices
    found = {
        role: choices[role].facts.number for role in ("cover", "content", "two-content", "comparison", "title-only", "blank")
    }
    assert found == {"cover": 0, "content": 1, "two-content": 3, "comparison": 4, "title-only": 5, "blank": 6}


def test_a_mapping_wins_over_everything() -> None:
    mapping = BrandMapping((Wish("content", "Two Content", {"body": 2}), Wish("quote", 6)))
    found = brand(mapping=mapping)
    assert found.layout("content").slots["body"].idx == 2
    assert found.layout("content").why == "the mapping file says so"
    assert found.layout("quote").name == "Title Only"


def test_a_mapping_that_names_what_is_not_there_says_so_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "acme.potx").write_bytes(template())
    (tmp_path / "acme.brand.yaml").write_text(
        "roles:\n  content: {layout: Title and Contents}\n  cover: {layout: 1, slots: {subtitle: 77}}\n", "utf-8"
    )
    problems = Brand(template(), Brand(DEFAULT), read_mapping(tmp_path / "acme.potx")).problems
    assert [problem.message for problem in problems] == [
        'the brand has no layout "Title and Contents"',
        'layout "Title Slide" has no placeholder 77 for subtitle',
    ]
    assert problems[0].hint == 'did you mean "Title and Content"?'
    assert [problem.where.line for problem in problems if isinstance(problem.where, Place)] == [2, 3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("role: {}\n", 'unknown key "role"'),
        ("roles: [a]\n", "roles is no mapping"),
        ("roles: {content: 3}\n", 'role "content" names no layout'),
        ("roles: {content: {layout: 1, slot: {}}}\n", 'unknown key "slot"'),
        ("roles: {content: {layout: 1, slots: {body: x}}}\n", 'slot "body" of role "content" names no placeholder'),
        ("roles: {content: [\n", ""),
    ],
)
def test_a_mapping_that_cannot_be_read_ends_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "acme.brand.yaml").write_text(text, "utf-8")
    with pytest.raises(Broken) as broken:
        read_mapping(tmp_path / "acme.potx")
    problem = broken.value.problems[0]
    assert message in problem.message
    assert isinstance(problem.where, Place)
    assert problem.where.line
    assert problem.where.file.endswith("acme.brand.yaml")


def test_a_layout_called_like_one_of_ours_by_chance_is_not_taken_for_it() -> None:
    def renamed(presentation: Any) -> None:
        presentation.slide_layouts[1]._element.find(qn("p:cSld")).set("name", "Activity")

    assert "activity" not in brand(renamed).choices


def test_a_layout_with_vertical_text_plays_no_role() -> None:
    assert {choice.facts.type for choice in brand().choices.values()}.isdisjoint({"vertTitleAndTx", "vertTx"})


def test_content_roles_come_from_one_master() -> None:
    def second(presentation: Any) -> None:
        for layout in list(presentation.slide_layouts)[2:]:
            presentation.slide_layouts.remove(layout)

    few = brand(second)
    assert {choice.facts.master for choice in few.choices.values()} == {0}


@foreign
def test_every_arrangement_lies_in_the_content_area_of_a_foreign_brand(path: Path) -> None:
    found = Brand(path.read_bytes(), Brand(DEFAULT))
    for role in sorted(roles.OWN):
        layout = found.layout(role)
        if not any(slot.drawn for slot in layout.slots.values()):
            continue  # a layout of the brand's own, such as an agenda
        for slot in layout.slots.values():
            if slot.drawn:
                assert slot.rect.shared(layout.area).size >= 0.999 * slot.rect.size, (role, slot.name)


@foreign
def test_nothing_of_ours_lies_over_what_a_foreign_brand_shows_by_itself(path: Path) -> None:
    found = Brand(path.read_bytes(), Brand(DEFAULT))
    facts = next(each for each in found.facts if each.layout is found.layout("activity").layout)
    area = found.layout("activity").area
    for fixture in facts.fixtures:
        if fixture.kind != "line" and area.shared(fixture.rect).size < 0.9 * area.size:
            shared = area.shared(fixture.rect)
            assert min(shared.width, shared.height) <= 0.002 * max(found.size), fixture.name


def test_a_logo_and_a_sidebar_are_cut_from_the_content_area() -> None:
    def furnished(presentation: Any) -> None:
        shapes = presentation.slide_master.shapes
        bar = shapes._spTree
        for x, y, width, height in ((0, 0, 1_500_000, 6_858_000), (7_900_000, 5_200_000, 1_000_000, 1_000_000)):
            box = etree.SubElement(bar, qn("p:sp"))
            box.append(etree.fromstring(BOX.format(x=x, y=y, width=width, height=height))[0])
            box.append(etree.fromstring(BOX.format(x=x, y=y, width=width, height=height))[1])

    area = brand(furnished).layout("activity").area
    assert area.x >= 1_500_000
    assert area.shared(Rect(7_900_000, 5_200_000, 1_000_000, 1_000_000)).size == 0


BOX = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="99" name="logo"/><p:cNvSpPr/>'
    '<p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:solidFill>'
    '<a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
)


def test_a_brand_without_titles_gets_real_ones() -> None:
    def untitled(presentation: Any) -> None:
        for layout in presentation.slide_layouts:
            for shape in list(layout.placeholders):
                if shape.placeholder_format.type in (1, 3):
                    shape._element.getparent().remove(shape._element)

    made = write(
        PAGE.format('<section data-layout="content"><h2>Seen</h2><p slot="body">and read</p></section>'),
        Brand(template(untitled), Brand(DEFAULT)),
        ROOT,
    )
    slide = Presentation(io.BytesIO(made.content)).slides[0]
    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == "Seen"
    assert "and read" in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_macros_are_left_out_and_that_is_said() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", MACRO
            )
            if name == "ppt/_rels/presentation.xml.rels":
                relation = b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                data = data.replace(b"</Relationships>", relation + b'Target="vbaProject.bin"/></Relationships>')
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
                )
            new.writestr(name, data)
        new.writestr("ppt/vbaProject.bin", b"macro")
    made = write(PAGE.format("<section><h2>One</h2><p>a</p></section>"), Brand(stream.getvalue(), Brand(DEFAULT)), ROOT)
    assert [problem.message for problem in made.problems] == ["the brand holds macros; the decks are made without them"]
    assert not [name for name in zipfile.ZipFile(io.BytesIO(made.content)).namelist() if "vba" in name]
    assert b"macroEnabled" not in zipfile.ZipFile(io.BytesIO(made.content)).read("[Content_Types].xml")


def test_a_templates_own_slides_leave_nothing_behind() -> None:
    def filled(presentation: Any) -> None:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Leftover"
        slide.notes_slide.notes_text_frame.text = "Leftover notes"
        presentation.core_properties.subject = "Leftover subject"

    made = write(PAGE.format("<section><h2>One</h2><p>a</p></section>"), Brand(template(filled), Brand(DEFAULT)), ROOT)
    with zipfile.ZipFile(io.BytesIO(made.content)) as deck:
        assert len([name for name in deck.namelist() if name.startswith("ppt/slides/slide")]) == 1
        assert not [name for name in deck.namelist() if b"Leftover" in deck.read(name)]
        assert b"TitlesOfParts" not in deck.read("docProps/app.xml")
        assert "docProps/thumbnail.jpeg" not in deck.namelist()


# ------------------------------------------------------------------------------------------------------ colours


def coloured(**colours: str) -> theme.Theme:
    usual = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "C00000"}
    rest = dict.fromkeys(("accent3", "accent4", "accent5", "accent6"), "336699")
    parsed = {name: bytes.fromhex(value) for name, value in {**usual, **rest, **colours}.items()}
    return theme.Theme({name: (value[0], value[1], value[2]) for name, value in parsed.items()}, {}, {})


@pytest.mark.parametrize("accent", ["FFFFFF", "FFF000", "000000", "A0A0A0", "123456", "FF7F50"])
@pytest.mark.parametrize("paper", ["FFFFFF", "000000", "1F3864", "F5E6C8", "808080"])
def test_every_colour_of_ours_can_be_read_on_every_ground(accent: str, paper: str) -> None:
    painted = coloured(accent1=accent, accent2=accent)
    below = (int(paper[:2], 16), int(paper[2:4], 16), int(paper[4:], 16))
    names = ground(painted, below).names

    def shown(name: str) -> theme.Rgb:
        scheme, changes = names[name]
        return theme.changed(painted.scheme(scheme), changes)

    best = max(theme.contrast(painted.scheme(each), below) for each in ("tx1", "bg1"))
    for name in ("ink", "muted", "lead", "manage"):
        assert theme.contrast(shown(name), below) >= min(4.5, best) - 0.01, name
    for tint in ("lead-tint", "manage-tint", "both"):
        assert theme.contrast(shown("ink"), shown(tint)) >= min(4.5, best) - 0.01, tint


def test_series_of_a_chart_are_told_apart_in_a_brand_of_greys() -> None:
    greys = {f"accent{number}": shade for number, shade in enumerate(("DDDDDD", "D8D8D8", "D0D0D0", "CCCCCC"), 1)}
    painted = coloured(**greys)
    accents = ground(painted, (255, 255, 255)).accents
    shown = [sum(theme.changed(painted.scheme(scheme), changes)) for scheme, changes in accents[:4]]
    assert all(abs(one - other) >= 30 for number, one in enumerate(shown) for other in shown[:number])


def test_the_default_brand_keeps_the_colours_chosen_by_eye() -> None:
    found = Brand(DEFAULT)
    assert dict(found.layout("content").ground.names) == dict(COLOURS)


def test_large_type_shrinks_with_the_room_and_text_stays_readable() -> None:
    room = arrange._Room(Rect(0, 0, 10_000_000, 4_000_000), Rect(0, 0, 7_000_000, 2_800_000))
    assert [room.size(size) for size in (20.0, 24.0, 54.0)] == [20.0, 24.0, 38.0]


def test_a_template_with_a_page_in_portrait_is_taken() -> None:
    def portrait(presentation: Any) -> None:
        presentation.slide_width, presentation.slide_height = Emu(6_858_000), Emu(9_144_000)

    made = write(
        PAGE.format('<section data-layout="rows"><h2>One</h2><p slot="row-1">a</p></section>'),
        Brand(template(portrait), Brand(DEFAULT)),
        ROOT,
    )
    assert [problem.message for problem in made.problems if "does not fit" in problem.message] == []
