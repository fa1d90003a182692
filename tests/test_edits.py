"""A trainer's edits survive a rebuild: what counts as one, what is kept, what is said, and what is never lost."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Emu, Pt

import gallery
import ooxml
from clients import client, open_xml_sdk_findings, pages_in_libreoffice, run
from coursewright import build as making
from coursewright import travelling
from coursewright.cli import main
from coursewright.outputs import Made
from coursewright.outputs.pptx import edits, writer
from coursewright.outputs.pptx.brand import Brand
from coursewright.outputs.pptx.edits.canon import canon
from coursewright.outputs.pptx.edits.deck import read
from coursewright.outputs.pptx.edits.plan import is_edited
from coursewright.outputs.pptx.edits.stamp import identities
from coursewright.report import Report, unchanged
from edited import (
    COURSE,
    P14,
    A,
    Edit,
    P,
    Page,
    R,
    annotate,
    built,
    delete,
    duplicate,
    edited,
    hide,
    insert,
    move,
    picture,
    resaved,
    retitle,
    reword,
    slide_of,
    text_of,
    titles,
)
from here import Here
from sample import ROOT
from test_build import own_templates, request
from tiny import MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

DECK = built()
NEXT = tuple(replace(page, body="Sort them aloud", title="Sorting aloud") if page.title == "Sorting" else page for page in COURSE)


def merged(old: bytes, course: tuple[Page, ...] = COURSE, version: str = "1.0", *, overwrite: bool = False) -> edits.Merged:
    return edits.merge(old, built(course, version), overwrite=overwrite)


def said(result: edits.Merged) -> str:
    return "\n".join(map(str, (*result.problems, *result.events)))


def touched(data: bytes) -> list[str]:
    """Return the titles of the slides that count as edited."""
    return [leaf.title for leaf in read(data).leaves if is_edited(leaf)]


# -------------------------------------------------------------------------------------------- what is no edit


def test_the_same_course_gives_the_same_stamped_bytes() -> None:
    assert built.__wrapped__() == DECK


def test_a_deck_just_built_holds_no_edit() -> None:
    assert touched(DECK) == []
    assert edits.traces(DECK) == frozenset()


def test_opening_and_saving_in_powerpoint_is_no_edit() -> None:
    saved = resaved(DECK)
    assert saved != DECK
    assert touched(saved) == []
    assert merged(saved) == edits.Merged(DECK, count=len(COURSE))


def test_no_kind_of_slide_that_is_written_counts_as_edited_when_it_was_only_saved(tmp_path: Path) -> None:
    brand = Brand((ROOT / "templates" / "brand.pptx").read_bytes())
    made = writer.write(gallery.markup(gallery.course(tmp_path)), brand, tmp_path)
    assert touched(made.content) == []
    assert touched(resaved(made.content)) == []


def test_saving_twice_is_no_edit_either() -> None:
    assert touched(edited(resaved(DECK))) == []


def test_a_slide_is_called_by_its_segment_its_kind_its_number_and_its_part() -> None:
    slides = [
        ("M01-S1", "activity", 0),
        ("M01-S1", "quiz", 0),
        ("M01-S1", "activity", 0),
        ("M01-S1", "activity", 1),
        ("", "cover", 0),
    ]
    assert identities(slides) == (
        "m01-s1/activity/1",
        "m01-s1/quiz/1",
        "m01-s1/activity/2",
        "m01-s1/activity/2.2",
        "deck/cover/1",
    )


SAME: dict[str, tuple[str, str]] = {
    "attributes in another order": ('<a:ln w="9" cap="rnd"/>', '<a:ln cap="rnd" w="9"/>'),
    "a default spelled out": ("<a:pPr/>", '<a:pPr lvl="0"/>'),
    "emptiness spelled out": ("<a:bodyPr/>", "<a:bodyPr><a:normAutofit/></a:bodyPr>"),
    "emptiness in emptiness": ("<p:spPr/>", "<p:spPr><a:ln><a:extLst/></a:ln></p:spPr>"),
    "an extension in an extension": (
        "<a:ln w='9'/>",
        "<a:ln w='9'><a:extLst><a:ext><a:extLst/><a:extLst><a:ext/></a:extLst></a:ext></a:extLst></a:ln>",
    ),
    "a body without text": ("", "<p:txBody><a:bodyPr/><a:p><a:endParaRPr b='1'><a:latin/></a:endParaRPr></a:p></p:txBody>"),
    "runs split": ("<a:r><a:t>one two</a:t></a:r>", "<a:r><a:t>one </a:t></a:r><a:r><a:rPr err='1'/><a:t>two</a:t></a:r>"),
    "a field's last value": ("<a:fld><a:rPr b='1'/><a:t>4</a:t></a:fld>", "<a:fld id='x'><a:rPr b='1'/><a:t>5</a:t></a:fld>"),
    "an alternative for newer programs": (
        "<a:t>old</a:t>",
        "<mc:AlternateContent><mc:Choice><a:t>new</a:t></mc:Choice><mc:Fallback><a:t>old</a:t></mc:Fallback></mc:AlternateContent>",
    ),
    "a connector to a renumbered shape": (
        "<p:cNvPr id='2'/><p:cNvPr id='7'/><a:stCxn id='7'/>",
        "<p:cNvPr id='8'/><p:cNvPr id='9'/><a:stCxn id='9'/>",
    ),
    "quotes in an alternative text": ("<p:cNvPr descr='say &quot;a &gt; b&quot;'/>", "<p:cNvPr id='1' descr='say \"a > b\"'/>"),
}
OTHER: dict[str, tuple[str, str]] = {
    "a body with nothing but a line break and a field": ("", "<p:txBody><a:p><a:br/><a:fld type='slidenum'/></a:p></p:txBody>"),
    "a decorative mark": ("<p:cNvPr/>", "<p:cNvPr><a:extLst><a:ext><d:decorative val='1'/></a:ext></a:extLst></p:cNvPr>"),
    "a connector to another shape": (
        "<p:cNvPr id='2'/><p:cNvPr id='7'/><a:stCxn id='7'/>",
        "<p:cNvPr id='2'/><p:cNvPr id='7'/><a:stCxn id='2'/>",
    ),
    "one half of a run bold": (
        "<a:r><a:t>one two</a:t></a:r>",
        "<a:r><a:t>one </a:t></a:r><a:r><a:rPr b='1'/><a:t>two</a:t></a:r>",
    ),
    "words changed beside those that stay": ("<a:t>one</a:t><a:t>two</a:t>", "<a:t>one</a:t><a:t>three</a:t>"),
    "a shape renamed": ("<p:cNvPr id='2' name='a'/>", "<p:cNvPr id='2' name='b'/>"),
}


def canonical(inside: str, *, at_once: bool) -> bytes:
    """Return the canonical form of a slide; ``at_once`` has an extension in it, which keeps it from being read by stretches."""
    spaces = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative"'
    newer = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    frame = "<p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/></p:nvGrpSpPr><p:grpSpPr/><p:sp>"
    end = "<p:extLst><p:ext/></p:extLst>" if at_once else ""
    xml = f"<p:sld {spaces} {newer}><p:cSld name='x'>{frame}{inside}</p:sp></p:spTree></p:cSld>{end}</p:sld>"
    return canon(etree.fromstring(xml), str).xml


@pytest.mark.parametrize("what", SAME)
def test_what_programs_write_differently_has_one_canonical_form(what: str) -> None:
    one, other = SAME[what]
    forms = {canonical(each, at_once=at_once) for each in (one, other) for at_once in (True, False)}
    assert len(forms) == 1


@pytest.mark.parametrize("what", OTHER)
def test_what_looks_different_has_another_canonical_form(what: str) -> None:
    one, other = OTHER[what]
    assert canonical(one, at_once=True) == canonical(one, at_once=False)
    assert canonical(other, at_once=True) == canonical(other, at_once=False)
    assert canonical(one, at_once=True) != canonical(other, at_once=True)


# ------------------------------------------------------------------------------------------------ what is one


def shape(deck: Any, title: str, at: int) -> Any:
    return slide_of(deck, title).shapes[at]


def run_of(deck: Any) -> Any:
    return shape(deck, "Sorting", 1).text_frame.paragraphs[0].runs[0]


def recolour(deck: Any) -> None:
    run_of(deck).font.color.rgb = RGBColor(200, 0, 0)


def redraw(deck: Any) -> None:
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("Some words", (4.4, 2.5))
    chart = next(each.chart for each in slide_of(deck, "Numbers").shapes if each.has_chart)
    chart.replace_data(data)


def repaint(deck: Any) -> None:
    part = next(each.target_part for each in slide_of(deck, "A hat").part.rels.values() if each.reltype.endswith("/image"))
    part._blob = picture("gold")


def swap_layout(deck: Any) -> None:
    slide = slide_of(deck, "Sorting")
    relation = next(each for each in slide.part.rels.values() if each.reltype.endswith("/slideLayout"))
    relation._target = deck.slide_layouts[3].part


def animate(deck: Any) -> None:
    inner = '<p:seq><p:cTn id="2"><p:childTnLst><p:par/></p:childTnLst></p:cTn></p:seq>'
    steps = f'<p:par><p:cTn id="1"><p:childTnLst>{inner}</p:childTnLst></p:cTn></p:par>'
    timing = f'<p:timing xmlns:p="{P}"><p:tnLst>{steps}</p:tnLst></p:timing>'
    slide_of(deck, "Sorting")._element.append(etree.fromstring(timing))


def comment(deck: Any) -> None:
    content = "application/vnd.openxmlformats-officedocument.presentationml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    said = f'<p:cmLst xmlns:p="{P}"><p:cm authorId="0" idx="1"><p:pos x="10" y="10"/><p:text>Nice</p:text></p:cm></p:cmLst>'
    who = f'<p:cmAuthorLst xmlns:p="{P}"><p:cmAuthor id="0" name="Ann" initials="A" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
    parts = (("comments", "/ppt/comments/comment1.xml", said), ("commentAuthors", "/ppt/commentAuthors.xml", who))
    for owner, (name, path, xml) in zip((slide_of(deck, "Sorting").part, deck.part), parts, strict=True):
        part = Part(PackURI(path), f"{content}.{name}+xml", deck.part.package, xml.encode())
        owner.relate_to(part, f"{kind}/{name}")


EDITS: dict[str, Edit] = {
    "a word changed": reword("Sorting", "Sort the cards aloud"),
    "a comma taken out": reword("Welcome", "Hello everybody here"),
    "bold": lambda deck: setattr(run_of(deck).font, "bold", True),
    "italics": lambda deck: setattr(run_of(deck).font, "italic", True),
    "size": lambda deck: setattr(run_of(deck).font, "size", Pt(17)),
    "colour": recolour,
    "a link": lambda deck: setattr(run_of(deck).hyperlink, "address", "https://example.com/"),
    "a shape moved by 0.1 mm": lambda deck: setattr(shape(deck, "A hat", 1), "left", Emu(914_400 + 3_600)),
    "a shape resized": lambda deck: setattr(shape(deck, "A hat", 1), "width", Emu(4_000_000)),
    "a shape added": lambda deck: slide_of(deck, "Sorting").shapes.add_textbox(0, 0, 99_999, 99_999),
    "a shape taken away": lambda deck: shape(deck, "Sorting", 1)._element.getparent().remove(shape(deck, "Sorting", 1)._element),
    "shapes in another order": lambda deck: shape(deck, "A hat", 1)._element.addnext(shape(deck, "A hat", 0)._element),
    "a picture exchanged": repaint,
    "alternative text": lambda deck: shape(deck, "A hat", 1)._element.nvPicPr.cNvPr.set("descr", "A red hat"),
    "a table cell": lambda deck: setattr(shape(deck, "Roles", 1).table.cell(1, 1), "text", "Other"),
    "a wider column": lambda deck: setattr(shape(deck, "Roles", 1).table.columns[0], "width", Emu(1_000_000)),
    "a value in a chart": redraw,
    "notes": annotate("Sorting", "Say it twice."),
    "a bold word in the notes": lambda deck: setattr(
        slide_of(deck, "Sorting").notes_slide.notes_text_frame.paragraphs[0].runs[0].font, "bold", True
    ),
    "another layout": swap_layout,
    "an animation": animate,
    "a comment": comment,
    "the footer": lambda deck: next(
        each for each in slide_of(deck, "Sorting")._element.iter(f"{{{A}}}t") if each.text == "1.0"
    ).__setattr__("text", "mine"),
    "a background": lambda deck: slide_of(deck, "Sorting").background.fill.solid(),
}


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_is_noticed_kept_and_told(what: str) -> None:
    old = edited(DECK, EDITS[what])
    assert len(touched(old)) == 1
    same = merged(old)
    assert (same.content, same.events) == (old, ())
    assert len(same.problems) == 1
    rebuilt = merged(old, version="2.0")
    assert rebuilt.is_edited
    assert rebuilt.content != old
    assert edits.traces(rebuilt.content) == edits.traces(old)
    assert sound(rebuilt.content)


def sound(data: bytes) -> bool:
    """Whether a package gives no cause for repair."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = tuple(archive.namelist())
        package = ooxml.Package(names, {name: archive.read(name) for name in names})
    checks = (
        ooxml.same_name_twice,
        ooxml.content_types,
        ooxml.relationships,
        ooxml.relationship_ids,
        ooxml.unreachable_parts,
        ooxml.shape_ids,
        ooxml.text_bodies,
        ooxml.numbers,
        sectioned,
        listed_once,
    )
    found = [fault for check in checks for fault in check(package)]
    assert not found
    return True


