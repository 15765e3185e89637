"""A lesson: what a class predicts, what then happens, and why. One YAML file each, in three languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from scenarios.input_errors import ScenarioError, did_you_mean
from scenarios.yaml_file import read_yaml
from studio.measures import MEASURES

LESSONS = Path(__file__).parent / "lessons"


def _dotted(groups: Any) -> Any:
    """Changes by dotted path, out of groups of keys as company files have them."""
    if not isinstance(groups, Mapping):
        return groups
    flat: dict[str, Any] = {}
    for key, value in groups.items():
        inner = _dotted(value)
        flat |= {f"{key}.{rest}": leaf for rest, leaf in inner.items()} if isinstance(inner, dict) else {key: value}
    return flat


Changes = Annotated[dict[str, Any], BeforeValidator(_dotted)]
"""Written in groups, as in a company file (`practices:` and below it `sla: true`); kept by dotted path."""


class _Part(BaseModel):
    """A part of a lesson: nothing in it that is not declared, and nothing that changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Part):
    """The same said in English, Chinese and Russian."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)
    ru: str = Field(min_length=1)


class Side(_Part):
    """One of the two companies: a practice preset, and what is changed on top."""

    practices: str
    changes: Changes = {}


Of = Literal["here", "there", "difference"]


def _known(measure: str) -> str:
    if measure not in MEASURES:
        raise ValueError(f"there is no measure {measure}{did_you_mean(measure, MEASURES)}")
    return measure


class Question(_Part):
    """What is predicted: a measure of `here`, of `there`, or here less there, times `scale`, from low to high."""

    question: Text
    measure: str
    of: Of
    scale: float = 1.0
    unit: Text
    low: float
    high: float
    step: float = Field(gt=0)

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        _known(self.measure)
        if self.low >= self.high:
            raise ValueError(f"low is {self.low:g}, which must be below high, {self.high:g}")
        return self


class Measured(_Part):
    """A mean, and how far that of as many replications as the lesson runs may stray from it."""

    value: float
    tolerance: float = Field(gt=0)


class Figure(Measured):
    """A further number that the texts say: measured as the question is where nothing else is said.

    `here` and `there` are changes on top of those of the two companies.
    """

    measure: Annotated[str, AfterValidator(_known)] | None = None
    of: Of | None = None
    scale: float | None = None
    here: Changes = {}
    there: Changes = {}


class Finding(Measured):
    """What was measured, in the unit of the question, and further numbers that the texts say."""

    replications: int = Field(ge=2, le=1000)
    sentence: Text
    also: tuple[Figure, ...] = ()


class Why(_Part):
    """What does it, the changes to `here` (and to `there`) that switch it off, and what is measured then."""

    text: Text
    off: Changes
    off_there: Changes = {}
    then: Measured | None = None


class Notes(_Part):
    """What a teacher does who has 15, 30 or 75 minutes."""

    quarter: Text = Field(alias="15")
    half: Text = Field(alias="30")
    double: Text = Field(alias="75")


class Lesson(_Part):
    """A lesson as its file says it; `id` is the name of the file."""

    id: str
    title: Text
    company: str
    seed: int = Field(ge=0, lt=2**31)
    here: Side
    there: Side
    predict: Question
    finding: Finding
    why: Why
    reflect: tuple[Text, Text]
    notes: Notes


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file; raises ScenarioError, in one sentence, for anything else."""
    document = read_yaml(path)
    try:
        return Lesson.model_validate({**document.values, "id": path.stem})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the lesson"
        raise ScenarioError(f"{document.file}: {where}: {first['msg']}") from None


@cache
def lessons(folder: Path = LESSONS) -> dict[str, Lesson]:
    """Every lesson of a folder by its id, in the order of their names; raises ScenarioError."""
    return {path.stem: read_lesson(path) for path in sorted(folder.glob("*.yaml"))}
