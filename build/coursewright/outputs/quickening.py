"""Two faults of writing PDFs mended that show in long documents and long builds.

pydyf (0.13) lists the references of all pages anew for every tag and every link, which grows with the square of the pages.
WeasyPrint (70.0, ``text/line_break.py``) never frees the list of font features that it makes for every piece of text: with
lining figures, as all our pages have them, a build kept nearly a megabyte of each workbook.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

import pydyf
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip
features_of = line_break.font_features


def mend() -> None:
    """Let pydyf keep the list until a page is added, and lists of features be freed; doing so twice changes nothing."""
    pydyf.PDF.page_references = property(_page_references)
    if not hasattr(line_break.Layout.setup, "__wrapped__"):
        line_break.Layout.setup = _freed(line_break.Layout.setup)
        line_break.font_features = lambda *_: {}


def _page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """Return the references of all pages, in order."""
    kids = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = pdf.__dict__.get("kept_references", ())
    if len(kept) * 3 != len(kids):
        kept = pdf.__dict__["kept_references"] = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return kept


def _freed(setup: Any) -> Any:
    """Wrap the making of a piece of text: its features are a list of its own, freed with it."""

    @wraps(setup)
    def with_features(layout: Any, style: Any) -> None:
        setup(layout, style)
        features = features_of(*(style[name] for name in FEATURES))
        if features:
            words = ",".join(f"{name} {value}" for name, value in features.items()).encode()
            listed = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(listed, pango.pango_attr_font_features_new(words))  # the list owns it from here on
            pango.pango_layout_set_attributes(layout.layout, listed)

    return with_features