def sectioned(package: ooxml.Package) -> list[str]:
    """Every slide is in one section, in the order of the slides (MS-PPTX 2.2.1)."""
    root = package.xml["ppt/presentation.xml"]
    slides = [each.get("id") for each in root.iter(f"{{{P}}}sldId")]
    members = [each.get("id") for each in root.iter(f"{{{P14}}}sldId")]
    ids = [each.get("id") for each in root.iter(f"{{{P14}}}section")]
    return [*(["sections do not hold the slides"] if members not in ([], slides) else []), *ooxml.twins(ids)]


def listed_once(package: ooxml.Package) -> list[str]:
    """Every slide of the package is one of the presentation's list."""
    listed = len(list(package.xml["ppt/presentation.xml"].iter(f"{{{P}}}sldId")))
    return [] if listed == len(package.slides) else [f"{len(package.slides)} slides, {listed} listed"]


# ------------------------------------------------------------------------------------------ course and trainer


def test_an_edited_slide_stays_while_the_others_follow_the_course() -> None:
    old = edited(DECK, reword("Welcome", "My own welcome"))
    result = merged(old, NEXT)
    assert "My own welcome" in text_of(result.content)
    assert titles(result.content) == [page.title for page in NEXT]
    assert "1 slide edited in PowerPoint is kept as edited: 1 “Welcome”" in said(result)


