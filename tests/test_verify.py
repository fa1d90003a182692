"""Our own examination of a saved deck: each fault is made on purpose and has to be found, and a sound deck is passed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from coursewright.outputs.pptx import verify
from coursewright.outputs.pptx.verify import faces, paint
from coursewright.problems import Severity

SLIDE = "ppt/slides/slide1.xml"
Edit = Callable[[Any], None]


def deck(*edits: Edit, layout: int = 5) -> bytes:
    """Return a deck of one slide with a title ("Title only" unless asked otherwise), as the edits leave it."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
    slide.shapes.title.text_frame.text = "A good title"
    for edit in edits:
        edit(slide)
    for properties in slide._element.iter(qn("a:r")):
        properties.get_or_add_rPr().set("lang", "en-GB")
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def parts(*edits: Edit, layout: int = 5) -> dict[str, bytes]:
    return verify.parts_of(deck(*edits, layout=layout))


def found(content: bytes | dict[str, bytes]) -> list[str]:
    """Return the messages without hints."""
    return [problem.message for problem in verify.examine(content)]


def box(text: str, *, at: tuple[float, float] = (1, 2), size: tuple[float, float] = (4, 1), wrap: bool = True) -> Edit:
    """Add a text box; inches."""

    def add(slide: Any) -> None:
        shape = slide.shapes.add_textbox(*map(Inches, (*at, *size)))
        shape.text_frame.text = text
        shape.text_frame.word_wrap = wrap

    return add


def picture(alt: str, *, at: tuple[float, float] = (1, 4), colour: str = "white") -> Edit:
    def add(slide: Any) -> None:
        data = io.BytesIO()
        Image.new("RGB", (20, 10), colour).save(data, "PNG")
        shape = slide.shapes.add_picture(data, *map(Inches, at), Inches(2), Inches(1))
        shape._element.nvPicPr.cNvPr.set("descr", alt)

    return add


def table(*rows: str, at: tuple[float, float] = (1, 2), height: float = 1, head: bool = True, alt: str = "who does what") -> Edit:
    """Add a table; cells of a row are parted by |."""

    def add(slide: Any) -> None:
        cells = [row.split("|") for row in rows]
        frame = slide.shapes.add_table(len(rows), len(cells[0]), *map(Inches, (*at, 6, height)))
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        frame.table.first_row = head
        for number, row in enumerate(cells):
            for column, text in enumerate(row):
                frame.table.cell(number, column).text = text

    return add


def panel(
    colour: str, *, at: tuple[float, float] = (1, 2), size: tuple[float, float] = (4, 1), text: str = "", ink: str = ""
) -> Edit:
    """Add a filled shape, with text in a colour of its own if there is some."""

    def add(slide: Any) -> None:
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (*at, *size)))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape._element.nvSpPr.cNvPr.set("descr", "a panel")
        shape.text_frame.text = text
        if ink:
            shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(ink)

    return add


def chart(kind: Any = XL_CHART_TYPE.PIE, *, alt: str = "two thirds lead", at: tuple[float, float] = (1, 3)) -> Edit:
    def add(slide: Any) -> None:
        data = CategoryChartData()
        data.categories = ["a", "b"]
        data.add_series("s", (1, 2))
        frame = slide.shapes.add_chart(kind, *map(Inches, (*at, 4, 3)), data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)

    return add


def changed(name: str, old: str, new: str, *edits: Edit, layout: int = 5) -> dict[str, bytes]:
    """Return the parts with one of them changed; the old text has to be there."""
    whole = parts(*edits, layout=layout)
    assert old.encode() in whole[name]
    return {**whole, name: whole[name].replace(old.encode(), new.encode(), 1)}


def test_a_sound_deck_is_passed() -> None:
    edits = (box("A few words"), picture("a red square"), table("Who|What", "Ada|plans", at=(1, 6.2), height=0.8))
    assert found(deck(*edits, chart(at=(5.5, 2)))) == []


def test_the_file_and_its_parts_are_judged_alike() -> None:
    content = deck(box("A few words"), picture(""))
    assert verify.examine(content) == verify.examine(verify.parts_of(content)) != ()


def test_a_problem_points_to_the_slides_place_in_the_course() -> None:
    problems = verify.examine(deck(picture("")), ["modules/01.yaml#/segments/0"])
    assert [problem.where for problem in problems] == ["modules/01.yaml#/segments/0"]


