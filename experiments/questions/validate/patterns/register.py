"""All patterns, in the order in which they are shown."""

from collections.abc import Iterable, Sequence

from experiments.questions.validate.patterns import (
    funnel,
    learning,
    market,
    pay,
    relationship,
    weight_of_relations,
    workload,
)
from experiments.questions.validate.patterns.pattern import Pattern
from scenarios.input_errors import InputError


def _in_order(pattern: Pattern) -> tuple[int, int]:
    return "SVG".index(pattern.id[0]), int(pattern.id[1:])


_PARTS = (funnel, pay, learning, market, relationship, weight_of_relations, workload)
PATTERNS = tuple(sorted((one for part in _PARTS for one in part.PATTERNS), key=_in_order))


def standing_on(besides: Iterable[str]) -> Sequence[Pattern]:
    """The patterns that are read off one of these tables: knock-outs, a survey."""
    wanted = frozenset(besides)
    return [pattern for pattern in PATTERNS if pattern.besides & wanted]


def chosen(only: Sequence[str] | None) -> Sequence[Pattern]:
    """The patterns of these names, S4 or s4, or all; raises InputError for a name that is none of theirs."""
    if only is None:
        return PATTERNS
    known = {pattern.id: pattern for pattern in PATTERNS}
    names = [name.upper() for name in only if name]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        said = f'there is no pattern "{unknown[0]}"' if unknown else "no pattern is named"
        raise InputError(f"{said}; there are: {', '.join(known)}")
    return [pattern for pattern in PATTERNS if pattern.id in names]
