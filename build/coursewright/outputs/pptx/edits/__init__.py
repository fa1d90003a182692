"""A trainer's edits survive a rebuild: stamps on slides, fingerprints that tell an edit, and a merge that keeps it.

Where the stamp lives was settled by what programs keep of a slide:

- **Tags** (``p:custDataLst`` and a part of their own) are PowerPoint's place for exactly this. They outlive saving, moving,
  hiding and copying a slide, and nobody sees them. A copied slide has its original's tags; :mod:`.plan` tells them apart.
  Add-ins that export and insert slides drop them (OfficeDev/office-js #5989 and #6104).
- **The slide's name** (``p:cSld/@name``) is the second line: it holds the identity alone and outlives the loss of tags.
  Without fingerprints the slide counts as edited unless it equals the course's.
- LibreOffice 7.4 keeps neither, nor the layouts, and writes every inherited size and colour out; Keynote and Google Slides
  write decks of their own. A deck saved by them cannot be told from a stranger's: it is kept as a backup, whole, and what
  its slides say that the new one does not is listed.

The deck itself has tags, too: the slides it was built with, so that a deleted slide is known as one.
"""

from .merge import Kept, Merged, merge
from .stamp import identities, stamp
from .traces import traces

__all__ = ["Kept", "Merged", "identities", "merge", "stamp", "traces"]
