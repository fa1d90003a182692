"""The check-up of a template: what it finds, what it draws, what it writes, and what it says of files that are none."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree, html
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

import wild
from clients import client, pdf_ua_findings
from coursewright import brands
from coursewright.cli import main
from coursewright.mapping import read_mapping
from coursewright.outputs.pptx import checkup, fit, fonts, logos, seats
from coursewright.outputs.pptx.brand import Brand
from coursewright.outputs.pptx.findings import Checkup, FontCheck, Holder, LayoutCheck, RoleCheck
from coursewright.outputs.pptx.mapping_text import mapping_text
from coursewright.outputs.pptx.outlines import Box, outline
from coursewright.outputs.pptx.page import Paragraph, Run
from coursewright.outputs.pptx.refusal import refusal
from coursewright.outputs.pptx.theme import A
from coursewright.problems import Broken, Problem, Severity
from tiny import MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

ROOT = Path(__file__).parents[1]
DEFAULT = ROOT / "templates/brand.pptx"
SHARED = sorted((ROOT.parent / "shared/brands").glob("*.p*t*x"))
QUIRKS = (
    "plain", "nonsense-names", "the-same-name-everywhere", "empty-names", "no-title-placeholders", "no-bodies", "no-footers",
    "one-layout", "layouts-without-any-placeholder", "several-masters", "only-vertical-text", "placeholders-of-no-size",
    "placeholders-over-each-other", "one-name-for-all-placeholders", "a-gradient-background", "dark-by-picture", "a-title-band",
    "a-grouped-sidebar-in-the-layouts", "huge-placeholder-numbers", "a-logo-top-right", "tiny", "a4-portrait",
)  # fmt: skip


@cache
def lender() -> Brand:
    return Brand(DEFAULT.read_bytes())


def opened(data: bytes, folder: Path | None = None) -> Brand:
    """Open a template; with the mapping file that stands in a folder as acme.brand.yaml."""
    return Brand(data, lender(), read_mapping(folder / "acme.potx") if folder else None)


def examined(data: bytes) -> Checkup:
    return checkup.examine(opened(data))


def template(change: Callable[[Any], None] = lambda _: None) -> bytes:
    """Return PowerPoint's own default template, changed."""
    presentation = Presentation()
    change(presentation)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def role(check: Checkup, name: str) -> RoleCheck:
    return next(each for each in check.roles if each.role == name)


def layout(check: Checkup, number: int) -> LayoutCheck:
    return check.layouts[number - 1]


def holder(check: Checkup, number: int, slot: str) -> Holder:
    return next(each for each in layout(check, number).holders if slot in each.slots)


def told(problems: tuple[Problem, ...]) -> str:
    return "\n".join(map(str, problems))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in ("brand", *arguments)])


# ------------------------------------------------------------------------------------------------------ what it finds


def test_each_role_has_its_layout_and_the_reason() -> None:
    check = examined(template())
    found = {each.role: (each.number, each.layout, each.own) for each in check.roles}
    assert found["cover"] == (1, "Title Slide", True)
    assert found["content"] == (2, "Title and Content", True)
    assert found["activity"] == (6, "Title Only", False)
    assert role(check, "content").why == "its type is obj"
    assert "our arrangement, drawn on “Title Only”" in role(check, "activity").why
    assert role(check, "comparison").slots == {"left-title": 1, "left": 2, "right-title": 3, "right": 4}


def test_a_layout_without_a_role_says_why() -> None:
    check = examined(template())
    assert layout(check, 10).idle == "its text runs vertically"
    assert layout(check, 2).idle == ""


def test_the_layout_for_modules_stands_in_for_a_cover() -> None:
    check = examined(wild_without("title", "ctrTitle"))
    cover = role(check, "cover")
    assert cover.own and cover.stands_in and cover.layout == role(check, "section").layout
    assert "stands in" in cover.why


