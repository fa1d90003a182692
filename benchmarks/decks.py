"""How fast decks are written: seconds a slide from 20 to 2,000 slides, against pandoc and PptxGenJS, and the memory of 500.

Everything is the time of a whole process, best of three (long decks once), in one run; what is compared are the ratios.
All three get the same content: titles, bullets, notes, and a table on every fifth slide. Only ours is measured before it
is written and examined afterwards. Its modules are compiled once, in the first run, as an installed program's are. Tools
that are not installed are left out, and the table says so: ``make bench``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = (20, 84, 200, 420, 2000)
RUNS, LONG = 3, 1000  # pandoc takes minutes for a deck of that many slides
OURS = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {build!r})
from coursewright.outputs.pptx import writer
from coursewright.outputs.pptx.brand import Brand
brand = Brand(Path({brand!r}).read_bytes())
made = writer.write(Path(sys.argv[1]).read_text("utf-8"), brand, Path(sys.argv[1]).parent)
assert not made.problems, made.problems[:3]
Path(sys.argv[2]).write_bytes(made.content)
print(made.count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
SCRIPT = """
const pptxgen = require('pptxgenjs');
const slides = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf-8'));
const deck = new pptxgen();
deck.layout = 'LAYOUT_WIDE';
for (const each of slides) {
  const slide = deck.addSlide();
  slide.addText(each.title, { x: 0.8, y: 0.4, w: 11.7, h: 0.9, fontSize: 32, bold: true });
  if (each.rows.length) slide.addTable(each.rows, { x: 0.8, y: 1.7, w: 11.7, fontSize: 18 });
  else slide.addText(each.bullets.map(text => ({ text, options: { bullet: true, breakLine: true } })),
                     { x: 0.8, y: 1.7, w: 11.7, h: 4.8, fontSize: 20 });
  slide.addNotes(each.notes);
}
deck.writeFile({ fileName: process.argv[3], compression: true });
"""
BULLETS = (
    "Ask what the week was for before you ask what it cost",
    "Name one person who will notice when the promise is kept",
    "Write the first step so small that it fits before lunch",
    "Say aloud which hat you wear, and which one you take off",
    "Leave the room with a date, a name and one open question",
)


@dataclass(frozen=True)
class Content:
    """One slide of the benchmark; a table in place of bullets where there are rows."""

    title: str
    bullets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: str


def contents(count: int) -> Iterator[Content]:
    """Yield so many slides, no two alike."""
    for number in range(1, count + 1):
        bullets = tuple(f"{text} ({number})" for text in BULLETS)
        rows = (("What", "Who", "When"), *((f"Step {row} of {number}", "a pair", f"day {row}") for row in range(1, 6)))
        notes = f"Do: hand out sheet {number}. Say: we have six minutes. Ask: what surprised you?"
        yield Content(f"Slide {number}: one idea and its reason", bullets, rows if number % 5 == 0 else (), notes)


def main() -> None:
    """Time every tool on every size, then ours with charts, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
        tools = {"coursewright": ours, "pandoc": pandoc, "PptxGenJS": pptxgenjs}
        found = {name: {size: best(tool, size, home) for size in SIZES} for name, tool in tools.items()}
        print(f"{'slides':>8}" + "".join(f"{name:>24}" for name in found))
        for size in SIZES:
            print(f"{size:8}" + "".join(f"{shown(times[size], size):>24}" for times in found.values()))
        times = found["coursewright"]
        print(f"\nper slide, 2,000 : 200 = {times[2000] * 200 / (times[200] * 2000):.2f} of the whole process")
        start = times[20] - (times[200] - times[20]) / 9
        print(f"without the start of the process: {(times[2000] - start) * 200 / ((times[200] - start) * 2000):.2f}")
        for other in ("pandoc", "PptxGenJS"):
            ratios = ", ".join(f"{size}: {found[other][size] / times[size]:.2f}" for size in SIZES if found[other][size])
            print(f"{other} takes so many times as long: {ratios or 'not installed'}")
        print(f"500 slides with charts: {charts(home)}")


def shown(seconds: float, size: int) -> str:
    """Return seconds, and milliseconds a slide."""
    return f"{seconds:.2f} s ({seconds / size * 1000:.2f} ms)" if seconds else "not installed"


