"""A validation with what may follow it: each mechanism switched off, and everything uncertain drawn at random."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from experiments.execution.runner import OnProgress, RunTable, Settings
from experiments.execution.worker import FailedRun
from experiments.questions.validate.ablation import Ablation, ablate
from experiments.questions.validate.ask import Plan, Validation, validate
from experiments.questions.validate.robustness import Robustness, robustness
from experiments.wording.numbers import counted
from scenarios.input_errors import InputError

FEWEST_DRAWS = 2


@dataclass(frozen=True)
class Asked:
    """What is asked besides the patterns themselves; `n_draws` None for no random settings."""

    is_ablation: bool = False
    n_draws: int | None = None

    def __post_init__(self) -> None:
        if self.n_draws is not None and self.n_draws < FEWEST_DRAWS:
            raise InputError(f"robustness needs at least {FEWEST_DRAWS} draws, not {self.n_draws}")


@dataclass(frozen=True)
class Answers:
    """What came of it; None for what was not asked or not reached."""

    validation: Validation
    ablation: Ablation | None = None
    robustness: Robustness | None = None

    @property
    def tables(self) -> list[RunTable]:
        """All runs made."""
        parts = (self.validation, self.ablation, self.robustness)
        return [part.table for part in parts if part is not None]

    @property
    def is_interrupted(self) -> bool:
        """Whether Ctrl-C cut it short."""
        return any(table.is_interrupted for table in self.tables)

    @property
    def failures(self) -> list[FailedRun]:
        """Runs that raised."""
        return [failure for table in self.tables for failure in table.failures]

    @property
    def n_runs(self) -> int:
        """Runs made."""
        return sum(len(table.results) + len(table.failures) for table in self.tables)


def ask(
    plan: Plan,
    asked: Asked,
    settings: Settings,
    progress: Callable[[str], AbstractContextManager[OnProgress]],
) -> Answers:
    """Judge the patterns, then what else was asked; an interrupted part is the last one. Raises InputError."""
    with progress(counted(len(plan.patterns), "pattern")) as on_progress:
        found = Answers(validate(plan, settings, on_progress))
    if asked.is_ablation and not found.is_interrupted:
        with progress("without each mechanism") as on_progress:
            found = Answers(found.validation, ablate(found.validation, settings, on_progress))
    if asked.n_draws is not None and not found.is_interrupted:
        with progress(counted(asked.n_draws, "random setting")) as on_progress:
            drawn = robustness(plan, asked.n_draws, settings, on_progress)
        found = Answers(found.validation, found.ablation, drawn)
    return found
