"""The outlines of a drawing: SVG's paths and lists of points as steps from point to point, in user units."""

from __future__ import annotations

import re
from collections.abc import Iterator

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]  # M (move), L (line), C (cubic), Q (quadratic) or Z (close), with its absolute points

ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
TOKEN = re.compile(rf"{NUMBER.pattern}|[A-Za-z]")


def point_steps(points: str, closed: bool) -> Iterator[Step]:
    """Yield the steps of a polyline's or polygon's points."""
    numbers = [float(found) for found in NUMBER.findall(points)]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    yield from (("L" if place else "M", (point,)) for place, point in enumerate(pairs))
    if closed and pairs:
        yield "Z", ()


def path_steps(path: str) -> Iterator[Step]:
    """Yield a path's steps up to the first command that is not of the subset."""
    here = start = (0.0, 0.0)
    for command, numbers in commands(path):
        if not well_formed(command, numbers):
            return
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            here = start
            yield "Z", ()
        for place, chunk in enumerate(_chunks(numbers, ARITY[kind])):
            points = _absolute(kind, chunk, here, relative)
            here = points[-1]
            start = here if kind == "M" and not place else start
            yield "L" if kind in "HV" or (kind == "M" and place) else kind, points


def commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Yield a path's letters, each with its numbers."""
    command, numbers = "", list[float]()
    for token in TOKEN.findall(path):
        if token.isalpha():
            if command:
                yield command, numbers
            command, numbers = token, []
        else:
            numbers.append(float(token))
    if command:
        yield command, numbers


def well_formed(command: str, numbers: list[float]) -> bool:
    """Return whether a command is of the subset and has as many numbers as it needs."""
    arity = ARITY.get(command.upper())
    return arity is not None and (not numbers if arity == 0 else len(numbers) > 0 and len(numbers) % arity == 0)


def _absolute(kind: str, numbers: list[float], here: Point, relative: bool) -> tuple[Point, ...]:
    across, down = here if relative else (0.0, 0.0)
    if kind == "H":
        return ((across + numbers[0], here[1]),)
    if kind == "V":
        return ((here[0], down + numbers[0]),)
    return tuple((across + x, down + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))


def _chunks(numbers: list[float], size: int) -> Iterator[list[float]]:
    yield from (numbers[place : place + size] for place in range(0, len(numbers), size or 1))
