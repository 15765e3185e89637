"""A pattern: what it says, its checks, and the verdict on them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence, NotMeasurable
from experiments.questions.validate.patterns.reading import Reading
from experiments.questions.validate.patterns.targets import Estimate, Target
from experiments.reporting.figure_style import Exhibit

FEWEST_WORLDS = 6
_QUICK = 16  # a quick validation meets one world in so many
FEWEST_TO_TELL = 12
_TO_TELL = 4  # one world in so many is enough to tell the sign of most numbers


@dataclass(frozen=True)
class Check:
    """One number and its target.

    `unit` is "share", "EUR" or a word; `direction` is what is left of the target where only its sign or order is asked
    (under other parameters a size is not to be expected); None asks the target itself.
    """

    what: str
    target: Target
    reading: Reading
    unit: str = "share"
    direction: Target | None = None


@dataclass(frozen=True)
class Judged:
    """A check with its estimate; without a number, `problem` says why."""

    check: Check
    estimate: Estimate | None
    problem: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the number meets its target; never without a number."""
        return self.estimate is not None and self.check.target.is_met(self.estimate)

    def is_shown(self) -> bool | None:
        """Whether the number, without its doubt, has the right sign or order; None without a number."""
        target = self.check.direction or self.check.target
        return None if self.estimate is None or self.estimate.n < 1 else target.is_met_at(self.estimate.value)


class Chart(Protocol):
    """Draws a finding; `needs` says what it reads off the runs besides what the checks of its pattern do."""

    @property
    def needs(self) -> Sequence[Reading]:
        """What only the figure needs."""
        ...

    def __call__(self, finding: "Finding", evidence: Evidence) -> Exhibit:
        """The figure; raises NotMeasurable."""
        ...


@dataclass(frozen=True)
class Pattern:
    """`says` in a sentence; `source` with its section; `worlds` are enough for honest intervals.

    `times` names companies that are met in so many times the worlds: small ones, with more luck and shorter runs.
    `reason` says what was found to stand in the way where a pattern is known to fail.
    `chart` None shows each check against its target.
    """

    id: str
    says: str
    source: str
    checks: tuple[Check, ...]
    worlds: int = 100
    times: tuple[tuple[str, int], ...] = ()
    chart: Chart | None = None
    note: str = ""
    reason: str = ""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Everything that is read off the runs."""
        return (*(check.reading for check in self.checks), *(self.chart.needs if self.chart else ()))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of all readings, each once."""
        return tuple(dict.fromkeys(one for reading in self.readings for one in reading.conditions))

    @property
    def besides(self) -> frozenset[str]:
        """The tables that must have been made before: knock-outs, a survey."""
        return frozenset(reading.beside for reading in self.readings if reading.beside)

    @property
    def quick_worlds(self) -> int:
        """Worlds of a quick validation."""
        return max(FEWEST_WORLDS, self.worlds // _QUICK)

    @property
    def worlds_to_tell(self) -> int:
        """Worlds in which a sign or an order shows without an interval; fewer would mostly show luck."""
        return max(FEWEST_TO_TELL, self.worlds // _TO_TELL)


@dataclass(frozen=True)
class Finding:
    """A pattern with its judged checks."""

    pattern: Pattern
    judged: tuple[Judged, ...]

    @property
    def passes(self) -> bool:
        """Whether every check is met; a pattern without checks passes nothing."""
        return bool(self.judged) and all(one.is_met for one in self.judged)

    @property
    def reason(self) -> str:
        """Why a pattern that fails does so, as far as it was found out; empty where it holds."""
        return "" if self.passes else self.pattern.reason

    @property
    def is_measurable(self) -> bool:
        """Whether every check has a number."""
        return all(one.estimate is not None for one in self.judged)

    @property
    def verdict(self) -> str:
        """`pass`, `FAIL` or `not measurable`."""
        if not self.is_measurable:
            return "not measurable"
        return "pass" if self.passes else "FAIL"

    @property
    def is_shown(self) -> bool | None:
        """Whether all checks have the right sign or order; None if one has no number."""
        shown = [one.is_shown() for one in self.judged]
        return None if None in shown or not shown else all(shown)


def judge(pattern: Pattern, evidence: Evidence) -> Finding:
    """Read every check of a pattern off the evidence."""
    return Finding(pattern, tuple(_judged(check, evidence) for check in pattern.checks))


def _judged(check: Check, evidence: Evidence) -> Judged:
    try:
        return Judged(check, check.reading(evidence))
    except NotMeasurable as error:
        return Judged(check, None, str(error))


def worlds_by_condition(patterns: Sequence[Pattern], n_worlds: Callable[[Pattern], int]) -> dict[Condition, int]:
    """In how many worlds each condition has to be run so that every pattern has enough."""
    wanted: dict[Condition, int] = {}
    for pattern in patterns:
        for condition in pattern.conditions:
            times = dict(pattern.times).get(condition.company, 1)
            wanted[condition] = max(wanted.get(condition, 0), times * n_worlds(pattern))
    return wanted


def measures_wanted(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """The names of everything that is read of a run, in order."""
    return tuple(sorted({name for one in patterns for reading in one.readings for name in reading.measures}))


def record_of_finding(finding: Finding) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "id": finding.pattern.id,
        "says": finding.pattern.says,
        "source": finding.pattern.source,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "checks": [_record_of_check(one) for one in finding.judged],
    }


def _record_of_check(judged: Judged) -> Mapping[str, Any]:
    estimate = judged.estimate
    return {
        "what": judged.check.what,
        "unit": judged.check.unit,
        "target": judged.check.target.words(judged.check.unit),
        "value": estimate.value if estimate else None,
        "low": estimate.interval.low if estimate else None,
        "high": estimate.interval.high if estimate else None,
        "worlds": estimate.n if estimate else 0,
        "is_met": judged.is_met,
        "problem": judged.problem,
    }
