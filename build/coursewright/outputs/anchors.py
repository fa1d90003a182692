"""Links within a page: each leads to something on it, or is only words."""

from __future__ import annotations

import re

from coursewright.problems import Problem, warning

ID = re.compile(r'<[a-z][^>]*?\sid="([^"]+)"')
INWARD = re.compile(r'<a\b[^>]*?\shref="#(?P<target>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


def settled(html: str, name: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return the page with links to what is not on it turned into plain text, and a warning for each such target.

    A link from one part of the course to another may lead to a part that this document does not show, or that was cut.
    """
    there = set(ID.findall(html))
    lost = [target for target in dict.fromkeys(found["target"] for found in INWARD.finditer(html)) if target not in there]
    plain = INWARD.sub(lambda found: found["words"] if found["target"] in lost else found[0], html) if lost else html
    hint = "its words stay, as plain text"
    return plain, tuple(warning(f"a link leads to “#{target}”, which this document does not show", name, hint) for target in lost)