def wild_without(*types: str) -> bytes:
    """PowerPoint's default template without layouts of a type."""

    def change(presentation: Any) -> None:
        for each in list(presentation.slide_layouts):
            if each._element.get("type") in types:
                presentation.slide_layouts.remove(each)

    return template(change)


def test_the_capacity_is_what_fits_and_one_line_more_does_not() -> None:
    brand = opened(template())
    slot = brand.layout("content").slots["body"]
    room = seats.capacity(slot)
    filled, over = (Paragraph((Run("\v".join("x" * count)),)) for count in (room.lines, room.lines + 1))
    assert room.lines > 5
    assert fit.height((filled,), slot, 1.0, brand.fonts) <= slot.rect.height < fit.height((over,), slot, 1.0, brand.fonts)


def test_the_characters_of_a_line_are_counted_in_the_slots_own_face() -> None:
    brand = opened(template())
    slot = brand.layout("content").slots["body"]
    face = fonts.face(slot.levels[0].typeface)
    assert face is not None
    usable = (slot.rect.width - slot.insets[0] - slot.insets[2] - slot.levels[0].margin) / 12_700
    average = fonts.width(seats.SAMPLE, face) / len(seats.SAMPLE) * slot.levels[0].size
    assert seats.capacity(slot).characters == pytest.approx(usable / average, rel=0.12)


def test_a_title_holds_two_lines_at_most_however_high_it_is() -> None:
    def taller(presentation: Any) -> None:
        title = presentation.slide_layouts[1].placeholders[0]
        title.left, title.top, title.width, title.height = Emu(457_200), 0, Emu(8_229_600), Emu(3_000_000)

    check = examined(template(taller))
    found = holder(check, 2, "title").capacity
    assert found is not None and found.lines == 2


def test_fonts_say_how_they_are_measured() -> None:
    calibri = examined(template()).fonts[0]
    assert (calibri.family, calibri.uses) == ("Calibri", ("headings", "text"))
    assert calibri.how in ("file", "twin", "estimate", "none")
    assert FontCheck("A", (), "file", "A", 0).told == "measured with the font itself"
    assert FontCheck("A", (), "twin", "B", 0).told == "measured with B, whose letters are exactly as wide"
    wider, as_wide = (FontCheck("A", (), "estimate", "B", percent).told for percent in (10, 0))
    assert wider == "not on this machine: estimated with B, taken 10\u00a0% wider to be safe"
    assert as_wide == "not on this machine: estimated with B, which runs no narrower"


def test_a_font_that_is_not_here_is_a_warning_unless_only_another_script_has_it() -> None:
    check = examined(wild.alone("fonts-that-are-not-installed"))
    guessed = {font.family for font in check.fonts if font.latin and font.how == "estimate"}
    assert guessed
    warned = {found[1] for problem in check.problems if (found := re.match("the font “(.*)” is not", problem.message))}
    assert warned == guessed


def test_contrast_is_that_of_the_text_on_what_lies_below_it() -> None:
    def dressed(presentation: Any) -> None:
        title = presentation.slide_layouts[1].placeholders[0]
        title.fill.solid()
        title.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)

    plain, dark = (holder(examined(template(change)), 2, "title").ratio for change in (lambda _: None, dressed))
    assert plain is not None and dark is not None
    assert (plain.ink, plain.ground, round(plain.value, 2), plain.least) == ("#000000", "#FFFFFF", 21.0, 3.0)
    assert dark.ground == "#202020" and not dark.passes


def test_small_text_needs_more_contrast_than_large() -> None:
    check = examined(template())
    footer = holder(check, 2, "footer").ratio
    assert footer is not None and footer.least == 4.5


def test_accents_that_cannot_be_read_are_shown_with_what_is_used_instead() -> None:
    (ground,) = examined(wild.alone("pale-accents")).grounds
    failing = [accent for accent in ground.accents if not accent.ratio.passes]
    assert failing
    for accent in failing:
        assert accent.instead and accent.instead_ratio >= accent.ratio.least


