"""Which pattern stands on which mechanism? Each mechanism is switched off by parameters alone, and all is run again.

A mechanism nothing stands on is not needed for these patterns; a pattern that no mechanism breaks was put in by hand or
comes from many sides. Of what has many causes, one taken away leaves less: that is told too. What is expected to break
is written down beforehand, beside the mechanism.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import scenarios
from experiments.designs.run_table import PlannedRun
from experiments.designs.variant import Changes
from experiments.execution.runner import OnProgress, RunTable, Settings, counted_on
from experiments.questions.validate.ask import Design, Plan, Validation, design_of, evidence_of, run
from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.evidence import gathered
from experiments.questions.validate.patterns.pattern import Finding, Judged, Pattern, judge, worlds_by_arm
from experiments.questions.validate.patterns.targets import Above, Below
from experiments.reporting import html as parts
from experiments.reporting.html import text
from experiments.wording.numbers import amount, listed

if TYPE_CHECKING:
    import pandas as pd

HOLDS, WEAKENS, BREAKS, WAS_NOT_THERE, UNKNOWN = "holds", "weakens", "breaks", "was not there", "not measurable"
_MUCH_LESS = 0.5
"""Share of a number's way from the limit of its sign that is left where the pattern weakens, and beyond its doubt."""
_HOW_SURE = (
    "All are asked in few worlds first. What breaks in them, or does not show in them although it shows in all, is "
    "asked again in all worlds of the validation; ablation.csv says in how many. Of a quick validation a single cross, "
    "or a dash, may be luck."
)
_MORE_THAN_QUICK = 2  # times the worlds of a quick validation: a map of types needs so many


@dataclass(frozen=True)
class Mechanism:
    """`off` are the parameters that switch it off, with their values; `breaks` the patterns that should go with it."""

    name: str
    says: str
    off: tuple[tuple[str, Any], ...]
    breaks: frozenset[str]


def _zero(section: str, *names: str) -> tuple[tuple[str, Any], ...]:
    return tuple((f"behaviour.{section}.{name}", 0.0) for name in names)


_NO_ALARM = (("behaviour.alarm.doubt", 1000.0), ("behaviour.alarm.heard_in_passing", 0.0))  # all sounds like chance

MECHANISMS = (
    Mechanism(
        "feedback",
        "what Sales hears teaches Marketing nothing: outcomes, reports and alarms change neither score nor campaign",
        (*_zero("learning", "score_learning", "from_report"), *_NO_ALARM),
        frozenset({"S3", "V13"}),
    ),
    Mechanism(
        "trust",
        "trust stays what it is on the first day",
        (
            *_zero("trust", "up", "down", "worked", "rotted", "told", "met", "blamed", "informal"),
            *_zero("conflict", "hurt", "blame"),
            *_zero("together", "liaison_trust", "rotation_trust", "training_trust", "credit", "surprise"),
        ),
        frozenset({"V1", "V13", "V16", "V19"}),
    ),
    Mechanism(
        "sharing of beliefs",
        "nobody learns what the other side believes: not in meetings, nor in between",
        (
            *_zero("learning", "from_meeting", "from_informal_h"),
            *_zero("together", "from_brainstorm", "from_review", "from_liaison"),
            *_NO_ALARM,
        ),
        frozenset({"S3", "S4", "V10", "V14"}),
    ),
    Mechanism(
        "saturation of talk",
        "a meeting has as much to tell the day after the last as a month later",
        (("behaviour.learning.novelty_d", 0.05),),
        frozenset({"V10"}),
    ),
    Mechanism(
        "disputes",
        "tension never grows, so nothing breaks out",
        _zero("conflict", "tension_growth", "outbreaks"),
        frozenset({"S4", "V16", "V18"}),
    ),
    Mechanism(
        "blame",
        "a missed target costs no trust",
        (*_zero("conflict", "blame"), *_zero("trust", "blamed")),
        frozenset({"V18"}),
    ),
    Mechanism(
        "quota pressure",
        "a deal next quarter is worth as much as one now, and nobody presses for signatures",
        (
            ("behaviour.work.quota_pressure", 1.0),
            ("behaviour.work.wait_loss", 0.0),
            ("behaviour.work.push_days", 0),
            ("behaviour.deals.hold_off", 0.0),
        ),
        frozenset({"V5", "V6", "V7"}),
    ),
    Mechanism(
        "own pay",
        "hours are split evenly, whatever they earn",
        _zero("work", "choice_sharpness"),
        frozenset({"S8", "V1"}),
    ),
    Mechanism(
        "bending the bar",
        "marketers behind their target do not lower the bar of a lead",
        _zero("work", "bar_bend"),
        frozenset({"V13"}),
    ),
    Mechanism(
        "speed of answers",
        "a late answer reaches the buyer as well as an early one",
        (("behaviour.attention.speed_floor", 1.0),),
        frozenset({"S7"}),
    ),
    Mechanism(
        "understanding of needs",
        "what the pitch is about does not matter to a win",
        _zero("attention", "understanding_weight", "consistency_weight"),
        frozenset({"S4", "V10", "V14"}),
    ),
    Mechanism(
        "moving needs",
        "needs stand still",
        (("market.turbulence", 0.0),),
        frozenset({"S3", "S10", "V10", "V14"}),
    ),
)


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

    cells: "pd.DataFrame"
    table: RunTable
    skipped: Sequence[str]


