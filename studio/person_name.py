"""Names that people type: text on one line, of bounded length, never twice in a room."""

import unicodedata
from collections.abc import Iterable

from studio.refused import Refused

LONGEST = 40
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that nobody sees."""


def cleaned(text: str) -> str:
    """The name without control signs and needless spaces, at most 40 signs; raises Refused if nothing is left.

    Signs that turn the direction of writing are control signs too: a name must not rearrange its neighbours.
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text[:1000]))
    kept = (sign for sign in spaced if sign not in _BLANK)
    visible = "".join(sign for sign in kept if sign == " " or unicodedata.category(sign)[0] not in "CZ")
    name = " ".join(visible.split())[:LONGEST].strip()
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in name):
        raise Refused(422, "name_empty", "A name needs at least one letter, number or sign.")
    return name


def told_apart(name: str, taken: Iterable[str]) -> str:
    """The name, with a number if somebody has it already: Ann, Ann (2)."""
    known = {_alike(other) for other in taken}
    choices = (name, *(f"{name} ({n})" for n in range(2, len(known) + 3)))
    return next(choice for choice in choices if _alike(choice) not in known)


def _alike(name: str) -> str:
    """What two names have in common that read the same."""
    return unicodedata.normalize("NFKC", name).casefold()