@pytest.mark.parametrize(
    ("quirk", "message"),
    [
        ("no-footers", "no footer on layouts"),
        ("no-title-placeholders", "no title that can be used on layout"),
        ("eight-points-in-layouts", "is set in 8 points, hard to read"),
        ("one-layout", "section (a module opens)"),
        ("macros", "the brand holds macros"),
    ],
)
def test_what_makes_slides_less_than_they_could_be_is_said(quirk: str, message: str) -> None:
    assert message in told(examined(wild.alone(quirk)).problems)


def test_text_that_can_hardly_be_read_is_said_with_its_colours() -> None:
    def pale(presentation: Any) -> None:
        fill = '<a:solidFill><a:srgbClr val="C0C0C0"/></a:solidFill>'
        level = f'<a:lvl1pPr xmlns:a="{A[1:-1]}"><a:defRPr>{fill}</a:defRPr></a:lvl1pPr>'
        body = presentation.slide_layouts[1].placeholders[1]._element.find(f".//{A}lstStyle")
        body.append(etree.fromstring(level))

    said = "“body” has 1.8 : 1 on its background (#C0C0C0 on #FFFFFF), 3 : 1 is needed: layout 2"
    assert said in told(examined(template(pale)).problems)


def test_each_warning_is_said_once_for_all_layouts_that_have_it() -> None:
    problems = examined(wild.alone("no-footers")).problems
    assert sum("no footer" in problem.message for problem in problems) == 1
    assert len(problems) == len({problem.message for problem in problems})


def test_what_the_file_lacks_comes_with_what_we_do() -> None:
    gaps = {gap.what: gap.instead for gap in examined(wild.alone("no-notes-master")).gaps}
    assert gaps["No notes master"].startswith("We add one")
    assert "No place for text on the notes master" in {
        gap.what for gap in examined(wild.alone("a-notes-master-without-body")).gaps
    }
    assert "No notes master" not in {gap.what for gap in examined(wild.alone("plain")).gaps}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_any_template_has_a_check_up_in_which_every_layout_is_drawn(quirk: str) -> None:
    brand = opened(wild.alone(quirk))
    check = checkup.examine(brand)
    assert [each.number for each in check.layouts] == list(range(1, len(brand.facts) + 1))
    for each in check.layouts:
        svg = etree.fromstring(each.portrait)
        assert len(each.holders) >= len(brand.facts[each.number - 1].places)
        assert svg.findtext("{http://www.w3.org/2000/svg}title")
    for each in check.roles:
        assert each.own or etree.fromstring(each.portrait) is not None


# ------------------------------------------------------------------------------------------------------ what it draws


def words(svg: str) -> str:
    return " ".join(" ".join(node.itertext()) for node in etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))


def test_the_picture_names_every_slot_and_what_stays_empty() -> None:
    shown = words(layout(examined(template()), 2).portrait)
    assert re.search(r"1 title", shown) and re.search(r"2 body\s+content", shown)
    assert "date" in shown and "footer" in shown


def test_the_room_for_free_content_is_dashed_where_a_layout_is_used() -> None:
    check = examined(template())
    assert "stroke-dasharray" in layout(check, 6).portrait
    assert "stroke-dasharray" not in layout(check, 10).portrait


def test_the_picture_shows_pictures_shapes_and_words_of_the_template() -> None:
    def furnished(presentation: Any) -> None:
        shapes = presentation.slide_layouts[1].shapes._spTree
        helper = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes
        band = helper.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, 0, 0, Emu(2_000_000), Emu(500_000))
        band.fill.solid()
        band.fill.fore_color.rgb = RGBColor(0xAB, 0xCD, 0xEF)
        note = helper.add_textbox(0, Emu(6_000_000), Emu(3_000_000), Emu(400_000))
        note.text_frame.text = "Internal & <secret>"
        note.text_frame.paragraphs[0].font.size = Pt(10)
        for each in (band, note):
            shapes.append(each._element)

    svg = layout(examined(template(furnished)), 2).portrait
    assert "#ABCDEF" in svg and 'rx="' in svg
    assert "Internal & <secret>" in words(svg)


