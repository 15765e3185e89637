"""Do the patterns hold elsewhere than at our numbers? What is uncertain is drawn at random, and they are asked again.

Uncertain is what the company cannot choose and what its own file does not say: how people act, how the market behaves,
what customers do. Each such parameter is drawn over its plausible range, all at once, by Latin hypercube; levers, pay,
people and money stay. A draw that no company may have is pulled halfway to our numbers until it is allowed. A pattern
is then asked for its direction: sign or order, by the mean over enough worlds to tell it from luck, without intervals.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

import scenarios
from experiments.designs.variant import Changes, laid_on
from experiments.execution.runner import OnProgress, RunTable, Settings
from experiments.questions.validate.ablation import joined
from experiments.questions.validate.ask import Design, Plan, design_of, evidence_of, run
from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.evidence import gathered
from experiments.questions.validate.patterns.pattern import FEWEST_TO_TELL, Finding, Pattern, judge, worlds_by_arm
from experiments.questions.validate.patterns.searches import LIKELY
from experiments.reporting import html as parts
from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import percent
from scenarios import Parameter, Scenario, ScenarioError

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 0.7
"""Share of draws in which a pattern should show."""
_UNCERTAIN = ("behaviour.", "market.", "customers.")
_SIZE_OF_THE_COMPANY = ("market.prospects_per_day", "customers.installed_base", "customers.contract_d")
_PULLS = 4
_WIDE = 10.0  # a plausible range that spans more than this factor is drawn on a logarithmic scale


@dataclass(frozen=True)
class Robustness:
    """`shares` has one row a pattern, `draws` one a draw (see `draws_table`); `pulled` were not allowed as drawn."""

    shares: "pd.DataFrame"
    draws: "pd.DataFrame"
    n_draws: int
    n_parameters: int
    pulled: int
    skipped: int
    table: RunTable


def robustness(
    plan: Plan, n_draws: int, settings: Settings | None = None, on_progress: OnProgress | None = None
) -> Robustness:
    """Ask every pattern in `n_draws` random settings of what is uncertain."""
    patterns, parameters = plan.patterns, uncertain()
    drawn = [_allowed(values, patterns) for values in draws_of(parameters, n_draws, plan.seed)]
    designs = {
        number: _design(patterns, values, number, plan.seed) for number, (values, _) in enumerate(drawn) if values
    }
    table = run(joined(list(designs.values())), patterns, settings, on_progress)
    numbers = gathered(table.results, plan.seed)
    found = {
        number: [judge(pattern, evidence_of(design, numbers)) for pattern in patterns]
        for number, design in designs.items()
    }
    told, shares = draws_table(drawn, found), _shares(list(found.values()), patterns)
    n_pulled = sum(n_pulls > 0 for values, n_pulls in drawn if values)
    return Robustness(shares, told, n_draws, len(parameters), n_pulled, n_draws - len(designs), table)


def uncertain() -> list[Parameter]:
    """Parameters that are neither the company's choice nor its size, and have a plausible range."""
    return [
        parameter
        for parameter in scenarios.parameters()
        if parameter.path.startswith(_UNCERTAIN)
        and parameter.path not in _SIZE_OF_THE_COMPANY
        and parameter.plausible is not None
        and isinstance(parameter.default, float | int)
    ]


def draws_of(parameters: Sequence[Parameter], n_draws: int, seed: int = 0) -> list[dict[str, float | int]]:
    """Latin hypercube over the plausible ranges: every parameter meets each n-th of its range once."""
    from scipy.stats import qmc

    table = qmc.LatinHypercube(d=len(parameters), seed=np.random.default_rng(seed)).random(n_draws)
    return [{one.path: placed(one, float(u)) for one, u in zip(parameters, row, strict=True)} for row in table]


def section(found: Robustness) -> str:
    """The shares for the report."""
    rows = [
        (row.pattern, percent(row.share), f"{percent(row.low)} to {percent(row.high)}", f"{row.n}", _enough(row.share))
        for row in rows_of(found.shares)
    ]
    heads = ("Pattern", "Draws that show it", "95 % interval", "Draws", f"At least {100 * ENOUGH:.0f} %")
    return (
        '<section id="robustness"><h2>How far the patterns reach</h2><p>'
        f"{found.n_draws} random settings of {found.n_parameters} uncertain parameters, each over its plausible range, "
        f"all at once, in {FEWEST_TO_TELL} worlds or more. "
        "A pattern shows in a draw if its numbers have the right sign or order; a type of working together that is "
        f"counted as best somewhere must lead there by more than luck alone would bring, to any place at all, in "
        f"{percent(LIKELY)} of cases. "
        "What a company's own file says, levers, pay, people and money stay as they are. "
        f"{found.pulled} draws were pulled towards our numbers because no company may be so; {found.skipped} had to be "
        f"left out. draws.csv beside this page has a row a draw: the value of every parameter, and what each pattern "
        f"showed, so that what a pattern hangs on can be looked for.</p>{parts.table(heads, rows)}</section>"
    )


