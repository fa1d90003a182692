"""Is it a sentence? A guess from words alone, for titles in English: no grammar is needed to see that there is no verb at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coursewright.lint.texts import bare
from coursewright.lint.verbs import KNOWN, listed

AUXILIARY = listed("is are was were be am has have had does do did can could may might must shall should will would cannot")
OTHERS = listed(  # what is common in statements, begins no objective, and is no regular form of what does
    """add allow appear ate beat became become began begin begun belong blame block bought broke brought built buy came care
    cause come confuse control cost cut damage delay demand depend deserve destroy die differ disappear drive drop drove
    earn eat end erode excuse exist expect fade fail fall favour fed feed feel fell felt fight finish fit force forget
    forgot fought free gain gave go going gone got grasp grew grow grown happen harm hear held hide hit hurt ignore imply
    kept kill knew know known lack last learn leave left lend lent lie lift like live look lose lost love made matter mean
    meant met miss mix multiply need notice occur outlast outweigh owe paid pass peak prefer pull punish push quit ran rely
    remain remember rest reward rise rose ruin rule said sat save saw seek seem seen sent shift shrink sit slow spend spent
    split spoke spread stand stay steal stick stole stood strengthen struggle succeed suffer sum survive taken tempt tend
    think thought told took touch travel trust try understand understood vanish vary wait wake wane want warn waste weaken
    wear went win won wonder worsen wrote yield"""
)
NOUN_AFTER = listed(  # what follows these is a noun, even if it could be a verb elsewhere: "two kinds of work"
    """a an the this that these those my your his her its our their some any no each every both all of in on at by for with
    from into about between under over without two three four five six seven eight nine ten first second third last next more
    most less new good best other same"""
)
WORD = re.compile(r"[^\W\d_][\w’'-]*|[.,;:!?–—]")
ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"))


@cache
def has_verb(title: str) -> bool:
    """Return whether a title has a verb that could make a sentence of it, or asks something; in doubt, it has."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(bare(title))]
    pairs = zip(["", *words], words, strict=False)
    return "?" in words or any(word in AUXILIARY or (_is_verb(word) and before not in NOUN_AFTER) for before, word in pairs)


def _is_verb(word: str) -> bool:
    return word.endswith(("n't", "'s")) or any(base in KNOWN or base in OTHERS for base in _bases(word))


def _bases(word: str) -> Iterator[str]:
    """Yield what a form may come from: plans, carries, watches, used, planned."""
    yield word
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word.removesuffix(ending) + instead
            yield base
            if len(base) > 2 and base[-1] == base[-2]:
                yield base[:-1]
