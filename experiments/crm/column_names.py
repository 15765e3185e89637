"""What columns are usually called: by CRM systems, and by people in several languages."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from experiments.crm.currencies import without_marks
from experiments.crm.header import plain
from experiments.crm.word_lists import word_lists

_SAID_BESIDES = re.compile(r"[(\[][^)\]]*[)\]]|,.*$|\b[A-Z]{3}$|[€$£¥₽]")
_FEWEST_KNOWN = 4  # columns of a system by which it is told from others
Tiers = list[list[str]]
"""Names of columns, the surest first; those of one tier are as good as each other."""


@dataclass(frozen=True)
class System:
    """A CRM system: columns that tell it, and what they hold, by file and role.

    `codes` are states that it writes as numbers, by column.
    """

    name: str
    known: frozenset[str]
    roles: Mapping[str, Mapping[str, list[str]]]
    codes: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)


@cache
def systems() -> tuple[System, ...]:
    """All systems whose exports are known."""
    data: list[dict[str, Any]] = word_lists("systems")
    return tuple(
        System(
            one["name"],
            frozenset(map(same, one["known"])),
            {file: {role: list(map(same, names)) for role, names in one[file].items()} for file in ("leads", "deals")},
            one.get("codes", {}),
        )
        for one in data
    )


def system_of(columns: Collection[str]) -> System | None:
    """The system that most of the columns tell; None if few do, or two systems are told by as many."""
    names = set(map(same, columns))
    hits = sorted(((len(names & one.known), one.name, one) for one in systems()), key=lambda hit: -hit[0])
    if hits[0][0] < _FEWEST_KNOWN or hits[0][0] == hits[1][0]:
        return None
    return hits[0][2]


@cache
def usual_names() -> dict[str, dict[str, Tiers]]:
    """By file and role."""
    return {
        file: {role: [list(map(same, tier)) for tier in tiers] for role, tiers in roles.items()}
        for file, roles in word_lists("columns").items()
        if file != "pieces"
    }


def tiers_of(file: str, role: str, system: System | None) -> Tiers:
    """Names for what is needed of a file: those of the system, one after the other, then the usual ones."""
    own = [[name] for name in system.roles[file].get(role, [])] if system else []
    return [*own, *usual_names()[file].get(role, [])]


@cache
def foreign_words() -> tuple[str, ...]:
    """All names with letters that tell the encoding of a file."""
    return tuple(sorted({name for name in _every() if not name.isascii()}))


def _every() -> Iterator[str]:
    for one in systems():
        yield from one.known
    for roles in usual_names().values():
        for tiers in roles.values():
            for tier in tiers:
                yield from tier


def is_price_of_a_piece(columns: Collection[str], column: str) -> str | None:
    """The column that tells how many pieces were sold, where another is called a price; None if there is none."""
    if not {same(column), bare(column)} & set(word_lists("columns")["pieces"]["prices"]):
        return None
    return next((one for one in columns if same(one) in word_lists("columns")["pieces"]["numbers"]), None)


def bare(name: str) -> str:
    """The same without what is said in brackets, after a comma or by a currency: `Amount (K EUR)` is amount."""
    text = unicodedata.normalize("NFKC", name)
    return same(without_marks(_SAID_BESIDES.sub("", text).strip()))


def same(name: str) -> str:
    """A name of a column without capitals, underscores and stray blanks."""
    return " ".join(plain(name).replace("_", " ").replace(". ", " ").split()).rstrip(".:*? ")
