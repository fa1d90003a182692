"""What lies on tables and hangs on walls: all of it, in its sets, where front meets back, in type that can be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import small
from clients import client, pdf_ua_findings
from coursewright import editions, staging, tabling
from coursewright.counting import in_play
from coursewright.documents import documents, find_document
from coursewright.drawings import Measure
from coursewright.leaks import leaks
from coursewright.load import load
from coursewright.model import CardDeck, Deal, Edition, Material, PlannedModule, Segment, Session, Table
from coursewright.outputs import Made, pdf
from coursewright.problems import Broken
from coursewright.render import render
from coursewright.schema import schema
from coursewright.squashing import squashed
from coursewright.tabling import AREA, LADDERS, PADDING, Cut, Face, Part, Pile, Printed, laid, piles
from sample import ROOT, two_hats
from tiny import TINY, MakeCourse
from tiny import writing as make_course  # noqa: F401 (a fixture is used by its name)

FOLDERS = (ROOT / "templates",)
FORMS = ("cards", "strips", "roles", "messages", "posters")
CUT_UP = FORMS[:4]
MANAGERS = "newly-promoted-managers"
POINTS = 72 / 25.4
SIZES = {"A4": (210, 297), "Letter": (215.9, 279.4)}
WORDS = "Agree with two teams, on one page, who owns the shared calendar from March and what falls away for it; then "
PILE = Pile("M01-tasks", "Tasks", "cards", 1, "One", (), 1, "one for each table", ())
lay = partial(laid, measure=Measure(), language="en-GB")


@cache
def every() -> tuple[Edition, ...]:
    return editions.every(two_hats())[0]


@cache
def planned(audience: str = MANAGERS, slot: str = "half-day", paper: str = "A4", **session: int | bool) -> Edition:
    return small.on(paper, editions.plan(two_hats(), audience, slot=slot, session=Session.model_validate(session))[0])


def with_decks(*decks: CardDeck | Table, materials: Sequence[Material] = (), paper: str = "A4") -> Edition:
    """Return the small edition with other decks and tables in its second module, which its first segment there uses."""
    edition = small.edition(paper=paper)
    first, second = edition.modules
    named = materials or [Material(item=each.id, deck=each.id) for each in decks if isinstance(each, CardDeck)]
    used, *others = (each.model_copy(update={"workbook": (), "materials": ()}) for each in second.segments)
    kinds = {kind: tuple(each for each in decks if isinstance(each, kind)) for kind in (CardDeck, Table)}
    changed = {
        "decks": kinds[CardDeck],
        "tables": kinds[Table],
        "segments": (used.model_copy(update={"materials": tuple(named)}), *others),
    }
    return edition.model_copy(update={"modules": (first, second.model_copy(update=changed))})


def deck(texts: Sequence[str], **more: Any) -> CardDeck:
    cards = [{"number": number, "text": text} for number, text in enumerate(texts, 1)]
    return CardDeck.model_validate({"id": "deck", "title": "A deck", "cards": cards, **more})


def made(edition: Edition, name: str) -> Made:
    return pdf.write(render(edition, find_document(name, documents(FOLDERS)), {}, FOLDERS).text, FOLDERS, name)


@cache
def built(name: str, **planned_as: Any) -> bytes:
    found = made(planned(**planned_as), name)
    assert not found.problems
    return found.content


def texts(content: bytes) -> list[str]:
    """Return the words of each page."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def played(module: PlannedModule) -> set[str]:
    return {deck.id for deck in module.decks if any(segment.plays_with(deck.id) for segment in module.segments)}


# ------------------------------------------------------------------------------------------------------- what comes out


def test_in_every_edition_all_decks_that_are_played_are_printed_and_no_others() -> None:
    for edition in every():
        wanted = {f"{module.id}-{name}" for module in edition.modules for name in played(module)}
        assert {pile.id for pile in piles(edition, FORMS)} == wanted, f"{edition.audience.id}, {edition.slot.id}"
        assert len({pile.id for pile in piles(edition, CUT_UP)}) == len(piles(edition, CUT_UP))


