"""Two of a kind side by side: editions, courses, finished files. Pure: values in, values out.

:mod:`.words` marks what differs within a text, :mod:`.pairing` finds out what belongs together, :mod:`.fields` walks two
values of the model; :mod:`.editions`, :mod:`.courses` and :mod:`.sheets` say what that means for readers.
"""

from .courses import Change, changes
from .editions import Difference, compare
from .fields import Field
from .sheets import DocumentDifference, Face, Pair, compare_faces

__all__ = ["Change", "Difference", "DocumentDifference", "Face", "Field", "Pair", "changes", "compare", "compare_faces"]
