"""How long the sample course takes: from nothing, from the cache, and with nothing to do; with one process and with all.

Prints seconds of one run and ratios between runs of the same session, which is what can be compared: ``make bench``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run each case once, in order, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        one = timed(home, "one", "--jobs", "1")
        every = timed(home, "every")
        shutil.rmtree(home / "every/out")
        cached = timed(home, "every")
        nothing = timed(home, "every")
        rows = {
            "from nothing, one process": one,
            f"from nothing, {os.cpu_count()} processes": every,
            "files gone, all in the cache": cached,
            "nothing has changed": nothing,
        }
        for name, seconds in rows.items():
            print(f"{name:32}{seconds:8.2f} s   {seconds / every:6.3f} of a full build")
        print("\nby document, one process:")
        for name, (seconds, pages) in sorted(by_document(home / "one/out/report.json").items()):
            print(f"{name:32}{seconds:8.2f} s   {pages / seconds:6.1f} pages or slides a second")


def timed(home: Path, name: str, *options: str) -> float:
    """Return the seconds of a whole build in a process of its own."""
    command = [sys.executable, "-m", "coursewright", "build", str(ROOT / "course"), "--out", str(home / name / "out"), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build"), "COURSEWRIGHT_CACHE": str(home / name / "cache")}
    begun = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def by_document(report: Path) -> dict[str, tuple[float, int]]:
    """Return document → seconds and pages (or slides) over all editions."""
    sums: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for file in json.loads(report.read_text("utf-8"))["files"]:
        seconds, pages = sums[file["document"]]
        sums[file["document"]] = (seconds + file["seconds"], pages + file.get("pages", file.get("slides", 0)))
    return dict(sums)


if __name__ == "__main__":
    main()