def test_a_picture_of_the_template_is_embedded_small(tmp_path: Path) -> None:
    png = tmp_path / "logo.png"
    Image.new("RGB", (2000, 1000), "#C81E3A").save(png)

    def with_logo(presentation: Any) -> None:
        helper = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes.add_picture(str(png), 0, 0, Emu(1_000_000))
        rid = presentation.slide_layouts[1].part.get_or_add_image_part(str(png))[1]
        helper._element.find(f".//{A}blip").set(qn("r:embed"), rid)
        presentation.slide_layouts[1].shapes._spTree.append(helper._element)

    svg = etree.fromstring(layout(examined(template(with_logo)), 2).portrait)
    image = next(svg.iter("{http://www.w3.org/2000/svg}image"))
    data = base64.b64decode(image.get("href").partition(",")[2])
    assert Image.open(io.BytesIO(data)).size == (420, 210)
    assert float(image.get("width")) == pytest.approx(2 * float(image.get("height")), rel=0.01)


def test_gradients_of_different_pictures_keep_different_names() -> None:
    check = examined(wild.alone("a-gradient-background"))
    ids = re.findall(r'linearGradient id="([^"]+)"', "".join(each.portrait for each in (*check.layouts, *check.roles)))
    assert ids and len(ids) == len(set(ids))


def test_a_freeform_is_drawn_point_by_point_and_a_formula_becomes_its_rectangle() -> None:
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    freeform = (
        f'<p {space}><a:custGeom><a:pathLst><a:path w="100" h="100"><a:moveTo><a:pt x="0" y="50"/></a:moveTo>'
        '<a:arcTo wR="50" hR="50" stAng="10800000" swAng="21600000"/><a:lnTo><a:pt x="{0}" y="100"/></a:lnTo><a:close/></a:path>'
        "</a:pathLst></a:custGeom></p>"
    )
    box = Box(0, 0, 200, 200)
    drawn = outline(etree.fromstring(freeform.replace("{0}", "100")), box)
    assert drawn == '<path d="M0 100 A100 100 0 0 1 200 100 A100 100 0 0 1 0 100 L200 200 Z"'.replace("-0", "0")
    assert outline(etree.fromstring(freeform.replace("{0}", "hc")), box).startswith("<rect")


# --------------------------------------------------------------------------------------------------- the mapping file


def choices(brand: Brand) -> dict[str, Any]:
    return {
        role: (each.facts.number, {name: (place.idx, place.name) for name, place in each.slots.items()})
        for role, each in brand.choices.items()
    }


def written(data: bytes, folder: Path, change: Callable[[str], str] = lambda text: text) -> str:
    text = change(mapping_text(examined(data), "acme.potx"))
    (folder / "acme.brand.yaml").write_text(text, "utf-8")
    return text


@pytest.mark.parametrize("quirk", QUIRKS)
def test_the_written_mapping_chooses_what_was_chosen(quirk: str, tmp_path: Path) -> None:
    data = wild.alone(quirk)
    written(data, tmp_path)
    again = opened(data, tmp_path)
    assert choices(again) == choices(opened(data))
    assert not again.problems


@pytest.mark.skipif(not SHARED, reason="no foreign brands here: ../shared/brands")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_the_written_mapping_of_a_real_template_chooses_what_was_chosen(path: Path, tmp_path: Path) -> None:
    written(path.read_bytes(), tmp_path)
    again = opened(path.read_bytes(), tmp_path)
    assert choices(again) == choices(opened(path.read_bytes()))


