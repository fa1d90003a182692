"""How a job reaches the process that does it: what is large lies in a folder that all can read, and is packed once.

Jobs stay small so, because a queue whose pipe is full cannot be stopped (CPython #94777). An edition has half a megabyte, and
each of its files needs it: packing it anew for every one would keep the process that hands out the work busier than the others.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic_core import PydanticSerializationError

from .make import Job, Taken, make
from .model import Edition
from .outputs import Made


@dataclass
class Shelf:
    """A folder with what jobs need and do not carry along; it must outlive them. Not frozen: it remembers hashes."""

    folder: Path
    _digests: dict[int, str] = field(default_factory=dict)  # of editions, by number

    def taken(self, content: bytes) -> Taken:
        """Lay a finished file here, for others to be made from it."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / digest
        if not path.exists():
            path.write_bytes(content)
        return Taken(path, digest)

    def digest(self, number: int, edition: Edition) -> str:
        """Return the hash of all that the edition of this number says."""
        if number not in self._digests:
            self._digests[number] = hashlib.sha256(_said(edition).encode()).hexdigest()
        return self._digests[number]

    def packed(self, number: int, job: Job) -> bytes:
        """Return a job as it travels, without its edition, which has this number and is laid here for all its jobs."""
        path = self.folder / f"edition-{number}"
        if not path.exists():
            path.write_bytes(pickle.dumps(job.edition))
        stream = io.BytesIO()
        _Packer(stream, job.edition, str(path)).dump(job)
        return stream.getvalue()


def unpacked(packed: bytes) -> Job:
    """Return a job that has travelled, with its edition."""
    job = _Unpacker(io.BytesIO(packed)).load()
    assert isinstance(job, Job)
    return job


def timed(packed: bytes) -> tuple[Made, float]:
    """Make the file of a job that has travelled and say how many seconds it took."""
    begun = time.perf_counter()
    return make(unpacked(packed)), time.perf_counter() - begun


def _said(edition: Edition) -> str:
    try:
        return edition.model_dump_json()
    except PydanticSerializationError as error:  # which is also what becomes of Ctrl-C in there
        if KeyboardInterrupt.__name__ in str(error):
            raise KeyboardInterrupt from error
        raise


class _Packer(pickle.Pickler):
    """Leaves out the edition and says where it lies."""

    def __init__(self, stream: io.BytesIO, edition: Edition, path: str) -> None:
        super().__init__(stream)
        self.edition, self.path = edition, path

    def persistent_id(self, value: Any) -> str | None:
        """Return the path of the edition; nothing else stays behind."""
        return self.path if value is self.edition else None


class _Unpacker(pickle.Unpickler):
    def persistent_load(self, path: str) -> Edition:
        """Return the edition that lies there."""
        return _edition(path)


@lru_cache(maxsize=2)  # files of an edition are made one after the other, more or less
def _edition(path: str) -> Edition:
    edition = pickle.loads(Path(path).read_bytes())
    assert isinstance(edition, Edition)
    return edition