def test_in_every_edition_the_cards_in_play_are_printed_and_no_others() -> None:
    for edition in every():
        decks = {f"{module.id}-{deck.id}": (deck, module) for module in edition.modules for deck in module.decks}
        for pile in piles(edition, FORMS):
            own, module = decks[pile.id]
            texts = [face.at for face in pile.faces if not face.header]
            assert texts == [card.at("text") for card in in_play(own, module)]
            assert [face.title.replace("\u00a0", " ") for face in pile.faces if face.header] == (
                [column.title for column in own.columns] if pile.form == "cards" else []
            )


def test_in_every_edition_there_are_as_many_sets_as_its_guide_says_are_needed() -> None:
    for edition in every():
        found = {(pile.id, pile.form): pile.sets for pile in piles(edition, FORMS)}
        for module in edition.modules:
            forms = {deck.id: deck.form for deck in module.decks}
            for segment in module.segments:
                for each in (material for material in segment.materials if material.deck):
                    pile = (f"{module.id}-{each.deck}", each.form or forms[each.deck or ""])
                    assert found[pile] == staging.quantity(each, edition, segment)


def test_in_every_edition_all_type_is_large_enough_to_be_read() -> None:
    smallest = Counter[str]()
    for edition in every():
        for pile in piles(edition, CUT_UP):
            smallest[pile.form] = min(lay(pile).size, smallest[pile.form] or 99)
        for pile in piles(edition, ["posters"]):
            size = tabling.lettered(pile, (364, 201), Measure(), "en-GB")
            smallest[pile.id] = min(size, smallest[pile.id] or 999)
    assert min(smallest[form] for form in CUT_UP) >= 14
    assert min(size for name, size in smallest.items() if name not in CUT_UP) >= 60


def test_a_short_edition_prints_the_short_deck() -> None:
    (tasks,) = (pile for pile in piles(planned(slot="ninety-minutes"), CUT_UP) if pile.id == "M02-tasks")
    assert [face.number for face in tasks.faces if face.number] == [str(number) for number in range(1, 13)]


def test_a_deck_in_large_print_comes_as_cards_and_as_posters() -> None:
    edition = planned("hr-and-learning-partners")
    assert {pile.form: pile.sets for pile in piles(edition, FORMS) if pile.id == "M06-evidence"} == {"cards": 2, "posters": 1}


def test_a_deck_that_no_material_names_is_printed_once() -> None:
    edition = with_decks(deck(["One"]), materials=[Material(item="pen")])
    dealing = edition.modules[1].segments[0]
    steps = (dealing.steps[0].model_copy(update={"deal": Deal.model_validate({"deck": "deck", "card": 1})}), *dealing.steps[1:])
    segments = (dealing.model_copy(update={"steps": steps}), *edition.modules[1].segments[1:])
    modules = (edition.modules[0], edition.modules[1].model_copy(update={"segments": segments}))
    (pile,) = piles(edition.model_copy(update={"modules": modules}), FORMS)
    assert (pile.sets, pile.share) == (1, "")


def test_what_two_segments_use_is_printed_in_the_larger_number_of_sets() -> None:
    edition = with_decks(
        deck(["One", "Two"]), materials=[Material(item="a", deck="deck"), Material(item="b", deck="deck", count=2)]
    )
    first, second, *rest = edition.modules[1].segments
    again = second.model_copy(update={"materials": (Material(item="c", per="person", deck="deck"),)})
    modules = (edition.modules[0], edition.modules[1].model_copy(update={"segments": (first, again, *rest)}))
    (pile,) = piles(edition.model_copy(update={"modules": modules}), FORMS)
    assert pile.sets == max(1 + 2, edition.people)
    assert [use.title for use in pile.uses] == [first.title, second.title]


def test_rows_of_a_table_are_cut_into_cards_that_say_their_columns() -> None:
    table = Table(
        id="rows", title="Rows", columns=("What", "Lead", "Manage"), rows=(("Risk", "take", "reduce"), ("Time", "", "now"))
    )
    (pile,) = piles(with_decks(table, materials=[Material(item="rows", table="rows")]), FORMS)
    assert [(face.title, [part.words for part in face.parts]) for face in pile.faces] == [
        ("Risk", ["**Lead:** take", "**Manage:** reduce"]),
        ("Time", ["**Manage:** now"]),
    ]


def test_an_edition_without_cards_says_that_there_is_nothing_to_print() -> None:
    edition = with_decks(materials=[Material(item="pen")])
    for name in ("cards.pdf", "posters.pdf", "posters-tiled.pdf"):
        (text,) = texts(made(edition, name).content)
        assert "nothing to print" in text