def test_an_edited_mapping_wins(tmp_path: Path) -> None:
    data = template()

    def edited(text: str) -> str:
        return text.replace('layout: "Title and Content"\n    slots: {body: 1}', 'layout: "Two Content"\n    slots: {body: 2}')

    written(data, tmp_path, edited)
    brand = opened(data, tmp_path)
    found = brand.layout("content")
    assert (found.name, found.slots["body"].idx, found.why) == ("Two Content", 2, "the mapping file says so")
    check = checkup.examine(brand, read_mapping(tmp_path / "acme.potx"))
    assert ("content", "the mapping file says so") in layout(check, 4).roles


def test_a_role_that_is_uncommented_is_played_by_the_layout_it_names(tmp_path: Path) -> None:
    data = template()
    text = written(
        data, tmp_path, lambda text: text.replace('#statement: {layout: "…"}', 'statement: {layout: "Section Header"}')
    )
    assert '  statement: {layout: "Section Header"}' in text
    brand = opened(data, tmp_path)
    assert brand.layout("statement").name == "Section Header"
    assert "question" in brand.layout("statement").slots  # found, although the file names no slots


def test_every_line_that_is_commented_out_can_be_taken_in(tmp_path: Path) -> None:
    data = template()
    written(data, tmp_path, lambda text: re.sub(r"^  #(?=\w)", "  ", text, flags=re.MULTILINE).replace("…", "Title and Content"))
    brand = opened(data, tmp_path)
    assert not brand.problems
    assert {brand.choices[name].facts.name for name in ("activity", "agenda", "rows")} == {"Title and Content"}


def test_a_layout_called_like_a_number_is_told_from_the_number(tmp_path: Path) -> None:
    def numbered(presentation: Any) -> None:
        names = ["4", "7", "2", "2", "5", "1", "3"]
        for name, each in zip(names, presentation.slide_layouts, strict=False):
            each._element.find(qn("p:cSld")).set("name", name)

    data = template(numbered)
    written(data, tmp_path)
    assert choices(opened(data, tmp_path)) == choices(opened(data))


def test_the_mapping_lists_every_placeholder_with_its_idx_kind_and_size() -> None:
    text = mapping_text(examined(template()), "acme.potx")
    assert re.search(r'#   4  "Two Content" plays two-content\n', text)
    assert re.search(r"#  +1  content +\d+\.\d × \d+\.\d  Content Placeholder 2, slot left\n", text)
    assert max(map(len, text.splitlines())) <= 130


def test_a_layout_that_is_not_there_is_told_with_its_line_and_a_guess(tmp_path: Path) -> None:
    (tmp_path / "acme.brand.yaml").write_text('roles:\n  content:\n    layout: "Titel and Content"\n')
    (problem,) = opened(template(), tmp_path).problems
    said = 'acme.brand.yaml:3:5: the brand has no layout "Titel and Content"\n    did you mean "Title and Content"?'
    assert str(problem).endswith(said)


def test_roles_and_slots_that_nothing_asks_for_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "acme.brand.yaml").write_text("roles:\n  contnet: {layout: 2}\n  picture: {layout: 9, slots: {pictrue: 1}}\n")
    brand = opened(template(), tmp_path)
    problems = checkup.examine(brand, read_mapping(tmp_path / "acme.potx")).problems
    asked = [str(problem) for problem in problems if "no slide asks" in problem.message]
    assert re.search(r'acme.brand.yaml:2:\d+: .*"contnet"\n    did you mean "content"', asked[0])
    assert re.search(r'acme.brand.yaml:3:\d+: .*"pictrue" of the role "picture"\n    did you mean "picture"', asked[1])


