"""A brand is any .pptx or .potx: an opened template, and for each role the layout that plays it.

``find`` returns the brand's own layout for a role (:mod:`roles`), else our arrangement on a layout of the brand that has
a title and room (:mod:`arrange`). Lengths are EMU (914,400 an inch, 12,700 a point).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from lxml.etree import _Element
from pptx import Presentation
from pptx.oxml.ns import qn

from ...problems import Broken, Problem, warning
from . import area as areas
from . import prompts, reading, roles
from .arrange import arranged, edge_of
from .colours import ground
from .reading import Facts, Place
from .roles import BrandMapping, Choice
from .theme import WHITE, Theme, changed, hexed
from .values import Layout, Level, Rect, Slot

MAIN = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MAIN_TYPES = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.presentationml\.(?:template|slideshow)"
    rb"|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled)\.main\+xml"
)
MACROS = ("vbaProject", "activeX", "/attachedToolbars")
LOW, USUAL, HIGH = 4_572_000, 6_858_000, 10_287_000  # EMU: 5, 7.5 and 11.25 inches, heights of slides
OVER_TITLE = 0.1  # of a slot may lie over the title: frames touch where their texts do not
LENT = frozenset({"cover", "content", "two-content", "comparison", "picture", "table", "chart", "statement", *roles.OWN})
TITLE = Level(28.0, True, False, "", 0, 0, False, 0.0, 0.95, 0.0, 0.0, 0.0, 0.0, heading=True, tone="ink")


class Brand:
    """An opened template. Not frozen: it holds the presentation that the slides are added to.

    ``lender`` is the default brand, whose arrangements stand in for roles this one has no layout for; ``mapping`` says
    which layout plays a role and wins over everything. Raises Broken for a file that is no PowerPoint template.
    """

    def __init__(self, data: bytes, lender: Brand | None = None, mapping: BrandMapping | None = None) -> None:
        self.problems: list[Problem] = []
        try:
            self.presentation = Presentation(io.BytesIO(self._as_presentation(data)))
            _empty(self.presentation)
            self.facts = reading.layouts(self.presentation)
        except Exception as error:  # python-pptx, zipfile and lxml raise a dozen kinds for a file that is no deck
            hint = "give a .pptx or .potx that PowerPoint opens"
            raise Broken([Problem(f"the brand is no PowerPoint file that can be read: {error}", hint=hint)]) from error
        if not self.facts:
            raise Broken([Problem("the brand has no slide layout", hint="keep at least one layout in its slide master")])
        wished, problems = roles.assigned(mapping.wishes if mapping else (), self.facts)
        self.problems.extend(problems)
        self.choices = roles.resolve(self.facts, wished)
        self.lender = lender
        self.mapping = mapping or BrandMapping()
        self._layouts: dict[str, Layout] = {}

    @property
    def size(self) -> tuple[int, int]:
        """Return the slide's width and height."""
        return int(self.presentation.slide_width or 0), int(self.presentation.slide_height or 0)

    @cached_property
    def theme(self) -> Theme:
        """Return the theme of the master that content stands on."""
        return self._main.theme

    def on_paper(self) -> dict[str, str]:
        """Return our colour names in this brand for print: #RRGGBB, each readable on white paper."""
        named = ground(self.theme, WHITE, "dk1").names
        return {name: hexed(changed(self.theme.scheme(scheme), changes)) for name, (scheme, changes) in named.items()}

    @property
    def fonts(self) -> tuple[str, str]:
        """Return the typefaces of headings and of text."""
        return _families(self.theme)

    def find(self, wanted: Sequence[str]) -> Layout:
        """Return the layout of the first role there is or that can be lent; else one for plain content."""
        for role in wanted:
            if role in self.choices or (role in LENT and self.lender and role in self.lender.choices):
                return self.layout(role)
        return self.layout("content") if "content" in self.choices else self.canvas

    def layout(self, role: str) -> Layout:
        """Return the brand's layout in a role, or the lender's arrangement of it on one of the brand's."""
        if role not in self._layouts:
            own = self.choices.get(role) or (self.choices.get("section") if role == "cover" else None)
            self._layouts[role] = self._own(role, own) if own else self._lent(role)
        return self._layouts[role]

    def settle(self, layout: Layout) -> None:
        """Make the prompts of a layout that is used fit their own placeholders."""
        prompts.settle(self._facts(layout), self._defaults, layout.families)

    # ------------------------------------------------------------------------------------ layouts as values

    @cached_property
    def _main(self) -> Facts:
        """The layout that speaks for the brand: of content, else with only a title, else the first."""
        for role in ("content", "title-only"):
            if role in self.choices:
                return self.choices[role].facts
        return next((facts for facts in self.facts if facts.title), self.facts[0])

    @cached_property
    def canvas(self) -> Layout:
        """Where arrangements are drawn: the layout with only a title, else the one for content, its placeholder left out."""
        title_only = self.choices.get("title-only")
        choice = title_only or Choice(self._main, "it has room", {})
        layout = self._own("title-only", replace(choice, slots={}))
        title = layout.title or self._new_title(choice.facts)
        label = {
            name: slot
            for name, slot in self._slots(choice.facts, roles.label(choice.facts)).items()
            if not slot.rect.shared(layout.area).size
        }
        return replace(layout, slots={"title": title, **label})

    def _own(self, role: str, choice: Choice) -> Layout:
        facts = choice.facts
        if role == "cover" and facts is (self.choices.get("section") or choice).facts and "subtitle" not in choice.slots:
            choice = replace(choice, slots=roles.slots(facts, "cover"))
        slots = self._slots(facts, choice.slots)
        title = self._slot(facts, facts.title) if facts.title else self._new_title(facts)
        named = {"title": replace(title, name="title", is_title=True), **slots}
        room = areas.free(facts, self._base(facts))
        named = {name: slot for name, slot in named.items() if name != "label" or not slot.rect.shared(room).size}
        footer = next((place for place in facts.furniture if place.kind == "ftr"), None)
        text = max(slots.values(), key=lambda slot: slot.rect.size, default=None)
        ink = (text.levels[0].colour if text else "") or self._body_ink
        return Layout(
            name=facts.name,
            role=role,
            slots=named,
            layout=facts.layout,
            area=room,
            ground=ground(facts.theme, facts.ground(room), ink or "tx1"),
            why=choice.why,
            footer=reading.slot(facts, footer, self._defaults) if footer else None,
            families=_families(facts.theme),
            scripts=(facts.theme.fonts.get("+mn-ea", ""), facts.theme.fonts.get("+mn-cs", "")),
            unit=_unit(facts.size[1]),
        )

    def _lent(self, role: str) -> Layout:
        assert self.lender is not None
        canvas = self.canvas
        lender = replace(self.lender.layout(role), area=self.lender.body)
        return arranged(lender, canvas, self._clear_title(canvas))

    @cached_property
    def body(self) -> Rect:
        """Return where the master has its body text, whatever single layouts show there."""
        return reading.body(self._main) or areas.free(self._main, None)

    def _clear_title(self, canvas: Layout) -> bool:
        """Whether nothing but the background lies below the brand's title, so that it may stand elsewhere."""
        facts = self._facts(canvas)
        title = facts.title
        if title is None or canvas.title is None or canvas.title.drawn:
            return True
        dressed = any(reading.dressed(each) for each in (title.element, title.master) if each is not None)
        return not dressed and facts.ground(title.rect) == facts.ground(canvas.area)

    def _facts(self, layout: Layout) -> Facts:
        """What the template says of a layout."""
        return next(facts for facts in self.facts if facts.layout is layout.layout)

    def _slots(self, facts: Facts, places: Mapping[str, Place]) -> dict[str, Slot]:
        """Places as slots. One that lies where the title is, and has no room beside it, is left out."""
        slots = {name: replace(self._slot(facts, place), name=name) for name, place in places.items()}
        title = facts.title.rect if facts.title else Rect(0, 0, 0, 0)
        return {name: slot for name, slot in slots.items() if slot.rect.shared(title).size <= OVER_TITLE * slot.rect.size}

    def _slot(self, facts: Facts, place: Place) -> Slot:
        """A place as a slot, cut clear of what the brand shows beside it."""
        found = reading.slot(facts, place, self._defaults)
        room = areas.clear(facts, place.rect)
        if place is not facts.title:
            room = areas.beside_title(facts, room)
        return replace(found, rect=room, placed=room != place.rect, edge=edge_of(place.element, place.rect))

    def _new_title(self, facts: Facts) -> Slot:
        """A title for a layout that has no place for one."""
        family = _families(facts.theme)[0]
        level = replace(TITLE, typeface=family, size=TITLE.size * _unit(facts.size[1]))
        rect = areas.title_rect(facts, self._base(facts))
        return Slot("title", 0, "title", rect, (0, 0, 0, 0), (level,) * 5, is_title=True, drawn=True, placed=True, anchor="b")

    def _base(self, facts: Facts) -> Rect | None:
        """Where the brand has its content: on its layout for content, else on this one, or on the master if that is wider."""
        content = self.choices.get("content")
        main = areas.largest(content.facts.content) if content and content.facts.master == facts.master else None
        own = areas.largest(place for place in facts.content if place.rect.size > facts.size[0] * facts.size[1] * roles.BIG)
        found, master = main or own, reading.body(facts)
        if found is None or (master and master.shared(found.rect).size >= 0.95 * found.rect.size):
            return master
        return found.rect

    @cached_property
    def _body_ink(self) -> str:
        content = self.choices.get("content")
        place = areas.largest(content.facts.content) if content else None
        return self._slot(content.facts, place).levels[0].colour if content and place else ""

    @property
    def _defaults(self) -> _Element | None:
        return self.presentation.part._element.find(qn("p:defaultTextStyle"))

    def _as_presentation(self, data: bytes) -> bytes:
        """The file as a plain presentation: templates and shows by content type, macros left out with a problem."""
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            types = old.read("[Content_Types].xml")
            macros = [name for name in old.namelist() if any(mark.strip("/") in name for mark in MACROS)]
            if not macros and not MAIN_TYPES.search(types):
                return data
            if macros:
                self.problems.append(warning("the brand holds macros; the decks are made without them"))
            result = io.BytesIO()
            with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
                for name in dict.fromkeys(old.namelist()):
                    if name not in macros:
                        new.writestr(name, _cleaned(name, old.read(name), macros))
        return result.getvalue()