# -------------------------------------------------------------------------------------------------------------- sheets

sets = st.integers(1, 9)
cards = st.integers(1, 30)


def pile_of(number: int, sets: int) -> Pile:
    faces = tuple(Face(str(each), "", (Part(f"Card {each}"),), "") for each in range(1, number + 1))
    return Pile("id", "title", "cards", 1, "One", faces, sets, "", ())


@given(number=cards, sets=sets, form=st.sampled_from(CUT_UP))
def test_every_card_of_every_set_is_on_a_sheet_once(number: int, sets: int, form: str) -> None:
    pile = replace(pile_of(number, sets), form=form)
    found = Counter((card.face.number, card.set) for sheet in lay(pile).sheets for card in sheet.front)
    names = range(1, sets + 1) if sets > 1 and number > 1 else (0,) * sets
    assert found == Counter((face.number, name) for name in names for face in pile.faces)


@given(number=cards, sets=sets, form=st.sampled_from(CUT_UP))
def test_a_sheet_flipped_on_its_long_edge_has_every_back_behind_its_front(number: int, sets: int, form: str) -> None:
    result = lay(replace(pile_of(number, sets), form=form))
    for sheet in result.sheets:
        for front, back in zip(sheet.front, sheet.back, strict=True):
            assert (front.face, front.set, front.top) == (back.face, back.set, back.top)
            assert front.left + result.cut.width / 2 == pytest.approx(AREA[0] - (back.left + result.cut.width / 2))


@given(number=cards, sets=sets, form=st.sampled_from(CUT_UP))
def test_cards_of_a_sheet_lie_side_by_side_and_none_on_another(number: int, sets: int, form: str) -> None:
    result = lay(replace(pile_of(number, sets), form=form))
    for sheet in result.sheets:
        spots = [(card.left, card.top) for card in sheet.front]
        assert len(set(spots)) == len(spots) <= result.cut.room
        assert all(left + result.cut.width <= AREA[0] + 1e-6 and top + result.cut.height <= AREA[1] + 1e-6 for left, top in spots)


@given(number=cards, sets=sets)
def test_a_set_that_fills_a_sheet_shares_none_with_another(number: int, sets: int) -> None:
    result = lay(pile_of(number, sets))
    if number >= result.cut.room:
        assert all(len(sheet.sets) <= 1 for sheet in result.sheets)


@settings(max_examples=20, deadline=None)
@given(lengths=st.lists(st.integers(1, 2500), min_size=1, max_size=3), form=st.sampled_from(CUT_UP))
def test_type_is_as_large_as_fits_and_what_does_not_fit_is_named(lengths: list[int], form: str) -> None:
    faces = tuple(Face("", "", (Part((WORDS * 30)[:length]),), f"at/{index}") for index, length in enumerate(lengths))
    pile = replace(PILE, form=form, faces=faces)
    try:
        result = lay(pile)
    except Broken as broken:
        named = {str(problem.where) for problem in broken.problems}
        longest = faces[lengths.index(max(lengths))]
        event("too long")
        assert longest.at in named
        return
    assert result.cut in LADDERS[form]
    assert 11 <= result.cut.least <= result.size <= result.cut.most
    larger = [tabling._spare(pile, result.cut, Measure(), "en-GB", face, result.size + 1) for face in faces]
    assert result.size == result.cut.most or min(larger) < 0


def test_a_card_that_is_too_long_is_named_with_its_file_and_line(make_course: MakeCourse) -> None:  # noqa: F811
    long = f"decks:\n  - id: d\n    title: A deck\n    cards:\n      - number: 1\n        text: {'very long ' * 300}\nsegments:"
    one = (
        TINY["modules/one.yaml"]
        .replace("segments:", long)
        .replace("    slides:", "    materials: [{item: d, deck: d}]\n    slides:")
    )
    loaded = load(make_course({"modules/one.yaml": one}))
    assert loaded.course is not None, loaded.problems
    edition = editions.plan(loaded.course, "all")[0]
    with pytest.raises(Broken, match="too long for a card of “A deck”") as broken:
        render(edition, find_document("cards.pdf", documents(FOLDERS)), {}, FOLDERS)
    assert broken.value.problems[0].where == "modules/one.yaml#/decks/0/cards/0/text"