# --------------------------------------------------------------------------------------------------- accessibility


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (picture(""), "slide 1 “A good title”: the picture has no alternative text"),
        (picture("logo.png"), "slide 1 “A good title”: the alternative text of the picture is “logo.png”"),
        (picture("Picture 3"), "slide 1 “A good title”: the alternative text of the picture is “Picture 3”"),
        (chart(alt=""), "slide 1 “A good title”: the chart has no alternative text"),
        (table("Who|What", "Ada|plans", alt=""), "slide 1 “A good title”: the table has no alternative text"),
        (table("Who|What", "Ada|plans", head=False), "slide 1 “A good title”: its table has no header row"),
    ],
)
def test_what_a_screen_reader_cannot_say_is_found(edit: Edit, message: str) -> None:
    assert found(deck(edit)) == [message]


def test_a_shape_without_text_needs_words_or_the_mark_that_it_only_decorates() -> None:
    def bare(slide: Any) -> None:
        slide.shapes.add_shape(MSO_SHAPE.OVAL, Inches(1), Inches(2), Inches(1), Inches(1))

    def decorative(slide: Any) -> None:
        bare(slide)
        slide.shapes[-1]._element.nvSpPr.cNvPr.append(_decorative())

    assert found(deck(bare)) == ["slide 1 “A good title”: the shape has no alternative text"]
    assert found(deck(decorative)) == []


def _decorative() -> Any:
    return etree.fromstring(
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )


def test_merged_cells_are_found() -> None:
    def merged(slide: Any) -> None:
        table("Who|What", "Ada|plans")(slide)
        grid = slide.shapes[-1].table
        grid.cell(1, 0).merge(grid.cell(1, 1))

    assert found(deck(merged)) == ["slide 1 “A good title”: its table has merged cells"]


def test_a_slide_needs_a_title_of_its_own() -> None:
    presentation = Presentation()
    for text in ("Twice", "Once", "twice", ""):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text_frame.text = text
        for run in slide._element.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", "en")
    stream = io.BytesIO()
    presentation.save(stream)
    messages = found(stream.getvalue())
    assert "slide 3 “twice”: slide 1 has the same title" in messages
    assert "slide 4: it has no title" in messages


def test_text_without_a_language_is_found() -> None:
    assert found(changed(SLIDE, ' lang="en-GB"', "")) == ["slide 1 “A good title”: the text “A good title” has no language"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Click here", "the link “Click here” does not say where it leads"),
        ("https://example.org/a", "the link “https://example.org/a” is a bare address"),
        ("The handbook", ""),
    ],
)
def test_a_link_says_where_it_leads(words: str, message: str) -> None:
    def link(slide: Any) -> None:
        box(words)(slide)
        slide.shapes[-1].text_frame.paragraphs[0].runs[0].hyperlink.address = "https://example.org/a"

    assert found(deck(link)) == ([f"slide 1 “A good title”: {message}"] if message else [])


def test_the_title_is_read_first_and_what_stands_above_before_what_stands_below() -> None:
    def last(slide: Any) -> None:
        box("first")(slide)
        slide.shapes._spTree.append(slide.shapes.title._element)

    assert found(deck(last)) == ["slide 1 “A good title”: its title is not read first"]
    assert found(deck(box("below", at=(1, 5)), box("above"))) == [
        "slide 1 “A good title”: “TextBox 3” is read after “TextBox 2”, but stands above it"
    ]
    assert found(deck(box("right", at=(5.5, 3)), box("left", at=(1, 2)))) == []


def test_sections_have_names_of_their_own() -> None:
    name = "ppt/presentation.xml"
    listing = '<p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst>'
    none = "00000000-0000-0000-0000-00000000000"
    sections = "".join(
        f'<p14:section name="{each}" id="{{{none}{number}}}">{listing if not number else ""}</p14:section>'
        for number, each in enumerate(("Break", "break", "Untitled Section"))
    )
    wrapped = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        f'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">{sections}</p14:sectionLst></p:ext></p:extLst>'
    )
    whole = parts()
    whole[name] = re.sub(
        rb"<p:extLst>.*</p:extLst>|(?=</p:presentation>)", wrapped.encode(), whole[name], count=1, flags=re.DOTALL
    )
    assert found(whole) == ["the deck has two sections called “break”", "the deck has a section called “Untitled Section”"]


# -------------------------------------------------------------------------------------------------------- contrast