def in_words(found: Robustness) -> str:
    """One line a pattern for the terminal."""
    told = [f"{row.pattern}  shown in {percent(row.share)} of {row.n} draws" for row in rows_of(found.shares)]
    return "\n".join([f"Under {found.n_draws} random settings of {found.n_parameters} parameters:", *told])


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of n. Worked number: 0.5 of 100 is 0.404 to 0.596."""
    if n == 0:
        return math.nan, math.nan
    z = 1.959964
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return centre - reach, centre + reach


def placed(parameter: Parameter, u: float) -> float | int:
    """The value a share u of the way through the plausible range."""
    assert parameter.plausible is not None
    low, high = parameter.plausible
    value = low * (high / low) ** u if low > 0 and high / low > _WIDE else low + u * (high - low)
    return round(value) if isinstance(parameter.default, int) else value


def _allowed(values: Mapping[str, float | int], patterns: Sequence[Pattern]) -> tuple[dict[str, float | int], int]:
    """The draw, pulled halfway to our numbers as often as needed, and how often; empty if it stays forbidden."""
    companies = {arm.company for pattern in patterns for arm in pattern.arms}
    ours = {parameter.path: parameter.default for parameter in uncertain()}
    for n_pulls in range(_PULLS + 1):
        share = 0.5**n_pulls
        pulled = {path: _between(ours[path], value, share) for path, value in values.items()}
        if all(_may_be(company, pulled) for company in companies):
            return pulled, n_pulls
    return {}, _PULLS


def _between(ours: float | int, drawn: float | int, share: float) -> float | int:
    value = ours + share * (drawn - ours)
    return round(value) if isinstance(ours, int) else value


def _may_be(company: str, values: Mapping[str, float | int]) -> bool:
    try:
        laid_on(_loaded(company), _unsaid(company, values))
    except ScenarioError:
        return False
    return True


@cache
def _loaded(company: str) -> Scenario:
    return scenarios.load(company)


def _unsaid(company: str, values: Mapping[str, float | int]) -> dict[str, float | int]:
    """What of a draw the company's own file leaves open."""
    said = _said(company)
    return {path: value for path, value in values.items() if path not in said}


@cache
def _said(company: str) -> frozenset[str]:
    values = scenarios.resolved(_loaded(company))

    def at(path: str) -> Any:
        """The value at a path."""
        found: Any = values
        for key in path.split("."):
            found = found[key]
        return found

    return frozenset(parameter.path for parameter in uncertain() if at(parameter.path) != parameter.default)


def _design(patterns: Sequence[Pattern], values: Mapping[str, float | int], number: int, seed: int) -> Design:
    """All arms with a draw laid below what the arm itself changes."""

    def below(arm: Arm) -> Changes:
        """Changes of the company that those of an arm come on top of."""
        own = dict(arm.changes)
        return tuple((path, value) for path, value in _unsaid(arm.company, values).items() if path not in own)

    return design_of(worlds_by_arm(patterns, lambda pattern: pattern.worlds_to_tell), seed, below, label=f"{number}/")


def draws_table(
    drawn: Sequence[tuple[Mapping[str, float | int], int]], found: Mapping[int, Sequence[Finding]]
) -> "pd.DataFrame":
    """A row a draw: its values, and whether it shows each pattern.

    Columns: draw; n_pulls, how often it was pulled towards our numbers; each uncertain parameter by its path; for each
    pattern `V1: shown` (empty where a number is missing) and `V1: ` with what is measured, in its own unit.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for number, findings in found.items():
        values, n_pulls = drawn[number]
        row: dict[str, Any] = {"draw": number, "n_pulls": n_pulls, **values}
        for finding in findings:
            name = finding.pattern.id
            row[f"{name}: shown"] = finding.is_shown
            row |= {f"{name}: {one.check.what}": one.found.value if one.found else None for one in finding.judged}
        rows.append(row)
    return pd.DataFrame(rows)


def _shares(found: Sequence[Sequence[Finding]], patterns: Sequence[Pattern]) -> "pd.DataFrame":
    import pandas as pd

    rows = []
    for place, pattern in enumerate(patterns):
        known = [shown for findings in found if (shown := findings[place].is_shown) is not None]
        share = float(np.mean(known)) if known else math.nan
        rows.append((pattern.id, share, *wilson(share, len(known)), len(known)))
    return pd.DataFrame(rows, columns=["pattern", "share", "low", "high", "n"])


def _enough(share: float) -> str:
    return "not known" if math.isnan(share) else "yes" if share >= ENOUGH else "NO"
