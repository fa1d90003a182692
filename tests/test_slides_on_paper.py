"""Slides on paper: their pictures say what the slides say, where they say it, and nothing is lost quietly."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Inches, Pt

import clients
import edited
import gallery
import small
import wild
from coursewright import make
from coursewright.documents import documents, find_document
from coursewright.handing import withheld
from coursewright.make import Job, Taken
from coursewright.outputs import Made, pdf
from coursewright.outputs.pptx import outlines, paper, writer
from coursewright.outputs.pptx.brand import Brand, lender
from coursewright.outputs.pptx.paper import bullets, graphs, setting
from coursewright.outputs.pptx.svg import Box
from coursewright.outputs.pptx.verify.inherit import Frame, Level

TEMPLATES = Path(__file__).parents[1] / "templates"
OWN = (TEMPLATES / "brand.pptx").read_bytes()
SVG = "{http://www.w3.org/2000/svg}"
WILD = ("right_to_left", "text_in_two_columns", "numbers_as_bullets", "a_turned_title")
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gallery.course(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="module")
def decks(course: Path) -> Callable[[str], bytes]:
    """The gallery's deck in the default brand ("") or in a wild one, made once."""
    page = gallery.markup(course)

    @cache
    def deck(name: str) -> bytes:
        brand = Brand(wild.alone(name), lender(OWN)) if name else Brand(OWN)
        return writer.write(page, brand, course).content

    return deck


@cache
def drawn(deck: bytes) -> tuple[paper.Portrait, ...]:
    return paper.portraits(deck)


# ---------------------------------------------------------------------------------------- what the pictures say


@pytest.mark.parametrize("brand", ["", *WILD])
def test_a_picture_says_every_word_of_its_slide_and_of_its_layout_and_no_other(decks: Callable[[str], bytes], brand: str) -> None:
    presentation = Presentation(io.BytesIO(decks(brand)))
    for slide, portrait in zip(presentation.slides, drawn(decks(brand)), strict=True):
        told = words(" ".join(texts(slide.shapes)))
        fixed = words(" ".join(texts([*slide.slide_layout.shapes, *slide.slide_layout.slide_master.shapes])))
        shown = words(" ".join("".join(each.itertext()) for each in lines_of(portrait)))
        assert not told - shown, portrait.title
        assert not [each for each in shown - told if each not in fixed and not is_of_chart(slide, each)], portrait.title


@pytest.mark.parametrize("brand", ["", *WILD])
def test_no_word_begins_or_ends_beyond_its_slide(decks: Callable[[str], bytes], brand: str) -> None:
    for portrait in drawn(decks(brand)):
        _, _, wide, tall = (float(each) for each in etree.fromstring(portrait.svg).get("viewBox").split())
        for line in (each for each in lines_of(portrait) if each.get("y")):
            starts = [float(each.get("x")) for each in (line, *line) if each.get("x")]
            assert min(starts, default=0) >= -0.5, portrait.title
            assert max(starts, default=0) <= wide, portrait.title
            assert 0 < float(line.get("y")) <= tall, portrait.title


def test_nothing_of_our_own_slides_is_drawn_as_something_else(decks: Callable[[str], bytes]) -> None:
    assert not [each for name in ("", *WILD) for portrait in drawn(decks(name)) for each in portrait.lost]


def test_titles_and_numbers_are_those_of_the_deck(decks: Callable[[str], bytes]) -> None:
    presentation = Presentation(io.BytesIO(decks("")))
    titles = [" ".join(slide.shapes.title.text_frame.text.split()) for slide in presentation.slides]
    assert [each.title for each in drawn(decks(""))] == titles
    assert [each.number for each in drawn(decks(""))] == list(range(1, len(titles) + 1))