def test_pale_text_on_a_pale_panel_is_hard_to_read() -> None:
    messages = found(deck(panel("F0F0F0", text="pale words", ink="AAAAAA")))
    assert messages == ["slide 1 “A good title”: “pale words” is hard to read, #AAAAAA on #F0F0F0 is a contrast of 2.0 : 1"]


def test_large_text_needs_less_contrast() -> None:
    def large(slide: Any) -> None:
        panel("FFFFFF", text="words", ink="8A8A8A")(slide)
        slide.shapes[-1].text_frame.paragraphs[0].runs[0].font.size = Pt(24)

    def small(slide: Any) -> None:
        panel("FFFFFF", text="words", ink="8A8A8A")(slide)
        slide.shapes[-1].text_frame.paragraphs[0].runs[0].font.size = Pt(12)

    assert found(deck(large)) == []
    assert len(found(deck(small))) == 1


def test_what_lies_beneath_a_text_counts_not_what_lies_elsewhere_or_above() -> None:
    beneath = panel("101010", size=(6, 2))
    assert len(found(deck(beneath, box("black on black", at=(1.5, 2.5))))) == 1
    assert found(deck(panel("101010", at=(1, 5)), box("black on white", at=(1.5, 2.5)))) == [
        "slide 1 “A good title”: “TextBox 3” is read after “Rectangle 2”, but stands above it"
    ]


def test_a_half_transparent_panel_is_seen_through() -> None:
    def half(slide: Any) -> None:
        panel("000000", size=(6, 2))(slide)
        colour = slide.shapes[-1]._element.find(f".//{qn('a:srgbClr')}")
        colour.append(colour.makeelement(qn("a:alpha"), {"val": "20000"}))

    assert found(deck(half, box("still readable", at=(1.5, 2.5)))) == []


def test_a_background_of_the_slides_own_counts() -> None:
    def dark(slide: Any) -> None:
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)

    assert found(deck(dark)) == [
        "slide 1 “A good title”: “A good title” is hard to read, #000000 on #202020 is a contrast of 1.3 : 1"
    ]


def test_a_picture_beneath_a_text_is_looked_at() -> None:
    def behind(colour: str) -> Edit:
        def add(slide: Any) -> None:
            picture("a plain square", at=(1, 2), colour=colour)(slide)
            slide.shapes[-1].width, slide.shapes[-1].height = Inches(6), Inches(2)

        return add

    def unreadable(colour: str) -> bool:
        return any("hard to read" in message for message in found(deck(behind(colour), box("words", at=(1.5, 2.5)))))

    assert unreadable("black")
    assert not unreadable("white")


def test_a_tables_style_gives_its_cells_their_colours() -> None:
    def black_head(slide: Any) -> None:
        table("Who|What", "Ada|plans")(slide)
        slide.shapes[-1].table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0x4F, 0x81, 0xBD)

    assert [message for message in found(deck(black_head)) if "“Who” is hard to read, #4F81BD on #4F81BD" in message]


def test_one_colour_of_a_brand_is_one_problem_however_many_slides_have_it() -> None:
    presentation = Presentation()
    for number in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text_frame.text = f"Slide {number}"
        panel("F0F0F0", text=f"pale {number}", ink="AAAAAA")(slide)
        for run in slide._element.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", "en")
    stream = io.BytesIO()
    presentation.save(stream)
    (message,) = found(stream.getvalue())
    assert message.startswith("slide 1 “Slide 0”, and on 2 more slides: “pale 0” is hard to read")


def test_black_on_white_is_the_highest_contrast() -> None:
    assert paint.contrast(paint.BLACK, paint.WHITE) == pytest.approx(21)


# ----------------------------------------------------------------------------------------------------------- fit

LONG = "Many words that go on and on until no frame of this size can hold them any more. " * 3


def test_text_higher_than_its_frame_is_found() -> None:
    (message,) = found(deck(box(LONG)))
    assert re.fullmatch(r"slide 1 “A good title”: the text “Many words that.*…” is \d+ pt higher than its place", message)


def test_text_that_fits_is_passed() -> None:
    assert found(deck(box(LONG, size=(8, 2)))) == []


def test_a_stored_scale_is_counted() -> None:
    def scaled(share: str) -> Edit:
        def add(slide: Any) -> None:
            box(LONG, size=(8, 0.8))(slide)
            properties = slide.shapes[-1].text_frame._txBody.bodyPr
            properties.append(properties.makeelement(qn("a:normAutofit"), {"fontScale": share} if share else {}))

        return add

    assert found(deck(scaled("60000"))) == []
    assert len(found(deck(scaled("")))) == 1  # PowerPoint paints what is stored: nothing stored, nothing smaller


