"""Verbs that begin an objective: those that others can see done, by Bloom level, and those that nobody can.

The levels are those of Anderson and Krathwohl (2001); the names of their nineteen processes stand first in each list. What
follows is common in published tables and in the trades that courses are for. Such tables contradict each other: Stanny (2016)
found it in 30 of them, Newton, Da Silva and Peters (2020) in 47. So a verb may belong to several levels here, and whatever is
judged by this list is a question to the author and no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coursewright.model import Bloom


def listed(words: str) -> frozenset[str]:
    """Return words written in one run as a set."""
    return frozenset(words.split())


LEVELS: dict[Bloom, frozenset[str]] = {
    Bloom.REMEMBER: listed(
        """recognize identify recall retrieve
        cite count define enumerate find indicate label list locate match memorize name note order outline point quote read
        recite record repeat reproduce restate say select sequence spell spot state tell underline write"""
    ),
    Bloom.UNDERSTAND: listed(
        """interpret clarify paraphrase represent translate exemplify illustrate classify categorize summarize abstract
        generalize infer conclude extrapolate interpolate predict compare contrast map match explain
        arrange articulate ask associate convert define demonstrate depict describe differentiate discuss distinguish draw
        estimate express extend find give group identify locate name outline phrase point recognize relate rephrase report
        restate retell review rewrite say select show sketch sort spot state tell trace write"""
    ),
    Bloom.APPLY: listed(
        """execute carry implement use
        accept act adapt adjust address administer agree allocate announce answer apply arrange ask assemble assign assist
        balance book brief bring build calculate calibrate call chair change choose clean close coach collect combine
        communicate complete compute conduct configure connect construct contact contribute convert cook count deal debrief
        decide decline delegate deliver demonstrate describe determine develop direct discuss divide do document draft
        dramatize draw employ encourage enforce enter escalate establish estimate exercise express facilitate file fill find
        fix follow form format gather get give graph greet guide handle help hold host illustrate improve improvise include
        inform initiate install instruct interview introduce invite involve keep launch lead listen log maintain make manage
        measure mediate meet mentor moderate modify motivate move navigate negotiate note observe offer open operate order
        organize pace participate pay perform personalize phrase pick pitch place plan play plot practice practise prepare
        present prevent price prioritize process produce program promote protect provide put question quote raise reach read
        record recruit reduce refer refuse register relate repair rephrase replace reply report request research resolve
        respond restate reword rewrite role-play run say schedule search secure select sell send sequence serve set settle
        share show simulate sketch solve sort speak staff start state stop store submit supervise support switch take talk
        teach tell test thank track train transfer translate treat troubleshoot turn update use utilize verify visit walk
        welcome work write"""
    ),
    Bloom.ANALYZE: listed(
        """differentiate discriminate distinguish focus select organize integrate outline parse structure attribute deconstruct
        analyze appraise arrange ask associate audit break calculate categorize characterize chart clarify classify compare
        connect contrast correlate debate debug deduce derive detect determine diagnose diagram dissect divide estimate examine
        experiment explain find group identify illustrate infer inspect interpret inventory investigate isolate list
        map match measure monitor name observe order point prioritize probe question rank rate relate research resolve review
        separate sequence simplify solve sort specify spot study subdivide survey test trace transform troubleshoot uncover
        weigh"""
    ),
    Bloom.EVALUATE: listed(
        """check coordinate detect monitor test critique judge
        advise answer appraise argue ask assess audit benchmark challenge choose compare conclude confirm consult contrast
        convince correct counsel criticize debate decide defend determine diagnose differentiate discriminate discuss estimate
        evaluate examine explain find give grade inspect interpret justify mark measure negotiate object persuade predict
        prioritize prove question rank rate recommend reject relate report resolve respond review revise score select
        summarize support validate value verify weigh"""
    ),
    Bloom.CREATE: listed(
        """generate hypothesize plan design produce construct
        adapt animate arrange assemble author brainstorm build code collect combine commit compile compose conceive
        coordinate create customize develop devise draft draw edit establish extend facilitate film form formulate forecast
        frame imagine improve improvise initiate innovate integrate introduce invent launch lay lead make manage map model
        modify negotiate organize originate outline phrase pitch prepare prescribe present program propose prototype publish
        rearrange reconstruct redesign reorganize restructure revise reword rewrite schedule script set shape simulate sketch
        solve specify stage start storyboard structure substitute synthesize transform write"""
    ),
}
KNOWN = frozenset[str]().union(*LEVELS.values())
SUGGESTED = {  # a few of each level, for hints
    Bloom.REMEMBER: "name, list, recall",
    Bloom.UNDERSTAND: "explain, compare, give an example of",
    Bloom.APPLY: "use, carry out, run",
    Bloom.ANALYZE: "distinguish, organize, diagnose",
    Bloom.EVALUATE: "judge, check, justify",
    Bloom.CREATE: "plan, design, write",
}

# What nobody can see done: Mager (1962); Newton, Da Silva and Peters (2020) list such verbs to avoid, too.
_STATES = r"understanding|knowledge|awareness|appreciation|insight|familiarity|grasp"
DENIED = re.compile(
    rf"(?:know|understand|learn|appreciate|grasp|comprehend|explore|believe|enjoy|realize|realise|internalize|internalise)"
    rf"(?:s|ing)?\b(?!-)"
    rf"|(?:be|become|being|becoming|get|getting|is|are)(?: \w+ly| more| fully)? "
    rf"(?:aware|familiar|conscious|acquainted|exposed|introduced|to know)\b"
    rf"|(?:gain|get|develop|acquire|have|deepen|improve|build|enhance|obtain)(?:s|ing)? "
    rf"(?:(?:an?|the|some|more|better|good|deeper|your|their|basic|clear|new|first) )*(?:{_STATES}|insights)\b"
    rf"|(?:(?:an?|the) )?(?:\w+ )?(?:{_STATES}) (?:of|with|into)\b",
    re.IGNORECASE,
)

OBJECT = listed(  # what follows a verb and rarely a noun
    """a an the one two three four five six seven eight nine ten another your their its his her our my yourself themselves
    it them this that these those each every all any both some at least how why what which who whom whether where when"""
)
DENIED_LATER = re.compile(rf"\b(?:and|or|then)(?: \w+ly)? ({DENIED.pattern})(?= (?:{'|'.join(sorted(OBJECT))}|of|with)\b)", re.I)

_LEAD = re.compile(
    r"(?:(?:by|at|after) (?:the end|this|the)\b[^,]*, *)?"
    r"(?:(?:you|we|they|everybody|everyone|people|(?:the |each |all )?(?:participant|learner|attendee|delegate|trainee)s?) +)?"
    r"(?:(?:will|can|should|must|shall|may|is|are|be(?= +(?:able|ready)\b)) +)*(?:(?:able|ready) +)?(?:to +)?",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:given|in|with|without|using|from|on|at|by|for|under|within|after|before|when|if|during|as|starting)\b[^,]*, *",
    re.IGNORECASE,
)
_ADVERB = re.compile(r"(?:(?!reply\b|apply\b|supply\b)\w+ly|better|also|then|never|always) +", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d+|[,;:.…(]")
_JOINING = frozenset({"and", "or", "then", "also", "&"})


@cache
def opened(text: str) -> tuple[str, str]:
    """Return an objective's condition, if it begins with one, and the rest from its verb on ("You can …" is left out)."""
    rest = text[_LEAD.match(text).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    condition = _CONDITION.match(rest)
    if condition:
        rest = rest[condition.end() :]
        rest = rest[_LEAD.match(rest).end() :]  # type: ignore[union-attr]
    adverb = _ADVERB.match(rest)
    return condition[0] if condition else "", rest[adverb.end() :] if adverb else rest


@cache
def verbs(text: str) -> tuple[tuple[str, str], ...]:
    """Return what the objective says people do, each verb as written and with the word after it; the first one first.

    The first word is taken as a verb whatever it is; a later one where it is known, joined by "and" and has an object.
    """
    words = _TOKEN.findall(opened(text)[1])
    if not words:
        return ()
    return tuple((words[at], words[at + 1].lower() if at + 1 < len(words) else "") for at in (0, *_later(words)))


def _later(words: list[str]) -> Iterator[int]:
    last, in_list = 0, True  # "Plan, run and review a meeting": a list that begins with the first word
    for at in range(1, len(words)):
        in_list = in_list and (words[at] == "," or words[at] in _JOINING or at - last <= 2)
        following = words[at + 1].lower() if at + 1 < len(words) else ""
        joined = words[at - 1] in _JOINING or (words[at - 1] == "," and in_list and last == at - 2)
        has_object = following in OBJECT or following.isdecimal() or (in_list and following in {",", *_JOINING})
        if joined and has_object and normal(words[at]) in KNOWN and words[at].islower():
            yield at
            last = at


def levels(verb: str) -> tuple[Bloom, ...]:
    """Return the levels a verb may stand for, lowest first; none if it is not known."""
    return tuple(level for level, known in LEVELS.items() if normal(verb) in known)


@cache
def normal(verb: str) -> str:
    """Return a verb as the lists have it: in lower case, with -ize and -yze."""
    low = verb.lower()
    known = any(low in each for each in LEVELS.values())
    return low if known else re.sub(r"(?<=.[iy])s(?=e$)", "z", low)
