"""Which pattern stands on which mechanism? Each mechanism is switched off by parameters alone, and all is run again.

A mechanism nothing stands on is not needed for these patterns; a pattern that no mechanism breaks was put in by hand or
comes from many sides. Of what has many causes, one taken away leaves less: that is told too. What is expected to break
is written down beforehand, beside the mechanism.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from experiments.questions.validate.condition_runs import ConditionRuns, runs_for
from experiments.questions.validate.mechanisms import Mechanism, switched_off
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.pattern import Finding, Judged, Pattern, judge, worlds_by_condition
from experiments.questions.validate.patterns.targets import Above, Below
from experiments.wording.numbers import amount, listed

HOLDS, WEAKENS, BREAKS, WAS_NOT_THERE, UNKNOWN = "holds", "weakens", "breaks", "was not there", "not measurable"
_MUCH_LESS = 0.5
"""Share of a number's way from the limit of its sign that is left where the pattern weakens, and beyond its doubt."""
_MORE_THAN_QUICK = 2  # times the worlds of a quick validation: a map of types needs so many

NWorlds = Callable[[Pattern], int]
Make = Callable[[Mapping[str, ConditionRuns]], Mapping[str, Evidence]]


class Cell(NamedTuple):
    """What a pattern did without a mechanism, in so many worlds; the numbers `before` and `after` in words."""

    pattern: str
    mechanism: str
    result: str
    is_expected_to_break: bool
    n_worlds: int
    before: str
    after: str


@dataclass(frozen=True)
class Ablation:
    """`cells` has a row, a `Cell`, per pattern and mechanism; `skipped` says what could not be switched off."""

    cells: pd.DataFrame
    skipped: Sequence[str]

    @property
    def in_words(self) -> list[str]:
        """`trust: breaks V19; was expected to break V1 too; cannot tell for V13`, a line a mechanism."""
        return [
            f"{name}: {'; '.join(_clauses(cells))}" for name, cells in self.cells.groupby("mechanism", sort=False)
        ] + list(self.skipped)


def few_worlds(pattern: Pattern, n_worlds: int) -> int:
    """Enough worlds to see that a pattern holds, of those in which it is judged."""
    return min(n_worlds, _MORE_THAN_QUICK * pattern.quick_worlds)


def runs_without(wanted: Mapping[Mechanism, Sequence[Pattern]], n_worlds: NWorlds) -> dict[str, ConditionRuns]:
    """The runs of these patterns without each mechanism, by its name."""
    return {
        one.name: runs_for(worlds_by_condition(patterns, n_worlds), lambda _, off=one.off: off)  # type: ignore[misc]
        for one, patterns in wanted.items()
        if patterns
    }


def ablate(findings: Sequence[Finding], evidence: Evidence, n_worlds: NWorlds, make: Make) -> Ablation:
    """Switch off each mechanism and judge every pattern again, in the first worlds of the validation.

    Few worlds are enough to see that a pattern holds; one that breaks in them, or does not show in them although it
    shows in all, is asked again in all worlds of the validation.
    """
    usable, skipped = switched_off()
    patterns = [one.pattern for one in findings]

    def few(pattern: Pattern) -> int:
        """Worlds of the first look."""
        return few_worlds(pattern, n_worlds(pattern))

    cells = _cells(dict.fromkeys(usable, patterns), few, evidence, make)
    in_doubt = {BREAKS: patterns, WAS_NOT_THERE: [one.pattern for one in findings if one.is_shown]}
    open_ = {
        one: [
            pattern
            for pattern in patterns
            if few(pattern) < n_worlds(pattern) and pattern in in_doubt.get(cells[pattern.id, one.name].result, ())
        ]
        for one in usable
    }
    if any(open_.values()):
        cells |= _cells(open_, n_worlds, evidence, make)
    ordered = [cells[pattern.id, one.name] for pattern in patterns for one in usable]
    return Ablation(pd.DataFrame(ordered, columns=Cell._fields), skipped)


def _cells(
    wanted: Mapping[Mechanism, Sequence[Pattern]], n_worlds: NWorlds, evidence: Evidence, make: Make
) -> dict[tuple[str, str], Cell]:
    """What the patterns wanted do without each mechanism, in so many worlds."""
    without, cells = make(runs_without(wanted, n_worlds)), {}
    for one, patterns in wanted.items():
        for pattern in patterns:
            worlds = worlds_by_condition([pattern], n_worlds)
            before, after = (judge(pattern, seen.first(worlds)) for seen in (evidence, without[one.name]))
            did = (result(before, after), pattern.id in one.breaks, n_worlds(pattern), _values(before), _values(after))
            cells[pattern.id, one.name] = Cell(pattern.id, one.name, *did)
    return cells


def result(before: Finding, after: Finding) -> str:
    """What switching off did to a pattern."""
    if before.is_shown is None or after.is_shown is None:
        return UNKNOWN
    if not before.is_shown:
        return WAS_NOT_THERE
    if not after.is_shown:
        return BREAKS
    pairs = zip(before.judged, after.judged, strict=True)
    return WEAKENS if any(_is_much_less(one, other) for one, other in pairs) else HOLDS


def _is_much_less(before: Judged, after: Judged) -> bool:
    """Whether a sign's number comes much nearer to its limit, by more than the doubt of both."""
    sign = before.check.direction or before.check.target
    if not isinstance(sign, Above | Below) or before.estimate is None or after.estimate is None:
        return False
    way_before, way_after = (abs(one.value - sign.limit) for one in (before.estimate, after.estimate))
    one, other = before.estimate.interval, after.estimate.interval
    return way_after < _MUCH_LESS * way_before and (one.low > other.high or one.high < other.low)


def _values(finding: Finding) -> str:
    return "; ".join(
        f"{one.check.what} {amount(one.estimate.value, one.check.unit) if one.estimate else '-'}"
        for one in finding.judged
    )


def _clauses(cells: pd.DataFrame) -> list[str]:
    """What one mechanism did, and what was expected of it."""

    def patterns(*results: str, is_expected: bool = False) -> str:
        """Those with such a result."""
        has_it = cells["result"].isin(results) & (cells["is_expected_to_break"] | (not is_expected))
        return listed(list(cells[has_it]["pattern"]))

    clauses = {
        "weakens {}": patterns(WEAKENS),
        "was expected to break {} too": patterns(HOLDS, is_expected=True),
        "cannot tell for {}": patterns(WAS_NOT_THERE, UNKNOWN, is_expected=True),
    }
    broken = patterns(BREAKS) or "nothing"
    return [f"breaks {broken}", *(what.format(names) for what, names in clauses.items() if names)]
