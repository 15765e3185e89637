"""What does the answer hang on? Morris sieves all uncertain parameters, Sobol shares out the variance among the rest.

Uncertain is what the company cannot choose and what its own file does not say: how people act, how the market behaves,
what customers do. Each such parameter goes over its plausible range. All points meet the same worlds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from experiments.designs.dimension import refuse_types
from experiments.designs.presets import companies_with
from experiments.designs.run_table import DECISION
from experiments.designs.variant import laid_on
from experiments.execution.runner import OnProgress, Settings, counted_on
from experiments.questions.compare.ask import present
from experiments.questions.validate.robustness import placed, uncertain
from experiments.statistics import sobol_morris_designs as for_sensitivity
from experiments.statistics.paired import Values
from experiments.statistics.sobol_morris import Effects, Indices, elementary_effects, half, sobol_indices
from experiments.studies.study import TYPE_COLUMN, Study, StudyRuns, run_study
from scenarios import Parameter, Scenario, ScenarioError
from scenarios.input_errors import InputError, check_least, check_seed
from scenarios.plausibility import values_at

if TYPE_CHECKING:
    import pandas as pd

_PULLS = 4
_MOST_PULLED = 0.1  # share of points


class Input(Protocol):
    """Something that varies: a path, and the value at each share (0..1) of its range."""

    @property
    def path(self) -> str:
        """Where it stands."""
        ...

    def at(self, shares: Values) -> list[Any]:
        """The values at shares of the range."""
        ...


@dataclass(frozen=True)
class Plausible:
    """A parameter over its plausible range; a range of more than a factor ten goes by its logarithm."""

    parameter: Parameter

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.parameter.path

    def at(self, shares: Values) -> list[Any]:
        """The values at shares of the plausible range."""
        return [placed(self.parameter, float(share)) for share in shares]


@dataclass(frozen=True)
class Question:
    """What is measured, over what, with how many points.

    `outcome` is measured with the company's practices, or with those of `practices`; with `against`, minus the same
    with the practices of `against`. `inputs` None: everything uncertain. At most `keep` inputs survive Morris;
    `trajectories` of it, then `points` base points of Sobol, each point in `runs` worlds.
    """

    outcome: str = DECISION
    practices: str | None = None
    against: str | None = None
    inputs: tuple[Input, ...] | None = None
    trajectories: int = 8
    keep: int = 6
    points: int = 128
    runs: int = 2
    seed: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        least = {"trajectories": 2, "keep": 2, "points": 8, "runs": 1}
        for name, at_least in least.items():
            check_least(name, getattr(self, name), at_least)
        check_seed(self.seed)
        if self.inputs is not None and len(self.inputs) < 2:
            raise InputError("sensitivity shares variance out among inputs: name at least two with --vary, or none")
        refuse_types((one.path for one in self.inputs or ()), "name them with --practices and --against")
        if self.against is not None and self.against == self.practices:
            raise InputError(f"--practices and --against are both {self.against}; name two types")
        _check_outcome(self.outcome)


@dataclass(frozen=True)
class Stage:
    """One design: its inputs, shares 0..1 (points x inputs), the runs, and the output of each point (NaN: unknown)."""

    inputs: tuple[Input, ...]
    shares: Values
    runs: StudyRuns
    output: Values
    luck: float
    n_pulled: int = 0

    @property
    def names(self) -> list[str]:
        """Paths of the inputs."""
        return [one.path for one in self.inputs]


@dataclass(frozen=True)
class Sensitivity:
    """What moves the output: `screening` of all inputs, `sobol` of those that survived (None if interrupted)."""

    source: str
    question: Question
    company: Scenario
    screening: Stage
    sobol: Stage | None

    @cached_property
    def effects(self) -> Effects:
        """Elementary effects of all inputs."""
        return elementary_effects(self.screening.shares, self.screening.output, self.screening.names)

    @cached_property
    def indices(self) -> Indices | None:
        """Sobol indices of the survivors."""
        return sobol_indices(self.sobol.output, self.sobol.names) if self.sobol else None

    @cached_property
    def half_indices(self) -> Indices | None:
        """The same from half of the points."""
        if self.sobol is None:
            return None
        return sobol_indices(half(self.sobol.output, len(self.sobol.inputs)), self.sobol.names)

    @property
    def moved_by_half(self) -> float:
        """The largest difference that the second half of the points made to a total index; NaN if not known."""
        whole, first = self.indices, self.half_indices
        if whole is None or first is None:
            return float("nan")
        return float(np.max(np.abs(whole.total - first.total)))

    @property
    def is_converged(self) -> bool:
        """Whether no total index moved by more than 0.1 when the sample was doubled."""
        return self.moved_by_half <= 0.1

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row an input, the largest effect first: effect, direction, and the indices of the survivors."""
        import pandas as pd

        found = self.effects
        columns = {"size": found.size, "size_error": found.size_error, "mean": found.mean, "spread": found.spread}
        ends = {"low": self._ends(0.0), "high": self._ends(1.0)}
        table = pd.DataFrame({"parameter": self.screening.names, **ends, **columns})
        if self.indices is not None and self.sobol is not None:
            whole = self.indices
            told = {"first": whole.first, "first_error": whole.first_error}
            told |= {"total": whole.total, "total_error": whole.total_error}
            table = table.merge(pd.DataFrame({"parameter": self.sobol.names, **told}), on="parameter", how="left")
        return table.sort_values("size", ascending=False, kind="stable").reset_index(drop=True)

    def _ends(self, share: float) -> list[Any]:
        return [one.at(np.array([share]))[0] for one in self.screening.inputs]