def test_a_conflict_is_listed_with_both_titles() -> None:
    old = edited(DECK, retitle("Sorting", "My sorting"))
    result = merged(old, NEXT)
    assert (
        "slide 6 “My sorting” was edited in PowerPoint and has changed in the course, too, where it is “Sorting aloud”"
        in said(result)
    )
    assert result.kept == (edits.Kept(6, "My sorting", "edited", "Sorting aloud"),)
    assert merged(result.content, NEXT).kept == result.kept  # until somebody settles it


def test_deleting_the_edited_slide_settles_a_conflict_for_the_course() -> None:
    old = merged(edited(DECK, retitle("Sorting", "My sorting")), NEXT).content
    result = merged(edited(old, delete("My sorting")), NEXT)
    assert titles(result.content) == [page.title for page in NEXT]
    assert "deleted in PowerPoint is back" in said(result)
    assert "back" not in said(merged(result.content, NEXT))


def test_a_new_date_in_the_footer_is_no_conflict() -> None:
    assert "has changed in the course" not in said(merged(edited(DECK, retitle("Sorting", "Mine")), version="2.0"))


def test_new_slides_appear_and_removed_ones_go() -> None:
    course = (*COURSE[:3], Page("S2", "Brand new"), *COURSE[4:])
    result = merged(edited(DECK, retitle("Welcome", "Mine")), course)
    assert titles(result.content) == ["Mine", "Contents", "Numbers", "Brand new", "A hat", "Sorting", "Thank you"]
    assert sound(result.content)


def test_a_slide_put_in_before_others_of_its_kind_shifts_nothing() -> None:
    course = (Page("S3", "Before"), *COURSE[4:])
    result = merged(edited(built(COURSE[4:]), reword("Sorting", "My own words")), course)
    assert titles(result.content) == ["Before", "A hat", "Sorting", "Thank you"]
    assert "My own words" in text_of(result.content)
    assert "has changed in the course" not in said(result)


