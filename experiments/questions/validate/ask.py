"""Does the model show the patterns that research and practice report, all with one parameter set?"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import scenarios
from experiments.questions.question import Question, StudyInterrupted
from experiments.questions.validate import ablation, knock_outs, survey
from experiments.questions.validate import reach as reach_of_patterns
from experiments.questions.validate.condition_runs import ConditionRuns, Made, made, runs_for, table_of
from experiments.questions.validate.knock_outs import KnockedOut
from experiments.questions.validate.mechanisms import switched_off
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.observed import Observed
from experiments.questions.validate.patterns.pattern import Pattern, judge, measures_wanted, worlds_by_condition
from experiments.questions.validate.patterns.readings_besides import KNOCK_OUTS, SURVEY
from experiments.questions.validate.patterns.register import chosen, standing_on
from experiments.questions.validate.survey import Survey
from experiments.statistics.doubt import FEWEST
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    import pandas as pd

    from experiments.questions.validate.result import Validation

FEWEST_DRAWS = 2
USUAL_DRAWS = FEWEST
"""Draws if nobody says how many: the fewest of which a share is told."""
MOST_RUNS_A_DRAW = 100
"""A pattern that takes more runs in a draw is asked again only where somebody says in how many."""
AS_IT_IS = knock_outs.AS_IT_IS
COMPANIES = survey.COMPANIES


@dataclass(frozen=True)
class ValidatePlan(StudyPlan):
    """The runs of the patterns as the model is, and how many draws they are asked for again in.

    `knock_out_worlds` and `n_surveyed`: in how many worlds parts are knocked out, how many companies are surveyed.
    """

    runs: ConditionRuns = field(default_factory=lambda: runs_for({}))
    n_draws: int = 0
    knock_out_worlds: int = 0
    n_surveyed: int = 0


@dataclass(frozen=True)
class ValidateQuestion(Question):
    """Which patterns (by name, None for all), quick or with enough worlds, and the first world's seed.

    `ablate` asks again without each mechanism, `robustness` in so many of the first draws of each company's ensemble
    (0: in none; None: where all patterns are asked for and not quickly, in ten, those that take few runs).
    `knock_outs` values each part of the relationship in the types of `company`; `survey` asks `companies` of all kinds
    (fewer if quick). Without `only` these two judge the patterns that are read off them, and no others.
    """

    name = "validate"
    takes_company_as_it_is = False

    only: tuple[str, ...] | None = None
    is_quick: bool = False
    ablate: bool = False
    robustness: int | None = None
    knock_outs: bool = False
    survey: bool = False
    company: str = "reference"
    companies: int = COMPANIES
    seed: int = 0

    def _check(self) -> None:
        check_seed(self.seed)
        chosen(self.only)
        if self.robustness is not None and self.robustness != 0 and self.robustness < FEWEST_DRAWS:
            raise InputError(f"robustness needs at least {FEWEST_DRAWS} draws, or 0 for none, not {self.robustness}")
        if self.robustness and self.robustness > (most := reach_of_patterns.most_draws(self.lived_through)):
            raise InputError(f"robustness takes draws of the ensembles, and there are {most}, not {self.robustness}")
        if self.companies < survey.FEWEST_COMPANIES:
            raise InputError(f"a survey needs at least {survey.FEWEST_COMPANIES} companies, not {self.companies}")
        scenarios.load(self.company)

    @property
    def patterns(self) -> Sequence[Pattern]:
        """The patterns asked for."""
        asked = {KNOCK_OUTS: self.knock_outs, SURVEY: self.survey}
        if self.only is None and any(asked.values()):
            return standing_on(name for name, is_asked in asked.items() if is_asked)
        return chosen(self.only)

    def needs(self, beside: str) -> bool:
        """Whether knock-outs, or a survey, have to be made."""
        asked = self.knock_outs if beside == KNOCK_OUTS else self.survey
        return asked or any(beside in pattern.besides for pattern in self.patterns)

    @property
    def knock_out_worlds(self) -> int:
        """Worlds in which each part is knocked out."""
        if not self.needs(KNOCK_OUTS):
            return 0
        return knock_outs.QUICK_WORLDS if self.is_quick else knock_outs.WORLDS

    @property
    def n_surveyed(self) -> int:
        """Companies that are surveyed."""
        if not self.needs(SURVEY):
            return 0
        return min(self.companies, survey.QUICK_COMPANIES) if self.is_quick else self.companies

    def identity(self, plan: ValidatePlan) -> str:
        """The question in full; the company counts where parts are knocked out."""
        return f"{super().identity(plan)} {self.company}" if plan.knock_out_worlds else super().identity(plan)

    def worlds(self, pattern: Pattern) -> int:
        """Worlds a pattern is judged in."""
        return pattern.quick_worlds if self.is_quick else pattern.worlds

    def few_worlds(self, pattern: Pattern) -> int:
        """Worlds in which it is first asked for without a mechanism."""
        return ablation.few_worlds(pattern, self.worlds(pattern))

    def plan(self) -> ValidatePlan:
        """All runs: at most so many where what breaks in few worlds is asked again in all."""
        runs, lived_through = runs_for(worlds_by_condition(self.patterns, self.worlds)), self.lived_through
        parts: list[ConditionRuns] = []
        again: list[Pattern] = []
        if self.ablate:
            again = [one for one in lived_through if self.few_worlds(one) < self.worlds(one)]
            for patterns, worlds in ((lived_through, self.few_worlds), (again, self.worlds)):
                parts += ablation.runs_without(dict.fromkeys(switched_off()[0], patterns), worlds).values()
        parts += reach_of_patterns.runs_in(self.n_draws, self.drawn).values()
        lives = sum((one.lives for one in parts), runs.lives)
        if self.knock_out_worlds:
            lives[self.company] += knock_outs.n_runs_of(self.knock_out_worlds)
        if self.n_surveyed:
            lives += survey.lives_of(self.n_surveyed)
        return ValidatePlan(
            question=self.name,
            company="model",
            measure=Observed(self.measures),
            n_runs=lives.total(),
            is_exact=not again,
            companies={name: scenarios.load(name) for name in lives},
            lives=lives,
            runs=runs,
            n_draws=self.n_draws,
            knock_out_worlds=self.knock_out_worlds,
            n_surveyed=self.n_surveyed,
        )

    @property
    def lived_through(self) -> Sequence[Pattern]:
        """The patterns that are read off runs of their own: these can be asked again without a mechanism."""
        return [one for one in self.patterns if one.conditions and not one.besides]

    @property
    def n_draws(self) -> int:
        """Draws of the ensembles in which patterns are asked for again."""
        is_whole = self.only is None and not (self.is_quick or self.knock_outs or self.survey)
        usual = USUAL_DRAWS if is_whole else 0
        return usual if self.robustness is None else self.robustness

    @property
    def drawn(self) -> Sequence[Pattern]:
        """The patterns that are asked for again in draws; if nobody says in how many, those that take few runs."""
        most = MOST_RUNS_A_DRAW if self.robustness is None else math.inf
        return [one for one in self.lived_through if reach_of_patterns.runs_a_draw(one) <= most]

    @property
    def measures(self) -> tuple[str, ...]:
        """All that is read of a run, in order."""
        more = (*(knock_outs.MEASURES if self.knock_out_worlds else ()), *(survey.MEASURES if self.n_surveyed else ()))
        return tuple(sorted({*measures_wanted(self.patterns), *more}))

    def conclude(self, plan: ValidatePlan, study: Study) -> "Validation":
        """Judge the patterns, then what else was asked; where that is cut short, what was judged is told."""
        from experiments.questions.validate.result import Validation

        steps, study_of = _Steps(study, self.seed, plan), self.lived_through
        evidence = steps.make({AS_IT_IS: plan.runs})[AS_IT_IS]
        knocked_out = self._knocked_out(plan, steps)
        answers = self._surveyed(plan, steps)
        besides = {} if knocked_out is None else {KNOCK_OUTS: knocked_out.effects}
        besides |= {} if answers is None else {SURVEY: answers.answers}
        evidence = evidence.with_besides(besides)
        findings = [judge(one, evidence.first(worlds_by_condition([one], self.worlds))) for one in self.patterns]
        without = reach = None
        with suppress(StudyInterrupted):
            if self.ablate:
                again = [one for one in findings if one.pattern in study_of]
                without = ablation.ablate(again, evidence, self.worlds, steps.make)
            if plan.n_draws:
                drawn = steps.make(reach_of_patterns.runs_in(plan.n_draws, self.drawn))
                reach = reach_of_patterns.reach(self.drawn, plan.n_draws, drawn)
        return Validation(
            self,
            plan,
            table_of(steps.made),
            findings,
            evidence,
            without,
            reach,
            knocked_out,
            answers,
            failures=[failure for one in steps.made for failure in one.failures],
            is_interrupted=study.is_interrupted,
        )

    def _knocked_out(self, plan: ValidatePlan, steps: "_Steps") -> KnockedOut | None:
        """What each part of the relationship is worth, if that is asked: first the levels, then without each part."""
        if not plan.knock_out_worlds:
            return None
        before = steps.make({AS_IT_IS: knock_outs.runs_as_it_is(self.company, plan.knock_out_worlds)})[AS_IT_IS]
        levels = knock_outs.levels_of(self.company, before)
        after = steps.make(knock_outs.runs_knocked_out(self.company, plan.knock_out_worlds, levels))
        return knock_outs.knocked_out(self.company, levels, before, after)

    def _surveyed(self, plan: ValidatePlan, steps: "_Steps") -> Survey | None:
        """The answers of many companies, if they are asked."""
        if not plan.n_surveyed:
            return None
        return survey.surveyed_by(steps.ask_companies(plan.n_surveyed))

    def conclusion(self, result: "Validation") -> Sequence[str]:
        """How many patterns hold, and which do not."""
        return (f"{result.verdict}. {counted(result.n_runs, 'run')}.",)

    def what(self, plan: StudyPlan) -> str:
        """How many patterns, and what else."""
        parts = [counted(len(self.patterns), "pattern")]
        parts += ["what each part is worth"] if self.knock_out_worlds else []
        parts += [counted(self.n_surveyed, "surveyed company")] if self.n_surveyed else []
        parts += ["without each mechanism"] if self.ablate else []
        parts += [counted(self.n_draws, "draw")] if self.n_draws else []
        return ", ".join(parts)


class _Steps:
    """The steps in which a validation is made, and what came of each; StudyInterrupted unless all of one is there."""

    def __init__(self, study: Study, seed: int, plan: ValidatePlan) -> None:
        self.made: list[Made] = []
        self._study, self._seed, self._is_exact, self._left = study, seed, plan.is_exact, plan.n_runs or 0

    def make(self, settings: Mapping[str, ConditionRuns]) -> Mapping[str, Evidence]:
        """Make the runs of some settings."""
        n_to_come = self._after(sum(one.n_runs for one in settings.values()))
        return self._done(made(self._study, settings, self._seed, n_to_come)).evidence

    def ask_companies(self, n_companies: int) -> "pd.DataFrame":
        """Ask companies of all kinds."""
        n_to_come = self._after(survey.n_runs_of(n_companies))
        asked = survey.ask_companies(self._study, n_companies, self._seed, n_to_come)
        self._done(Made(rows=asked.rows, failures=asked.failures))
        return asked.answers

    def _after(self, n_runs: int) -> int | None:
        """How many runs will be left after these, if that is known."""
        self._left -= n_runs
        return self._left if self._is_exact else None

    def _done(self, step: Made) -> Made:
        self.made.append(step)
        if self._study.is_interrupted:
            raise StudyInterrupted
        return step