# ------------------------------------------------------------------------------------------------------- what is none


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
NONE = {
    "empty": (b"", "the file is empty"),
    "text": (b"Hello", "this is no PowerPoint file"),
    "pdf": (b"%PDF-1.7 ...", "this is a PDF file, no PowerPoint file"),
    "locked": (OLD + "EncryptedPackage".encode("utf-16-le"), "the file is protected by a password"),
    "ppt": (OLD + "PowerPoint Document".encode("utf-16-le"), "this is a file of PowerPoint 97 to 2003 (.ppt or .pot)"),
    "doc": (OLD + "WordDocument".encode("utf-16-le"), "this is an old Office file, no PowerPoint template"),
    "key": (archive("Index/Document.iwa", "Metadata/Properties.plist"), "this is a Keynote file"),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), "this is a Word document"),
    "odp": (archive("mimetype", "content.xml"), "this is an OpenDocument file"),
    "thmx": (archive("[Content_Types].xml", "theme/theme/theme1.xml"), "this is an Office theme, which has no slides"),
    "zip": (archive("a.txt"), "this is an archive, no PowerPoint file"),
    "half": (DEFAULT.read_bytes()[:9_000], "the file is damaged"),
    "hollow": (archive("[Content_Types].xml", "ppt/presentation.xml"), "the brand is no PowerPoint file that can be read"),
}


@pytest.mark.parametrize("kind", NONE)
def test_a_file_that_is_no_template_is_told_what_it_is(kind: str, tmp_path: Path) -> None:
    data, message = NONE[kind]
    path = tmp_path / "acme.potx"
    path.write_bytes(data)
    done = run(path, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert f"{path}: {message}" in done.output
    assert done.output.count("\n    ") >= 1  # and what to do
    assert not (tmp_path / "out").exists()


def test_powerpoints_own_files_are_not_refused() -> None:
    assert refusal(template()) is None
    assert all(refusal(path.read_bytes()) is None for path in SHARED)


# -------------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small template, acme.potx, in the folder that is worked in."""
    monkeypatch.chdir(tmp_path)
    path = Path("acme.potx")
    path.write_bytes(wild.alone("one-layout"))
    return path


def test_the_report_lands_in_out_and_the_terminal_says_where(acme: Path) -> None:
    done = run(acme)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in Path("out/brand-acme").iterdir()) == ["brand.html", "brand.pdf"]
    assert "out/brand-acme/brand.html\nout/brand-acme/brand.pdf\n" in done.output
    assert re.search(r"^\S+ +1 ", done.output, re.MULTILINE)
    assert "Drawn on 1 “" in done.output and "Accents on #FFFFFF" in done.output
    assert "title" in done.output and " × " in done.output


def test_the_report_has_a_picture_of_every_layout_and_of_every_arrangement(acme: Path) -> None:
    run(acme)
    page = html.fromstring(Path("out/brand-acme/brand.html").read_bytes())
    check = examined(acme.read_bytes())
    drawn = [each for each in check.roles if not each.own]
    assert len(page.findall(".//svg")) == len(check.layouts) + len(drawn)
    assert [each.text for each in page.iterfind(".//div[@class='arrangement']/h3")] == [each.role for each in drawn]
    assert page.get("lang") == "en" and page.findtext(".//title") == "acme.potx · Brand check-up"


def test_the_same_template_gives_the_same_report(acme: Path) -> None:
    run(acme, "--out", "one")
    run(acme, "--out", "two")
    for name in ("brand.html", "brand.pdf"):
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes()


def test_json_tells_programs_all_but_the_pictures(acme: Path) -> None:
    done = run(acme, "--format", "json", "--out", "here")
    found = json.loads(done.output)
    assert found["files"] == ["here/brand.html", "here/brand.pdf"]
    assert {"roles", "layouts", "fonts", "grounds", "gaps", "problems"} <= found.keys()
    assert found["layouts"][0]["holders"][0]["capacity"]["lines"] >= 1
    assert "<svg" not in done.output


def test_warnings_fail_only_when_asked_to(acme: Path) -> None:
    assert run(acme).exit_code == 0
    assert run(acme, "--strict").exit_code == 1