def sensitivity(
    company: str | Path,
    question: Question | None = None,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    folder: Path | None = None,
) -> Sensitivity:
    """Screen all inputs, then share out the variance among the survivors; raises InputError.

    `folder` keeps finished runs, so that the same question goes on where it was cut short.
    """
    question = question or Question()
    base = present(company, question.changes)
    inputs = question.inputs or uncertain_inputs(base)
    types = companies_with(company, (question.practices, question.against), question.changes)
    asker = _Asker(base, types, question, settings, on_progress, folder)
    names = [one.path for one in inputs]
    sieve = for_sensitivity.morris(question.trajectories, names, question.seed)
    screening = asker.live(inputs, sieve, for_sensitivity.n_saltelli(question.points, min(question.keep, len(inputs))))
    found = Sensitivity(str(company), question, base, screening, None)
    if screening.runs.is_interrupted or not np.isfinite(found.effects.size).any():
        return found
    order = np.argsort(-found.effects.size, kind="stable")[: question.keep]
    kept = tuple(inputs[place] for place in sorted(order))
    shares = for_sensitivity.saltelli(question.points, [one.path for one in kept], question.seed)
    return replace(found, sobol=asker.live(kept, shares))


def uncertain_inputs(base: Scenario) -> tuple[Input, ...]:
    """Every uncertain parameter that the company's own file leaves at its default."""
    return tuple(
        Plausible(one)
        for one in uncertain()
        if next(value for _, value in values_at(base, tuple(one.path.split(".")))) == one.default
    )


@dataclass
class _Asker:
    """Lives the points of one stage after the other; `n_asked` runs were asked for so far."""

    base: Scenario
    types: Mapping[str, Scenario]
    question: Question
    settings: Settings | None
    tell: OnProgress | None
    folder: Path | None
    n_asked: int = 0

    def live(self, inputs: Sequence[Input], shares: Values, n_to_come: int = 0) -> Stage:
        """Run every row of `shares` with each type that is asked for; `n_to_come` rows more will follow."""
        asked = self.question
        columns = [one.at(shares[:, place]) for place, one in enumerate(inputs)]
        wished = [dict(zip([one.path for one in inputs], row, strict=True)) for row in zip(*columns, strict=True)]
        drawn = [possible(self.base, values) for values in wished]
        n_pulled = sum(n > 0 for _, n in drawn)
        if n_pulled > _MOST_PULLED * len(drawn):
            raise InputError(
                f"{n_pulled} of {len(drawn)} points are no possible company, and pulled towards {self.base.name} they "
                "would say little of the ranges; name narrower ones"
            )
        types = [asked.practices, asked.against] if asked.against is not None else [asked.practices]
        study = self._study([values | {TYPE_COLUMN: name} for name in types for values, _ in drawn])
        before, n_more = self.n_asked, n_to_come * len(types) * len(study.seeds)
        self.n_asked += len(study.points) * len(study.seeds)
        runs = run_study(study, self.folder, self.settings, counted_on(self.tell, before, self.n_asked + n_more))
        values = runs.values(asked.outcome).reshape(len(types), len(drawn), -1)
        gap = values[0] - values[1] if len(types) > 1 else values[0]
        return Stage(tuple(inputs), shares, runs, gap.mean(axis=1), luck_share(gap), n_pulled)

    def _study(self, rows: list[dict[str, Any]]) -> Study:
        import pandas as pd

        points = pd.DataFrame(rows).astype({TYPE_COLUMN: object})
        first = self.question.seed
        seeds = tuple(range(first, first + self.question.runs))
        return Study("sensitivity", self.base, points, seeds, types=self.types)


def is_company(base: Scenario, values: Mapping[str, Any]) -> bool:
    """Whether a company may have these values."""
    try:
        laid_on(base, values)
    except ScenarioError:
        return False
    return True


def possible(base: Scenario, values: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The values, pulled halfway to the company's own as often as needed for a possible company, and how often.

    Raises InputError if they stay impossible.
    """
    pulled = dict(values)
    for n_pulls in range(_PULLS + 1):
        try:
            laid_on(base, pulled)
            return pulled, n_pulls
        except ScenarioError as error:
            reason = error
            pulled = {path: _halfway(base, path, value) for path, value in pulled.items()}
    raise InputError(f"a point is no possible company, even pulled towards {base.name}: {reason}")


def _halfway(base: Scenario, path: str, value: Any) -> Any:
    own = next(found for _, found in values_at(base, tuple(path.split("."))))
    if isinstance(value, bool) or not isinstance(value, int | float) or not isinstance(own, int | float):
        return own
    middle = own + (value - own) / 2
    return round(middle) if isinstance(value, int) else middle


def luck_share(values: Values) -> float:
    """Share of the variance of points' means that is luck: what a world does to one point and not to the others.

    `values` is points x worlds; NaN below two worlds.
    """
    known = values[~np.isnan(values).any(axis=1)]
    if known.shape[1] < 2 or known.shape[0] < 2:
        return float("nan")
    means = known.mean(axis=1)
    left = known - means[:, None] - known.mean(axis=0) + known.mean()
    free = (known.shape[0] - 1) * (known.shape[1] - 1)
    noise = float(np.sum(left**2)) / free / known.shape[1]
    varied = float(np.var(means, ddof=1))
    return min(1.0, noise / varied) if varied > 0 else float("nan")


def _check_outcome(name: str) -> None:
    from scenarios.input_errors import did_you_mean
    from simulation.outcomes import OUTCOMES

    if name not in OUTCOMES:
        raise InputError(f"there is no outcome {name}{did_you_mean(name, OUTCOMES)}")
