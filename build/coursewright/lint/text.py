"""Lint rules: text. Whether people can read it at first sight, in the course's own words, and whether it is finished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from coursewright.lint.english import grade, misspelt, most_syllables, names, sentences, spoken, syllables
from coursewright.lint.phrases import cliches, found, own
from coursewright.lint.prose import aloud, around, is_of_others, listed
from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, rule
from coursewright.lint.texts import Text, bare, everything, is_english, once, parts, quoted
from coursewright.model import Case, Course, GlossaryEntry, Message, Module, Term
from coursewright.problems import Severity

PLAIN_LANGUAGE = "plain-language guides (BCcampus; Intuit content design); Kincaid and others (1975) for the formula"
LEFT_OVER = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|TK ?TK|XXX+|[Ll]orem ipsum)\b|\?\?\?+"
    r"|\[(?:[Ii]nsert|[Aa]dd|[Ff]ill in|[Yy]our|[Nn]ame of|[Pp]laceholder|[Dd]ate|[Tt]ext|[Tt]itle)\b[^\]]*\](?!\()"
    r"|<(?:[Ii]nsert|[Aa]dd|[Yy]our|[Nn]ame|[Pp]laceholder|[Dd]ate)\b[^>]*>"
    r"|\((?:[Ii]nsert|[Ff]ill in|to be (?:added|written|completed|confirmed))\b[^)]*\)"
)
CLOSED = re.compile(r"[.!?…:][”’\"')\]]*$")
FEWEST = 5  # words of what counts as a sentence: a heading or a label says nothing about how hard a text is


@dataclass(frozen=True)
class Passage:
    """What one reader reads together: all that participants read of a module, all that its guide says, or a case."""

    title: str
    reader: str
    said: tuple[tuple[str, Text], ...]  # each sentence with the text it stands in

    @property
    def count(self) -> int:
        """Number of words."""
        return sum(len(spoken(sentence)) for sentence, _ in self.said)


@once
def _passages(course: Course) -> Iterator[Passage]:
    """Yield the passages of an English course; what are no sentences is left out."""
    for part, every in parts(course) if is_english(course.front) else ():
        if isinstance(part, Module):
            yield Passage(f"participants read of {quoted(part.title)}", "participant", _said(every, private=False))
            yield Passage(f"the guide says of {quoted(part.title)}", "guide", _said(every, private=True))
        if isinstance(part, Case):
            yield Passage(f"the case {quoted(part.title)} tells", "participant", _said(every, private=False))


def _said(every: Sequence[Text], *, private: bool) -> tuple[tuple[str, Text], ...]:
    return tuple((said, text) for text in every if text.private == private for said in _full(text.words))


@cache
def _full(words: str) -> tuple[str, ...]:
    """The sentences of a text that are whole."""
    return tuple(said for said in sentences(words) if CLOSED.search(said) and len(spoken(said)) >= FEWEST)


@rule(
    "TXT-01",
    "Text can be read at first sight",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=PLAIN_LANGUAGE,
    why="People read slides and sheets in seconds. A formula counts, it does not read: use it to compare versions, not as truth.",
    mend="Make two sentences of the longest ones, and take the shorter word where both say the same.",
    limits={"participant": 9, "guide": 11, "words": 100},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#",
        """
        summary: >-
          The systematic identification of organisational priorities necessitates a comprehensive consideration of available
          capacities, notwithstanding considerable uncertainties regarding subsequent operational developments. Individual
          prioritisation responsibilities additionally presuppose continuous clarification of expectations concerning deliverable
          results, particularly whenever interdependent activities accumulate simultaneously. Consequently, participants
          systematically evaluate alternative utilisation possibilities, establishing appropriate availability reservations.
        """,
    ),
    good=Example(
        "modules/one.yaml#",
        """
        summary: >-
          Start with the result that matters most this week. Put it into the first free hours you have. Then keep a tenth of the
          week open. Something will come up that nobody could know on Monday, and it needs a place to go. A week without such a
          place breaks on its first surprise. Most of us have seen that happen, and few of us have planned for it.
        """,
    ),
)
def readable(course: Course, limits: Limits) -> Iterator[Finding]:
    """Flesch-Kincaid over what one reader reads of a module, and over each case; a passage of few words is let pass."""
    for passage in _passages(course):
        if passage.count >= limits["words"]:
            every, most = [said for said, _ in passage.said], limits[passage.reader]
            if grade(every, most_syllables) > most and (years := grade(every, syllables)) > most:
                hardest, text = max(passage.said, key=lambda each: _hardness(each[0]))
                what = f"what {passage.title} is at grade {years:.1f}, above {most:g}; hardest is {quoted(hardest)}"
                yield Finding(text.where, what)


def _hardness(said: str) -> tuple[bool, float]:
    """What sorts the hardest sentence last; of few words a grade says nothing."""
    return len(spoken(said)) >= 2 * FEWEST, grade([said], syllables)


@rule(
    "TXT-02",
    "Sentences are short",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source=PLAIN_LANGUAGE,
    why="Whoever hears or reads a long sentence once has lost its beginning at its end. Where exactly, no study says.",
    mend="Make two sentences of it, or a list.",
    limits={"mean": 20, "longest": 35, "words": 100},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/4",
        """
        purpose: >-
          Let people see what they can do now, because whoever has seen it once, alone and with the reasons at hand, will do it
          again on Monday, when nobody is there to ask and the phone rings all day.
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/4",
        """
        purpose: >-
          Let people see what they can do now. Whoever has seen it once, alone and with the reasons at hand, will do it again on
          Monday. Then nobody is there to ask, and the phone rings all day.
        """,
    ),
)
def short_sentences(course: Course, limits: Limits) -> Iterator[Finding]:
    """Each sentence by itself, and the mean of what one reader reads of a module or in a case."""
    for passage in _passages(course):
        for said, text in passage.said:
            if len(spoken(said)) > limits["longest"]:
                yield Finding(
                    text.where, f"a sentence of {len(spoken(said))} words, more than {limits['longest']:g}: {quoted(said)}"
                )
        if passage.count >= limits["words"] and passage.count > limits["mean"] * len(passage.said):
            longest, text = max(passage.said, key=lambda each: len(spoken(each[0])))
            mean = f"{passage.count / len(passage.said):.0f} words a sentence, more than {limits['mean']:g}"
            yield Finding(text.where, f"what {passage.title} has {mean}; longest is {quoted(longest)}")