def test_a_segment_with_another_id_is_still_the_same_slides() -> None:
    course = tuple(replace(page, segment="S8") if page.segment == "S3" else page for page in COURSE)
    result = merged(edited(DECK, hide("Sorting"), annotate("A hat", "My notes")), course)
    assert titles(result.content) == [page.title for page in COURSE]
    assert "My notes" in text_of(result.content)


def test_an_edited_slide_that_the_course_gave_up_is_kept_and_said_so() -> None:
    course = tuple(page for page in COURSE if page.title != "Sorting")
    result = merged(edited(DECK, reword("Sorting", "My own words")), course)
    assert titles(result.content) == [page.title for page in COURSE]
    assert "1 slide edited in PowerPoint is kept, though no longer in the course: 6 “Sorting”" in said(result)
    again = merged(edited(result.content, delete("Sorting")), course)
    assert again.kept == ()


def test_a_slide_added_by_hand_stays_behind_its_predecessor() -> None:
    old = edited(DECK, insert("My slide", after="Contents"))
    result = merged(old, (Page("S0", "First of all"), *NEXT))
    assert titles(result.content)[:5] == ["First of all", "Welcome", "Contents", "My slide", "Numbers"]
    assert "1 slide added in PowerPoint is kept: 4 “My slide”" in said(result)
    assert sound(result.content)


def test_of_a_slide_and_its_copy_one_follows_the_course_and_the_other_is_the_trainers() -> None:
    old = edited(DECK, duplicate("Sorting"))
    assert titles(old).count("Sorting") == 2
    result = merged(edited(old, reword("Sorting", "My own words")), NEXT)
    assert titles(result.content)[5:8] in (["Sorting aloud", "Sorting", "Thank you"], ["Sorting", "Sorting aloud", "Thank you"])
    assert "My own words" in text_of(result.content)
    assert sound(result.content)
    assert merged(result.content, NEXT).kept == result.kept


def test_a_copy_and_its_original_are_told_apart_for_good_when_the_course_gave_them_up() -> None:
    old = edited(DECK, reword("Sorting", "My own words"), duplicate("Sorting"))
    course = tuple(page for page in COURSE if page.title != "Sorting")
    result = merged(old, course)
    assert [(kept.title, kept.what) for kept in result.kept] == [("Sorting", "no longer in the course"), ("Sorting", "added")]
    again = merged(result.content, course)
    assert (again.content, again.problems, again.kept) == (result.content, result.problems, result.kept)


def test_an_edited_slide_the_course_gave_up_is_not_taken_for_the_one_that_has_its_number_now() -> None:
    two = (Page("S1", "First", "One thing"), Page("S1", "Second", "Another thing"), COURSE[6])
    old = edited(built(two), reword("First", "My own words"))
    result = merged(old, two[1:])
    assert [(kept.title, kept.what) for kept in result.kept] == [("First", "no longer in the course")]
    again = merged(result.content, two[1:])
    assert (again.content, again.problems, again.kept) == (result.content, result.problems, result.kept)
    after = merged(edited(result.content, delete("Second")), two[1:], "2.0")
    assert sorted((kept.title, kept.what) for kept in after.kept) == [("First", "no longer in the course"), ("Second", "deleted")]


def test_a_slide_deleted_by_hand_stays_away_until_the_course_changes_it() -> None:
    old = edited(DECK, delete("Sorting"))
    assert "1 slide deleted in PowerPoint is left out: “Sorting”" in said(merged(old))
    newer = merged(old, version="2.0")
    assert "Sorting" not in titles(newer.content)
    assert "1 slide deleted" in said(merged(newer.content, version="3.0"))
    changed = merged(newer.content, NEXT)
    assert "Sorting aloud" in titles(changed.content)
    assert "“Sorting aloud”" in changed.events[0].message


def test_a_hidden_slide_stays_hidden_and_follows_the_course() -> None:
    result = merged(edited(DECK, hide("Sorting")), NEXT)
    assert slide_of(Presentation(io.BytesIO(result.content)), "Sorting aloud")._element.get("show") == "0"
    assert "1 slide hidden in PowerPoint is still hidden: 6 “Sorting aloud”" in said(result)


def test_edited_notes_stay_on_a_slide_that_follows_the_course() -> None:
    result = merged(edited(DECK, annotate("Sorting", "My own notes")), NEXT)
    slide = slide_of(Presentation(io.BytesIO(result.content)), "Sorting aloud")
    assert slide.notes_slide.notes_text_frame.text == "My own notes"
    assert sound(result.content)


def test_notes_follow_the_course_on_a_slide_that_was_edited() -> None:
    course = tuple(replace(page, notes="Page 14 now.") for page in COURSE)
    result = merged(edited(DECK, retitle("Sorting", "Mine")), course)
    slide = slide_of(Presentation(io.BytesIO(result.content)), "Mine")
    assert slide.notes_slide.notes_text_frame.text == "Page 14 now."
    assert "has changed in the course" not in said(result)
    assert sound(result.content)


def test_notes_edited_on_both_sides_are_a_conflict() -> None:
    course = tuple(replace(page, notes="Page 14 now.") for page in COURSE)
    result = merged(edited(DECK, annotate("Sorting", "My own notes")), course)
    assert "the notes of slide 6 “Sorting” were edited in PowerPoint and have changed in the course" in said(result)


def test_notes_come_into_a_deck_that_had_none() -> None:
    bare = tuple(replace(page, notes="") for page in COURSE)
    old = edited(built(bare), annotate("Sorting", "My own notes"))
    result = merged(old, tuple(replace(page, notes="") for page in NEXT))
    assert "My own notes" in text_of(result.content)
    assert sound(result.content)