def ablate(found: Validation, settings: Settings | None = None, on_progress: OnProgress | None = None) -> Ablation:
    """Switch off each mechanism and judge every pattern again, in the first worlds of the validation.

    Few worlds are enough to see that a pattern holds; one that breaks in them, or does not show in them although it
    shows in all, is asked again in all worlds of the validation.
    """
    import pandas as pd

    plan, known = found.plan, {parameter.path for parameter in scenarios.parameters()}
    usable = [one for one in MECHANISMS if all(path in known for path, _ in one.off)]
    skipped = [f"{one.name}: the model lacks a parameter of it" for one in MECHANISMS if one not in usable]
    few = partial(_few_worlds, plan)
    cells, table = _asked(found, dict.fromkeys(usable, plan.patterns), few, settings, on_progress)
    in_doubt = {BREAKS: plan.patterns, WAS_NOT_THERE: [one.pattern for one in found.findings if one.is_shown]}
    open_ = {
        one: [
            pattern
            for pattern in plan.patterns
            if few(pattern) < plan.worlds(pattern) and pattern in in_doubt.get(cells[pattern.id, one.name].result, ())
        ]
        for one in usable
    }
    if any(open_.values()) and not table.is_interrupted:
        n_before = len(table.results) + len(table.failures)
        asked_again, more = _asked(found, open_, plan.worlds, settings, on_progress, n_before)
        cells |= {} if more.is_interrupted else asked_again
        table.add(more)
    ordered = [cells[pattern.id, one.name] for pattern in plan.patterns for one in usable]
    return Ablation(pd.DataFrame(ordered, columns=Cell._fields), table, skipped)


def _few_worlds(plan: Plan, pattern: Pattern) -> int:
    return min(plan.worlds(pattern), _MORE_THAN_QUICK * pattern.quick_worlds)


def _asked(  # noqa: PLR0913  # what is asked, how it is run, and who is told
    found: Validation,
    wanted: Mapping[Mechanism, Sequence[Pattern]],
    n_worlds: Callable[[Pattern], int],
    settings: Settings | None,
    on_progress: OnProgress | None,
    n_before: int = 0,
) -> tuple[dict[tuple[str, str], Cell], RunTable]:
    """What the patterns wanted do without each mechanism, in so many worlds, and the runs it took, after `n_before`."""
    designs = {
        one: design_of(worlds_by_arm(patterns, n_worlds), found.plan.seed, _always(one.off), label=f"{one.name}/")
        for one, patterns in wanted.items()
    }
    design = joined(list(designs.values()), n_before)
    counted = counted_on(on_progress, n_before, n_before + len(design.rows))
    table = run(design, found.plan.patterns, settings, counted)
    numbers = gathered(table.results, found.plan.seed)
    cells = {}
    for one, patterns in wanted.items():
        evidence = evidence_of(designs[one], numbers)
        for pattern in patterns:
            worlds = worlds_by_arm([pattern], n_worlds)
            before, after = (judge(pattern, seen.first(worlds)) for seen in (found.evidence, evidence))
            told = (result(before, after), pattern.id in one.breaks, n_worlds(pattern), _values(before), _values(after))
            cells[pattern.id, one.name] = Cell(pattern.id, one.name, *told)
    return cells, table


