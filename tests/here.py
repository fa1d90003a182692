"""An executor for tests that look into a build: nothing runs beside them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class Here(Executor):
    """Works at once, in this process, and counts."""

    def __init__(self) -> None:
        self.jobs = 0

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Return what the work came to, good or bad."""
        self.jobs += 1
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **options))
        except Exception as error:
            future.set_exception(error)
        return future