def test_the_same_deck_gives_the_same_pictures_and_no_id_stands_in_two_of_them(decks: Callable[[str], bytes]) -> None:
    again = paper.portraits(decks("a_gradient_background"))
    assert again == drawn(decks("a_gradient_background"))
    ids = [found for each in again for found in re.findall(r'\bid="([^"]+)"', each.svg)]
    assert ids
    assert len(ids) == len(set(ids))
    assert not set(re.findall(r"url\(#([^)]+)\)", "".join(each.svg for each in again))) - set(ids)


def test_what_a_trainer_changed_by_hand_is_drawn() -> None:
    page = next(each for each in edited.COURSE if each.kind == "content")
    found = paper.portraits(edited.edited(edited.built(), edited.reword(page.title, "Said by hand"), edited.hide("Thank you")))
    assert "Said by hand" in next(each.svg for each in found if each.title == page.title)
    assert [each.title for each in found if each.hidden] == ["Thank you"]


# -------------------------------------------------------------------------------------------- what cannot be drawn


def test_a_video_smartart_and_a_metafile_become_labelled_boxes_and_problems_that_name_the_slide() -> None:
    found = paper.portraits(deck_of(smartart, metafile, video))
    said = [each.message for each in paper.problems(found, "handout.pdf")]
    assert [each.split(":")[0] for each in said] == ["slide 1 “smartart”", "slide 2 “metafile”", "slide 3 “video”"]
    assert "SmartArt “Cycle”" in said[0]
    assert "picture “Plan”" in said[1]
    assert "video “Film”" in said[2]
    labels = zip(("SmartArt: Cycle", "Picture: Plan", "Video: Film"), found, strict=True)
    assert all(label in portrait.svg for label, portrait in labels)


def test_an_outline_that_is_not_known_is_said_and_one_that_is_drawn_is_not() -> None:
    said = [portrait.lost for portrait in paper.portraits(deck_of(cloud, arrow))]
    assert [len(each) for each in said] == [1, 0]
    assert "(cloud) is drawn as a rectangle" in said[0][0]


def test_of_alternatives_the_one_that_every_program_knows_is_drawn() -> None:
    assert "Seen everywhere" in paper.portraits(deck_of(alternative))[0].svg


def test_a_hidden_slide_is_no_problem() -> None:
    deck = deck_of(smartart)
    presentation = Presentation(io.BytesIO(deck))
    presentation.slides[0]._element.set("show", "0")
    assert not paper.problems(paper.portraits(saved(presentation)), "handout.pdf")


# ------------------------------------------------------------------------------------------------ shapes and words


def test_a_turned_and_flipped_arrow_points_where_the_shape_does() -> None:
    def flipped(slide: Any) -> None:
        shape = slide.shapes.add_shape(MSO_SHAPE.RIGHT_ARROW, Inches(1), Inches(1), Inches(2), Inches(1))
        shape.text_frame.text = "Read me"
        shape._element.spPr.find(f"{{{A}}}xfrm").set("flipH", "1")

    svg = paper.portraits(deck_of(flipped))[0].svg
    assert re.search(r'<g transform="translate\([^>]*scale\(-1 1\)[^>]*">(?:<linearGradient.*?</linearGradient>)?<polygon', svg)
    assert not re.search(r"scale\(-1 1\)(?:(?!</g>).)*<text", svg)  # words are never mirrored


@pytest.mark.parametrize("name", sorted(outlines.KNOWN))
def test_every_known_outline_stays_in_its_box(name: str) -> None:
    properties = etree.fromstring(
        f'<p:spPr xmlns:p="{P}" xmlns:a="{A}"><a:prstGeom prst="{name}"><a:avLst/></a:prstGeom></p:spPr>'
    )
    found = outlines.outline(properties, Box(10, 20, 100, 50))
    if "points" in found:
        spots = [tuple(map(float, each.split(","))) for each in re.search(r'points="([^"]+)"', found)[1].split()]  # type: ignore[index]
        assert all(10 <= x <= 110 and 20 <= y <= 70 for x, y in spots)
        assert (min(x for x, _ in spots), max(x for x, _ in spots)) == (10, 110)
    assert outlines.is_known(properties)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("abc WM.-– äß"), min_size=1, max_size=30), min_size=1, max_size=6), st.floats(60, 600))