@lru_cache(maxsize=2)
def lender(data: bytes) -> Brand:
    """Return the default brand, opened to lend its arrangements; it is never written, so one serves every deck."""
    return Brand(data)


def _cleaned(name: str, data: bytes, macros: Sequence[str]) -> bytes:
    """A part without mention of macros; the content types with the main part as a presentation."""
    if name == "[Content_Types].xml":
        data = MAIN_TYPES.sub(MAIN, data)
        return re.sub(rb'<Override[^>]*PartName="/(?:[^"]*)(?:vbaProject|activeX)[^"]*"[^>]*/>', b"", data)
    if macros and name.endswith(".rels"):
        return re.sub(rb'<Relationship [^>]*Target="[^"]*(?:vbaProject|activeX|attachedToolbars)[^"]*"[^>]*/>', b"", data)
    return data


def _unit(height: int) -> float:
    """What our own type sizes are multiplied by: on a slide the size of a card 18 points shout, on a poster they whisper."""
    return height / USUAL if height > HIGH else min(1.0, height / LOW)


def _families(theme: Theme) -> tuple[str, str]:
    return theme.fonts.get("+mj-lt") or "Calibri", theme.fonts.get("+mn-lt") or "Calibri"


def _empty(presentation: Any) -> None:
    """Remove the template's own slides, and the sections and custom shows that name them."""
    root = presentation.part._element
    for each in root.findall(qn("p:custShowLst")):  # first: a slide that is still named is not dropped
        root.remove(each)
    for extension in root.xpath(".//p:extLst/p:ext[.//*[local-name()='sectionLst']]"):
        extension.getparent().remove(extension)
    ids = presentation.slides._sldIdLst
    for each in list(ids):
        presentation.part.drop_rel(each.rId)
        ids.remove(each)
