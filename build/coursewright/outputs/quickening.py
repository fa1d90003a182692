"""One slow spot of writing PDFs mended: pydyf (0.13) lists the references of all pages anew for every tag and every link.

That grows with the square of the pages: a tenth of the writing time at fifty pages, a quarter at two hundred.
"""

from __future__ import annotations

import pydyf


def mend() -> None:
    """Let pydyf keep the list until a page is added; doing so twice changes nothing."""
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """Return the references of all pages, in order."""
    kids = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = pdf.__dict__.get("kept_references", ())
    if len(kept) * 3 != len(kids):
        kept = pdf.__dict__["kept_references"] = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return kept