def test_a_gap_behind_a_colon_is_a_line_and_any_other_stays_in_its_sentence() -> None:
    found = tabling.parts("Listen first.\n\nYou saw: ____ You answer: ____\n\nI ask ____ for something.")
    assert found == (
        Part("Listen first."),
        Part("You saw:", asked=True),
        Part("You answer:", asked=True),
        Part("I ask ____ for something."),
    )


def test_what_is_written_on_leaves_the_room_to_the_answers() -> None:
    face = Face("", "Peer card", tabling.parts("You saw: ____\nYou answer: ____"), "")
    result = lay(replace(PILE, faces=(face,)))
    assert result.size <= 14
    assert result.answer >= 9


def test_a_short_last_word_never_stands_alone() -> None:
    (part,) = tabling.parts("Notice a good piece of work and say exactly what made it good")
    assert part.words.endswith("it\u00a0good")


# ------------------------------------------------------------------------------------------------------ on the paper

LENGTHS = (14, 55, 100)
DECKS = tuple(
    deck([WORDS[:length].strip() * times for length in LENGTHS], id=f"{form}-{times}", title=f"{form} {times}", form=form)
    for times in (1, 6)
    for form in CUT_UP
)


def cards_of(page: pypdfium2.PdfPage, cards: Sequence[Printed], cut: Cut, paper: tuple[float, float]) -> list[str]:
    """Return the words in the box of each card, without what stands in its outer millimetres."""
    assert page.get_size() == pytest.approx([each * POINTS for each in paper], abs=0.5)
    text, pad = page.get_textpage(), PADDING - 1
    found = []
    for card in cards:
        x, y = (paper[0] - AREA[0]) / 2 + card.left, (paper[1] - AREA[1]) / 2 + card.top
        box = (x + pad, paper[1] - y - cut.height + pad, x + cut.width - pad, paper[1] - y - pad)
        found.append(squashed(text.get_text_bounded(*(each * POINTS for each in box))))
    text.close()
    return found


@pytest.mark.parametrize(("paper", "decks"), [("A4", DECKS), ("Letter", DECKS[:2])])
def test_on_the_paper_all_words_stand_inside_their_cards_and_backs_behind_them(paper: str, decks: tuple[CardDeck, ...]) -> None:
    edition = with_decks(*decks, materials=[Material(item=each.id, deck=each.id, count=2) for each in decks], paper=paper)
    sides = [(pile, result, sheet) for pile in piles(edition, CUT_UP) for result in [lay(pile)] for sheet in result.sheets]
    with pypdfium2.PdfDocument(made(edition, "cards.pdf").content) as document:
        assert len(document) == 2 * len(sides)
        for number, (pile, result, sheet) in enumerate(sides):
            fronts, backs = (
                cards_of(document[2 * number + side], spots, result.cut, SIZES[paper])
                for side, spots in enumerate((sheet.front, sheet.back))
            )
            said = [card.face.number + "".join(part.words for part in card.face.parts) for card in sheet.front]
            assert fronts == [squashed(words) for words in said]
            assert backs == [squashed(f"Module {pile.number} {pile.title} Set {card.set}") for card in sheet.back]


def test_all_sides_of_a_pile_come_front_and_back_in_turn() -> None:
    found = texts(built("cards.pdf", slot="sixty-minutes"))
    assert all("sheet " in text for text in found[::2])
    assert not any("sheet " in text for text in found[1::2])


def test_the_first_sheet_says_how_many_for_what_and_how_to_print() -> None:
    first = " ".join(texts(built("cards.pdf", slot="sixty-minutes"))[0].split())
    assert "3 sets of 15, one for each table. For “Card sort" in first
    assert "Print on both sides, flipped on the long edge" in first


def test_a_message_tells_its_time_on_the_outside_and_a_lot_does_not_tell_its_side() -> None:
    edition = with_decks(
        CardDeck.model_validate(
            {"id": "m", "title": "Mail", "form": "messages", "cards": [{"number": 1, "title": "08:05", "text": "The lorry."}]}
        ),
        CardDeck.model_validate({"id": "l", "title": "Lots", "cards": [{"number": 1, "title": "Judge", "text": "Ask."}]}),
    )
    message, outside, lot, back = texts(made(edition, "cards.pdf").content)
    assert "08:05" in outside
    assert "The lorry" in message
    assert "The lorry" not in outside
    assert "Judge" in lot
    assert "Judge" not in back