def test_no_line_is_wider_than_its_room_unless_it_is_a_single_letter(parts: list[str], room: float) -> None:
    look = setting.Look(setting.measure.Style("Carlito", "", "", False, False, False), 20.0)
    text = setting.Text(Level(), tuple((part, look) for part in parts), None, 20.0)
    block = setting.blocks([text], room, Frame())[0]
    said = "".join(part.text for line in block.lines for part in line.parts())
    assert said == "".join(parts)
    for line in block.lines:
        assert line.end <= room + 0.1 or sum(len(part.text) for part in line.parts()) == 1


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["l", "ctr", "r"]), st.sampled_from(["t", "ctr", "b"]), st.text("ab ", min_size=1, max_size=80))
def test_lines_stand_where_they_are_aligned_and_anchored(align: str, anchor: str, words: str) -> None:
    look = setting.Look(setting.measure.Style("Carlito", "", "", False, False, False), 10.0)
    text = setting.Text(Level(align=align), ((words, look),), None, 10.0)
    frame = Frame(anchor=anchor)
    found = setting.blocks([text], 200.0, frame)
    tall = setting.height(found)
    spots = list(setting.placed(found, (200.0, 400.0), frame))
    top = {"t": 0.0, "ctr": (400.0 - tall) / 2, "b": 400.0 - tall}[anchor]
    assert all(top <= each.y <= top + tall for each in spots)
    assert all(each.x >= -0.1 for each in spots)


@pytest.mark.parametrize(
    ("number", "scheme", "words"),
    [
        (3, "arabicPeriod", "3."),
        (2, "alphaLcParenR", "b)"),
        (27, "alphaUcPeriod", "AA."),
        (14, "romanUcPeriod", "XIV."),
        (1, "arabicParenBoth", "(1)"),
    ],
)
def test_numbers_are_written_as_their_scheme_says(number: int, scheme: str, words: str) -> None:
    assert bullets.numbered(number, scheme) == words


def test_a_list_goes_on_counting_after_a_deeper_one_and_ends_at_a_paragraph_without_a_number() -> None:
    numbered = etree.fromstring(f'<a:buAutoNum xmlns:a="{A}" type="arabicPeriod"/>')
    counter = bullets.Counter()
    levels = [(0, numbered), (1, numbered), (1, numbered), (0, numbered), (0, None), (0, numbered)]
    assert [counter.words(level, kind) for level, kind in levels] == ["1.", "1.", "2.", "2.", "", "1."]


def test_words_in_a_picture_are_set_as_a_line_with_kerning_and_can_be_found() -> None:
    words = '<text x="0" y="15" font-family="Carlito" font-size="12">AVAVAV To Wave</text>'
    picture = f'<svg xmlns="{SVG[1:-1]}" viewBox="0 0 200 20"><title>x</title>{words}</svg>'
    page = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><h1>x</h1>{picture}</body></html>'
    content = pdf.write(page, ()).content
    assert "AVAVAV To Wave" in pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert content == pdf.write(page, ()).content


# ----------------------------------------------------------------------------------------------------- charts


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (XL_CHART_TYPE.COLUMN_CLUSTERED, "column"),
        (XL_CHART_TYPE.BAR_CLUSTERED, "bar"),
        (XL_CHART_TYPE.COLUMN_STACKED_100, "stacked"),
        (XL_CHART_TYPE.LINE_MARKERS, "line"),
        (XL_CHART_TYPE.PIE, "pie"),
        (XL_CHART_TYPE.DOUGHNUT, "doughnut"),
        (XL_CHART_TYPE.RADAR, "radar"),
    ],
)
def test_a_native_chart_is_read_with_its_numbers_and_drawn(kind: Any, type_: str) -> None:
    chart = graphs.read(charted(kind))
    assert chart is not None
    assert (chart.type, chart.categories) == (type_, ("North", "South", "East"))
    assert chart.series[0].values == (3.0, 5.5, 1.0)
    portrait = paper.portraits(deck_of(lambda slide: with_chart(slide, kind)))[0]
    assert not portrait.lost
    assert {"North", "South", "East"} <= {"".join(each.itertext()) for each in lines_of(portrait)}


