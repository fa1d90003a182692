"""The mapping file of a brand as text: what was chosen, ready to be changed by somebody who never saw YAML."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from .findings import Checkup, LayoutCheck, RoleCheck

WIDTH = 108  # characters of a comment's line
HEAD = """\
# Which layout of {name} plays which role. Coursewright reads this file whenever the template is used, and what it
# says wins over what it would choose by itself.
#
# A role is a kind of slide. A layout is a page of the template's slide master: write its name in quotes, or its number
# without. A slot is one of its placeholders: write its number (idx). All layouts and placeholders stand at the end.
#
# Take a role away, and Coursewright chooses for it again. Leave "slots" away, and it finds the slots by itself.
# What follows a "#" is not read. To see what a change does: coursewright brand {name}

roles:
"""
LENT = """
  # For these the template has no layout. Coursewright draws them on “{layout}”, in your colours and fonts. To give one
  # a layout of yours, take away the "#" before it and name the layout:
"""
LOGO = """
# The logo that workbook and guide show: a picture of the template, by its name in PowerPoint's selection pane.
"""
LIST = """
# The layouts of the template, with their placeholders: idx, kind, width × height in cm, name.
"""


def mapping_text(check: Checkup, name: str) -> str:
    """Return the file's text: every role that the brand has a layout for as it is now, the others to be filled in."""
    own = [role for role in check.roles if role.own and not role.stands_in]
    lent = [role for role in check.roles if not role.own]
    parts = [HEAD.format(name=name), "\n".join(_role(role, check) for role in own) or "  {}\n"]
    if lent:
        parts.append(LENT.format(layout=_plain(lent[0].layout)))
        parts.extend(f'  #{role.role}: {{layout: "…"}}   # {role.purpose}\n' for role in lent)
    parts.append(_logo(check))
    parts.append(LIST)
    parts.extend(line.rstrip() + "\n" for layout in check.layouts for line in _layout(layout))
    return "".join(parts)


def _role(role: RoleCheck, check: Checkup) -> str:
    slots = ", ".join(f"{name}: {idx}" for name, idx in role.slots.items())
    listed = f"    slots: {{{slots}}}\n" if slots else ""
    return f"  # {role.purpose}\n  {role.role}:\n    layout: {_named(role, check)}\n{listed}"


def _named(role: RoleCheck, check: Checkup) -> str:
    """A layout's name; its number where that name is another's, too, or cannot be typed."""
    times = Counter(layout.name for layout in check.layouts)
    if role.layout.strip() and role.layout.isprintable() and times[role.layout] == 1:
        return _quoted(role.layout)
    return f"{role.number}   # {_plain(role.layout)}".rstrip()


def _logo(check: Checkup) -> str:
    if not check.logo and not check.pictures:
        return ""
    shown = [f"logo: {_quoted(check.logo)}\n"] if check.logo else []
    shown += [f"#logo: {_quoted(name)}\n" for name in check.pictures if name != check.logo]
    return LOGO + "".join(shown)


def _layout(layout: LayoutCheck) -> Iterator[str]:
    playing = ", ".join(role for role, _ in layout.roles)
    yield f"#\n# {layout.number:>3}  {_quoted(layout.name)}{f' plays {playing}' if playing else ''}"
    for holder in layout.holders:
        if not holder.drawn:
            wide, high = holder.centimetres
            size = f"{wide:.1f} × {high:.1f}"
            filled = [name for name in holder.slots if name != holder.kind]
            used = f", slot {' and '.join(filled)}" if filled else ""
            yield f"#        {holder.idx:>3}  {holder.kind:<13}{size:>13}  {_plain(holder.name)}{used}"[:WIDTH]


def _quoted(text: str) -> str:
    """Text in the double quotes of YAML, which escape as JSON does."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _plain(text: str) -> str:
    """Text for a comment: on one line, whatever it holds."""
    return re.sub(r"\s+", " ", "".join(char if char.isprintable() else " " for char in text)).strip()
