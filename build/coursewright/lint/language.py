"""Lint rules: language and fairness. Whom the words leave out, put down or lose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from coursewright.lint.phrases import sexist
from coursewright.lint.prose import aloud, around, listed
from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, rule
from coursewright.lint.texts import is_english, quoted, segments_of
from coursewright.model import Course
from coursewright.problems import Severity

ANYBODY = re.compile(  # somebody nobody knows, who turns out to be a man or a woman
    r"(?i)\b(?:an?|any|each|every|the (?:typical|good|best|ideal|average|effective|successful))(?: \w+)? "
    r"(?:(?:team )?(?:leader|manager|member|head)|boss|colleague|coach|customer|director|employee|executive|facilitator|learner|"
    r"owner|participant|person|speaker|supervisor|teacher|trainer|worker)\b"
    r"(?:(?!\b(?:who(?:se|m)? (?:asked|told|said)|named|called)\b|[.!?;:“”]).){0,80}?\b(he|his|him|himself|she|her|herself)\b"
)
NAME = re.compile(r"\s[A-Z]\w")
SHE = re.compile(r"(?i)\b(?:she|her|hers|herself)\b")
HE = re.compile(r"(?i)\b(?:he|him|his|himself)\b")


@rule(
    "INC-01",
    "Words leave nobody out and use nobody's illness or people as a comparison",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="alex and retext-equality (T. Wormer and others), proselint, the style guide of the NCDJ; a short list of our own",
    why="Whoever is left out or compared hears that first, and the rest of the sentence is lost. Lists do not know the context.",
    mend="Say it of everybody (“they”, “chair”, “people”), or say what is meant. Waive it where the word is the right one.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/3", "{if_long: Ask which meetings need less manpower.}"),
    good=Example("modules/one.yaml#/segments/3", "{if_long: Ask which meetings need fewer people.}"),
)
def leaves_nobody_out(course: Course, limits: Limits) -> Iterator[Finding]:
    """A list of words, and sentences in which “every manager” turns out to be a man. What stands in “ ” is let pass."""
    yield from listed(course, "inclusive", "leaves somebody out or compares")
    every = aloud(course)
    for at, said, instead in sexist([words for _, words in every]):
        text, words = every[at]
        yield Finding(text.where, f"“{said}” leaves somebody out, in {around(words, said)}", hint=f"Say instead: {instead}.")
    for text, words in every:
        for said, pronoun in _anybody(words):
            what = f"anybody is meant, and “{pronoun}” is one of two: {quoted(said, 90)}"
            yield Finding(text.where, what, hint="Say “they”, or tell of somebody by name.")


@cache
def _anybody(words: str) -> tuple[tuple[str, str], ...]:
    """What begins with anybody and goes on with one of two pronouns, and which; a name in between may be whom it means."""
    if not (HE.search(words) or SHE.search(words)):
        return ()
    return tuple((match[0], match[1]) for match in ANYBODY.finditer(words) if not NAME.search(match[0]))


def _told(*names: str) -> str:
    """The keys of a segment with a question about each of these people (name and pronouns), for the examples below."""
    items = []
    for number, (name, he, his) in enumerate(each.split() for each in names):
        items.append(
            f"{{id: P{number}, objective: M01-O1, bloom: apply, themes: [T0{1 + number % 2}],"
            f' stem: "{name} plans {his} week. What does {he} plan first?", options: ['
            f"{{text: The result of the week, right: {str(not number % 2).lower()}, reason: A direction orders the rest.}},"
            f" {{text: Room for a surprise, right: {str(bool(number % 2)).lower()}, reason: Some hours stay free.}}]}}"
        )
    return f"quiz: [{', '.join(items)}]"


@rule(
    "INC-02",
    "Women and men both lead in stories",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="our own; counted by the pronouns of cases and questions, for names tell nothing",
    why="Who acts in the stories shows for whom the course is. A count is no quota: look whether it was meant so.",
    mend="Let somebody else act in one of the stories, or leave it open by names and “they”.",
    limits={"share": 65, "stories": 6},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/4",
        _told("Jun he his", "Ravi he his", "Ben he his", "Ada she her", "Tom he his", "Noor she her", "Ade he his"),
    ),
    good=Example(
        "modules/one.yaml#/segments/4",
        _told("Jun he his", "Lena she her", "Ben he his", "Ada she her", "Tom he his", "Noor she her", "Ade he his"),
    ),
)
def both_lead(course: Course, limits: Limits) -> Iterator[Finding]:
    """A story counts for the pronoun it uses most; stories without one, or with both alike, count for nobody.

    Of fewer than ``stories`` a share says nothing: three of four are chance.
    """
    told = [(where, sex) for where, words in _stories(course) if (sex := _lead(words))] if is_english(course.front) else []
    counts = Counter(sex for _, sex in told)
    for sex, count in counts.most_common(1):
        if len(told) >= limits["stories"] and 100 * count > limits["share"] * len(told):
            where = next(where for where, each in told if each == sex)
            yield Finding(where, f"in {count} of {len(told)} stories that name a woman or a man, “{sex}” acts; here is the first")


def _stories(course: Course) -> Iterable[tuple[str, str]]:
    for case in course.cases:
        yield case.at("text"), f"{case.text} {case.question}"
    for segment in segments_of(course):
        for item in segment.quiz:
            yield item.at("stem"), item.stem


def _lead(words: str) -> str:
    she, he = len(SHE.findall(words)), len(HE.findall(words))
    return "" if she == he else "she" if she > he else "he"


@rule(
    "INC-03",
    "Sayings of one sport or country are left at home",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source="guides for international readers (Kohl 2008, The Global English Style Guide); a list of our own",
    why="Second-language readers take a saying word by word, and a translator has to guess.",
    mend="Say what is meant in plain words.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/3", "{if_long: Ask each table to step up to the plate with its rule.}"),
    good=Example("modules/one.yaml#/segments/3", "{if_long: Ask each table to say its rule aloud.}"),
)
def no_sayings(course: Course, limits: Limits) -> Iterator[Finding]:
    """What proselint calls a cliché is TXT-05's, so that nothing is said twice."""
    yield from listed(course, "idioms", "is a saying that not everybody knows")