@rule(
    "TXT-03",
    "The glossary's words are used, and the words it replaces are not",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="our own; in the sources of our sample course the same job titles mean opposite things",
    why="Who meets two words looks for two things. A word that is explained and never used makes people search for it.",
    mend="Say it in the glossary's word, or take the entry out; under instead_of stand the words that the course does without.",
    scope=Scope.COURSE,
    bad=Example("course.yaml#/glossary/0", "{term: compass, here: where the work is meant to lead}"),
    good=Example("course.yaml#/glossary/0", "{term: calendar, here: where the week stands, instead_of: [diary]}"),
)
def one_word_for_one_thing(course: Course, limits: Limits) -> Iterator[Finding]:
    """A term counts as used in any of its forms (plural, capital); the glossary itself and the words of others do not count."""
    every = [(text, words) for text, words in aloud(course) if not isinstance(text.owner, GlossaryEntry)]
    joined = "\n".join(bare(text.words) for text, _ in every).lower()
    for entry in course.front.glossary if every else ():
        if not any(part.lower() in joined for part in re.split(r" and | or |, |/", bare(entry.term))):
            yield Finding(entry.at("term"), f"the glossary explains {quoted(entry.term)}, and nothing in the course says it")
        for text, said in _said_of(entry.instead_of, every):
            yield Finding(text.where, f"{said}; the glossary says {quoted(entry.term)} instead")


def _said_of(banned: tuple[str, ...], every: Iterable[tuple[Text, str]]) -> Iterator[tuple[Text, str]]:
    """Yield the texts that hold one of some words or their regular plural, in capitals or not, with the words quoted there."""
    for text, words in every if banned else ():
        for said in dict.fromkeys(match[0] for match in _any(banned).finditer(words)):
            yield text, f"“{said}” stands in {around(words, said)}"


@cache
def _any(banned: tuple[str, ...]) -> re.Pattern[str]:
    each = "|".join(re.escape(words) + (r"(?:e?s|[’']s?)?" if words[-1:].isalpha() else "") for words in banned)
    return re.compile(rf"(?i)(?<![\w-])(?:{each})(?![\w-])")


@rule(
    "TXT-04",
    "An audience hears no word that it does not want to hear",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="the audience's own list, vocabulary: avoid",
    why="One wrong word (“homework”, “subordinate”) tells people that the course was made for somebody else.",
    mend="Use a word from the audience's list, or give the audience its own words under variants.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/0", "{if_long: Ask who has the bandwidth for a second task.}"),
    good=Example("modules/one.yaml#/segments/0", "{if_long: Ask who has the time for a second task.}"),
)
def wanted_words(course: Course, limits: Limits) -> Iterator[Finding]:
    """In any language: the words are the audience's own. Words in “ ” are let pass, and so is what the audience itself thinks."""
    for audience in course.audiences:
        theirs = (text for text in everything(course) if not (text.owner is audience or is_of_others(text)))
        for text, said in _said_of(audience.vocabulary.avoid, ((text, own(bare(text.words))) for text in theirs)):
            yield Finding(text.where, f"{said}; {audience.name} avoid it")