def test_the_trainers_order_stays_and_new_slides_find_their_place() -> None:
    old = edited(DECK, move("Thank you", None))
    result = merged(old, (*COURSE[:6], Page("S3", "Brand new"), COURSE[6]))
    assert titles(result.content) == ["Thank you", "Welcome", "Contents", "Numbers", "Roles", "A hat", "Sorting", "Brand new"]
    assert "your own order of slides and sections is kept" in said(result)
    assert sound(result.content)
    assert titles(merged(result.content, NEXT).content)[0] == "Thank you"


def test_an_order_the_course_has_come_to_is_no_longer_the_trainers_own() -> None:
    old = edited(DECK, move("Sorting", "Roles"))
    assert "your own order" in said(merged(old, version="2.0"))
    course = (*COURSE[:4], COURSE[5], COURSE[4], COURSE[6])
    assert merged(old, course) == edits.Merged(built(course), count=len(course))


def test_a_link_leads_to_what_stands_in_its_targets_place() -> None:
    old = edited(DECK, retitle("Contents", "My contents"), retitle("Thank you", "My thanks"))
    result = merged(old, NEXT)
    deck = Presentation(io.BytesIO(result.content))
    assert slide_of(deck, "My contents").shapes.title.click_action.target_slide.shapes.title.text == "My thanks"


def test_a_link_to_a_slide_that_is_gone_is_taken_away_and_said_so() -> None:
    course = tuple(page for page in COURSE if page.title != "Thank you")
    result = merged(edited(DECK, retitle("Contents", "My contents")), (*course[:2], *NEXT[2:6]))
    assert slide_of(Presentation(io.BytesIO(result.content)), "My contents").shapes.title.click_action.target_slide is None
    assert "slide 2 has lost a link" in said(result)
    assert sound(result.content)


def test_a_slide_of_the_course_whose_link_was_lost_does_not_count_as_edited() -> None:
    old = edited(DECK, delete("Thank you"), delete("Contents"), reword("Welcome", "Mine"))
    result = merged(
        old, tuple(replace(page, body="New words") if page.title == "Contents" else page for page in COURSE), version="2.0"
    )
    assert touched(result.content) == ["Welcome"]


def test_a_slide_pasted_with_its_own_design_keeps_it() -> None:
    def paste(deck: Any) -> None:
        insert("From elsewhere")(deck)
        layout = next(
            each.target_part
            for each in slide_of(deck, "From elsewhere").part.rels.values()
            if each.reltype.endswith("/slideLayout")
        )
        layout._element.cSld.set("name", "Their layout")

    old = edited(DECK, paste)
    result = merged(old, NEXT)
    slide = slide_of(Presentation(io.BytesIO(result.content)), "From elsewhere")
    assert slide.slide_layout.name == "Their layout"
    assert "keeps a design of its own" in said(result)
    assert sound(result.content)
    again = merged(result.content, COURSE)
    assert slide_of(Presentation(io.BytesIO(again.content)), "From elsewhere").slide_layout.name == "Their layout"
    assert len(Presentation(io.BytesIO(again.content)).slide_masters) == 2


def test_an_edited_master_is_given_up_with_a_word_and_a_backup() -> None:
    def change(deck: Any) -> None:
        deck.slide_master.shapes[0].left = Emu(0)

    result = merged(edited(DECK, change), NEXT)
    assert result.is_edited
    assert "the slide master, a layout or the slide size was changed in PowerPoint" in said(result)


def rename_section(old: str, new: str) -> Edit:
    def change(deck: Any) -> None:
        for each in deck.part._element.iter(f"{{{P14}}}section"):
            if each.get("name") == old:
                each.set("name", new)

    return change


def test_sections_named_by_hand_keep_their_names() -> None:
    result = merged(edited(DECK, rename_section("S3", "Mine")), NEXT)
    root = Presentation(io.BytesIO(result.content)).part._element
    assert [each.get("name") for each in root.iter(f"{{{P14}}}section")] == ["S1", "S2", "Mine", "S4"]
    assert sound(result.content)


def test_a_custom_show_goes_on_showing_the_same_slides() -> None:
    def put_together(deck: Any) -> None:
        entries = "".join(f'<p:sld r:id="{deck.slides._sldIdLst[at].rId}"/>' for at in (5, 3))
        show = f'<p:custShow name="Short" id="0"><p:sldLst>{entries}</p:sldLst></p:custShow>'
        listing = etree.fromstring(f'<p:custShowLst xmlns:p="{P}" xmlns:r="{R}">{show}</p:custShowLst>')
        deck.part._element.find(f"{{{P}}}notesSz").addnext(listing)

    result = merged(edited(DECK, put_together), (Page("S0", "First of all"), *NEXT))
    part = Presentation(io.BytesIO(result.content)).part
    shown = [part.related_part(each.get(f"{{{R}}}id")).slide for each in part._element.iter(f"{{{P}}}sld")]
    assert [slide.shapes.title.text for slide in shown] == ["Sorting aloud", "Roles"]
    assert sound(result.content)


def test_overwriting_takes_the_course_and_says_what_it_replaced() -> None:
    old = edited(DECK, retitle("Sorting", "Mine"), insert("Added"))
    result = merged(old, NEXT, overwrite=True)
    assert result.content == built(NEXT)
    assert result.is_edited
    assert "--overwrite has replaced what was done in PowerPoint: “Mine” (edited), “Added” (added)" in said(result)