@pytest.mark.parametrize("name", ["cards.pdf", "posters.pdf", "posters-tiled.pdf", "table-signs.pdf"])
def test_participants_hold_no_keys(name: str) -> None:
    hung = {"audience": "hr-and-learning-partners"} if name == "posters.pdf" else {}  # they have posters with a key
    session: dict[str, Any] = {"slot": "half-day" if hung else "sixty-minutes", **hung}
    document = find_document(name, documents(FOLDERS))
    assert document.reader == "participant"
    assert not leaks(name, built(name, **session), planned(**session))
    assert not {"key", "why"} & set(Face.__dataclass_fields__)


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert made(planned(slot="sixty-minutes"), "cards.pdf").content == built("cards.pdf", slot="sixty-minutes")


# ------------------------------------------------------------------------------------------------------------ posters


def shown(edition: Edition, name: str) -> list[tuple[tuple[float, float], dict[str, float]]]:
    """Return for each page its size and where each large word begins, in millimetres from the left."""
    found = []
    with pypdfium2.PdfDocument(made(edition, name).content) as document:
        for page in document:
            text = page.get_textpage()
            starts: dict[str, float] = {}
            for word in re.finditer(r"\w{4,}", text.get_text_range()):
                starts.setdefault(word[0], text.get_charbox(word.start())[0] / POINTS)
            found.append((tuple(each / POINTS for each in page.get_size()), starts))
    return found


@pytest.mark.parametrize(("paper", "wide", "high"), [("A4", 420, 297), ("Letter", 431.8, 279.4)])
def test_posters_are_a3_or_tabloid_one_a_page(paper: str, wide: float, high: float) -> None:
    edition = with_decks(deck(["Leading is the higher calling.", "Plans bind."], form="posters"), paper=paper)
    pages = shown(edition, "posters.pdf")
    assert [size for size, _ in pages] == [pytest.approx((wide, high), abs=0.3)] * 2


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_two_sheets_of_a_poster_overlap_by_ten_millimetres(paper: str) -> None:
    edition = with_decks(deck(["Leading is the higher calling of us all, somebody said."], form="posters"), paper=paper)
    (size, left), (_, right) = shown(edition, "posters-tiled.pdf")
    assert size == pytest.approx(SIZES[paper], abs=0.3)
    shift = SIZES[paper][0] - 2 * 10 - 10
    for word in ("Leading", "higher", "calling"):
        assert left[word] - right[word] == pytest.approx(shift, abs=0.1)


def test_a_poster_that_cannot_be_read_from_the_wall_is_named() -> None:
    face = Face("", "", (Part(WORDS * 12),), "there")
    with pytest.raises(Broken, match="too long for a poster of “Tasks” in 32 points") as broken:
        tabling.lettered(replace(PILE, form="posters", faces=(face,)), (360, 200), Measure(), "en-GB")
    assert [problem.where for problem in broken.value.problems] == ["there"]


@settings(max_examples=20, deadline=None)
@given(length=st.integers(1, 500))
def test_a_longer_poster_is_never_set_in_larger_type(length: int) -> None:
    def size(words: str) -> int:
        return tabling.lettered(replace(PILE, faces=(Face("1", "", (Part(words),), ""),)), (364, 201), Measure(), "en-GB")

    assert size((WORDS * 6)[:length]) >= size((WORDS * 6)[: length + 60])


# -------------------------------------------------------------------------------------------------------- table signs


def test_every_table_has_a_sign_that_is_read_from_both_sides() -> None:
    edition = planned()
    found = texts(built("table-signs.pdf"))
    assert len(found) == edition.tables
    for number, text in enumerate(found, 1):
        fold, *sides = text.splitlines()
        assert fold.startswith("Fold along the dashed line")
        assert sorted(re.findall(r"Table|\b\d\b", " ".join(sides))) == [str(number)] * 2 + ["Table"] * 2


def test_in_a_call_the_rooms_are_listed_with_their_people_and_each_has_a_sign() -> None:
    edition = planned(online=True)
    first, *signs = texts(made(edition, "table-signs.pdf").content)
    opening = tabling.rooms(edition)
    assert len(signs) == max(len(each.sizes) for each in opening)
    assert all(each.use.start in first for each in opening)
    assert all(sum(each.sizes) == edition.people for each in opening)


