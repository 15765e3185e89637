"""What a validation found: the verdict on every pattern, and what was asked besides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from experiments.questions.validate.ablation import Ablation
from experiments.questions.validate.knock_outs import KnockedOut
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.figures import checks_table
from experiments.questions.validate.patterns.pattern import Finding
from experiments.questions.validate.reach import Reach
from experiments.questions.validate.survey import Survey
from experiments.reporting.result import Result

if TYPE_CHECKING:
    from experiments.questions.validate.ask import ValidatePlan, ValidateQuestion


@dataclass(frozen=True, eq=False, repr=False)
class Validation(Result):
    """The findings, and the evidence they were read off; None for what was not asked or not reached.

    `runs` has a row a run: setting (as it is, without a mechanism, a draw), condition, seed, what was measured.
    """

    question: "ValidateQuestion"
    plan: "ValidatePlan"
    findings: Sequence[Finding]
    evidence: Evidence
    ablation: Ablation | None = None
    reach: Reach | None = None
    knock_outs: KnockedOut | None = None
    survey: Survey | None = None

    def to_frame(self) -> pd.DataFrame:
        """One row a check: what, target, value with interval, worlds, verdict."""
        return checks_table(self.findings)

    @property
    def n_runs(self) -> int:
        """Runs made."""
        return len(self.runs) + len(self.failures)

    @property
    def holds(self) -> bool:
        """Whether every pattern passes."""
        return bool(self.findings) and all(finding.passes for finding in self.findings)

    @property
    def verdict(self) -> str:
        """`21 of 27 patterns hold; 4 fail: S3, ...; 2 cannot be measured yet: ...`."""
        held = [one.pattern.id for one in self.findings if one.passes]
        open_ = [one.pattern.id for one in self.findings if not one.is_measurable]
        failed = [one.pattern.id for one in self.findings if one.is_measurable and not one.passes]
        parts = [f"{len(held)} of {len(self.findings)} patterns hold"]
        parts += [f"{len(failed)} fail: {', '.join(failed)}"] if failed else []
        parts += [f"{len(open_)} cannot be measured yet: {', '.join(open_)}"] if open_ else []
        return "; ".join(parts)

    @property
    def problems(self) -> list[str]:
        """Pattern and reason, once each, of what could not be measured."""
        problems = [f"{one.pattern.id}: {each.problem}" for one in self.findings for each in one.judged if each.problem]
        return list(dict.fromkeys(problems))
