"""Every number of a lesson measured anew: its finding, what its texts say besides, and the mechanism switched off."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import scenarios
from simulation import simulate
from studio.lesson import Changes, Figure, Lesson, Measured, Side
from studio.measures import measured
from tests.standard_errors import mean_and_error


class Found(NamedTuple):
    """A number as the lesson says it, and as the model has it, world by world."""

    name: str
    said: Measured
    values: NDArray[np.float64]

    @property
    def mean(self) -> float:
        """Over the worlds that have a value."""
        return float(mean_and_error(self._known)[0])

    @property
    def error(self) -> float:
        """Standard error of the mean."""
        return float(mean_and_error(self._known)[1])

    @property
    def _known(self) -> NDArray[np.float64]:
        known: NDArray[np.float64] = self.values[np.isfinite(self.values)]
        return known


class Companies:
    """The companies of a lesson in some worlds, each lived through once."""

    def __init__(self, lesson: Lesson, seeds: Sequence[int]) -> None:
        self.lesson, self.seeds = lesson, seeds
        self._lived: dict[str, list[dict[str, float]]] = {}

    def values(self, side: Side, changes: Changes, measure: str) -> NDArray[np.float64]:
        """A measure of a side with some changes on top, world by world."""
        wanted = side.practices, {**side.changes, **changes}
        if repr(wanted) not in self._lived:
            company = scenarios.load(self.lesson.company, *wanted)
            self._lived[repr(wanted)] = [dict(measured(simulate(company, seed))) for seed in self.seeds]
        return np.array([run[measure] for run in self._lived[repr(wanted)]])

    def asked(self, figure: Figure) -> NDArray[np.float64]:
        """What a figure asks, in its unit."""
        predict = self.lesson.predict
        of, measure = figure.of or predict.of, figure.measure or predict.measure
        scale = predict.scale if figure.scale is None else figure.scale
        sides = {"here": (self.lesson.here, figure.here), "there": (self.lesson.there, figure.there)}
        if of == "difference":
            here, there = (self.values(*side, measure) for side in sides.values())
            return scale * (here - there)
        return scale * self.values(*sides[of], measure)


def found(lesson: Lesson, seeds: Sequence[int]) -> Iterator[Found]:
    """The finding, what is said besides, and last the mechanism switched off."""
    companies, finding, why = Companies(lesson, seeds), lesson.finding, lesson.why
    as_asked = Figure(value=finding.value, tolerance=finding.tolerance)
    yield Found("finding", finding, companies.asked(as_asked))
    for number, also in enumerate(finding.also, 1):
        yield Found(f"also {number}", also, companies.asked(also))
    assert why.then is not None, f"{lesson.id}: what is measured with the mechanism off?"
    off = as_asked.model_copy(update={"here": why.off, "there": why.off_there})
    yield Found("off", why.then, companies.asked(off))
