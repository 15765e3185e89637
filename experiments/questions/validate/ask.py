"""Does the model show the patterns that research and practice report, all with one parameter set?"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import scenarios
from experiments.questions.question import Question, StudyInterrupted
from experiments.questions.validate import ablation, robustness
from experiments.questions.validate.condition_runs import ConditionRuns, Made, made, runs_for, table_of
from experiments.questions.validate.mechanisms import switched_off
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.observed import Observed
from experiments.questions.validate.patterns.pattern import Pattern, judge, measures_wanted, worlds_by_condition
from experiments.questions.validate.patterns.register import chosen
from experiments.studies.study import Study, StudyPlan
from experiments.wording.numbers import counted
from scenarios.input_errors import InputError, check_seed

if TYPE_CHECKING:
    from experiments.questions.validate.result import Validation

FEWEST_DRAWS = 2
AS_IT_IS = "as it is"


@dataclass(frozen=True)
class ValidatePlan(StudyPlan):
    """The runs of the patterns as the model is, and the random draws in which they are asked for again."""

    runs: ConditionRuns = field(default_factory=lambda: runs_for({}))
    draws: Sequence[robustness.Draw] = ()


@dataclass(frozen=True)
class ValidateQuestion(Question):
    """Which patterns (by name, None for all), quick or with enough worlds, and the first world's seed.

    `ablate` asks again without each mechanism, `robustness` in so many random settings of what is uncertain.
    """

    name = "validate"

    only: tuple[str, ...] | None = None
    is_quick: bool = False
    ablate: bool = False
    robustness: int | None = None
    seed: int = 0

    def _check(self) -> None:
        check_seed(self.seed)
        chosen(self.only)
        if self.robustness is not None and self.robustness < FEWEST_DRAWS:
            raise InputError(f"robustness needs at least {FEWEST_DRAWS} draws, not {self.robustness}")

    @property
    def patterns(self) -> Sequence[Pattern]:
        """The patterns asked for."""
        return chosen(self.only)

    def worlds(self, pattern: Pattern) -> int:
        """Worlds a pattern is judged in."""
        return pattern.quick_worlds if self.is_quick else pattern.worlds

    def few_worlds(self, pattern: Pattern) -> int:
        """Worlds in which it is first asked for without a mechanism."""
        return ablation.few_worlds(pattern, self.worlds(pattern))

    def plan(self) -> ValidatePlan:
        """All runs: at most so many where what breaks in few worlds is asked again in all."""
        runs = runs_for(worlds_by_condition(self.patterns, self.worlds))
        parts: list[ConditionRuns] = []
        again: list[Pattern] = []
        draws = robustness.draws_of(self.patterns, self.robustness, self.seed) if self.robustness else []
        if self.ablate:
            again = [one for one in self.patterns if self.few_worlds(one) < self.worlds(one)]
            for patterns, worlds in ((self.patterns, self.few_worlds), (again, self.worlds)):
                parts += ablation.runs_without(dict.fromkeys(switched_off()[0], patterns), worlds).values()
        parts += robustness.runs_in(draws, self.patterns).values()
        lives = sum((one.lives for one in parts), runs.lives)
        return ValidatePlan(
            question=self.name,
            company="model",
            measure=Observed(measures_wanted(self.patterns)),
            n_runs=lives.total(),
            is_exact=not again,
            companies={name: scenarios.load(name) for name in lives},
            lives=lives,
            runs=runs,
            draws=draws,
        )

    def conclude(self, plan: ValidatePlan, study: Study) -> "Validation":
        """Judge the patterns, then what else was asked; where that is cut short, what was judged is told."""
        from experiments.questions.validate.result import Validation

        steps: list[Made] = []
        left = plan.n_runs or 0

        def make(settings: Mapping[str, ConditionRuns]) -> Mapping[str, Evidence]:
            """Make the runs of some settings; raises StudyInterrupted unless all are there."""
            nonlocal left
            left -= sum(one.n_runs for one in settings.values())
            steps.append(made(study, settings, self.seed, left if plan.is_exact else None))
            if study.is_interrupted:
                raise StudyInterrupted
            return steps[-1].evidence

        evidence = make({AS_IT_IS: plan.runs})[AS_IT_IS]
        findings = [judge(one, evidence.first(worlds_by_condition([one], self.worlds))) for one in self.patterns]
        without = reach = None
        with suppress(StudyInterrupted):
            if self.ablate:
                without = ablation.ablate(findings, evidence, self.worlds, make)
            if plan.draws:
                drawn = make(robustness.runs_in(plan.draws, self.patterns))
                reach = robustness.robustness(self.patterns, plan.draws, drawn)
        failures = [failure for one in steps for failure in one.failures]
        runs, is_interrupted = table_of(steps), study.is_interrupted
        return Validation(
            self, plan, runs, findings, evidence, without, reach, failures=failures, is_interrupted=is_interrupted
        )

    def conclusion(self, result: "Validation") -> Sequence[str]:
        """How many patterns hold, and which do not."""
        return (f"{result.verdict}. {counted(result.n_runs, 'run')}.",)

    def what(self, plan: StudyPlan) -> str:
        """How many patterns, and what else."""
        parts = [counted(len(self.patterns), "pattern")]
        parts += ["without each mechanism"] if self.ablate else []
        parts += [counted(self.robustness, "random setting")] if self.robustness else []
        return ", ".join(parts)
