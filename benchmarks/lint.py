"""How long the lint rules take over the sample course, and how that grows with it: one process, processor time.

For a quarter of its editions, for half and for all of them: ``make bench``.
"""

from __future__ import annotations

import time
from pathlib import Path

from coursewright import lint
from coursewright.editions import every
from coursewright.load import load
from coursewright.model import Course, Edition

ROOT = Path(__file__).parents[1]
RUNS = 3


def main() -> None:
    """Run the rules over the course and its multiples, and print a table."""
    course = load(ROOT / "course").course
    assert course is not None, "the sample course has errors: coursewright check course"
    editions, _ = every(course)
    print(f"{'editions':>10}{'seconds':>10}{'per edition':>14}")
    for count in (len(editions) // 4, len(editions) // 2, len(editions)):
        seconds = min(timed(course, editions[:count]) for _ in range(RUNS))
        print(f"{count:10}{seconds:10.2f}{seconds / count:14.3f}")


def timed(course: Course, editions: tuple[Edition, ...]) -> float:
    """Return the seconds of processor time of all rules, for the audiences of these editions."""
    audiences = {edition.audience.id for edition in editions}
    course = course.model_copy(update={"audiences": tuple(each for each in course.audiences if each.id in audiences)})
    begun = time.process_time()
    lint.judged(course, (*lint.of_course(course), *lint.of_editions(editions)), (lint.Scope.COURSE, lint.Scope.EDITION))
    return time.process_time() - begun


if __name__ == "__main__":
    main()
