"""The steps from a draft to a company: look, lengthen, set targets, fit, look again, and draw what nobody asked."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.ensembles import Ensemble
from experiments.designs.variant import Variant
from experiments.questions.new.described_draws import Drawn, Reachable, mended_draws
from experiments.questions.new.described_figures import MET, N_MORE, N_SHOWN, said_of
from experiments.questions.new.described_levers import lengthened, levers_for, moved, targeted
from experiments.questions.new.scaled_company import Draft
from experiments.questions.new.short_fit import N_GUESSES, fitted, misfit, misses
from experiments.questions.question import StudyInterrupted
from experiments.statistics.paired import Values
from experiments.studies.study import Study
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    from experiments.questions.new.ask import NewPlan, NewQuestion
    from experiments.questions.new.result import NewCompany

Figures = dict[str, float]
_FIRST_OF_MORE, _FIRST_OF_DRAWS = 500, 1_000  # worlds after the question's seed, apart from those of the fit


@dataclass
class Mending:
    """One description on its way to a company. Raises InputError where nothing can be seen, StudyInterrupted."""

    question: "NewQuestion"
    plan: "NewPlan"
    study: Study

    def company(self) -> "NewCompany":
        """Take the steps one after the other."""
        from experiments.questions.new.result import NewCompany

        first = self._mean(self.plan.draft)
        fit = self._looked_at_again(self._fit(self._settled(self.plan.draft, first), first))
        mended = fit.at(fit.sizes)
        draft = targeted(mended, self._mean(mended))
        seeds = [self.question.seed + self.question.worlds + k for k in range(N_SHOWN)]
        shown = self._lived([(draft, {})], [seeds])[0]
        usual = np.array([lever.usual for lever in fit.levers])
        return NewCompany(
            self.question,
            self.plan,
            self.study.runs,
            draft=draft,
            first=first,
            shown=shown,
            sizes={lever.name: float(size) for lever, size in zip(fit.levers, fit.sizes * usual, strict=True)},
            ensemble=self._ensemble(fit, draft, _by_name(shown)),
            failures=self.study.failures,
        )

    def _settled(self, draft: Draft, first: Figures) -> Draft:
        """With targets people can make and as many steps as the cycle takes."""
        draft, days = targeted(draft, first), "days_to_signature"
        said, shown = draft.description[days], first[days]
        if said is None or not shown > 0 or not math.isfinite(shown):
            return draft
        return lengthened(draft, said / shown)

    def _fit(self, draft: Draft, first: Figures) -> Reachable:
        """The levers moved until figures are shown as said."""
        levers = levers_for(said_of(draft.description))
        usual = np.array([lever.usual for lever in levers])
        reach = np.array([lever.reach for lever in levers]).T / usual
        figures = list(dict.fromkeys(lever.figure for lever in levers))
        said = np.array([float(draft.description[name]) for name in figures])

        def live(points: Sequence[Values]) -> Values:
            """Mean figures of the draft with its levers moved."""
            drafts: list[Drawn] = [(moved(draft, levers, point * usual), {}) for point in points]
            return _means(self._lived(drafts, [self._common] * len(drafts)), figures)

        sizes, shown = np.zeros(len(levers)), np.array([first[name] for name in figures])
        for _ in range(N_GUESSES):
            moves = [
                lever.guess(float(said[place]), float(shown[place]))
                for lever, place in ((one, figures.index(one.figure)) for one in levers)
            ]
            sizes = np.clip(sizes + np.array(moves) / usual, *reach)
            shown = live([sizes])[0]
        found = fitted(sizes, said, (reach[0], reach[1]), live)
        return Reachable(draft, levers, found.sizes, found.slopes, (reach[0], reach[1]), said)

    def _looked_at_again(self, fit: Reachable) -> Reachable:
        """Moved once more where that shows what was said better in many worlds: the fit has followed luck in a few."""
        seeds = [self.question.seed + _FIRST_OF_MORE + k for k in range(N_MORE)]

        def look(sizes: Values) -> Values:
            """Mean figures over more worlds."""
            return np.asarray(_means(self._lived([(fit.at(sizes), {})], [seeds]), fit.figures)[0])

        here = look(fit.sizes)
        there = fit.corrected(fit.sizes, here)
        before, after = misfit(misses(here, fit.said), fit.sizes), misfit(misses(look(there), fit.said), there)
        return replace(fit, sizes=there) if after < before else fit

    def _ensemble(self, fit: Reachable, finished: Draft, shown: Mapping[str, float]) -> Ensemble | None:
        """Draws of what nobody asked with which the finished company shows what was said; what it misses, as it does.

        None where none are wanted, or a figure cannot be seen.
        """
        seen = np.array([shown[name] for name in fit.figures])
        if not self.question.draws or not (seen > 0).all():
            return None
        is_met = np.abs(np.log(seen / fit.said)) <= np.log1p(MET)
        fit = replace(fit, said=np.where(is_met, fit.said, seen))
        targets = {path: value for path, value in finished.values.items() if path.startswith("pay.")}

        def look(drawn: Sequence[Drawn], seeds: Sequence[Sequence[int]]) -> Values:
            """Mean figures of drafts with a draw laid under each."""
            lived = self._lived([(one.more(targets), draw) for one, draw in drawn], seeds, must_live=False)
            return _means(lived, fit.figures)

        return mended_draws(fit, look, self.question.draws, self.question.seed + _FIRST_OF_DRAWS)

    def _mean(self, draft: Draft) -> Figures:
        """What a draft shows in the common worlds, on average."""
        return _by_name(self._lived([(draft, {})], [self._common])[0])

    @property
    def _common(self) -> list[int]:
        return [self.question.seed + k for k in range(self.question.worlds)]

    def _lived(
        self, drafts: Sequence[Drawn], seeds: Sequence[Sequence[int]], *, must_live: bool = True
    ) -> list[pd.DataFrame]:
        """Each draft, with what is laid on it, in its worlds: a row a world."""
        variants = [Variant(draft.scenario, tuple(laid.items())) for draft, laid in drafts]
        wanted = [(place, seed) for place, each in enumerate(seeds) for seed in each]
        done = self.study.run(variants, wanted, None)
        if done.is_interrupted:
            raise StudyInterrupted
        rows: list[list[Mapping[str, Any]]] = [[] for _ in drafts]
        for one in done.results:
            rows[int(one.planned.variant)].append(dict(one.outcomes))
        if must_live and not all(rows):
            why = f", e.g. {self.study.failures[0].error}" if self.study.failures else ""
            raise InputError(f"{self.plan.company}: the company cannot be lived{why}")
        return [pd.DataFrame(one) for one in rows]


def _by_name(lived: pd.DataFrame) -> Figures:
    return {str(name): float(value) for name, value in lived.mean().items()}


def _means(lived: Sequence[pd.DataFrame], figures: Sequence[str]) -> Values:
    """Mean figures (drafts, figures); NaN where nothing was lived."""
    nothing = np.full(len(figures), np.nan)
    return np.array([nothing if one.empty else one[list(figures)].mean().to_numpy() for one in lived])
