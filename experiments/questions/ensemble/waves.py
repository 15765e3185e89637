"""Wave after wave: draw from what is left, live it, accept what shows every figure, rule out more."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from experiments.designs.assumptions import Assumptions
from experiments.designs.ensembles import rounded
from experiments.designs.variant import Variant
from experiments.questions.ensemble.result import EnsembleFound, Wave
from experiments.questions.question import StudyInterrupted
from experiments.statistics.history_matching import FEWEST_POINTS, Band, Cut, Drawn, Flags, cut_from, draws_left, inside
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.ensemble.ask import EnsemblePlan, EnsembleQuestion

_SALT = 20_261_129  # the draws of points are no draws of the worlds
_LEFT = 4_000  # points of what is left that say where to cut
_GAINING = 0.8  # a wave that leaves more than this share of what was left before rules out too little to be worth it


@dataclass(frozen=True)
class Tried:
    """Points (shares), their values as drawn, the figures they showed, and their worlds."""

    points: Values
    values: Values
    figures: Values
    seeds: npt.NDArray[np.int64]

    def of(self, which: Flags) -> "Tried":
        """Some of them."""
        return Tried(self.points[which], self.values[which], self.figures[which], self.seeds[which])

    def and_more(self, other: "Tried") -> "Tried":
        """Both, one after the other."""
        return Tried(
            np.concatenate([self.points, other.points]),
            np.concatenate([self.values, other.values]),
            np.concatenate([self.figures, other.figures]),
            np.concatenate([self.seeds, other.seeds]),
        )


class Waves:
    """The steps of one search. Raises InputError where runs show nothing that is published, StudyInterrupted."""

    def __init__(self, question: "EnsembleQuestion", plan: "EnsemblePlan", study: Study) -> None:
        self._question, self._plan, self._study = question, plan, study
        self._bands = tuple(Band(one.low, one.high) for one in plan.figures)
        self._rng = np.random.default_rng([_SALT, question.seed])
        self._cuts: list[Cut] = []
        self._waves: list[Wave] = []

    def found(self) -> EnsembleFound:
        """Go on until enough draws are accepted, or as many as may be were tried."""
        n_inputs = len(self._plan.inputs)
        drawn = Drawn(self._rng.random((self._question.wave, n_inputs)), 1.0)
        first = tried = self._live(drawn, self._question.seed)
        is_ruling_out = True
        while not self._is_enough(tried) and not self._study.is_interrupted:
            before = drawn.share_left
            if is_ruling_out:
                self._rule_out(tried)
            drawn = draws_left(self._question.wave, n_inputs, self._cuts, self._rng)
            if not len(drawn.points):
                raise InputError("next to nothing of what is plausible is left; no draw can be found there")
            is_ruling_out = is_ruling_out and drawn.share_left < _GAINING * before
            tried = tried.and_more(self._live(drawn, self._question.seed + len(tried.points)))
        return self._result(first, tried)

    def _is_enough(self, tried: Tried) -> bool:
        n_accepted = int(self._accepted(tried).sum())
        return n_accepted >= self._question.draws or len(tried.points) + self._question.wave > self._question.most

    def _accepted(self, tried: Tried) -> Flags:
        """Which draws show every figure and lie in what is left in the end: these are even draws from there."""
        accepted = inside(tried.figures, self._bands)
        for cut in self._cuts:
            accepted = accepted & cut.leaves(tried.points)
        return accepted

    def _rule_out(self, tried: Tried) -> None:
        """Learn from the runs inside what is left, and cut off more."""
        is_left = np.ones(len(tried.points), dtype=bool)
        for cut in self._cuts:
            is_left &= cut.leaves(tried.points)
        if np.isfinite(tried.figures[is_left]).sum(axis=0).min() < FEWEST_POINTS:
            raise InputError("too few runs show what is published: the company sells next to nothing")
        pool = draws_left(_LEFT, len(self._plan.inputs), self._cuts, self._rng)
        self._cuts.append(cut_from(tried.points[is_left], tried.figures[is_left], self._bands, pool.points))

    def _live(self, drawn: Drawn, first_seed: int) -> Tried:
        """Each point in a world of its own, under the practices for which figures are published."""
        points = drawn.points
        values = rounded(np.column_stack([one.at(points[:, place]) for place, one in enumerate(self._plan.inputs)]))
        seeds = first_seed + np.arange(len(points))
        in_order = np.empty_like(values)
        in_order[seeds % len(points)] = values
        laid = Assumptions(self._plan.company, tuple(one.path for one in self._plan.inputs), in_order)
        names = list(self._plan.companies)
        variants = [Variant(self._plan.companies[name], assumptions=laid) for name in names]
        table = self._study.run(variants, [(place, int(seed)) for seed in seeds for place in range(len(names))], None)
        if table.is_interrupted:
            raise StudyInterrupted
        figures = np.full((len(points), len(self._bands)), np.nan)
        for done in table.results:
            practices = names[int(done.planned.variant)]
            for place, figure in enumerate(self._plan.figures):
                if figure.practices == practices:
                    figures[done.planned.seed - first_seed, place] = done.outcomes[figure.name]
        tried = Tried(points, values, figures, seeds)
        self._waves.append(Wave(drawn.share_left, len(points), int(inside(figures, self._bands).sum())))
        return tried

    def _result(self, first: Tried, tried: Tried) -> EnsembleFound:
        explained = self._cuts[0].stand_ins if self._cuts else ()
        return EnsembleFound(
            question=self._question,
            plan=self._plan,
            first=first,
            accepted=tried.of(self._accepted(tried)),
            waves=tuple(self._waves),
            explained=tuple(one.explained for one in explained),
            runs=self._study.runs,
            failures=self._study.failures,
        )
