"""A run measured as the data were."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.crm.window import Window
from experiments.questions.calibrate.run_leads import leads_of_run
from experiments.questions.calibrate.target import Target, measure


@dataclass(frozen=True)
class MeasuredRun:
    """Measures a run as the data were measured; picklable."""

    channels: tuple[str, ...]
    window: Window
    targets: tuple[Target, ...]

    def __call__(self, run: Any) -> Mapping[str, float]:
        """The value of each target by its name."""
        values = measure(leads_of_run(run, self.channels, self.window), self.targets)
        return {target.name: value for target, value in zip(self.targets, values.tolist(), strict=True)}