@rule(
    "INC-04",
    "Nobody is told that it is easy",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source="“Words to avoid in educational writing” (C. Coyier, CSS-Tricks), which alex reports too",
    why="To whom it is not obvious, “obviously” says that they are slow. Whoever finds it easy needs no telling.",
    mend="Leave the word out; the sentence mostly stands without it.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/3/steps/0", "{task: Obviously you talk about the three questions}"),
    good=Example("modules/one.yaml#/segments/3/steps/0", "{task: Talk about the three questions in order}"),
)
def nobody_is_slow(course: Course, limits: Limits) -> Iterator[Finding]:
    """“Just” and “simply” count before what the reader is to do, not in “just in time” or in what somebody says in “ ”."""
    yield from listed(course, "condescending", "tells people that it is easy, or that they should know")


@rule(
    "INC-05",
    "People have tasks, not ranks",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="our own; many audiences' lists of words to avoid begin with these",
    why="Ranks sort people into above and below; a course about work needs to know who does what.",
    mend="Say what the person does, or who reports to whom.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/3", "{if_long: Ask what the boss would say to the rule.}"),
    good=Example("modules/one.yaml#/segments/3", "{if_long: Ask what their manager would say to the rule.}"),
)
def tasks_not_ranks(course: Course, limits: Limits) -> Iterator[Finding]:
    """Words that every audience of the course lists under `use` are its own, and let pass."""
    uses = [{word.lower() for word in audience.vocabulary.use} for audience in course.audiences]
    allowed = set.intersection(*uses) if uses else set()
    for finding in listed(course, "ranks", "sorts people by rank"):
        if finding.what.split("”")[0].lstrip("“").lower() not in allowed:
            yield finding