def test_a_chart_keeps_the_colours_it_has() -> None:
    def coloured(slide: Any) -> None:
        chart = with_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED)
        fill = chart.plots[0].series[0].points[1].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor(0x12, 0x34, 0x56)

    assert "#123456" in paper.portraits(deck_of(coloured))[0].svg.lower()


def test_a_chart_of_a_kind_that_print_does_not_know_becomes_a_labelled_box() -> None:
    portrait = paper.portraits(deck_of(lambda slide: with_chart(slide, XL_CHART_TYPE.AREA)))[0]
    assert len(portrait.lost) == 1
    assert "the chart" in portrait.lost[0]


# ------------------------------------------------------------------------------------------------------ documents


def test_slides_that_give_answers_away_are_for_the_screen_only() -> None:
    edition = small.edition()
    deck = next(deck for module in edition.modules for deck in module.decks)
    key = "\n".join(
        f"{each.title} {', '.join(str(card.number) for card in deck.cards if card.key == each.key)}" for each in deck.columns
    )
    reason = next(
        option.reason
        for module in edition.modules
        for segment in module.segments
        for item in segment.quiz
        for option in item.options
    )
    assert withheld({1: "Welcome", 2: f"The key\n{key}", 3: f"Answer 1\n{reason}", 4: deck.columns[0].title}, edition) == {2, 3}