def test_the_mapping_is_written_beside_the_template_and_never_overwritten_unasked(acme: Path) -> None:
    mapping = Path("acme.brand.yaml")
    assert "acme.brand.yaml  edit it" in run(acme, "--write-mapping").output
    mapping.write_text(mapping.read_text("utf-8") + "# mine\n", "utf-8")
    again = run(acme, "--write-mapping")
    assert again.exit_code == 1
    assert "acme.brand.yaml: there is a mapping file already\n    edit it, or give --overwrite" in again.output
    assert mapping.read_text("utf-8").endswith("# mine\n")
    anew = run(acme, "--write-mapping", "--overwrite")
    assert anew.exit_code == 0 and "acme.brand.bak.yaml  the earlier mapping file, as it was" in anew.output
    assert not mapping.read_text("utf-8").endswith("# mine\n")
    assert Path("acme.brand.bak.yaml").read_text("utf-8").endswith("# mine\n")


def test_an_error_in_the_mapping_file_fails_the_command_and_the_report_is_written_all_the_same(acme: Path) -> None:
    Path("acme.brand.yaml").write_text('roles:\n  content: {layout: "nothing like it"}\n')
    done = run(acme)
    assert done.exit_code == 1
    assert "acme.brand.yaml:2" in done.output and 'the brand has no layout "nothing like it"' in done.output
    assert Path("out/brand-acme/brand.pdf").is_file()


def alone(presentation: Any) -> Any:
    """Leave the layout for content alone in a template; return the element that holds its name."""
    for each in list(presentation.slide_layouts):
        if each.name != "Title and Content":
            presentation.slide_layouts.remove(each)
    return presentation.slide_layouts[0]._element.find(qn("p:cSld"))


def test_slides_of_the_file_are_said_to_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "acme.pptx"
    path.write_bytes(template(lambda deck: [alone(deck), *(deck.slides.add_slide(deck.slide_layouts[0]) for _ in range(3))]))
    found = brands.inspect(path, tmp_path / "out")
    assert "3 slides of its own" in [gap.what for gap in found.checkup.gaps]


def test_letters_that_no_font_has_are_told_and_shown_as_boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "having", lambda letter, *_: None if letter == "ж" else fonts.face("Calibri"))
    path = tmp_path / "acme.pptx"
    path.write_bytes(template(lambda deck: alone(deck).set("name", "жж content")))
    found = brands.inspect(path, tmp_path / "out")
    assert "no font here has a letter of the template's names (ж)" in told(found.problems)
    assert "жж content" in (tmp_path / "out/brand.html").read_text("utf-8")


@pytest.mark.client
@pytest.mark.slow
def test_the_printed_report_keeps_pdf_ua_1(tmp_path: Path) -> None:
    client("verapdf")
    for quirk in ("dark-by-picture", "one-layout"):
        path = tmp_path / f"{quirk}.potx"
        path.write_bytes(wild.alone(quirk))
        brands.inspect(path, tmp_path / quirk)
    assert not pdf_ua_findings(sorted(tmp_path.glob("*/brand.pdf")))


# -------------------------------------------------------------------------------------------------------------- logos


def with_logo(colour: str = "#C81E3A", *, mode: str = "RGBA") -> bytes:
    """A template whose master shows a picture called Company mark, half of it clear."""
    picture = Image.new(mode, (80, 40), (0, 0, 0, 0) if mode == "RGBA" else colour)
    picture.paste(colour, (0, 0, 40, 40))
    stream = io.BytesIO()
    picture.save(stream, "PNG")

    def change(presentation: Any) -> None:
        stream.seek(0)
        part, rid = presentation.slide_master.part.get_or_add_image_part(stream)
        assert part is not None
        shape = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes.add_picture(stream, 0, 0, Emu(900_000))
        shape._element.find(f".//{A}blip").set(qn("r:embed"), rid)
        named = shape._element.find(f".//{qn('p:cNvPr')}")
        named.set("name", "Company mark")
        named.set("descr", "Acme, tools for all")
        presentation.slide_master.shapes._spTree.append(shape._element)

    return template(change)


def test_a_logo_is_found_by_its_name_with_its_words() -> None:
    found, problems = logos.logo(opened(with_logo()).presentation, "Company mark")
    assert problems == () and found is not None
    assert found.address.startswith("data:image/png;base64,")
    assert (found.alt, found.pale) == ("Acme, tools for all", False)