def test_a_line_that_does_not_wrap_is_as_wide_as_its_words() -> None:
    (message,) = found(deck(box("Quite a number of words here", size=(1, 0.5), wrap=False)))
    assert re.search(r"is \d+ pt wider than its place", message)


def test_inherited_sizes_count() -> None:
    def body(slide: Any) -> None:
        slide.placeholders[1].text_frame.text = LONG * 2  # 32 points, from the master

    assert any("higher than its place" in message for message in found(deck(body, layout=1)))


def test_a_title_of_three_lines_is_too_long() -> None:
    def three(slide: Any) -> None:
        slide.shapes.title.text_frame.text = "A title that is so long that it will take three lines at least"
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
        slide.shapes.title.left, slide.shapes.title.top = Inches(1), Inches(0.2)
        slide.shapes.title.width, slide.shapes.title.height = Inches(6), Inches(3)

    (message,) = found(deck(three))
    assert message.endswith("the title takes 3 lines")


def test_a_table_that_grows_over_the_edge_is_found() -> None:
    rows = ["Who|What", *(f"Ada|{LONG}" for _ in range(4))]
    assert any("the table reaches" in message for message in found(deck(table(*rows, at=(1, 4)))))


def test_a_table_that_grows_into_what_stands_below_is_found() -> None:
    messages = found(deck(table("Who|What", f"Ada|{LONG}"), box("what stands below", at=(1, 3.2))))
    assert any("the table and the text “what stands below” overlap" in message for message in messages)


def test_a_word_that_no_line_holds_is_found() -> None:
    messages = found(deck(box("Verantwortungsbewusstsein", size=(1.2, 2))))
    assert messages == ["slide 1 “A good title”: “Verantwortungsbewusstsein” is wider than its place and breaks between letters"]


def test_what_leaves_the_slide_is_found() -> None:
    (message,) = found(deck(picture("a square", at=(9, 4))))
    assert message == "slide 1 “A good title”: the picture reaches 72 pt over the edge of the slide"


def test_what_overlaps_is_found_by_its_words_not_by_its_empty_frame() -> None:
    assert found(deck(box("one", size=(4, 3)), box("two", at=(1, 3.5), size=(4, 1)))) == []
    (message,) = found(deck(box("one two three"), box("four five six", at=(1.1, 2.05))))
    assert message.startswith("slide 1 “A good title”: the text “one two three” and the text “four five six” overlap")


def test_what_lies_over_the_brands_logo_is_found() -> None:
    presentation = Presentation()
    layout = presentation.slide_layouts[5]
    slide = presentation.slides.add_slide(layout)
    slide.shapes.title.text_frame.text = "A good title"
    picture("logo", at=(1, 4), colour="white")(slide)
    logo = slide.shapes[-1]._element
    logo.nvPicPr.cNvPr.set("id", "99")
    target = slide.part.related_part(logo.blipFill.blip.rEmbed)
    logo.blipFill.blip.rEmbed = layout.part.relate_to(
        target, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    )
    layout._element.cSld.spTree.append(logo)
    box("words over it", at=(1.5, 4.2))(slide)
    for run in slide._element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", "en")
    slide.part.drop_rel(next(key for key, each in slide.part.rels.items() if each.reltype.endswith("/image")))
    stream = io.BytesIO()
    presentation.save(stream)
    (message,) = found(stream.getvalue())
    assert message == "slide 1 “A good title”: the text “words over it” lies over a picture of the brand, 'Picture 2'"


def test_text_in_a_group_stands_where_the_group_puts_it() -> None:
    def grouped(slide: Any) -> None:
        group = slide.shapes.add_group_shape()
        group._element.nvGrpSpPr.cNvPr.set("descr", "a drawing")
        back = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), Inches(2), Inches(1))
        back.fill.solid()
        back.fill.fore_color.rgb = RGBColor(0, 0, 0)
        group.shapes.add_textbox(Emu(0), Emu(0), Inches(2), Inches(1)).text_frame.text = "dark"
        group.left, group.top = Inches(1), Inches(3)

    assert found(deck(grouped)) == ["slide 1 “A good title”: “dark” is hard to read, #000000 on #000000 is a contrast of 1.0 : 1"]


