"""The folders a course comes from, and in which order they are searched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .paths import bundled


@dataclass(frozen=True)
class Folders:
    """A course's own folder, those of the layers on top of it (the one that wins first), and of courses it takes modules from."""

    home: Path
    layers: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()

    @property
    def templates(self) -> tuple[Path, ...]:
        """Templates folders, the one that wins first: layers, the course, other courses, ours."""
        own = (folder / "templates" for folder in (*self.layers, self.home, *self.others))
        return (*(folder for folder in own if folder.is_dir()), bundled("templates"))

    @property
    def brand(self) -> Path:
        """The brand in a templates folder of a layer or of the course, there or not."""
        places = [folder / "templates" / "brand.pptx" for folder in (*self.layers, self.home)]
        return next((place for place in places if place.is_file()), places[-1])

    @property
    def shelves(self) -> tuple[Path, ...]:
        """Folders that pictures may lie in; their paths begin at the first one."""
        return (self.home, *self.layers, *self.others)