@rule(
    "TXT-05",
    "No clichés and no hype",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="proselint (after Garner's Modern English Usage, write-good and others), and a list of our own",
    why="A worn phrase is read over, and a promise that everybody makes is believed by nobody.",
    mend="Say the thing itself: what it does, for whom, how much.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/3", "{if_long: 'Ask what is new here, and think outside the box.'}"),
    good=Example("modules/one.yaml#/segments/3", "{if_long: Ask what nobody has tried yet.}"),
)
def no_hype(course: Course, limits: Limits) -> Iterator[Finding]:
    """Phrases that trainers use in their plain meaning are let pass (words/plain.txt), and so is what stands in “ ”."""
    yield from listed(course, "hype", "promises more than it says")
    every = aloud(course)
    for at, said in dict.fromkeys(cliches([words for _, words in every])):
        text, words = every[at]
        if not found("hype", said):
            yield Finding(text.where, f"“{said}” is a worn phrase, in {around(words, said)}")


@rule(
    "TXT-06",
    "Nothing is left to be filled in",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="build quality: what stands in the source stands in front of people",
    why="A note to oneself that reaches the screen costs more trust than any fault of content.",
    mend="Write it, or take it out. A note to yourself is a remark in YAML: it begins with #.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/0", "{if_long: 'TODO: find a second story.'}"),
    good=Example("modules/one.yaml#/segments/0", "{if_long: Let somebody tell a second story.}"),
)
def finished(course: Course, limits: Limits) -> Iterator[Finding]:
    """In any language, in capitals as people write them; a gap to write on (____) is none, nor is [a field] of a message."""
    for text in everything(course):
        for said in _left_over(text.words):
            if said.startswith("[") and isinstance(text.owner, Message):
                continue
            yield Finding(text.where, f"{quoted(said)} is still to be filled in: {quoted(bare(text.words))}")


@cache
def _left_over(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(LEFT_OVER.findall(words)))


@rule(
    "TXT-07",
    "No myths about learning",
    severity=Severity.WARNING,
    evidence=Evidence.EVIDENCE,
    source="reviews: Pashler and others (2008); Letrud and Hernes (2018); Bradbury (2016); Macnamara and others (2014)",
    why="What many trainers were taught has been tested and was not so; somebody in the room knows.",
    mend="Leave it out. If the course shows that it is a myth, put the claim in quotation marks, or waive the rule there.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1", "{if_long: Ask which learning style each of them has.}"),
    good=Example("modules/one.yaml#/segments/1", "{if_long: Ask what helped each of them to learn it.}"),
)
def no_myths(course: Course, limits: Limits) -> Iterator[Finding]:
    """What stands in “ ” and wrong options are claims to be tested, and let pass."""
    for text, words in aloud(course):
        for said, truth in dict.fromkeys(found("myths", words)):
            yield Finding(text.where, f"“{said}”, in {around(words, said)}: {truth}")


@rule(
    "TXT-08",
    "Words are spelt as in a dictionary of the course's English",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="SCOWL's words as SymSpell counts them (British spelling); pyspellchecker's (American, where language is en-US)",
    why="One slip on a slide is read by the whole room, and people wonder what else was not looked at.",
    mend="Mend it, or list it under words in course.yaml if it is right.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/0", "{if_long: Ask who has recieved the plan.}"),
    good=Example("modules/one.yaml#/segments/0", "{if_long: Ask who has received the workplan sketchnotes.}"),
)
def well_spelt(course: Course, limits: Limits) -> Iterator[Finding]:
    """Only what is one letter away from a common word: terms of a trade, names and foreign words are let pass.

    The course's `words`, glossary and terms, its audiences' vocabulary and what has a capital inside a sentence anywhere are
    right as they stand.
    """
    if is_english(course.front):
        accepted = frozenset(_accepted(course))
        for text in everything(course):
            for word, meant in misspelt(text.words, course.front.language):
                if word.lower() in accepted:
                    continue
                what = f"“{word}” is in no dictionary of {course.front.language}, in {around(bare(text.words), word)}"
                yield Finding(
                    text.where, what, hint=f"Did you mean “{meant}”? If it is right, list it under words in course.yaml."
                )


def _accepted(course: Course) -> Iterator[str]:
    """Words in small letters that are right in this course."""
    listed = [*course.front.words, *(entry.term for entry in course.front.glossary)]
    for audience in course.audiences:
        listed += [*audience.vocabulary.use, *audience.vocabulary.avoid]
    for words in listed:
        yield from (part.lower() for word in spoken(words) for part in (word, *word.split("-")))
    for text in everything(course):
        if isinstance(text.owner, Term):
            yield from (part.lower() for word in spoken(text.words) for part in word.split("-"))
        yield from names(text.words)


@rule(
    "TXT-09",
    "Rules about words read English only",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="the libraries and lists that these rules stand on",
    why="A rule that does not know a language would find faults that are none.",
    mend="Nothing to mend: let somebody who speaks the language read what these rules would have read.",
    scope=Scope.COURSE,
    bad=Example("course.yaml#", "{language: de}"),
    good=Example("course.yaml#", "{language: en-US}"),
)
def in_english(course: Course, limits: Limits) -> Iterator[Finding]:
    """One note for a course, so that nobody takes silence for praise."""
    if not is_english(course.front):
        what = (
            f"the course is in “{course.front.language}”, so readability, spelling, verbs and lists of words were not looked at"
        )
        yield Finding(course.front.at("language"), what)