def test_asian_text_breaks_between_characters_and_is_as_wide_as_high() -> None:
    def lines(text: str, width: float) -> bool:
        return any("higher" in message for message in found(deck(box(text, size=(width, 0.4)))))

    assert not lines("指導者と管理者", 2.2)
    assert lines("指導者と管理者", 1.5)


def test_a_word_broken_between_letters_is_as_high_as_its_lines() -> None:
    messages = found(deck(box("Verantwortungsbewusstsein", size=(1.2, 0.5))))
    assert any("higher than its place" in message for message in messages)


def test_a_space_that_does_not_break_is_as_wide_as_one_that_does() -> None:
    face = faces.face("Calibri")
    assert face.width("L\xa0\xa0L\u00ad") == face.width("L  L")


def test_widths_are_those_of_the_metric_twin() -> None:
    if not faces.face("Calibri").known:
        pytest.skip("neither Calibri nor Carlito is installed")
    assert faces.face("Calibri").width("Hello") == pytest.approx(2.108, abs=0.01)


# ------------------------------------------------------------------------------------------------------- package

RELS = "ppt/slides/_rels/slide1.xml.rels"
TYPES = "[Content_Types].xml"
NOT_SOUND = "the deck's file is not sound: "
LABEL = "slide 1 “A good title”: "


def notes(slide: Any) -> None:
    slide.notes_slide.notes_text_frame.text = "Say this."


def without_paragraph() -> dict[str, bytes]:
    whole = parts(box("words"))
    head, middle, tail = whole[SLIDE].rpartition(b"<a:p>")
    return {**whole, SLIDE: head + tail[tail.index(b"</p:txBody>") :]} if middle else whole


def without_xfrm() -> dict[str, bytes]:
    whole = parts(table("Who|What", "Ada|plans"))
    return {**whole, SLIDE: re.sub(rb"<p:xfrm>.*?</p:xfrm>", b"", whole[SLIDE], flags=re.DOTALL)}


def unlisted() -> dict[str, bytes]:
    whole = parts()
    name = "ppt/presentation.xml"
    return {**whole, name: re.sub(rb"<p:sldIdLst>.*?</p:sldIdLst>", b"", whole[name])}


def sectioned() -> dict[str, bytes]:
    section = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/'
        'office/powerpoint/2010/main"><p14:section name="All" id="{00000000-0000-0000-0000-000000000001}"><p14:sldIdLst>'
        '<p14:sldId id="999"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>'
    )
    return changed("ppt/presentation.xml", "</p:presentation>", section)


def dropped(part: str, kind: str) -> dict[str, bytes]:
    whole, name = parts(notes), f"ppt/{part}s/_rels/{part}1.xml.rels"
    return {**whole, name: re.sub(rb'<Relationship [^>]*/relationships/%s"[^>]*/>' % kind.encode(), b"", whole[name])}


def chart_name() -> str:
    return next(name for name in parts(chart()) if name.startswith("ppt/charts/chart"))


def prompted(text: str = "Click to add text") -> dict[str, bytes]:
    return parts(lambda slide: setattr(slide.placeholders[1].text_frame, "text", text), layout=1)


def numbered() -> dict[str, bytes]:
    def fill(slide: Any) -> None:
        slide.placeholders[1].text_frame.text, slide.placeholders[2].text_frame.text = "left", "right"

    return changed(SLIDE, 'idx="2"', 'idx="1"', fill, layout=3)