def test_a_logo_made_for_a_dark_ground_is_told_from_others() -> None:
    pale, _ = logos.logo(opened(with_logo("#FFFFFF")).presentation, "Company mark")
    own_ground, _ = logos.logo(opened(with_logo("#FFFFFF", mode="RGB")).presentation, "Company mark")
    assert pale is not None and pale.pale
    assert own_ground is not None and not own_ground.pale


def test_a_logo_may_be_a_group_of_shapes() -> None:
    def change(presentation: Any) -> None:
        shapes = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes
        group = shapes.add_group_shape([shapes.add_shape(MSO_SHAPE.OVAL, 0, 0, Emu(500_000), Emu(250_000))])
        group.name = "Mark"
        presentation.slide_master.shapes._spTree.append(group._element)

    found, _ = logos.logo(opened(template(change)).presentation, "Mark")
    assert found is not None and found.address.startswith("data:image/svg+xml;base64,")
    svg = etree.fromstring(base64.b64decode(found.address.partition(",")[2]))
    assert svg.get("viewBox") == "0 0 400 200"
    assert next(svg.iter("{http://www.w3.org/2000/svg}ellipse")).get("rx") == "200"


def test_a_logo_that_is_not_there_is_told_with_those_that_are() -> None:
    found, (problem,) = logos.logo(opened(with_logo()).presentation, "Company mrk", "acme.brand.yaml")
    assert found is None
    assert str(problem) == (
        'acme.brand.yaml: the template has no picture "Company mrk" for a logo\n'
        '    did you mean "Company mark"? the template has “Company mark”'
    )
    _, (none,) = logos.logo(opened(template()).presentation, "Mark")
    assert none.hint == "the template holds no picture" and none.severity is Severity.ERROR


def test_the_mapping_offers_the_pictures_there_are(tmp_path: Path) -> None:
    text = written(with_logo(), tmp_path, lambda text: text.replace('#logo: "Company mark"', 'logo: "Company mark"'))
    assert 'logo: "Company mark"\n' in text
    assert read_mapping(tmp_path / "acme.potx").logo == "Company mark"


@pytest.mark.parametrize("document", ["workbook", "guide"])
def test_workbook_and_guide_show_the_logo_that_the_mapping_names(document: str, make_course: MakeCourse, tmp_path: Path) -> None:
    folder, path = make_course({}), tmp_path / "acme.potx"
    path.write_bytes(with_logo())
    path.with_name("acme.brand.yaml").write_text('logo: "Company mark"\n')
    only = ["--only", f"{document}.html", "--brand", str(path)]
    done = CliRunner().invoke(main, ["build", str(folder), *only])
    assert done.exit_code == 0, done.output
    page = html.fromstring(next(Path("out").rglob(f"{document}.html")).read_bytes())
    (shown,) = page.findall(".//p[@class='logo ']/img")
    assert shown.get("alt") == "Acme, tools for all" and shown.get("src", "").startswith("data:image/png")


def test_a_logo_that_is_not_there_stops_the_print_and_says_so(make_course: MakeCourse, tmp_path: Path) -> None:
    folder, path = make_course({}), tmp_path / "acme.potx"
    path.write_bytes(with_logo())
    path.with_name("acme.brand.yaml").write_text("logo: Compny mark\n")
    done = CliRunner().invoke(main, ["build", str(folder), "--only", "workbook.html", "--brand", str(path)])
    assert done.exit_code == 1
    assert 'acme.brand.yaml:1:7: the template has no picture "Compny mark" for a logo' in done.output


def test_a_broken_mapping_file_is_told_before_anything_is_written(acme: Path) -> None:
    Path("acme.brand.yaml").write_text("roles: [a]\n")
    with pytest.raises(Broken, match="roles is no mapping"):
        brands.inspect(acme)
    assert not Path("out").exists()
