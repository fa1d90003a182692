"""How long an edition takes to plan: every audience at many lengths, for the sample course and for the skeleton of the whole.

Prints milliseconds of processor time per edition and how that grows with the course: ``make bench``.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from agendas import whole_course  # noqa: E402 (the tests are no package)
from coursewright.editions import plan  # noqa: E402
from coursewright.load import load  # noqa: E402
from coursewright.model import Course  # noqa: E402
from coursewright.problems import Broken  # noqa: E402

LENGTHS = range(45, 2881, 105)


def main() -> None:
    """Plan every audience at every length, and print a table."""
    sample = load(ROOT / "course").course
    courses = {"the skeleton of the whole course": whole_course(), **({"the sample course": sample} if sample else {})}
    print(f"{'':36}{'editions':>10}{'median':>10}{'slowest':>10}  milliseconds of processor time")
    for name, course in courses.items():
        times = sorted(each * 1000 for each in planned(course))
        print(f"{name:36}{len(times):10}{statistics.median(times):10.1f}{times[-1]:10.1f}")


def planned(course: Course) -> Iterable[float]:
    """Yield the seconds each edition takes, those that are too short left out."""
    for audience in course.audiences:
        for minutes in LENGTHS:
            begun = time.process_time()
            try:
                plan(course, audience.id, minutes=minutes)
            except Broken:
                continue
            yield time.process_time() - begun


if __name__ == "__main__":
    main()
