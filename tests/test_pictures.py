"""Pictures and links: whole, upright, described, the same in every program; and links that lead where they say."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element, tostring
from PIL import Image as Pillow
from PIL import ImageDraw
from pptx import Presentation
from pptx.opc.package import Part

from coursewright import editions, images, markdown
from coursewright.digests import PICTURES
from coursewright.documents import documents, find_document
from coursewright.load import load
from coursewright.model import Segment
from coursewright.outputs import anchors, html, pdf
from coursewright.outputs.pptx import page
from coursewright.outputs.pptx.pictures import picture, view
from coursewright.outputs.pptx.sheet import Book, Sheet
from coursewright.outputs.pptx.values import Rect
from coursewright.paths import bundled
from coursewright.problems import Problem, Severity
from coursewright.render import render
from small import course, segment
from tiny import TINY, MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

INCH = 914_400
ROOM = Rect(INCH, INCH, 4 * INCH, 3 * INCH)
ALT = "Two hats on one desk"
RED, BLUE = (200, 30, 30), (30, 30, 200)
NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
EMBED = f"{{{NAMES['r']}}}embed"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><circle cx="200" cy="150" r="100" fill="#0F5C63"/></svg>'


def art(width: int = 800, height: int = 600, mode: str = "RGB") -> Any:
    """Return a blue picture whose top left corner is red."""
    drawn = Pillow.new("RGB", (width, height), BLUE)
    ImageDraw.Draw(drawn).rectangle((0, 0, width // 4, height // 4), fill=RED)
    return drawn.convert(mode)


def saved(path: Path, drawn: Any = None, **options: Any) -> Path:
    (drawn or art()).save(path, **options)
    return path


def sheet() -> Sheet:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    return Sheet(Book(presentation.part.package), slide.part, slide.shapes._spTree, itertools.count(100), "en-GB")


def made(
    path: Path, on: Sheet | None = None, rect: Rect = ROOM, alt: str = ALT, focus: str = ""
) -> tuple[_Element, list[Problem]]:
    """Return the ``p:pic`` of a file in its own folder, appended to the slide, and what was said about it."""
    on = on or sheet()
    element, problems = picture(page.Image(path.name, alt, focus), rect, on, path.parent)
    assert element is not None, problems
    on.tree.append(element)
    return element, list(problems)


def one(element: _Element, path: str) -> Any:
    (found,) = element.xpath(path, namespaces=NAMES)
    return found


def media(on: Sheet, element: _Element, path: str = ".//a:blip") -> Part:
    return on.part.related_part(one(element, path).get(EMBED))


def pixels(on: Sheet, element: _Element) -> Any:
    return Pillow.open(io.BytesIO(media(on, element).blob))


def placed(element: _Element) -> Rect:
    off, ext = one(element, ".//a:off"), one(element, ".//a:ext[@cx]")
    return Rect(*(int(value) for value in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))))


def messages(problems: Any) -> list[str]:
    return [problem.message for problem in problems]


# ------------------------------------------------------------------------------------------------ fitted and cut

SIZES = st.integers(1, 9_000)


@given(SIZES, SIZES, SIZES, SIZES)
def test_a_picture_lies_whole_in_the_middle_of_its_room_and_keeps_its_shape(
    wide: int, tall: int, width: int, height: int
) -> None:
    room = Rect(7, 9, width * 1_000, height * 1_000)
    place = view((wide, tall), room).place
    assert place.x >= room.x and place.y >= room.y
    assert place.x + place.width <= room.x + room.width and place.y + place.height <= room.y + room.height
    assert abs(place.width * tall - place.height * wide) <= max(wide, tall)  # within the rounding of one EMU
    assert abs((place.x - room.x) * 2 - (room.width - place.width)) <= 1
    assert place.width == room.width or place.height == room.height


@given(SIZES, SIZES, SIZES, SIZES, st.sampled_from(["centre", "left", "right", "top", "bottom"]))
def test_a_picture_that_is_cut_fills_its_room_and_keeps_its_shape(
    wide: int, tall: int, width: int, height: int, focus: str
) -> None:
    room = Rect(7, 9, width * 1_000, height * 1_000)
    shown = view((wide, tall), room, focus)
    left, top, right, bottom = shown.cut
    assert shown.place == room
    assert all(0 <= share < 1 for share in shown.cut)
    seen = (wide * (1 - left - right), tall * (1 - top - bottom))
    assert seen[0] / seen[1] == pytest.approx(room.width / room.height, rel=1e-6)
    kept = {"left": left, "right": right, "top": top, "bottom": bottom, "centre": abs(left - right) + abs(top - bottom)}
    assert kept[focus] == pytest.approx(0, abs=1e-9)


def test_a_picture_is_not_cut_unless_asked(tmp_path: Path) -> None:
    element, problems = made(saved(tmp_path / "wide.png", art(1600, 600)))
    assert problems == []
    assert element.xpath(".//a:srcRect", namespaces=NAMES) == []
    assert placed(element) == Rect(INCH, round(1.75 * INCH), 4 * INCH, round(1.5 * INCH))


def test_a_cut_picture_stays_whole_in_the_file(tmp_path: Path) -> None:
    on, path = sheet(), saved(tmp_path / "wide.jpg", art(1600, 600))
    element, _ = made(path, on, focus="left")
    assert dict(one(element, ".//a:srcRect").attrib) == {"r": "50000"}
    assert placed(element) == ROOM
    assert media(on, element).blob == path.read_bytes()


# ------------------------------------------------------------------------------------------------ what is said


def test_alt_text_is_the_authors_and_no_file_name_is_in_the_slide(tmp_path: Path) -> None:
    element, _ = made(saved(tmp_path / "holiday-2019-final.png"))
    properties = one(element, ".//p:cNvPr")
    assert (properties.get("name"), properties.get("descr")) == ("picture", ALT)
    assert b"holiday" not in tostring(element)


def test_a_picture_without_alt_is_marked_as_decorative(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.png")
    element, _ = made(path, alt="")
    assert one(element, ".//p:cNvPr/a:extLst/a:ext/adec:decorative").get("val") == "1"
    assert made(path)[0].xpath(".//adec:decorative", namespaces=NAMES) == []


def test_a_picture_that_is_too_small_for_its_place_is_reported(tmp_path: Path) -> None:
    _, (problem,) = made(saved(tmp_path / "icon.png", art(40, 30)))
    assert problem.message == '"icon.png" will look blurred: 40 pixels on 4.0 inches'
    assert problem.severity is Severity.WARNING


# ----------------------------------------------------------------------------------------------------- the files


def test_the_same_picture_twice_is_one_part(tmp_path: Path) -> None:
    on, path = sheet(), saved(tmp_path / "x.png")
    (first, _), (second, _) = made(path, on), made(path, on, Rect(0, 0, INCH, INCH))
    assert media(on, first) is media(on, second)
    ids = [one(each, ".//p:cNvPr").get("id") for each in (first, second)]
    assert len(set(ids)) == 2


def test_every_kind_has_its_own_content_type_in_the_package(tmp_path: Path) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    on = Sheet(Book(presentation.part.package), slide.part, slide.shapes._spTree, itertools.count(100), "en-GB")
    (tmp_path / "c.svg").write_text(DOT)
    for path in (saved(tmp_path / "a.jpeg"), saved(tmp_path / "b.png"), tmp_path / "c.svg"):
        made(path, on)
    stream = io.BytesIO()
    presentation.save(stream)
    with zipfile.ZipFile(stream) as package:
        types = package.read("[Content_Types].xml").decode()
        names = [name for name in package.namelist() if "media" in name]
    assert "image/jpg" not in types
    assert all(f'"{kind}"' in types for kind in ("image/jpeg", "image/png", "image/svg+xml"))
    assert len(names) == 4 and len({name.lower() for name in names}) == 4
    assert len(Presentation(io.BytesIO(stream.getvalue())).slides[0].shapes) == 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_whatever_the_camera_noted(tmp_path: Path, orientation: int) -> None:
    back = {
        2: Pillow.Transpose.FLIP_LEFT_RIGHT, 3: Pillow.Transpose.ROTATE_180, 4: Pillow.Transpose.FLIP_TOP_BOTTOM,
        5: Pillow.Transpose.TRANSPOSE, 6: Pillow.Transpose.ROTATE_90, 7: Pillow.Transpose.TRANSVERSE,
        8: Pillow.Transpose.ROTATE_270,
    }  # fmt: skip
    notes = Pillow.Exif()
    notes[images.ORIENTATION] = orientation
    drawn = art().transpose(back[orientation]) if orientation in back else art()
    on, path = sheet(), saved(tmp_path / "photo.jpg", drawn, exif=notes, quality=95)
    element, problems = made(path, on)
    shown = pixels(on, element)
    assert problems == []
    assert shown.size == (800, 600)
    assert shown.getexif().get(images.ORIENTATION, 1) == 1
    red, blue = shown.getpixel((50, 50)), shown.getpixel((700, 500))
    assert red[0] > 150 > red[2] and blue[2] > 150 > blue[0]
    assert placed(element) == ROOM
    assert (media(on, element).blob == path.read_bytes()) == (orientation == 1)


def test_ink_colours_become_screen_colours_and_are_reported(tmp_path: Path) -> None:
    on = sheet()
    element, problems = made(saved(tmp_path / "ink.jpg", art(mode="CMYK")), on)
    assert pixels(on, element).mode == "RGB"
    assert messages(problems) == ['"ink.jpg" is in ink colours (CMYK); the slide shows them as screen colours']


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1", "I;16"])
def test_a_png_of_any_depth_and_transparency_goes_in_as_it_is(tmp_path: Path, mode: str) -> None:
    drawn = Pillow.new("I;16", (800, 600), 40_000) if mode == "I;16" else art(mode=mode)
    on, path = sheet(), saved(tmp_path / "x.png", drawn)
    element, problems = made(path, on)
    assert media(on, element).blob == path.read_bytes()
    assert problems == []


def noise(width: int, height: int, mode: str = "RGB") -> Any:
    grey = Pillow.effect_noise((width, height), 90)
    return Pillow.merge("RGB", [grey, grey.rotate(90), grey.rotate(180)]).convert(mode)


@pytest.mark.parametrize(("name", "mode"), [("big.jpg", "RGB"), ("big.png", "RGB"), ("big.png", "P")])
def test_a_picture_far_finer_than_its_place_is_made_smaller_and_that_is_said(tmp_path: Path, name: str, mode: str) -> None:
    on, path = sheet(), saved(tmp_path / name, noise(2200, 1650, mode), **({"quality": 95} if name.endswith("jpg") else {}))
    element, (problem,) = made(path, on, Rect(0, 0, 2 * INCH, 2 * INCH))
    assert pixels(on, element).size == (440, 330)
    assert re.fullmatch(rf'"{name}" has \d\.\d MB; the deck keeps 220 dots an inch of it, (0\.\d MB|\d+ kB)', problem.message)
    assert problem.severity is Severity.WARNING


def test_a_photo_may_be_turned_and_made_smaller_at_once(tmp_path: Path) -> None:
    notes = Pillow.Exif()
    notes[images.ORIENTATION] = 6
    lying = noise(2200, 1650)
    lying.paste(RED, (0, 1100, 1100, 1650))  # lower left: upper left once it stands
    on, path = sheet(), saved(tmp_path / "big.jpg", lying, quality=95, exif=notes)
    element, problems = made(path, on, Rect(0, 0, 3 * INCH, 2 * INCH))
    shown = pixels(on, element)
    assert shown.size == (330, 440)
    assert shown.getpixel((20, 20))[0] > 150 > shown.getpixel((20, 20))[2]
    assert len(problems) == 1


def test_a_large_file_that_is_no_finer_than_needed_is_left_alone(tmp_path: Path) -> None:
    on, path = sheet(), saved(tmp_path / "big.png", noise(1500, 1100))
    assert path.stat().st_size > 2_000_000
    element, problems = made(path, on, Rect(0, 0, 10 * INCH, 7 * INCH))
    assert media(on, element).blob == path.read_bytes()
    assert problems == []


def test_sixteen_bits_of_grey_keep_their_tone_when_made_smaller(tmp_path: Path) -> None:
    drawn = Pillow.frombytes("I;16", (1400, 1000), noise(1400, 2000, "L").tobytes())
    on, path = sheet(), saved(tmp_path / "deep.png", drawn)
    element, _ = made(path, on, Rect(0, 0, INCH, INCH))
    shown = pixels(on, element)
    assert shown.mode == "L"
    low, high = shown.getextrema()
    assert low < 128 < high


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(DOT)
    notes = Pillow.Exif()
    notes[images.ORIENTATION] = 6
    for path in (tmp_path / "dot.svg", saved(tmp_path / "side.jpg", exif=notes)):
        blobs = []
        for _ in range(2):
            on = sheet()
            element, _ = made(path, on)
            blobs.append((media(on, element).blob, tostring(element)))
        assert blobs[0] == blobs[1]


# ---------------------------------------------------------------------------------------------------------- SVG


def test_an_svg_travels_with_a_png_twice_as_fine_as_the_slide(tmp_path: Path) -> None:
    on = sheet()
    (tmp_path / "dot.svg").write_text(DOT)
    element, problems = made(tmp_path / "dot.svg", on)
    extension = one(element, ".//a:blip/a:extLst/a:ext")
    assert extension.get("uri") == "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
    assert media(on, element, ".//asvg:svgBlip").blob == DOT.encode()
    assert media(on, element, ".//asvg:svgBlip").content_type == "image/svg+xml"
    stand_in = pixels(on, element)
    assert stand_in.size == (4 * 96 * 2, 3 * 96 * 2)
    assert stand_in.getpixel((384, 288)) == (0x0F, 0x5C, 0x63, 255)
    assert stand_in.getpixel((2, 2))[3] == 0
    assert problems == []


def test_an_svg_that_is_cut_has_a_png_of_the_whole(tmp_path: Path) -> None:
    on = sheet()
    (tmp_path / "dot.svg").write_text(DOT)
    element, _ = made(tmp_path / "dot.svg", on, Rect(0, 0, 4 * INCH, INCH), focus="top")
    assert dict(one(element, ".//a:srcRect").attrib) == {"b": "66667"}
    assert pixels(on, element).size == (768, 576)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('width="100%" viewBox="0 0 40 10"', (40, 10)),
        ('width="80" viewBox="0,0,40,10"', (80, 20)),
        ('height="20px" viewBox="-5 -5 40 10"', (80, 20)),
    ],
)
def test_an_svg_is_as_large_as_it_says_or_as_its_view_box(head: str, size: tuple[float, float]) -> None:
    found = images.examine(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode(), "x.svg")
    assert (found.width, found.height) == pytest.approx(size)


LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
UNSAFE = {
    "<script>alert(1)</script>": "a script",
    '<rect onclick="alert(1)"/>': "a script (onclick)",
    '<image href="https://example.org/x.png"/>': "a reference to https://example.org/x.png",
    f'<image {LINK} xlink:href="/etc/passwd"/>': "a reference to /etc/passwd",
    '<image href="data:image/svg+xml;base64,AAAA"/>': "a reference to data:image/svg+xml;base64,AAAA",
    '<use href="other.svg#a"/>': "a reference to other.svg#a",
    '<a href="javascript:alert(1)"/>': "a reference to javascript:alert(1)",
    '<rect fill="url(https://example.org/a.svg#b)"/>': "a reference to https://example.org/a.svg#b",
    "<rect style=\"fill: url( '//example.org/a' )\"/>": "a reference to //example.org/a",
    "<style>@import 'https://example.org/a.css';</style>": "a reference to https://example.org/a.css",
    "<style>@font-face { src: url(a.woff) }</style>": "a reference to a.woff",
    "<foreignObject/>": "a piece of a web page (<foreignObject>)",
}


@pytest.mark.parametrize(("inside", "fault"), UNSAFE.items(), ids=UNSAFE.values())
def test_an_svg_that_runs_or_fetches_is_refused_and_the_fault_is_named(tmp_path: Path, inside: str, fault: str) -> None:
    (tmp_path / "x.svg").write_text(DOT.replace("<circle", f"{inside}<circle"))
    element, (problem,) = picture(page.Image("x.svg", ALT), ROOM, sheet(), tmp_path)
    assert element is None
    assert str(problem).startswith(f'"x.svg" holds what a picture must not: {fault}')


def test_an_svg_may_embed_pixels_refer_to_its_own_parts_and_link_out() -> None:
    inside = (
        '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#a"/><style>rect { fill: url("#a") }</style>'
        '<image href="data:image/png;base64,AAAA"/><a href="https://example.org"><rect/></a>'
    )
    assert images.examine(DOT.replace("<circle", f"{inside}<circle").encode(), "x.svg").kind == "SVG"


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<?xml-stylesheet href="https://example.org/a.css"?>',
    ],
)
def test_an_svg_needs_nothing_from_outside(tmp_path: Path, before: str) -> None:
    (tmp_path / "x.svg").write_text(before + DOT)
    element, (problem,) = picture(page.Image("x.svg", ALT), ROOM, sheet(), tmp_path)
    assert element is None
    assert "must not" in problem.message


def test_an_svg_with_its_usual_document_type_passes() -> None:
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert images.examine(f'<?xml version="1.0"?>{kind}{DOT}'.encode(), "x.svg").kind == "SVG"


# ------------------------------------------------------------------------------------------------ unfit for use


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.png", art, '"x.png" is a JPEG file'),
        ("x.jpg", DOT.encode(), '"x.jpg" is an SVG file'),
        ("x.svg", b"<html/>", '"x.svg" is no PNG, JPEG or SVG picture, or is damaged'),
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', '"x.svg" does not say how large it is'),
        ("x.png", b"GIF89a", '"x.png" is no PNG, JPEG or SVG picture, or is damaged'),
    ],
)
def test_what_is_no_picture_or_another_kind_is_an_error(tmp_path: Path, name: str, content: Any, message: str) -> None:
    path = tmp_path / name
    if callable(content):
        content().save(path, "JPEG")
    else:
        path.write_bytes(content)
    element, (problem,) = picture(page.Image(name, ALT), ROOM, sheet(), tmp_path)
    assert element is None
    assert (problem.message, problem.severity) == (message, Severity.ERROR)


def test_a_jpeg_that_ends_too_soon_is_an_error(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.jpg", noise(200, 200))
    path.write_bytes(path.read_bytes()[:-2_000])
    _, (problem,) = picture(page.Image("x.jpg", ALT), ROOM, sheet(), tmp_path)
    assert problem.message == '"x.jpg" is no PNG, JPEG or SVG picture, or is damaged'


@pytest.mark.parametrize("source", ["nothing.png", "../secret.png", "%2e%2e/secret.png", "link.png", "https://example.org/x.png"])
def test_a_picture_from_elsewhere_is_an_error(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    saved(tmp_path / "secret.png")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    element, (problem,) = picture(page.Image(source, ALT), ROOM, sheet(), folder)
    assert element is None
    assert problem.message.startswith(f'the picture "{source}" cannot be read: ')
    assert html.write(f'<img src="{source}" alt="x"/>', (folder,)).problems[0].message == problem.message


def test_a_name_may_hold_spaces_and_signs_as_addresses_write_them(tmp_path: Path) -> None:
    saved(tmp_path / "50% off #1.png")
    element, problems = picture(page.Image("50%25%20off%20%231.png", ALT), ROOM, sheet(), tmp_path)
    assert (element is not None, problems) == (True, ())


def test_a_moving_png_and_words_in_an_svg_are_remarked(tmp_path: Path) -> None:
    frames = [Pillow.new("RGB", (4, 4), colour) for colour in (RED, BLUE)]
    frames[0].save(tmp_path / "x.png", save_all=True, append_images=frames[1:])
    moving = images.examine((tmp_path / "x.png").read_bytes(), "x.png")
    worded = images.examine(DOT.replace("<circle", "<text>Hello</text><circle").encode(), "x.svg")
    assert "moves" in messages(images.remarks(moving, "x.png"))[0]
    assert "holds words" in messages(images.remarks(worded, "x.svg"))[0]
    assert list(images.remarks(images.examine(DOT.encode(), "x.svg"), "x.svg")) == []


# ------------------------------------------------------------------------------------------------ in the course


def slide(text: str) -> str:
    return TINY["modules/one.yaml"].replace("{kind: statement, title: Try it}", text)


def pictured(fields: str) -> str:
    return slide(f"{{kind: statement, title: Try it, picture: {{{fields}}}}}")


def problems_of(make_course: MakeCourse, module: str, **files: bytes) -> list[str]:
    folder = make_course({"modules/one.yaml": module, "assets/x.svg": DOT.encode(), **files})
    return [str(problem).replace("\n    ", " | ") for problem in load(folder).problems]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("file: assets/x.svg, alt: A teal dot", ""),
        ("file: assets/x.svg, decorative: true", ""),
        ("file: assets/x.svg, alt: A teal dot, crop: fill, focus: top, caption: 'Photo: *A. Person*'", ""),
        ("file: assets/x.svg", 'missing key "alt"'),
        ("file: assets/x.svg, alt: A teal dot, decorative: true", "alt and decorative stand side by side"),
        ("file: assets/x.svg, alt: A teal dot, focus: top", "focus does nothing without crop: fill"),
        ("file: assets/x.svg, alt: A teal dot, crop: fil", 'did you mean "fill"?'),
    ],
)
def test_a_picture_says_what_it_tells_or_that_it_only_decorates(make_course: MakeCourse, fields: str, said: str) -> None:
    found = problems_of(make_course, pictured(fields))
    assert len(found) == bool(said)
    assert said in "".join(found)


@pytest.mark.parametrize("kind", ["case, case: desk", "reflection, title: Think"])
def test_cases_and_reflections_may_have_a_picture(make_course: MakeCourse, kind: str) -> None:
    module = slide(f"{{kind: {kind}, picture: {{file: assets/x.svg, alt: A teal dot}}}}")
    case = b"title: Desk\ntext: A desk.\nquestion: Whose?\n"
    assert problems_of(make_course, module, **{"cases/desk.yaml": case}) == []


def test_the_file_of_a_workbook_picture_is_looked_at_too(make_course: MakeCourse) -> None:
    element = "    workbook:\n      - {kind: picture, file: assets/y.png, alt: A teal dot}\n"
    found = problems_of(make_course, TINY["modules/one.yaml"] + element)
    assert found == ['course/modules/one.yaml:21:31: there is no file "assets/y.png" | the path begins at the course folder']


def test_an_unsafe_svg_is_found_while_checking(make_course: MakeCourse) -> None:
    unsafe = DOT.replace("<circle", "<script/><circle").encode()
    found = problems_of(make_course, pictured("file: assets/x.svg, alt: A teal dot"), **{"assets/x.svg": unsafe})
    assert len(found) == 1
    assert 'modules/one.yaml:19:58: "assets/x.svg" holds what a picture must not: a script' in found[0]


def test_a_change_of_any_picture_builds_anew() -> None:
    assert {suffix for suffixes in images.SUFFIXES.values() for suffix in suffixes} == PICTURES


# ---------------------------------------------------------------------------------------------- from YAML to HTML

FOLDERS = (bundled("templates"),)
SHOWN = {"file": "assets/my dot.svg", "alt": "A <teal> dot", "crop": "fill", "focus": "top", "caption": "Photo: *A. Person*"}


def rendered(document: str, **more: Any) -> str:
    """Return a document of the small course whose first segment has more: slides, or workbook elements."""
    small = course()
    part = Segment.model_validate(segment("S1", "Stand on the line", "talk", **more))
    first = small.modules[0].model_copy(update={"segments": (part,)})
    planned, _ = editions.plan(small.model_copy(update={"modules": (first, *small.modules[1:])}), "managers")
    return render(planned, find_document(document, documents(FOLDERS)), {}, FOLDERS).text


@pytest.fixture(name="shown")
def deck_of_pictures() -> dict[str, page.Slide]:
    slides = [
        {"kind": "statement", "title": "Beside", "question": "What is it?", "picture": SHOWN},
        {"kind": "statement", "title": "Alone", "picture": {"file": "assets/x.svg", "decorative": True}},
        {"kind": "statement", "title": "Bare"},
        {"kind": "reflection", "title": "Think", "prompts": ["One", "Two"], "picture": {"file": "a.png", "alt": "A thing"}},
    ]
    deck = page.read(rendered("deck.pptx", slides=slides))
    assert deck.problems == ()
    return {"".join(run.text for run in each.title): each for each in deck.slides}


def blocks(slide: page.Slide) -> dict[str, Any]:
    """Return the first slot named → block, labels left out."""
    return {fill.slots[0]: fill.block for fill in slide.fills if fill.slots[0] != "label"}


def test_a_statement_with_a_picture_has_its_question_and_caption_beside_it(shown: dict[str, page.Slide]) -> None:
    assert shown["Beside"].layouts[0] == "picture"
    assert blocks(shown["Beside"])["picture"] == page.Image("assets/my%20dot.svg", "A <teal> dot", "top")
    caption = next(fill.block for fill in shown["Beside"].fills if fill.slots[0] == "caption")
    assert isinstance(caption, page.Text)
    assert (caption.paragraphs[0].text, caption.paragraphs[0].level) == ("Photo: A. Person", 1)


def test_a_picture_without_words_beside_it_has_the_whole_slide(shown: dict[str, page.Slide]) -> None:
    assert shown["Alone"].layouts[0] == "table"
    assert [fill.block for fill in shown["Alone"].fills if "table" in fill.slots] == [page.Image("assets/x.svg", "")]
    assert shown["Bare"].layouts[0] == "statement"


def test_a_reflection_keeps_its_prompts_beside_the_picture(shown: dict[str, page.Slide]) -> None:
    assert shown["Think"].layouts[0] == "picture"
    prompts = [fill for fill in shown["Think"].fills if isinstance(fill.block, page.Text) and "caption" in fill.slots]
    assert [fill.block.paragraphs[0].text for fill in prompts if isinstance(fill.block, page.Text)] == ["One", "Two"]


def test_an_img_without_alt_in_a_template_is_an_error() -> None:
    deck = page.read('<html><body><section data-at="here"><h1>x</h1><img src="x.png"/></section></body></html>')
    assert [(problem.message, problem.where) for problem in deck.problems] == [
        ("a picture tells nothing to those who cannot see it", "here")
    ]


def test_a_picture_stands_in_the_workbook_on_screen_and_on_accessible_paper(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/my dot.svg").write_text(DOT)
    element = {"kind": "picture", "file": "assets/my dot.svg", "alt": "A teal dot", "width": 40, "caption": "Photo: *A. Person*"}
    text = rendered("workbook.pdf", workbook=[element])
    assert '<figure class="picture" style="width: 40%"><img src="assets/my%20dot.svg" alt="A teal dot"/></figure>' in text
    assert '<p class="caption">Photo: <em>A. Person</em></p>' in text
    printed = pdf.write(text, (tmp_path, *FOLDERS), "workbook.pdf")
    assert printed.problems == ()
    with pikepdf.open(io.BytesIO(printed.content)) as opened:
        assert "A teal dot" in {str(each.get("/Alt")) for each in opened.objects if isinstance(each, pikepdf.Dictionary)}


def test_a_page_for_the_screen_carries_its_pictures_with_it(tmp_path: Path) -> None:
    (tmp_path / "my dot.svg").write_text(DOT)
    saved(tmp_path / "x.jpg", art(8, 8))
    inside = "data:image/png;base64,AAAA"
    made = html.write(f'<img src="my%20dot.svg" alt="a"/><img alt="b" src="x.jpg"/><img src="{inside}" alt="c"/>', (tmp_path,))
    sources = re.findall(r'src="([^"]*)"', made.content.decode())
    assert [source.partition(",")[0] for source in sources] == [
        "data:image/svg+xml;base64",
        "data:image/jpeg;base64",
        inside[:21],
    ]
    assert made.problems == ()


def test_an_unfit_picture_is_a_problem_of_the_page_for_the_screen(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(DOT.replace("<circle", "<script/><circle"))
    (problem,) = html.write('<img src="x.svg" alt="a"/>', (tmp_path,), "workbook.html").problems
    assert str(problem).startswith('workbook.html: "x.svg" holds what a picture must not: a script')


# ---------------------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("See [this](#S1), [all](#M01), [that](https://example.org/?a=b&c#d) or [write](mailto:a@example.org).", ""),
        ("<https://example.org>", ""),
        ("[one][1]\\n\\n[1]: https://example.org", ""),
        ("Brackets [like these] (and these) are no link", ""),
        ("[x](#{{slot.id}})", ""),
        ("[x](#MO1)", 'a link leads to "#MO1", but there is no segment or module "MO1" | did you mean "M01"?'),
        ("[x](javascript:alert(1))", 'a link to "javascript:" is not taken, it may do harm | '),
        ("[x](<JAVASCRIPT:alert(1)>)", 'a link to "JAVASCRIPT:" is not taken'),
        ("<vbscript:x>", 'a link to "vbscript:" is not taken'),
        ("[x](file:///etc/passwd)", 'a link to "file:" is not taken'),
        ("[x](data:text/html,x)", 'a link to "data:" is not taken'),
        ("[x][1]\\n\\n[1]: javascript:x", 'a link to "javascript:" is not taken'),
        ("[x](notes.pdf)", 'a link leads to "notes.pdf", which is no address'),
        ("[x](//example.org)", 'a link leads to "//example.org", which is no address'),
        ("![x](x.png)", 'a picture ("x.png") stands among words | a picture has a place of its own'),
    ],
)
def test_links_lead_into_the_course_to_the_web_or_to_a_mailbox(make_course: MakeCourse, words: str, said: str) -> None:
    found = problems_of(make_course, slide(f'{{kind: statement, title: Try it, question: "{words}"}}'))
    assert len(found) == bool(said)
    assert said in "".join(found)
    assert all(message.startswith("course/modules/one.yaml:19:") for message in found)


def test_links_are_looked_at_in_lists_cells_and_cases(make_course: MakeCourse) -> None:
    module = TINY["modules/one.yaml"].replace("[[a, b]]", '[[a, "[x](#S9)"]]')
    module = module.replace("{kind: statement, title: Try it}", '{kind: summary, title: T, lines: ["[x](#S8)"]}')
    case = b'title: Desk\ntext: "[x](#S7)"\nquestion: Whose?\n'
    found = problems_of(make_course, module, **{"cases/desk.yaml": case})
    assert [re.findall("#S[0-9]", message)[0] for message in found] == ["#S7", "#S9", "#S8"]


def test_links_reach_the_deck_as_they_were_written() -> None:
    words = markdown.inline("[in](#M01-S1) [out](https://example.org/?a=b&c) [mail](mailto:a@example.org)", "en-GB")
    deck = page.read(f"<html><body><section><h1>x</h1><p>{words}</p></section></body></html>")
    (fill,) = deck.slides[0].fills
    assert isinstance(fill.block, page.Text)
    runs = [(run.text, run.href) for run in fill.block.paragraphs[0].runs if run.href]
    assert runs == [("in", "#M01-S1"), ("out", "https://example.org/?a=b&c"), ("mail", "mailto:a@example.org")]


PAGE = '<h1 id="M01">x</h1><p><a href="#M01">here</a> <a href="#M09">there</a> <a href="https://example.org">out</a></p>'


def test_a_link_to_what_a_document_does_not_show_is_plain_text_and_a_warning() -> None:
    settled, (problem,) = anchors.settled(PAGE, "workbook.pdf")
    assert settled == PAGE.replace('<a href="#M09">there</a>', "there")
    assert str(problem).startswith("workbook.pdf: warning: a link leads to “#M09”, which this document does not show")
    assert html.write(PAGE).content.decode() == settled


def test_links_work_on_paper_and_only_those_that_lead_somewhere() -> None:
    head = '<!DOCTYPE html><html lang="en-GB"><head><title>x</title></head><body>'
    printed = pdf.write(f"{head}{PAGE}</body></html>", FOLDERS, "guide.pdf")
    assert [problem.message for problem in printed.problems] == ["a link leads to “#M09”, which this document does not show"]
    with pikepdf.open(io.BytesIO(printed.content)) as opened:
        links = [each for each in opened.pages[0]["/Annots"] if each["/Subtype"] == "/Link"]
    assert len(links) == 2
