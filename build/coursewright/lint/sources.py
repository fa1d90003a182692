"""Lint rules: sources and rights. Whether what is claimed is backed, and whether what is used may be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from coursewright.lint.english import sentences
from coursewright.lint.prose import aloud, around
from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, rule
from coursewright.lint.texts import Text, bare, everything, is_english, quoted, segments_of, texts
from coursewright.model import Case, Course, Document, Kind, Node, Picture, PictureElement, Segment
from coursewright.problems import Severity

WHO = (
    r"(?:people|managers?|leaders?|executives?|employees|workers|staff|teams?|companies|firms|businesses|organi[sz]ations|projects|adults|\
customers|learners|students|trainees|trainers|training|meetings|changes?|strategies|decisions|communication|time|cases)"
)
NUMBER = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)"
CLAIM = re.compile(
    r"\b(?:[Rr]esearch(?:ers)?|[Ss]tudies|[Ss]cience|[Ss]cientists|[Pp]sychologists|[Ss]tatistics|[Ss]urveys|[Ee]xperts)"
    r"(?: \w+){0,3}? (?:shows?|showed|shown|proves?|proved|proven|suggests?|suggested|finds?|found|says?|said|agrees?|agreed|"
    r"confirm(?:s|ed)?|tells? us|indicates?|estimates?)\b"
    r"|\b(?:is|are|was|been) (?:scientifically |clinically |well )proven\b"
    rf"|\b\d+(?:[.,]\d+)? ?(?:%|per cent|percent) of (?:all |the |our |most )?(?:\w+ )?{WHO}\b"
    rf"|\b{NUMBER} (?:out of|in every|in) (?:every )?{NUMBER} (?:\w+ )?{WHO}\b"
    rf"|\b{NUMBER}(?:-| )?(?:fold|times) (?:more|less|as) (?:likely|often|productive|effective)\b"
)
SURNAMES = r"[A-Z][\w’'-]+(?:(?:,? (?:and|&) |, )[A-Z][\w’'-]+)*(?: (?:et al\.?|and others|and colleagues))?"
CITED = re.compile(rf"({SURNAMES}),? \(((?:19|20)\d\d)[a-z]?\)|\(({SURNAMES}),? ((?:19|20)\d\d)[a-z]?\b[^()]*\)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b|\bet al\b|https?://")
MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Version|Q[1-4])\b")
DOUBTED = re.compile(
    r"(?i)\b(?:(?:some|others) (?:say|people|authors|hold|think|claim)|claim(?:s|ed)?|contested|disputed|disagree\w*|doubt\w*|"
    r"debate\w*|contradict\w*|on the other hand|the opposite|counter\w*|not everybody|in the same (?:study|paragraph|breath)|"
    r"both (?:sides|cannot)|which of (?:them|these|the two)|for and against|however|evidence)\b"
)
HEADING = 12  # words; a line of a source that has no more is its title or a heading, and may be named
TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@rule(
    "SRC-01",
    "Claims about research and numbers name their source",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="honesty in citing; the ethics codes of training associations",
    why="“Research shows” without a name cannot be checked, and much of what is quoted so was never found by anybody.",
    mend="Name author and year beside it, fill in the slide's source, or say it as your own experience.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1/steps/0", "{say: Research shows that 40 % of managers plan no week at all.}"),
    good=Example(
        "modules/one.yaml#/segments/1/steps/0",
        "{say: 'Research found large differences between firms: Sadun, Bloom and Van Reenen (2017) asked 12,000 of them.'}",
    ),
)
def claims_name_sources(course: Course, limits: Limits) -> Iterator[Finding]:
    """A year, a link or an author of the reading list must stand in the same part (step, slide, table …) or fill its `source`.

    For what the facilitator says, a source anywhere in the segment will do. Questions, stories and words in “ ” claim nothing.
    """
    known = _authors(course)
    for text, words in aloud(course):
        if isinstance(text.owner, Case):
            continue
        for said in _claims(words):
            if not (_is_backed(text.owner, known) or (text.private and _is_backed(_segment(course, text), known))):
                yield Finding(text.where, f"“{said}” names no source, in {around(words, said)}")


@cache
def _claims(words: str) -> tuple[str, ...]:
    """The first claim of each sentence that asks nothing."""
    found = (CLAIM.search(sentence) for sentence in sentences(words) if not sentence.endswith("?"))
    return tuple(dict.fromkeys(match[0] for match in found if match))


def _is_backed(node: Node | None, known: re.Pattern[str] | None) -> bool:
    """Return whether a node, or anything below it, names a source: a year, a link, a known author, a filled `source`."""
    if node is None:
        return False
    said = " ".join(text.words for text in texts(node))
    return bool(YEAR.search(said) or (known and known.search(said)) or any(_sources(node)))


def _sources(node: Node) -> Iterator[tuple[Node, str]]:
    """Yield each `source` of slides, charts and sheets at and below a node, with whose it is."""
    held = (node, *node.slides, *node.workbook) if isinstance(node, Segment) else (node,)
    yield from ((each, source) for each in held if (source := getattr(each, "source", "")))


def _segment(course: Course, text: Text) -> Segment | None:
    """The segment a text stands in."""
    return next((each for each in segments_of(course) if any(other.owner is text.owner for other in texts(each))), None)


def _reading(course: Course) -> tuple[str, ...]:
    """What the workbook lists as sources and further reading."""
    return (*course.front.further_reading, *(document.title for document in course.sources.documents))


def _authors(course: Course) -> re.Pattern[str] | None:
    """The surnames in the reading list: what stands in capitals before a year."""
    cited = (names or inside for entry in _reading(course) for names, _, inside, _ in CITED.findall(bare(entry)))
    surnames = {name for names in cited for name in re.findall(r"[A-Z][\w’'-]{2,}", names)}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(surnames)))})\b") if surnames else None


@rule(
    "SRC-02",
    "What is cited stands in the reading list",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="rules of citing; the workbook prints the list under “Sources and further reading”",
    why="A name and a year on a slide help nobody who cannot look them up at home.",
    mend="Add the work to further_reading in course.yaml, or to the documents of sources.yaml, with its author and year.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1", "{if_long: 'Tell what Gollwitzer and Sheeran (2006) found.'}"),
    good=Example("modules/one.yaml#/segments/1", "{if_long: 'Tell what Sadun, Bloom and Van Reenen (2017) found.'}"),
)
def cited_is_listed(course: Course, limits: Limits) -> Iterator[Finding]:
    """A name with a year in brackets counts as cited: a guess, hence a warning. Author and year must stand in one entry."""
    reading = tuple(map(bare, _reading(course)))
    cited = [(text.where, words) for text, words in aloud(course)]
    cited += [(node.at("source"), bare(source)) for each in segments_of(course) for node, source in _sources(each)]
    for where, words in cited:
        for names, year in _cited(words):
            if not any(year in entry and any(name in entry for name in _surnames(names)) for entry in reading):
                yield Finding(where, f"“{names} ({year})” stands in no reading list, cited in {around(words, names)}")


@cache
def _cited(words: str) -> tuple[tuple[str, str], ...]:
    found = ((match[1] or match[3], match[2] or match[4]) for match in CITED.finditer(words))
    return tuple(dict.fromkeys((names, year) for names, year in found if not MONTH.match(names)))


def _surnames(names: str) -> list[str]:
    return re.findall(r"[A-Z][\w’'-]+", names)


@rule(
    "SRC-03",
    "No sentence is copied from a source document",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="copyright: ideas are free, sentences are not; seven words is our own line",
    why="Sources often come without a licence, and whoever knows them recognises their sentences.",
    mend="Say it in your own words, or quote it as somebody else's in “ ”, with its author.",
    limits={"words": 7},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/3",
        "{if_long: 'Remember: whoever plans every hour of a week has planned a week without luck.'}",
    ),
    good=Example(
        "modules/one.yaml#/segments/3", "{if_long: 'Remember: a week that is planned to the last hour has no room for luck.'}"
    ),
)
def nothing_copied(course: Course, limits: Limits) -> Iterator[Finding]:
    """The longest run of words that a text has in common with a document whose words are there (`file` in sources.yaml).

    Lines of few words in a document are titles, which may be named. Where a document has no file, the rule says nothing.
    """
    length = int(limits["words"]) + 1
    titles = {document.id: document.title for document in course.sources.documents}
    for text in everything(course) if course.originals else ():
        if not isinstance(text.owner, Document) and text.field != "further_reading":
            for name, original in course.originals.items():
                if run := _copied(bare(text.words), original, length):
                    count, title = len(TOKEN.findall(run)), titles.get(name, name)
                    yield Finding(text.where, f"{count} words in a row stand in “{title}” as well: {quoted(run, 100)}")


@cache
def _copied(words: str, original: str, length: int) -> str:
    """The longest run of words that is in an original as well; nothing if it is shorter than ``length`` words."""
    found, grams = list(TOKEN.finditer(words)), _grams(original, length)
    spoken = _normal([match[0] for match in found])
    longest = at = 0
    for end in range(length, len(spoken) + 1):
        begin = end - length
        at = at if begin and tuple(spoken[begin - 1 : end - 1]) in grams else begin
        if tuple(spoken[begin:end]) in grams and end - at > longest:
            longest, first, last = end - at, found[at].start(), found[end - 1].end()
    return words[first:last] if longest else ""


@cache
def _grams(original: str, length: int) -> frozenset[tuple[str, ...]]:
    """Every run of so many words of an original, its headings left out."""
    lines = (line for line in original.splitlines() if len(line.split()) > HEADING)
    spoken = _normal(TOKEN.findall("\n".join(lines)))
    return frozenset(tuple(spoken[at : at + length]) for at in range(len(spoken) - length + 1))


def _normal(words: Sequence[str]) -> list[str]:
    return [word.lower().replace("’", "'") for word in words]


@rule(
    "SRC-04",
    "What is contested is told as contested",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="the themes of sources.yaml that are marked contested",
    why="People trust the front of the room; one side told as a fact is remembered as one.",
    mend="Show it as a claim with what speaks against it (kind: claim), or say who holds it and who does not.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1", "{themes: [T01, T02]}"),
    good=Example(
        "modules/one.yaml#/segments/1",
        "{themes: [T01, T02], transition: 'Some say that a full calendar is safe, and others disagree. Look at a week.'}",
    ),
)
def contested_is_marked(course: Course, limits: Limits) -> Iterator[Finding]:
    """Of talks only, where one voice speaks. A slide with a counter-claim marks it, and so do words such as “some say”."""
    contested = {theme.id: theme for theme in course.sources.themes if theme.kind == "contested"}
    for segment in segments_of(course) if is_english(course.front) else ():
        if segment.kind is Kind.TALK and any(name in contested for name in segment.themes) and not _is_marked(segment):
            for index, name in enumerate(segment.themes):
                if name in contested:
                    what = f"{quoted(segment.title)} tells {quoted(contested[name].title)}, and nothing says that it is contested"
                    yield Finding(segment.at("themes", index), what)


def _is_marked(segment: Segment) -> bool:
    return any(slide.kind == "claim" for slide in segment.slides) or any(DOUBTED.search(text.words) for text in texts(segment))


@rule(
    "SRC-05",
    "Pictures say whose they are",
    severity=Severity.INFO,
    evidence=Evidence.STANDARD,
    source="copyright; open licences ask for author and licence beside the work",
    why="A picture without a note of its licence is thrown out by whoever has to sign for the course.",
    mend="Write licence (own work, CC BY 4.0, bought from …), or thank the author in caption.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/1/slides/1",
        "{picture: {file: pictures/week.svg, alt: A week of five boxes with one left empty}}",
    ),
    good=Example(
        "modules/one.yaml#/segments/1/slides/1",
        "{picture: {file: pictures/week.svg, alt: A week of five boxes with one left empty, licence: own work}}",
    ),
)
def pictures_say_whose(course: Course, limits: Limits) -> Iterator[Finding]:
    """Advice only: a course may own all of its pictures. Decorative ones have an author, too."""
    for picture in _pictures(course):
        if not (picture.licence or picture.caption):
            yield Finding(picture.at("file"), f"“{picture.file}” has neither licence nor caption")


def _pictures(course: Course) -> Iterator[Picture | PictureElement]:
    for segment in segments_of(course):
        held = (getattr(slide, "picture", None) for slide in segment.slides)
        yield from (picture for picture in (*held, *segment.workbook) if isinstance(picture, (Picture, PictureElement)))
