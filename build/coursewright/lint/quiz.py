"""Lint rules: quiz. Whether questions measure what people know, rather than how well they guess what an author would do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, always, rule
from coursewright.lint.texts import bare, is_english, quoted, segments_of
from coursewright.model import Course, Option, QuizItem, Segment
from coursewright.problems import Severity

GUIDELINES = "Haladyna, Downing and Rodriguez (2002), Applied Measurement in Education 15(3): rules for writing test items"
VISIBLE = 1.1  # a right answer looks longest when it is a tenth longer than the next one
LEAST_GAP = 12  # characters; between shorter options a ratio says nothing ("12" beside "4800")

OTHERS = re.compile(
    r"(?i)\b(all|both|any|none|neither) of the above\b"
    r"|^(?:(all|both|none|neither) of (?:these|them|the others)|(all) (?:three|four|the options|answers))"
    r"(?: (?:is|are) (?:right|true|correct))?\W*$"
    r"|^(?:(both) )?\W?[a-e1-5]\W? and \W?[a-e1-5]\W?(?: only)?\W*$"
)
EMPHASISED = re.compile(r"(\*\*?|__?)[^*_]+\1")
NEGATIVE = re.compile(
    r"\b(?:[Ww]hich|[Ww]hat)\b"
    r"(?:(?!\b(?:who|whom|whose|that|if|when|where|because|although)\b)[^?])*?"  # a negation in a clause of its own is none
    r"\b(?:not(?! only)|never|except|(?<!at )least|false|incorrect|\w+n[’']t)\b"
    r"|\bexcept\b\W*$"
)
ABSOLUTE = re.compile(r"(?i)(?<!at )(?<!after )(?<!above )(?<!them )(?<!us )(?<!not )\b(?:always|never|all|only)\b")
UNFOCUSED = re.compile(
    r"(?i)^(?:which|what)(?: one)?(?: of (?:these|the following))?(?: (?:statement|sentence|answer|option|claim)s?)?"
    r"(?: about [^?]+)? (?:is|are) (?:not )?(?:true|correct|right|false|incorrect|wrong)\b"
)
STOP = frozenset({  # words that answer nothing by themselves, and those that every text about work is full of
    "about", "after", "against", "also", "another", "answer", "ask", "asks", "because", "been", "before", "being", "between",
    "best", "both", "cannot", "could", "does", "doing", "done", "during", "each", "either", "every", "everybody", "first",
    "from", "gets", "give", "gives", "goes", "good", "have", "having", "here", "into", "just", "keep", "kind", "know", "last",
    "like", "main", "made", "make", "makes", "many", "more", "most", "much", "must", "need", "needs", "neither", "next",
    "nobody", "only", "other", "over", "people", "person", "right", "said", "same", "says", "should", "show", "shows", "some",
    "somebody", "such", "take", "takes", "tell", "tells", "than", "that", "their", "them", "then", "there", "these", "they",
    "thing", "things", "this", "those", "time", "times", "under", "very", "want", "wants", "well", "what", "when", "where",
    "which", "while", "whom", "whose", "will", "with", "within", "without", "work", "works", "would", "your",
})  # fmt: skip


def _quizzes(course: Course) -> Iterator[Segment]:
    return (segment for segment in segments_of(course) if segment.quiz)


def _items(course: Course) -> Iterator[QuizItem]:
    return (item for segment in _quizzes(course) for item in segment.quiz)


def _key(item: QuizItem) -> int:
    return next(index for index, option in enumerate(item.options) if option.right)


def _wrong(item: QuizItem) -> tuple[Option, ...]:
    return tuple(option for option in item.options if not option.right)


def _lengths(item: QuizItem) -> list[int]:
    return [len(bare(option.text)) for option in item.options]


@rule(
    "QUZ-01",
    "No option is “all of the above”, “none of the above” or “both A and B”",
    severity=Severity.ERROR,
    evidence=Evidence.CONSENSUS,
    source=GUIDELINES,
    why="Whoever knows one of the other options can guess this one; it tests reading. That “none” is as bad is disputed.",
    mend="Write an option that somebody who has not understood would choose, or leave it out: three options are enough.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/4/quiz/0/options/2", "{text: All of the above, reason: Two of these lead nowhere.}"),
    good=Example(
        "modules/one.yaml#/segments/4/quiz/0/options/2", "{text: The tasks that came in last, reason: New is not first.}"
    ),
)
def options_of_their_own(course: Course, limits: Limits) -> Iterator[Finding]:
    """“None of the above” is a warning, the others are errors. “Both of them asked why” is an option like any other."""
    if is_english(course.front):
        for item in _items(course):
            for index, option in enumerate(item.options):
                if found := OTHERS.search(bare(option.text)):
                    mild = Severity.WARNING if found[0].lower().startswith(("none", "neither")) else None
                    yield Finding(
                        item.at("options", index), f"the option {quoted(option.text)} speaks of the other options", mild
                    )


@rule(
    "QUZ-02",
    "The right answer is not the long one",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=GUIDELINES,
    why="Authors take most care over the right answer, so it grows, and guessers know. Equal length as such is disputed.",
    mend="Shorten the right answer to what makes it right, or give the others as much care.",
    limits={"ratio": 1.8, "share": 50, "items": 4},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/4/quiz/1/options/1",
        "{text: 'It leaves room for a surprise, which comes to any team in any week, plan or no plan'}",
    ),
    good=Example("modules/one.yaml#/segments/4/quiz/1/options/1", "{text: It keeps hours free for surprises}"),
)
def even_options(course: Course, limits: Limits) -> Iterator[Finding]:
    """Two cues: a question whose right answer is longest by far, and a quiz in which it is longest most of the time.

    A long wrong answer betrays nothing, so it is let pass, and so are short options that differ by a word. Of fewer than
    ``items`` questions a share says nothing.
    """
    for quiz in _quizzes(course):
        longest = [item for item in quiz.quiz if _is_longest(item)]
        for item in longest:
            most, least = max(_lengths(item)), min(_lengths(item))
            if most > limits["ratio"] * least and most - least >= LEAST_GAP:
                what = f"the right answer has {most} characters, another one {least}: {quoted(item.options[_key(item)].text)}"
                yield Finding(item.at("options", _key(item)), what)
        if len(quiz.quiz) >= limits["items"] and 100 * len(longest) > limits["share"] * len(quiz.quiz):
            what = f"in {len(longest)} of {len(quiz.quiz)} questions of {quoted(quiz.title)} the right answer is the longest"
            yield Finding(quiz.at("quiz"), what)


def _is_longest(item: QuizItem) -> bool:
    lengths = _lengths(item)
    key = lengths.pop(_key(item))
    return key >= VISIBLE * max(lengths)


QUZ_03 = always(
    "QUZ-03",
    "Every option has its reason, the wrong ones too",
    r'^missing key "reason"$',
    r"^reason (is empty|must be text)",
    severity=Severity.ERROR,
    evidence=Evidence.CONSENSUS,
    source="Feedback practice in testing: an answer teaches when it says why; learning platforms show it beside each option",
    why="“Wrong” teaches nothing; the reason names the mistake that somebody made, and people argue with it.",
    mend="Write after reason: what somebody has in mind who chooses this option, and what speaks against it.",
    bad=Example("modules/one.yaml#/segments/4/quiz/0/options/1", "{reason: '~'}"),
    good=Example("modules/one.yaml#/segments/4/quiz/0/options/1", "{reason: A meeting may serve no result at all.}"),
)


@rule(
    "QUZ-04",
    "A question has few options",
    severity=Severity.INFO,
    evidence=Evidence.EVIDENCE,
    source="Rodriguez (2005), Educational Measurement: Issues and Practice 24(2): three options, from eighty years of studies",
    why="Three options measure as well as five: the fourth and fifth are seldom chosen, and they cost reading time.",
    mend="Keep the two wrong answers that people really give, and leave the others out.",
    limits={"fewest": 2, "most": 4},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/4/quiz/1",
        """
        options:
          - {text: It leaves room for a surprise, right: true, reason: A tenth can take what was not foreseen.}
          - {text: It looks modest to her colleagues, reason: How it looks changes nothing.}
          - {text: It lets her leave early on Friday, reason: The free hours are for the work itself.}
          - {text: It makes the list of tasks shorter, reason: The list stays as it is.}
          - {text: It shows how busy she is in fact, reason: Nobody has to be shown that.}
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/4/quiz/1",
        """
        options:
          - {text: It leaves room for a surprise, right: true, reason: A tenth can take what was not foreseen.}
          - {text: It looks modest to her colleagues, reason: How it looks changes nothing.}
          - {text: It lets her leave early on Friday, reason: The free hours are for the work itself.}
        """,
    ),
)
def few_options(course: Course, limits: Limits) -> Iterator[Finding]:
    """Three are best; two to four are let pass."""
    for item in _items(course):
        if not limits["fewest"] <= len(item.options) <= limits["most"]:
            wanted = f"{limits['fewest']:g} to {limits['most']:g}"
            yield Finding(item.at("options"), f"{len(item.options)} options for {quoted(item.stem)}; {wanted} are asked for")