def test_a_slide_that_lost_its_tags_is_known_by_its_name() -> None:
    def strip(deck: Any) -> None:
        for slide in deck.slides:
            listed = slide._element.cSld.find(f"{{{P}}}custDataLst")
            listed.getparent().remove(listed)

    result = merged(edited(DECK, strip, reword("Welcome", "Mine")))
    assert [kept.title for kept in result.kept if kept.what == "edited"] == ["Welcome", "Contents"]  # links cannot be compared
    assert "Mine" in text_of(result.content)


def test_tags_in_capitals_are_the_same_tags() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DECK)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            capitals = re.sub(rb'val="([^"]*)"', lambda found: b'val="' + found[1].upper() + b'"', content)
            new.writestr(name, capitals if name.startswith("ppt/tags/") else content)
    assert touched(stream.getvalue()) == []
    assert not merged(stream.getvalue()).is_edited


@pytest.mark.parametrize("old", [b"", b"no zip at all", DECK[:5000]])
def test_a_damaged_deck_is_left_to_the_backup(old: bytes) -> None:
    result = merged(old)
    assert (result.content, result.is_edited) == (DECK, True)
    assert "could not be read" in said(result)


def test_a_strangers_deck_is_left_to_the_backup_and_its_own_words_are_named() -> None:
    strange = Presentation(io.BytesIO(DECK))
    listed = [*strange.slides, strange]
    for each in listed:
        root = each.part._element if each is strange else each._element.cSld
        root.remove(root.find(f"{{{P}}}custDataLst"))
        root.attrib.pop("name", None)
    slide_of(strange, "Sorting").placeholders[1].text = "My own words"
    stream = io.BytesIO()
    strange.save(stream)
    result = merged(stream.getvalue())
    assert (result.content, result.is_edited) == (DECK, True)
    assert "These of its slides say something else: 6 “Sorting”" in said(result)


def test_merging_again_changes_nothing() -> None:
    old = edited(
        DECK,
        retitle("Welcome", "Mine"),
        insert("Added", after="Roles"),
        hide("Sorting"),
        delete("A hat"),
        move("Thank you", "Mine"),
    )
    once = merged(old, NEXT, "2.0")
    twice = merged(once.content, NEXT, "2.0")
    assert twice.content == once.content
    assert (twice.problems, twice.kept, twice.numbers) == (once.problems, once.kept, once.numbers)
    assert merged(old, NEXT, "2.0").content == once.content


# ----------------------------------------------------------------------------------- whatever anybody does

NAMES = [page.title for page in COURSE]
WORDS = st.sampled_from(["alpha", "bravo", "charlie", "delta"])


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, Edit, str]]:
    """A few edits by hand, each on a slide of its own: what, how, and the mark it leaves in the deck."""
    found: list[tuple[str, Edit, str]] = []
    segments = {page.title: page.segment for page in COURSE}
    for number, name in enumerate(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))):
        mark = f"{draw(WORDS)} {number}"
        kinds: dict[str, tuple[Edit, str]] = {
            "retitle": (retitle(name, mark), mark),
            "notes": (annotate(name, mark), mark),
            "insert": (insert(mark, after=name), mark),
            "delete": (delete(name), ""),
            "hide": (hide(name), ""),
            "move": (move(name, None), ""),
            "duplicate": (duplicate(name), ""),
            "section": (rename_section(segments[name], mark), ""),
        }
        kind = draw(st.sampled_from(sorted(kinds)))
        found.append((kind, *kinds[kind]))
    return found


@st.composite
def courses(draw: st.DrawFn) -> tuple[Page, ...]:
    """The course, changed: slides gone, reworded, renamed, new, in another order."""
    pages = [page for page in COURSE if draw(st.integers(0, 5))]
    pages = [replace(page, body=f"Changed {draw(WORDS)}") if not draw(st.integers(0, 3)) else page for page in pages]
    pages = [replace(page, title=f"{page.title}, renamed") if not draw(st.integers(0, 5)) else page for page in pages]
    for _ in range(draw(st.integers(0, 2))):
        segment = draw(st.sampled_from(["S1", "S3", "S9"]))
        pages.insert(draw(st.integers(0, len(pages))), Page(segment, f"New {len(pages)}", draw(WORDS)))
    if pages and not draw(st.integers(0, 3)):
        pages.append(pages.pop(0))
    return tuple(pages) or COURSE[:1]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes(), courses(), st.sampled_from(["1.0", "2.0"]))
def test_whatever_is_edited_and_however_the_course_changes_nothing_is_lost(
    hands: list[tuple[str, Edit, str]], course: tuple[Page, ...], version: str
) -> None:
    old = edited(DECK, *(change for _, change, _ in hands))
    result = merged(old, course, version)
    assert hands or not result.is_edited
    text = text_of(result.content)
    assert all(mark in text for _, _, mark in hands)
    assert sound(result.content)
    again = merged(result.content, course, version)
    assert again.content == result.content
    assert again.problems == result.problems
    for page in course:  # every slide of the course is there, or was edited or deleted by hand
        known = {*titles(result.content), *(kept.course for kept in result.kept), *(kept.title for kept in result.kept)}
        assert page.title in known or any(kind == "retitle" for kind, _, _ in hands)
    assert "has lost a link" in said(result) or not lost(old, result.content, [kind for kind, _, _ in hands])


def lost(old: bytes, new: bytes, kinds: Sequence[str]) -> frozenset[str]:
    """Return the edits of slides that the old deck holds and the new one does not."""
    slides = {trace for trace in edits.traces(old) if trace.startswith("face ")}
    return frozenset(slides) - edits.traces(new) if not {"notes", "delete"} & set(kinds) else frozenset()


# ------------------------------------------------------------------------------------------------- the edge

