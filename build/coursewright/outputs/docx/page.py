"""A page, parsed: its elements with their styles and the rules that fit them, and what it says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

import cssselect2
from lxml import html
from lxml.etree import _Element

from .cascade import Look, Styles
from .rules import Rules, rules

SVG = re.compile(r"<svg\b|</svg\s*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
DRAWING = "data-drawing"
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


class Page:
    """A page of HTML. Its drawings are kept as they are written: an HTML parser would change the names in them."""

    def __init__(self, text: str) -> None:
        text, self.drawings = _without_drawings(ILLEGAL.sub("", text))
        self.root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        self.styles = Styles(STYLE.findall(text))
        wrapper = cssselect2.ElementWrapper.from_html_root(self.root)
        self._wrappers = {each.etree_element: each for each in wrapper.iter_subtree()}
        self.rules: Rules = rules()

    @cached_property
    def body(self) -> _Element:
        return next(self.root.iter("body"))

    @property
    def language(self) -> str:
        return str(self.root.get("lang", ""))

    @property
    def title(self) -> str:
        found = next(self.root.iter("title"), None)
        return " ".join(found.text_content().split()) if found is not None else ""

    @property
    def footer(self) -> str:
        return str(self.body.get("data-footer", ""))

    def said(self, name: str) -> str:
        """Return what a ``<meta>`` of the head says."""
        found = (each.get("content", "") for each in self.root.iter("meta") if each.get("name") == name)
        return next(found, "")

    def look(self, element: _Element) -> Look:
        return self.styles.look(self._wrappers[element])

    def wrapper(self, element: _Element) -> cssselect2.ElementWrapper:
        return self._wrappers[element]

    def chosen(self, element: _Element, selectors: str) -> _Element | None:
        """Return the first element below one that fits a selector."""
        return next((each.etree_element for each in self._wrappers[element].query_all(*_compiled(selectors))), None)


def elements(parent: _Element) -> Iterator[_Element]:
    """Yield the elements right below one: comments are none."""
    return (child for child in parent if isinstance(child.tag, str))


def near(element: _Element) -> str:
    """Return the id of an element, or of the nearest one around it."""
    return next((each.get("id") for each in (element, *element.iterancestors()) if each.get("id")), "")


@cache
def _compiled(selectors: str) -> list[Any]:
    found: list[Any] = cssselect2.compile_selector_list(selectors)
    return found


def _without_drawings(text: str) -> tuple[str, list[str]]:
    """Return a page with each outermost ``<svg>`` replaced by an ``<img>`` that tells its place in the list."""
    kept: list[str] = []
    drawings: list[str] = []
    depth = start = last = 0
    for tag in SVG.finditer(text):
        is_end = tag[0].startswith("</")
        if not is_end and depth == 0:
            start = tag.start()
        depth = max(0, depth - 1) if is_end else depth + 1
        if is_end and depth == 0 and start >= last:
            kept += [text[last:start], f'<img {DRAWING}="{len(drawings)}"{_classes(text[start : start + 400])}/>']
            drawings.append(text[start : tag.end()])
            last = tag.end()
    return "".join((*kept, text[last:])), drawings


def _classes(svg: str) -> str:
    """Return what styles choose a drawing by: it goes by ``img.svg`` as well as by its own classes."""
    head = svg.partition(">")[0]
    own = re.search(r'\sclass="([^"]*)"', head)
    style = re.search(r'\sstyle="([^"]*)"', head)
    return f' class="svg {own[1] if own else ""}"' + (f' style="{style[1]}"' if style else "")
