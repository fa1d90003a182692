"""How fast print is: the pack of one full day in one process, document by document, beside Chromium printing the same pages.

Prints seconds of processor time, pages a second, and the ratio to a plain document of headings and paragraphs written in the
same run, which is what can be compared between machines. Chromium's is the time of a whole process less that of an empty
page; it writes tags, but passes no PDF/UA. Where none is found, the column says so: ``make bench``.

``python benchmarks/print.py --memory`` prints instead how much memory a process holds after each ten of a hundred editions.
"""

from __future__ import annotations

import gc
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build"))

from coursewright.build import Request, build  # noqa: E402
from coursewright.documents import documents, find_document  # noqa: E402
from coursewright.editions import plan  # noqa: E402
from coursewright.load import load  # noqa: E402
from coursewright.outputs import pdf  # noqa: E402
from coursewright.render import render  # noqa: E402

AUDIENCE, SLOT = "newly-promoted-managers", "full-day"
TEMPLATES = (ROOT / "templates",)
FOLDERS = (ROOT / "course", *TEMPLATES)
EDITIONS = 100
PARAGRAPH = "The team agreed on a direction before it agreed on a plan, and that made the difference when time ran short. " * 4
PLAIN = "".join(f"<h2>Part {part}</h2>" + f"<p>{PARAGRAPH}</p>" * 6 for part in range(40))
PAGE = "<!DOCTYPE html><html lang='en'><head><title>x</title><style>@page{{size:A4;margin:20mm}}body{{font:11pt Carlito}}</style>"


@dataclass
class Printed:
    """One PDF as it was written: its HTML, pages, seconds of processor time."""

    name: str
    html: str
    pages: int
    seconds: float


class Here(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def main() -> None:
    """Print the table of a pack, or what a hundred editions hold."""
    if "--memory" in sys.argv[1:]:
        remember()
        return
    with tempfile.TemporaryDirectory() as folder:
        table(pack(Path(folder)), Path(folder))


def pack(folder: Path) -> list[Printed]:
    """Build every PDF of the edition in this process; return each as it was written, slowest first."""
    found: list[Printed] = []
    plain = pdf.write

    def watched(html: str, folders: tuple[Path, ...], name: str = "", *more: Any, **others: Any) -> Any:
        begun = time.process_time()
        made = plain(html, folders, name, *more, **others)
        found.append(Printed(name, html, made.count, time.process_time() - begun))
        return made

    pdf.write = watched
    try:
        build(request(folder), Here())
    finally:
        pdf.write = plain
    return sorted(found, key=lambda each: -each.seconds)


def request(folder: Path) -> Request:
    """Return the request for all PDFs that the course lists, but those that need a date or people."""
    course = load(ROOT / "course").course
    assert course is not None
    names = tuple(name for name in course.front.documents if name.endswith(".pdf"))
    course = course.model_copy(update={"front": course.front.model_copy(update={"documents": names})})
    look = (TEMPLATES, TEMPLATES[0] / "brand.pptx", False)
    return Request(course, ROOT / "course", *look, folder / "out", {}, (AUDIENCE,), SLOT, cache=folder / "cache")


def table(printed: list[Printed], folder: Path) -> None:
    """Print a line for each document and one for all."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    yard = pdf.write(f"{PAGE}</head><body><h1>x</h1>{PLAIN}</body></html>", FOLDERS)  # warm
    begun = time.process_time()
    pdf.write(f"{PAGE}</head><body><h1>x</h1>{PLAIN}</body></html>", FOLDERS)
    each = (time.process_time() - begun) / yard.count
    empty = min(printing(chromium, f"{PAGE}</head><body><p>x</p></body></html>", folder) for _ in range(3)) if chromium else 0.0
    print(f"{'':24}{'pages':>7}{'seconds':>9}{'pages/s':>9}{'of plain':>10}{'Chromium':>11}")
    for one in (*printed, Printed("all", "", sum(one.pages for one in printed), sum(one.seconds for one in printed))):
        beside = "" if chromium else "not here"
        if chromium and one.html:
            beside = f"{max(0.0, printing(chromium, one.html, folder) - empty):.2f} s"
        ratio = one.seconds / one.pages / each
        print(f"{one.name:24}{one.pages:7}{one.seconds:9.2f}{one.pages / one.seconds:9.1f}{ratio:9.1f}x{beside:>11}")
    print(f"{'a plain document':24}{yard.count:7}{each * yard.count:9.2f}{1 / each:9.1f}")


def printing(chromium: str, html: str, folder: Path) -> float:
    """Return the seconds that Chromium takes to print a page."""
    (folder / "page.html").write_text(html, "utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={folder / 'page.pdf'}"]
    begun = time.perf_counter()
    subprocess.run([*command, (folder / "page.html").as_uri()], check=True, capture_output=True, timeout=300)
    return time.perf_counter() - begun


def remember() -> None:
    """Write workbook and agenda of a hundred editions, the same ten again and again, in this process; print what it holds."""
    course = load(ROOT / "course").course
    assert course is not None
    for number in range(EDITIONS):
        audience = course.audiences[number % 5].id
        edition, _ = plan(course, audience, minutes=60 + number % 10)
        for name in ("workbook.pdf", "agenda.pdf"):
            page = render(edition, find_document(name, documents(TEMPLATES)), {}, TEMPLATES)
            pdf.write(page.text, FOLDERS, name)
        if number % 10 == 9:
            gc.collect()
            print(f"{number + 1:4} editions {held():6} MB held, {most():6} MB at most", flush=True)


def held() -> int:
    """Return the megabytes this process holds now, where the system says so; else 0."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * resource.getpagesize() // 2**20 if pages.exists() else 0


def most() -> int:
    """Return the most megabytes this process has held (Linux counts them in kilobytes, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