MASTER, LAYOUT, SHOW = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout1.xml", "ppt/presentation.xml"
WORDS, SQUARE, GRID = box("words"), picture("a square"), table("Who|What", "Ada|plans")
GONE = '<Override PartName="/ppt/gone.xml" ContentType="a/b"/><Override'
UNSOUND = [
    (lambda: changed(SLIDE, 'id="2" name="Title 1"', 'id="1" name="Title 1"'), LABEL + "it uses the shape id 1 twice"),
    (lambda: changed(TYPES, "<Override", GONE), "it names “ppt/gone.xml”, which is not there"),
    (lambda: changed(TYPES, 'Extension="jpeg"', 'Extension="j"'), "it does not say what “docProps/thumbnail.jpeg” is"),
    (lambda: changed(TYPES, "image/jpeg", "image/jpg"), "it calls pictures image/jpg, which is no type"),
    (lambda: changed(RELS, "slideLayout6", "slideLayout66"), "“ppt/slideLayouts/slideLayout66.xml”, which is not there"),
    (lambda: changed(SLIDE, 'r:embed="', 'r:embed="x', SQUARE), "uses relations it does not have: xrId2"),
    (lambda: parts() | {"ppt/stray.xml": b"<a/>"}, "nothing leads to “ppt/stray.xml”"),
    (lambda: parts() | {"PPT/Slides/Slide1.xml": b"<a/>"}, "“ppt/slides/slide1.xml” stands in it 2 times"),
    (lambda: changed(SLIDE, "<a:p>", "<a:q>"), "is no well-formed XML"),
    (lambda: changed(SLIDE, "A good title", "A \x01 title"), "is no well-formed XML"),
    (without_paragraph, LABEL + "a text has no paragraph"),
    (lambda: changed(SLIDE, 'cx="3657600"', 'cx="-3657600"', WORDS), "has no place or size that makes sense"),
    (lambda: changed(SLIDE, 'cx="3657600"', 'cx="NaN"', WORDS), "has a number that is none (NaN or infinite)"),
    (lambda: changed(SLIDE, 'type="title"', 'type="heading"'), "there are no placeholders of type “heading”"),
    (lambda: changed(SLIDE, '<a:gridCol w="2743200"/>', "", GRID), "another number of cells than the table has columns"),
    (without_xfrm, LABEL + "a table or chart has no place"),
    (lambda: changed(SHOW, '<p:sldId id="256"', '<p:sldId id="25"'), "“25” is no slide id"),
    (lambda: changed(MASTER, 'id="2147483650"', 'id="2147483649"'), "the layout or master id 2147483649 stands twice"),
    (unlisted, "the slide “ppt/slides/slide1.xml” is in the file but not in the deck"),
    (sectioned, "its sections do not name every slide once"),
    (lambda: dropped("notesMaster", "theme"), "“ppt/notesMasters/notesMaster1.xml” has no theme"),
    (lambda: dropped("notesSlide", "notesMaster"), "“ppt/notesSlides/notesSlide1.xml” has no notesMaster"),
    (lambda: parts(chart(XL_CHART_TYPE.COLUMN_CLUSTERED)), "a chart has an axis with the id “-2068027336”"),
    (lambda: parts(chart(XL_CHART_TYPE.RADAR)), "a radar chart has lines made smooth, which it may not"),
    (lambda: changed(chart_name(), "<c:v>1</c:v>", "<c:v>NaN</c:v>", chart()), "a chart has the value “NaN”"),
    (lambda: parts(layout=1), LABEL + "the empty placeholder “Content Placeholder 2” is left on it"),
    (prompted, LABEL + "“Click to add text” is the layout's own prompt, left on it"),
    (numbered, LABEL + "two of its placeholders have the number 1"),
]


@pytest.mark.parametrize(("make", "message"), UNSOUND, ids=[message[-40:] for _, message in UNSOUND])
def test_what_makes_powerpoint_repair_a_file_is_found(make: Callable[[], dict[str, bytes]], message: str) -> None:
    messages = found(make())
    assert any(message in each for each in messages), messages


PROMPTS = ("Klicken Sie, um Text einzugeben", "Ask {{name}} first", "So LOREM Ipsum", "これはマスター テキストの書式設定です")


@pytest.mark.parametrize("text", PROMPTS)
def test_what_a_template_says_instead_of_a_text_is_found(text: str) -> None:
    assert f"{LABEL}“{text}” is the layout's own prompt, left on it" in found(prompted(text))


@pytest.mark.parametrize("text", ["They say: click to add text", "Who is the master of 書式設定?"])
def test_a_text_that_speaks_of_prompts_is_none(text: str) -> None:
    assert not any("prompt" in each for each in found(prompted(text)))


def test_an_entry_that_stands_twice_in_the_archive_is_found() -> None:
    stream = io.BytesIO(deck())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SLIDE, parts()[SLIDE])
    assert f"{NOT_SOUND}“{SLIDE}” stands in it 2 times" in found(stream.getvalue())


def test_a_fault_of_ours_asks_to_be_reported_and_a_fault_of_the_brand_does_not_stop_the_build() -> None:
    (ours,) = verify.examine(parts() | {"ppt/stray.png": b""})[:1]
    brand = verify.examine(changed(LAYOUT, 'type="ctrTitle"', 'type="heading"'))
    assert ours.severity is Severity.ERROR and "please report it" in ours.hint
    assert [each.severity for each in brand] == [Severity.WARNING]
