"""What a lint rule is: one small function, declared with all that a trainer may ask about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from coursewright.model import Edition
from coursewright.problems import Severity

if TYPE_CHECKING:
    from coursewright.finished import Sheet  # brings lxml along, which no check of a course's source needs

Limits = Mapping[str, float]


class Evidence(StrEnum):
    """What a rule rests on."""

    STANDARD = "standard"  # a norm, arithmetic, or a fact of the build
    EVIDENCE = "evidence"  # research that was published
    CONSENSUS = "consensus"  # what practitioners or textbooks agree on
    HOUSE = "house"  # our own rule of thumb


class Scope(StrEnum):
    """What a rule looks at, and so where it runs."""

    COURSE = "course"  # the source, as each audience sees it: check(course: Course, limits)
    EDITION = "edition"  # one audience in one slot: check(edition: Edition, limits)
    FILES = "files"  # the finished files of an edition: check(files: Finished, limits)
    ALWAYS = "always"  # what loader, writers and audit refuse by themselves; the rule knows their words


@dataclass(frozen=True)
class Example:
    """A piece of a course that breaks a rule, or keeps it. ``yaml`` replaces the keys of what stands at ``at``.

    ``at`` is a path in the sound course of the tests, such as ``modules/0/segments/1``; "" is the whole course.
    """

    at: str
    yaml: str


@dataclass(frozen=True)
class Finding:
    """One thing a rule has found. ``where`` is a pointer (``node.at("steps", 0, "say")``) or, in files, plain words.

    ``what`` quotes the author. An empty ``severity`` or ``hint`` is the rule's own.
    """

    where: str
    what: str
    severity: Severity | None = None
    hint: str = ""


@dataclass(frozen=True)
class Finished:
    """The finished files of an edition, by name, each read back."""

    edition: Edition
    files: Mapping[str, tuple[Sheet, ...]]


Check = Callable[[Any, Limits], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule, as ``coursewright explain`` tells it. ``title`` is the sentence a trainer reads in lists.

    ``why`` says why it matters, and openly where something is folklore; ``mend`` how to mend it. ``limits`` are its numbers,
    which a course may set anew. ``says`` are words of the messages of loader, writers and audit that it
    stands for: a rule of scope ALWAYS has nothing else, others may have them beside their check.
    """

    id: str
    title: str
    severity: Severity
    evidence: Evidence
    source: str
    why: str
    mend: str
    scope: Scope
    bad: Example | None
    good: Example | None
    limits: Limits = field(default_factory=dict)
    says: tuple[str, ...] = ()
    check: Check | None = None

    @property
    def family(self) -> str:
        """The letters before the number: TIM of TIM-02."""
        return self.id.partition("-")[0]


def rule(
    id: str,
    title: str,
    **facts: Any,
) -> Callable[[Check], Rule]:
    """Declare the function below as the check of a rule; ``facts`` are the fields of :class:`Rule`."""

    def declared(check: Check) -> Rule:
        return Rule(id=id, title=title, check=check, **facts)

    return declared


def always(id: str, title: str, *says: str, **facts: Any) -> Rule:
    """Declare a rule that loader, writers or audit hold by themselves; ``says`` are regular expressions of their messages."""
    return Rule(id=id, title=title, says=says, scope=Scope.ALWAYS, **facts)