def best(tool: Callable[[Sequence[Content], Path], list[str]], size: int, home: Path) -> float:
    """Return the least of three times (of one for a long deck), 0 where the tool is not there."""
    command = tool(tuple(contents(size)), home)
    if not command:
        return 0.0
    return min(timed(command) for _ in range(RUNS if size < LONG else 1))


def timed(command: Sequence[str]) -> float:
    """Return the seconds of a process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def ours(slides: Sequence[Content], home: Path) -> list[str]:
    """Write the page of the deck vocabulary, return the command that turns it into a deck."""
    return _ours(page("".join(map(section, slides))), home)


def _ours(markup: str, home: Path) -> list[str]:
    (home / "deck.html").write_text(markup, "utf-8")
    script = OURS.format(build=str(ROOT / "build"), brand=str(ROOT / "templates/brand.pptx"))
    return [sys.executable, "-c", script, str(home / "deck.html"), str(home / "ours.pptx")]


def page(body: str) -> str:
    """Return a whole page."""
    head = '<!DOCTYPE html><html lang="en-GB"><head><title>Benchmark</title></head>'
    return f"{head}<body><footer>Benchmark</footer>{body}</body></html>"


def section(slide: Content) -> str:
    """Return a slide in the deck vocabulary."""
    notes = f'<aside class="notes"><p>{slide.notes}</p></aside>'
    return f'<section data-layout="content"><h2>{slide.title}</h2>{body(slide)}{notes}</section>'


def body(slide: Content) -> str:
    """Return a slide's bullets or table."""
    if not slide.rows:
        return f'<ul slot="body">{"".join(f"<li>{text}</li>" for text in slide.bullets)}</ul>'
    head, *rows = slide.rows
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    heads = "".join(f"<th>{cell}</th>" for cell in head)
    return f'<table slot="body" title="{slide.title}"><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>'


def pandoc(slides: Sequence[Content], home: Path) -> list[str]:
    """Write Markdown, return pandoc's command; nothing where it is not installed."""
    if shutil.which("pandoc") is None:
        return []
    (home / "deck.md").write_text("\n".join(map(markdown, slides)), "utf-8")
    return ["pandoc", str(home / "deck.md"), "-o", str(home / "pandoc.pptx")]


def markdown(slide: Content) -> str:
    """Return a slide in pandoc's Markdown."""
    lines = [f"- {text}" for text in slide.bullets]
    if slide.rows:
        head, *rows = (" | ".join(row) for row in slide.rows)
        lines = [head, " | ".join("---" for _ in slide.rows[0]), *rows]
    return "\n".join([f"## {slide.title}", "", *lines, "", "::: notes", slide.notes, ":::", ""])


def pptxgenjs(slides: Sequence[Content], home: Path) -> list[str]:
    """Write the content as JSON, return node's command; nothing where PptxGenJS is not found (see NODE_PATH)."""
    probe = [shutil.which("node") or "false", "-e", "require('pptxgenjs')"]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        return []
    facts = [{"title": each.title, "bullets": each.bullets, "rows": each.rows, "notes": each.notes} for each in slides]
    (home / "deck.json").write_text(json.dumps(facts), "utf-8")
    (home / "deck.js").write_text(SCRIPT, "utf-8")
    return ["node", str(home / "deck.js"), str(home / "deck.json"), str(home / "genjs.pptx")]


def charts(home: Path) -> str:
    """Return memory and time of 500 mixed slides: every third with a chart, every fifth with a table."""
    data = '{"type":"column","categories":["A","B","C"],"series":[{"name":"Rooms","values":[3,7,5]}]}'
    figure = f"<figure slot='chart, body' data-chart='{data}' data-alt='B leads with 7 rooms'></figure>"
    sections = []
    for number, slide in enumerate(contents(500), 1):
        chart = f'<section data-layout="chart, content"><h2>{slide.title}</h2>{figure}</section>'
        sections.append(chart if number % 3 == 0 else section(slide))
    begun = time.perf_counter()
    done = subprocess.run(_ours(page("".join(sections)), home), check=True, capture_output=True, text=True)
    count, memory = done.stdout.split()
    return f"{count} slides, {memory} MB at most, {time.perf_counter() - begun:.2f} s"


if __name__ == "__main__":
    os.environ.setdefault("NODE_PATH", str(ROOT / "node_modules"))
    main()
