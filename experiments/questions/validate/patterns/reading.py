"""One number read off the runs of some conditions."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from experiments.questions.validate.patterns.condition import Condition
from experiments.questions.validate.patterns.evidence import Evidence
from experiments.questions.validate.patterns.targets import Estimate


@dataclass(frozen=True)
class Reading(ABC):
    """The base of all readings: what one needs are its fields, conditions and names of measures.

    One that is read off a table of the evidence, knock-outs or a survey, names it in `beside` and needs nothing else.
    """

    beside: ClassVar[str] = ""

    @abstractmethod
    def __call__(self, evidence: Evidence) -> Estimate:
        """The number with its interval; raises NotMeasurable."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions it needs, each once."""
        return tuple(dict.fromkeys(one for one in _parts(self) if isinstance(one, Condition)))

    @property
    def measures(self) -> tuple[str, ...]:
        """What it needs of each run."""
        return () if self.beside else tuple(one for one in _parts(self) if isinstance(one, str))


def _parts(value: Any) -> Iterator[Any]:
    """Everything a reading is made of, readings inside it and tuples taken apart."""
    if isinstance(value, Reading):
        value = tuple(getattr(value, one.name) for one in fields(value))
    if isinstance(value, tuple):
        for one in value:
            yield from _parts(one)
    else:
        yield value