AT = "newly-promoted-managers/ninety-minutes"
NUMBERS = (
    "{#- reader: facilitator; formats: txt; after: deck.pptx -#}\n"
    "{% for name, at in places['deck.pptx'].items() %}{{ name }}:{{ at }} {% endfor %}"
)


class Course:
    """A course whose deck is one of ours, built again and again into the same folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.pages = COURSE
        self.made = 0
        real = travelling.make

        def make(job: Any) -> Made:
            self.made += 1
            if job.document.format != "pptx":  # the deck points into the workbook, which takes its time and tells nothing here
                return Made(b"a workbook") if job.document.format == "pdf" else real(job)
            places = {page.segment: () for page in self.pages}
            for number, page in enumerate(self.pages, 1):
                places[page.segment] += (number,)
            return Made(built(self.pages), (), places, len(self.pages))

        monkeypatch.setattr(travelling, "make", make)
        monkeypatch.setattr(making, "audited", lambda *_: ())  # this deck is of no edition

    @property
    def deck(self) -> Path:
        return self.folder / "out" / AT / "deck.pptx"

    def build(self, pages: tuple[Page, ...] | None = None, *, overwrite: bool = False, inputs: str = "") -> Report:
        if pages is not None and pages != self.pages:
            self.pages = pages
            shutil.rmtree(self.folder / "cache", ignore_errors=True)
        templates = own_templates(self.folder, numbers=NUMBERS)
        asked = request(self.folder, "deck.pptx", "numbers.txt", templates=templates, overwrite=overwrite, inputs=inputs)
        return making.build(asked, Here())

    def edit(self, *changes: Edit) -> bytes:
        self.deck.write_bytes(edited(self.deck.read_bytes(), *changes))
        return self.deck.read_bytes()

    def backups(self) -> list[str]:
        return sorted(path.name for path in self.deck.parent.glob("*.bak*"))

    def facts(self) -> dict[str, Any]:
        files = json.loads((self.folder / "out" / "report.json").read_text("utf-8"))["files"]
        return next(file for file in files if file["document"] == "deck.pptx")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    found = Course(tmp_path, monkeypatch)
    found.build()
    return found


def heard(report: Report) -> str:
    return "\n".join(map(str, report.every_problem()))


def test_a_deck_nobody_edited_is_written_anew_without_a_backup(course: Course) -> None:
    report = course.build(NEXT)
    assert course.deck.read_bytes() == built(NEXT)
    assert (course.backups(), heard(report)) == ([], "")


def test_a_deck_that_was_only_saved_is_written_anew_without_a_backup(course: Course) -> None:
    course.edit()
    assert heard(course.build(NEXT)) == ""
    assert course.deck.read_bytes() == built(NEXT)
    assert course.backups() == []


def test_an_edited_deck_is_left_alone_while_the_course_stays_the_same(course: Course) -> None:
    mine = course.edit(retitle("Welcome", "Mine"))
    report = course.build()
    assert course.deck.read_bytes() == mine
    assert course.backups() == []
    assert "kept as edited: 1 “Mine”" in heard(report)
    assert course.facts()["kept"] == [{"number": 1, "title": "Mine", "what": "edited", "course": ""}]


def test_an_edited_deck_is_merged_and_the_earlier_one_backed_up(course: Course) -> None:
    mine = course.edit(retitle("Sorting", "Mine"))
    report = course.build(NEXT)
    assert titles(course.deck.read_bytes())[5] == "Mine"
    assert (course.deck.parent / "deck.bak.pptx").read_bytes() == mine
    assert course.facts()["conflicts"] == [{"number": 6, "title": "Mine", "what": "edited", "course": "Sorting aloud"}]
    assert course.facts()["backup"] == f"{AT}/deck.bak.pptx"
    assert "(in newly-promoted-managers/ninety-minutes/deck.pptx)" in heard(report)


def test_a_backup_is_made_once_for_the_same_edits_and_never_written_over(course: Course) -> None:
    first = course.edit(retitle("Welcome", "Mine"))
    course.build(NEXT)
    course.build(COURSE)
    assert course.backups() == ["deck.bak.pptx"]
    course.edit(retitle("Roles", "Mine, too"))
    course.build(NEXT)
    assert course.backups() == ["deck.bak-2.pptx", "deck.bak.pptx"]
    assert (course.deck.parent / "deck.bak.pptx").read_bytes() == first


def test_a_build_with_nothing_to_do_still_tells_of_kept_edits_but_not_of_what_is_over(course: Course) -> None:
    course.edit(reword("Sorting", "Mine"), delete("Welcome"))
    changed = tuple(replace(page, body="Other words") if page.title == "Welcome" else page for page in COURSE)
    report = course.build(changed, inputs="same")
    assert "kept as edited" in heard(report) and "is back" in heard(report)
    again = unchanged(course.folder / "out", "same")
    assert again is not None
    assert "kept as edited" in heard(again) and "is back" not in heard(again)
    assert unchanged(course.folder / "out", "same", overwrite=True) is None


def test_overwriting_writes_the_course_and_backs_up_the_edits(course: Course) -> None:
    mine = course.edit(retitle("Welcome", "Mine"))
    report = course.build(overwrite=True)
    assert course.deck.read_bytes() == built()
    assert (course.deck.parent / "deck.bak.pptx").read_bytes() == mine
    assert "--overwrite has replaced" in heard(report)
    assert heard(course.build()) == ""


@pytest.mark.parametrize("lock", ["~$deck.pptx", ".~lock.deck.pptx#"])
def test_a_deck_that_is_open_is_left_as_it_is(course: Course, lock: str) -> None:
    mine = course.edit(retitle("Welcome", "Mine"))
    (course.deck.parent / lock).touch()
    assert "is open" not in heard(course.build())  # nothing to write, nothing to say
    report = course.build(NEXT)
    assert "deck.pptx is open in another program, so it was left as it is" in heard(report)
    assert course.deck.read_bytes() == mine
    assert (course.deck.parent / "numbers.txt").is_file()


def test_a_file_that_the_system_will_not_replace_is_left_as_it_is(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("coursewright.rewriting.replace_file", refuse)
    assert "deck.pptx is open in another program" in heard(course.build(NEXT))
    assert course.deck.read_bytes() == built()


@pytest.mark.parametrize("old", [b"", b"no deck", resaved(Path(ROOT / "templates" / "brand.pptx").read_bytes())])
def test_whatever_stood_there_is_never_destroyed(course: Course, old: bytes) -> None:
    course.deck.write_bytes(old)
    report = course.build(NEXT)
    assert course.deck.read_bytes() == built(NEXT)
    assert (course.deck.parent / "deck.bak.pptx").read_bytes() == old
    assert heard(report)
    assert heard(course.build()) == ""


def test_a_deck_that_cannot_be_merged_is_left_as_it_is_and_stops_no_other_file(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    mine = course.edit(retitle("Welcome", "Mine"))
    monkeypatch.setattr(edits, "merge", stumble)
    report = course.build(NEXT)
    assert "a fault in coursewright itself: RuntimeError: boom" in heard(report)
    assert course.deck.read_bytes() == mine


def test_the_slide_numbers_others_point_to_are_those_of_the_merged_deck(course: Course) -> None:
    numbers = course.deck.parent / "numbers.txt"
    assert "S4:(7,)" in numbers.read_text("utf-8")
    course.edit(insert("Mine", after="Welcome"), delete("Roles"))
    course.build()
    assert numbers.read_text("utf-8").split() == ["S1:(1,", "3)", "S2:(4,)", "S3:(5,", "6)", "S4:(7,)"]


def test_a_deck_from_before_there_were_stamps_is_written_anew_if_the_last_build_wrote_it(course: Course) -> None:
    bare = Presentation()
    stream = io.BytesIO()
    bare.save(stream)
    course.deck.write_bytes(stream.getvalue())
    report = course.folder / "out" / "report.json"
    facts = json.loads(report.read_text("utf-8"))
    for file in facts["files"]:
        file["sha256"] = (
            hashlib.sha256(course.deck.read_bytes()).hexdigest() if file["document"] == "deck.pptx" else file["sha256"]
        )
        for key in ("kept", "edited", "events", "conflicts", "backup"):
            del file[key]
    report.write_text(json.dumps(facts), "utf-8")
    assert heard(course.build(NEXT)) == ""
    assert course.backups() == []


def test_the_command_tells_of_kept_edits_every_time_and_overwrites_them_when_told(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Pool(Here):
        def shutdown(self, **_: Any) -> None:
            pass

    monkeypatch.setenv("COURSEWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(making, "_pool", lambda _: Pool())
    monkeypatch.setattr(travelling, "make", lambda job: Made(built() if job.document.format == "pptx" else b"a workbook"))
    monkeypatch.setattr(making, "audited", lambda *_: ())
    monkeypatch.setattr(making.lint, "of_course", lambda _: ())  # the tiny course is no good course
    monkeypatch.setattr(making.lint, "of_editions", lambda _: ())

    def command(*options: str) -> Result:
        return CliRunner().invoke(main, ["build", str(folder), *options])

    folder = make_course()
    assert command().exit_code == 0
    deck = next(Path("out").rglob("deck.pptx"))
    deck.write_bytes(edited(deck.read_bytes(), retitle("Welcome", "Mine")))
    first, again = command(), command()
    assert "kept as edited: 1 “Mine”" in first.output
    assert "kept as edited: 1 “Mine”" in again.output
    assert "as they were: nothing has changed" in again.output
    assert command("--strict").exit_code == 1
    over = command("--overwrite")
    assert "--overwrite has replaced what was done in PowerPoint" in over.output
    assert f"{deck.with_name('deck.bak.pptx')}  the earlier deck.pptx, as it was" in over.output
    assert (command("--strict").exit_code, deck.read_bytes()) == (0, built())


# ------------------------------------------------------------------------------------- what other programs say


@pytest.fixture(scope="module")
def mixed() -> bytes:
    """Return a deck into which everything was grafted that can be."""
    old = edited(
        DECK,
        *(EDITS[name] for name in ("a picture exchanged", "a value in a chart", "a table cell", "a comment")),
        annotate("Thank you", "My notes"),
        retitle("Contents", "My contents"),
        insert("My slide", after="Welcome"),
        duplicate("A hat"),
        move("Thank you", "Welcome"),
    )
    return merged(old, NEXT).content


@pytest.mark.client
def test_the_open_xml_sdk_finds_no_fault_in_a_merged_deck(mixed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(mixed)
    assert open_xml_sdk_findings(path) == []


@pytest.mark.slow
@pytest.mark.client
def test_libreoffice_shows_every_slide_of_a_merged_deck(mixed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(mixed)
    (tmp_path / "out").mkdir()
    assert pages_in_libreoffice([path], tmp_path / "out") == {path: len(titles(mixed))}


@pytest.mark.slow
@pytest.mark.client
def test_a_deck_that_libreoffice_saved_is_left_to_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(edited(DECK, reword("Sorting", "My own words")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    run(client("soffice"), profile, "--headless", "--convert-to", "pptx", "--outdir", tmp_path / "out", path)
    result = merged((tmp_path / "out" / "deck.pptx").read_bytes())
    assert (result.content, result.is_edited) == (DECK, True)
    assert "These of its slides say something else: 6 “Sorting”" in said(result)