@rule(
    "QUZ-05",
    "Right answers are spread over the positions",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=GUIDELINES,
    why="Authors have a favourite place for the right answer; whoever finds it out needs to know nothing else.",
    mend="Change the order of the options in some questions, so that each position is right about as often.",
    limits={"share": 50, "items": 4},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/4",
        """
        quiz:
          - {id: P1, objective: M01-O1, bloom: apply, themes: [T01], stem: "What does Ada plan first?", options: [
             {text: Her result, right: true, reason: It orders the rest.}, {text: Her mail, reason: It orders nothing.}]}
          - {id: P2, objective: M01-O1, bloom: apply, themes: [T01], stem: "What does Ben leave free?", options: [
             {text: Four hours, right: true, reason: A tenth of forty.}, {text: No hour, reason: Then a surprise wins.}]}
          - {id: P3, objective: M01-O1, bloom: apply, themes: [T02], stem: "What does Cleo drop first?", options: [
             {text: A meeting, right: true, reason: It served nothing.}, {text: Her result, reason: It is what counts.}]}
          - {id: P4, objective: M01-O1, bloom: apply, themes: [T02], stem: "When does Dan look back?", options: [
             {text: On Friday, right: true, reason: The week is over.}, {text: Next year, reason: Nobody remembers.}]}
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/4",
        """
        quiz:
          - {id: P1, objective: M01-O1, bloom: apply, themes: [T01], stem: "What does Ada plan first?", options: [
             {text: Her result, right: true, reason: It orders the rest.}, {text: Her mail, reason: It orders nothing.}]}
          - {id: P2, objective: M01-O1, bloom: apply, themes: [T01], stem: "What does Ben leave free?", options: [
             {text: No hour, reason: Then a surprise wins.}, {text: Four hours, right: true, reason: A tenth of forty.}]}
          - {id: P3, objective: M01-O1, bloom: apply, themes: [T02], stem: "What does Cleo drop first?", options: [
             {text: A meeting, right: true, reason: It served nothing.}, {text: Her result, reason: It is what counts.}]}
          - {id: P4, objective: M01-O1, bloom: apply, themes: [T02], stem: "When does Dan look back?", options: [
             {text: Next year, reason: Nobody remembers.}, {text: On Friday, right: true, reason: The week is over.}]}
        """,
    ),
)
def spread_keys(course: Course, limits: Limits) -> Iterator[Finding]:
    """More than ``share`` per cent at one position, and more than one question beyond an even spread.

    The second half keeps quizzes with two options apiece, of which one position must be right at least half of the time,
    from being blamed for arithmetic. Of fewer than ``items`` questions a share says nothing.
    """
    for quiz in _quizzes(course):
        place, often = Counter(_key(item) for item in quiz.quiz).most_common(1)[0]
        count = len(quiz.quiz)
        even = count / max(len(item.options) for item in quiz.quiz)
        if count >= limits["items"] and often > max(limits["share"] / 100 * count, even + 1):
            what = f"in {often} of {count} questions of {quoted(quiz.title)} option {place + 1} is the right one"
            yield Finding(quiz.at("quiz"), what)


@rule(
    "QUZ-06",
    "No question asks what is not so, or its NOT stands out",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=GUIDELINES,
    why="People who know the answer overlook the “not”, and are counted as if they did not know.",
    mend="Ask for what is so; where the exception is the point, write **not** in bold.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/4/quiz/1", "{stem: 'Lena plans her week. Which of these is not a reason to keep hours?'}"
    ),
    good=Example(
        "modules/one.yaml#/segments/4/quiz/1", "{stem: 'Lena plans her week. Which of these is **not** a reason to keep hours?'}"
    ),
)
def positive_questions(course: Course, limits: Limits) -> Iterator[Finding]:
    """Only the question itself is read, and of it only what asks for an option: “Which of these does not …?”."""
    if is_english(course.front):
        for item in _items(course):
            if found := NEGATIVE.search(_asked(EMPHASISED.sub("", item.stem))):
                word = found[0].split()[-1].strip(".…: ")
                yield Finding(item.at("stem"), f"the question turns on “{word}”: {quoted(_asked(item.stem))}")


@cache
def _asked(stem: str) -> str:
    """Return the last sentence of a stem: after the story, the question."""
    return re.split(r"(?<=[.!?…])[”’\"')]*\s+", bare(stem))[-1]


@rule(
    "QUZ-07",
    "Wrong answers are not given away by “always” and “never”",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source=GUIDELINES,
    why="Few things are always so; people who guess strike out options that say always, never, all or only.",
    mend="Say what the wrong answer claims without the strong word, or put one into the right answer, too.",
    limits={"share": 50},
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/4/quiz/1/options/0", "{text: It always looks modest to others}"),
    good=Example("modules/one.yaml#/segments/4/quiz/1/options/0", "{text: It often looks modest to others}"),
)
def no_absolutes(course: Course, limits: Limits) -> Iterator[Finding]:
    """From ``share`` per cent of the wrong answers on; words that the stem has, too, are what the question is about."""
    if is_english(course.front):
        for item in _items(course):
            given = _absolutes(item.stem) | _absolutes(item.options[_key(item)].text)
            strong = [option for option in _wrong(item) if _absolutes(option.text)]
            if not given and 100 * len(strong) >= limits["share"] * len(_wrong(item)):
                where = item.at("options", item.options.index(strong[0]))
                words = ", ".join(sorted(set().union(*(_absolutes(option.text) for option in strong))))
                yield Finding(where, f"only wrong answers say “{words}”, such as {quoted(strong[0].text)}")


def _absolutes(words: str) -> set[str]:
    return {word.lower() for word in ABSOLUTE.findall(bare(words))}


@rule(
    "QUZ-08",
    "A question can be answered before its options are read",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source=GUIDELINES,
    why="A stem that asks nothing by itself makes people judge unconnected sentences, one after the other.",
    mend="Put the case and the question into the stem, and keep the options short.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/4/quiz/1", "{stem: 'Lena has forty hours. Which of these statements is true?'}"),
    good=Example(
        "modules/one.yaml#/segments/4/quiz/1", "{stem: 'Lena keeps four of her forty hours free. What is that good for?'}"
    ),
)
def focused_questions(course: Course, limits: Limits) -> Iterator[Finding]:
    """A stem that breaks off, that asks only “Which is true?”, or that is shorter than its shortest option.

    The blueprint compares with the longest option; but “Which sentence says what was seen?” is a fair question about three
    long sentences, so only a stem that says less than any of its options is called one that does not ask.
    """
    if is_english(course.front):
        for item in _items(course):
            if reason := _unfocused(item):
                yield Finding(item.at("stem"), f"{quoted(item.stem)} {reason}")


def _unfocused(item: QuizItem) -> str:
    stem = bare(item.stem)
    if not re.search(r"[.?!][”’\"')]*$", stem):
        return "breaks off, so that the options have to finish it"
    if UNFOCUSED.search(_asked(item.stem)):
        return "asks nothing that could be answered without the options"
    return "says less than any of its options" if len(stem) < min(_lengths(item)) else ""


@rule(
    "QUZ-09",
    "No word of the question comes back in the right answer only",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=f"{GUIDELINES} (clang associations)",
    why="People who guess choose the option that sounds like the question.",
    mend="Say it in another word in the right answer, or let a wrong answer use it as well.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/4/quiz/1/options/1", "{text: It is sound because of free hours}"),
    good=Example("modules/one.yaml#/segments/4/quiz/1/options/1", "{text: It can take what nobody foresaw}"),
)
def no_echo(course: Course, limits: Limits) -> Iterator[Finding]:
    """Words of four letters or more, without their endings; those that every text about work is full of do not count."""
    if is_english(course.front):
        for item in _items(course):
            right, key = item.options[_key(item)], _key(item)
            elsewhere = frozenset[str]().union(*(_roots(option.text).keys() for option in _wrong(item)))
            echoes = _roots(item.stem).keys() & _roots(right.text).keys() - elsewhere
            if echoes:
                words = ", ".join(sorted(_roots(right.text)[root] for root in echoes))
                yield Finding(item.at("options", key), f"of all options, only the right one repeats “{words}” from the question")


@cache
def _roots(words: str) -> dict[str, str]:
    """Return the telling words of a text by what is left of them without endings."""
    found = re.findall(r"[a-z]{4,}", bare(words).lower())
    return {_root(word): word for word in found if word not in STOP}


@cache
def _root(word: str) -> str:
    short = re.sub(r"(?:ing|ed|es|s|ly|e)$", "", word) if len(word) > 4 else word
    return re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", short)


QUZ_10 = always(
    "QUZ-10",
    "Every question names its objective, its level and a theme of the sources",
    r'^missing key "(objective|themes)"$',  # of a level ("bloom") the words are the same for an objective, so they are no sign
    r"^themes (is empty|must be a list)",
    r'^there is no objective "',
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Constructive alignment, as in the Quality Matters rubric: assessments measure the stated objectives",
    why="A question that belongs to no objective measures something that nobody promised.",
    mend="Write objective:, bloom: and themes: with the ids that the module and sources.yaml give.",
    bad=Example("modules/one.yaml#/segments/4/quiz/0", "{objective: '~'}"),
    good=Example("modules/one.yaml#/segments/4/quiz/0", "{themes: [T01, T02]}"),
)

QUZ_11 = always(
    "QUZ-11",
    "No key and no reason stands in a participant’s file",
    r", holds what only facilitators may see: “",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="A test on the finished bytes of every participant’s file: text, notes, properties and attachments",
    why="Whoever has the key in the handout does the quiz with it, and the course has measured nothing.",
    mend="Take the words out of the template, or out of what participants are given.",
    bad=None,
    good=None,
)
