"""Where the files lie that come with the engine: templates, the sample course, the starter course."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def bundled(name: str, package: Path = PACKAGE) -> Path:
    """Return the folder ``templates``, ``course`` or ``starter``: inside an installed wheel, or beside ``build/`` in a checkout.

    Raises FileNotFoundError, naming both places looked at.
    """
    places = (package / "_bundled" / name, package.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name} is neither at {places[0]} nor at {places[1]}: install coursewright again")
