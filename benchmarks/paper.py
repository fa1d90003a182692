"""How fast slides are drawn for paper: of a full-day deck as vectors, as handouts, and beside LibreOffice printing the same.

Seconds of processor time in this process, best of three; LibreOffice's are those of a whole process on the wall clock.
``python benchmarks/paper.py DECK.pptx``, such as one from ``coursewright build``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build"))
RUNS = 3
PAGE = '<!DOCTYPE html><html lang="en"><head><title>Slides</title></head><body><h1>Slides</h1>{}</body></html>'
PICTURE = '<img style="display: block; width: 80mm" alt="A slide" src="{}"/>'


def rows(deck: Path) -> Iterator[tuple[str, float, int]]:
    """Yield what was done, its seconds, and the bytes that came out of it."""
    from coursewright.outputs import pdf
    from coursewright.outputs.pptx import paper

    content = deck.read_bytes()
    found = paper.portraits(content)
    print(f"{len(found)} slides")
    yield "drawn as SVG", best(lambda: paper.portraits(content)), sum(len(each.svg) for each in found)
    images = PAGE.format("".join(PICTURE.format(each.address) for each in found))
    inline = PAGE.format("".join(f'<div style="width: 80mm">{each.svg}</div>' for each in found))
    for name, page in (("set in a PDF, as images", images), ("set in a PDF, inline", inline)):
        made = pdf.write(page, ())
        yield name, best(lambda page=page: pdf.write(page, ())), len(made.content)  # type: ignore[misc]  # bound at once
    if soffice := shutil.which("soffice"):
        yield "printed by LibreOffice", *printed(soffice, deck)


def best(work: Callable[[], object]) -> float:
    """Return the seconds of processor time of the fastest run."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def printed(soffice: str, deck: Path) -> tuple[float, int]:
    """Return the seconds that LibreOffice takes for the deck, and the bytes of its PDF."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        start = time.monotonic()
        subprocess.run([*command, str(deck)], check=True, capture_output=True)
        return time.monotonic() - start, (Path(folder) / f"{deck.stem}.pdf").stat().st_size


if __name__ == "__main__":
    for what, seconds, size in rows(Path(sys.argv[1])):
        print(f"{what:28} {seconds:6.2f} s {size / 1024:8.0f} KB")