@pytest.mark.parametrize(("name", "a_page"), [("handout.pdf", 3), ("handout-2up.pdf", 2), ("handout-6up.pdf", 6)])
def test_a_handout_shows_the_slides_that_participants_may_have(
    course: Path, decks: Callable[[str], bytes], tmp_path: Path, name: str, a_page: int
) -> None:
    made = document(name, course, decks(""), tmp_path)
    assert not made.problems
    kept = [each for each in drawn(decks("")) if each.number not in (12, 13, 19, 20)]  # two keys, two answers
    assert made.count == -(-len(kept) // a_page)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.content))
    assert all(each.title.split()[0] in text for each in kept)
    assert "Somebody has to choose and both must hear why" not in text
    assert "12, 13, 19 and 20 show answers" in " ".join(text.split())
    assert made.content == document(name, course, decks(""), tmp_path).content


@pytest.mark.client
@pytest.mark.slow
def test_handouts_pass_pdf_ua(course: Path, decks: Callable[[str], bytes], tmp_path: Path) -> None:
    files = []
    for name in ("handout.pdf", "handout-6up.pdf"):
        files.append(tmp_path / name)
        files[-1].write_bytes(document(name, course, decks(""), tmp_path).content)
    assert not clients.pdf_ua_findings(files)


@pytest.mark.parametrize(("thumbnails", "count"), [("on", True), ("off", False)])
def test_the_guide_shows_the_slides_of_each_segment_unless_it_is_told_not_to(
    course: Path, decks: Callable[[str], bytes], tmp_path: Path, thumbnails: str, count: bool
) -> None:
    made = document("guide.html", course, decks(""), tmp_path, thumbnails=thumbnails)
    numbers = re.findall(r'<p class="thumbnail[^"]*"[^>]*>.*?<br/>(\d+)</p>', made.content.decode())
    assert bool(numbers) == count
    if count:
        assert len(numbers) == len(set(numbers))
        assert {"12", "19"} <= set(numbers)  # the facilitator sees the answers


# ------------------------------------------------------------------------------------------------------- helpers


def document(name: str, course: Path, deck: bytes, folder: Path, **front: str) -> Made:
    """Make a document of the gallery's course from its deck."""
    loaded = gallery.load(course).course
    assert loaded is not None
    loaded = loaded.model_copy(update={"front": loaded.front.model_copy(update=front)})
    edition, _ = gallery.editions.plan(loaded, "leads")
    path = folder / "deck.pptx"
    path.write_bytes(deck)
    places = {"deck.pptx": writer_places(deck, edition), "workbook.pdf": {}}
    found = find_document(name, documents((TEMPLATES,)))
    return make.make(
        Job(edition, found, places, (TEMPLATES,), course, TEMPLATES / "brand.pptx", taken={"deck.pptx": Taken(path, "")})
    )


def writer_places(deck: bytes, edition: Any) -> dict[str, tuple[int, ...]]:
    """Which slides belong to which segment, from the names that slides have."""
    names = [slide._element.cSld.get("name", "").split("/")[0] for slide in Presentation(io.BytesIO(deck)).slides]
    ids = {segment.id.casefold(): segment.id for segment in gallery.segments(edition)}
    return {own: tuple(number for number, name in enumerate(names, 1) if name == folded) for folded, own in ids.items()}


def lines_of(portrait: paper.Portrait) -> list[Any]:
    return list(etree.fromstring(portrait.svg).iter(f"{SVG}text"))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def texts(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from texts(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text.replace("\v", " ")
        elif getattr(shape, "has_table", False):
            yield from (cell.text.replace("\v", " ") for row in shape.table.rows for cell in row.cells)


def is_of_chart(slide: Any, word: str) -> bool:
    return any(getattr(shape, "has_chart", False) and shape.has_chart for shape in slide.shapes)


def deck_of(*draw: Callable[[Any], Any]) -> bytes:
    """A deck of one slide for each, titled as the function is called."""
    presentation = Presentation()
    for each in draw:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = each.__name__
        each(slide)
    return saved(presentation)


def saved(presentation: Any) -> bytes:
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def frame(slide: Any, name: str, uri: str) -> None:
    slide.shapes._spTree.append(etree.fromstring(
        f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}"><p:nvGraphicFramePr><p:cNvPr id="77" name="{name}"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="914400" y="1828800"/><a:ext cx="3000000" cy="2000000"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{uri}"/></a:graphic></p:graphicFrame>'
    ))  # fmt: skip


def smartart(slide: Any) -> None:
    frame(slide, "Cycle", "http://schemas.openxmlformats.org/drawingml/2006/diagram")


def metafile(slide: Any) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(edited.picture("navy")), Inches(1), Inches(2), Inches(3))
    picture.name = "Plan"
    picture.part.related_part(picture._element.blip_rId)._blob = b"\x01\x00\x00\x00 no pixels"


def video(slide: Any) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(edited.picture("navy")), Inches(1), Inches(2), Inches(3))
    picture.name = "Film"
    picture._element.nvPicPr.find(f"{{{P}}}nvPr").append(etree.Element(f"{{{A}}}videoFile"))


def cloud(slide: Any) -> None:
    slide.shapes.add_shape(MSO_SHAPE.CLOUD, Inches(1), Inches(2), Inches(2), Inches(1))


def arrow(slide: Any) -> None:
    slide.shapes.add_shape(MSO_SHAPE.RIGHT_ARROW, Inches(1), Inches(2), Inches(2), Inches(1))


def alternative(slide: Any) -> None:
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1))
    box.text_frame.text = "Seen everywhere"
    box.text_frame.paragraphs[0].runs[0].font.size = Pt(20)
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    holder = etree.fromstring(
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="new"/><mc:Fallback/></mc:AlternateContent>'
    )
    slide.shapes._spTree.replace(box._element, holder)
    holder[1].append(box._element)


def with_chart(slide: Any, kind: Any) -> Any:
    data = CategoryChartData()
    data.categories = ["North", "South", "East"]
    data.add_series("Hours", (3, 5.5, 1))
    return slide.shapes.add_chart(kind, Emu(914_400), Emu(1_828_800), Emu(6_000_000), Emu(4_000_000), data).chart


def charted(kind: Any) -> Any:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    return with_chart(slide, kind)._chartSpace