# ------------------------------------------------------------------------------------------------- what the author says


def test_a_material_per_group_is_counted_by_the_groups_of_its_segment() -> None:
    for people in range(6, 31):
        edition = planned(people=people)
        (segment,) = (each for module in edition.modules for each in module.segments if each.id == "M04-S3")
        (roles,) = (each for each in segment.materials if each.deck)
        assert staging.quantity(roles, edition, segment) == len(staging.seated(segment, edition))


def test_a_material_per_group_needs_groups() -> None:
    plain = {**small.segment("S1", "Try", "talk"), "materials": [{"item": "roles", "per": "group"}]}
    assert Segment.model_validate(plain).groups
    with pytest.raises(ValueError, match="per group, and no groups are said"):
        Segment.model_validate({**plain, "groups": None})


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"deck": "d", "table": "t"}, "deck and table stand side by side"), ({"form": "posters"}, "neither is named")],
)
def test_a_material_says_plainly_what_is_printed_for_it(fields: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Material.model_validate({"item": "cards", **fields})


def test_a_step_deals_one_card_or_several() -> None:
    assert Deal.model_validate({"deck": "d", "card": 2}).cards == (2,)
    assert Deal.model_validate({"deck": "d", "card": [1, 2]}).cards == (1, 2)


def test_an_editor_takes_a_card_or_a_list_of_cards() -> None:
    described = schema("module")["$defs"]["Deal"]
    check = Draft202012Validator(described)
    assert all(check.is_valid({"deck": "d", "card": card}) for card in (1, [1], [1, 2]))
    assert not any(check.is_valid({"deck": "d", "card": card}) for card in (0, "two", [], ["two"]))


def test_a_card_that_is_not_there_cannot_be_dealt(make_course: MakeCourse) -> None:  # noqa: F811
    decks = "decks:\n  - {id: d, title: D, cards: [{number: 1, text: One}]}\nsegments:"
    dealt = TINY["modules/one.yaml"].replace("segments:", decks)
    dealt = dealt.replace("{do: Talk., minutes: 10}", "{do: Talk., minutes: 10, deal: {deck: d, card: [1, 7]}}")
    found = "\n".join(map(str, load(make_course({"modules/one.yaml": dealt})).problems))
    assert "that deck has no card 7" in found
    assert "no card 1" not in found


@pytest.mark.parametrize(
    ("card", "message"),
    [("two", "entry 1 of card must be a whole number"), ("[1, two]", "entry 2 of card must be a whole number")],
)
def test_what_is_no_number_cannot_be_dealt(make_course: MakeCourse, card: str, message: str) -> None:  # noqa: F811
    decks = "decks:\n  - {id: d, title: D, cards: [{number: 1, text: One}]}\nsegments:"
    dealt = TINY["modules/one.yaml"].replace("segments:", decks)
    dealt = dealt.replace("{do: Talk., minutes: 10}", f"{{do: Talk., minutes: 10, deal: {{deck: d, card: {card}}}}}")
    found = "\n".join(map(str, load(make_course({"modules/one.yaml": dealt})).problems))
    assert message in found
    assert "has no card" not in found


def test_the_guide_shows_every_card_that_a_step_deals() -> None:
    text = render(planned(), find_document("guide.pdf", documents(FOLDERS)), {}, FOLDERS).text
    assert "A in round 1" in text
    assert "B in round 1" in text


# ------------------------------------------------------------------------------------------------------------- clients


@pytest.mark.client
@pytest.mark.slow
def test_table_material_keeps_pdf_ua_1(tmp_path: Path) -> None:
    client("verapdf")
    files = []
    for name, paper in (
        ("cards.pdf", "A4"),
        ("posters.pdf", "Letter"),
        ("posters-tiled.pdf", "A4"),
        ("table-signs.pdf", "Letter"),
    ):
        files.append(tmp_path / name)
        files[-1].write_bytes(built(name, slot="sixty-minutes", paper=paper))
    files.append(tmp_path / "rooms.pdf")
    files[-1].write_bytes(built("table-signs.pdf", slot="ninety-minutes", online=True))
    assert not pdf_ua_findings(files)