def _always(changes: Changes) -> Callable[[Arm], Changes]:
    return lambda arm: changes


def joined(designs: Sequence[Design], first: int = 0) -> Design:
    """Several designs as one, whose run names must differ; arm by arm, so that each scenario is put together once.

    Rows are numbered from `first` on.
    """
    rows = chain.from_iterable(sorted(design.rows, key=lambda row: (row.variant, row.seed)) for design in designs)
    numbered = [PlannedRun(number, row.variant, row.seed) for number, row in enumerate(rows, first)]
    return Design({name: arm for design in designs for name, arm in design.runs.items()}, numbered, {}, {})


def section(found: Ablation) -> str:
    """The matrix of patterns and mechanisms for the report."""
    cells = found.cells
    if cells.empty:
        return ""
    wide = cells.pivot(index="pattern", columns="mechanism", values="result")
    order, names = list(dict.fromkeys(cells["pattern"])), list(dict.fromkeys(cells["mechanism"]))
    rows = [(name, *(_sign(wide.loc[name, mechanism]) for mechanism in names)) for name in order]
    expected = [_told(cells[cells["mechanism"] == name]) for name in names]
    return (
        '<section id="ablation"><h2>What the patterns stand on</h2><p>Each column switches one mechanism off, by '
        "parameters alone. A cross: a pattern that shows no longer does, by its numbers without their doubt. An arrow: "
        "it still does, but one of its numbers has lost more than half of its way from no effect, beyond doubt. A "
        "dash: it did not show before either.</p>"
        f"{parts.table(('Pattern', *names), rows, words=1 + len(names))}{parts.bullets([*expected, *found.skipped])}"
        f"<p>{text(_HOW_SURE)}</p></section>"
    )


def in_words(found: Ablation) -> str:
    """One line a mechanism for the terminal."""
    names = list(dict.fromkeys(found.cells["mechanism"])) if len(found.cells) else []
    told = [_told(found.cells[found.cells["mechanism"] == name]) for name in names]
    return "\n".join(["Without ...", *told, *found.skipped])


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
    if not isinstance(sign, Above | Below) or before.found is None or after.found is None:
        return False
    way_before, way_after = (abs(one.value - sign.limit) for one in (before.found, after.found))
    one, other = before.found.interval, after.found.interval
    return way_after < _MUCH_LESS * way_before and (one.low > other.high or one.high < other.low)


def _values(finding: Finding) -> str:
    told = [
        f"{one.check.what} {amount(one.found.value, one.check.unit) if one.found else '-'}" for one in finding.judged
    ]
    return "; ".join(told)


def _sign(said: str) -> str:
    return {HOLDS: "holds", WEAKENS: "↓ weaker", BREAKS: "✗ breaks", WAS_NOT_THERE: "-", UNKNOWN: "?"}[said]


def _told(cells: "pd.DataFrame") -> str:
    """`trust: breaks V19; expected but not broken: V1; not there before: V13`."""
    broken = list(cells[cells["result"] == BREAKS]["pattern"])
    expected = cells[cells["is_expected_to_break"]]
    kept = list(expected[expected["result"] == HOLDS]["pattern"])
    open_ = list(expected[expected["result"].isin([WAS_NOT_THERE, UNKNOWN])]["pattern"])
    weaker = list(cells[cells["result"] == WEAKENS]["pattern"])
    told = [f"breaks {listed(broken)}" if broken else "breaks nothing"]
    told += [f"weakens {listed(weaker)}"] if weaker else []
    told += [f"was expected to break {listed(kept)} too"] if kept else []
    told += [f"cannot tell for {listed(open_)}"] if open_ else []
    return f"{cells['mechanism'].iloc[0]}: {'; '.join(told)}"
