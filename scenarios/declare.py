"""How a parameter is declared: default, unit, bounds, plausible range, source and meaning, once, in one place.

    class Interest(Section):
        half_life_d: float = par(30, unit="working days", ge=1, plausible=(10, 60), source=assumption("A7"))
        'How long interest takes to halve when nobody talks to the lead.'

The string below the field is its meaning (`meanings.explained`). Everything else (validation, JSON Schema, tables,
`explain`) reads this.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from scenarios.lever import Lever

Number = float | int
LARGEST = 1e15  # beyond it whole numbers are no longer exact in a float, and no company has so much of anything
SourceKind = Literal["literature", "data", "calibrated", "assumption"]


@dataclass(frozen=True)
class Source:
    """Where a number comes from: `kind` says how far to trust it, `reference` where to look."""

    kind: SourceKind
    reference: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.reference}"


def literature(reference: str) -> Source:
    """A published number, e.g. `literature("facts 1.3, Oldroyd et al. 2011")`."""
    return Source("literature", reference)


def data(reference: str) -> Source:
    """A number measured in a data set, e.g. `data("olist, closed deals")`."""
    return Source("data", reference)


def calibrated(target: str) -> Source:
    """A number fitted so that the model meets `target`, e.g. `calibrated("S1, share of leads never sold")`."""
    return Source("calibrated", target)


def assumption(number: str) -> Source:
    """Our own guess, explained under its number in docs/assumptions.md, e.g. `assumption("A7")`."""
    if not re.fullmatch(r"A\d+", number):
        raise ValueError(f"an assumption is named like A7, not {number!r}")
    return Source("assumption", number)


@dataclass(frozen=True)
class Bounds:
    """The values a parameter can have at all; None is no limit on that side."""

    ge: Number | None = None
    gt: Number | None = None
    le: Number | None = None
    lt: Number | None = None

    def allow(self, value: Number) -> bool:
        """Whether `value` lies inside all four limits."""
        return (
            (self.ge is None or value >= self.ge)
            and (self.gt is None or value > self.gt)
            and (self.le is None or value <= self.le)
            and (self.lt is None or value < self.lt)
        )

    def __str__(self) -> str:
        words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
        limits = [f"{words[name]} {limit}" for name, limit in vars(self).items() if limit is not None]
        return " and ".join(limits) or "any"


@dataclass(frozen=True)
class Declaration:
    """What `par` was told about a parameter, apart from its default and its meaning."""

    unit: str
    bounds: Bounds
    plausible: tuple[Number, Number] | None
    source: Source
    lever: "Lever | None" = None


def par(  # noqa: PLR0913  # one keyword for each thing there is to say
    default: Any,
    *,
    unit: str,
    source: Source,
    plausible: tuple[Number, Number] | None = None,
    ge: Number | None = None,
    gt: Number | None = None,
    le: Number | None = None,
    lt: Number | None = None,
    lever: "Lever | None" = None,
) -> Any:
    """Declare a parameter; returns a pydantic field.

    `default` may be `...` (required), None (unknown or off; the field's type must allow it) or a tuple, whose
    items all share unit, bounds and plausible range. Choices (Literal) and bools have unit "-" and no plausible range.
    `lever` says of a practice what it is decided with, and where its cost is booked.
    Raises ValueError at import if default, plausible range and bounds contradict each other.
    """
    told = Declaration(unit, Bounds(ge, gt, le, lt), plausible, source, lever)
    _refuse_contradiction(default, told)
    return Field(default, json_schema_extra={"declaration": told})  # type: ignore[dict-item]  # see declaration()


def declaration(field: FieldInfo) -> Declaration | None:
    """What `par` was told about this field; None for a field that was not declared by `par`."""
    extra = field.json_schema_extra
    told: Any = extra.get("declaration") if isinstance(extra, dict) else None
    return told if isinstance(told, Declaration) else None


def _refuse_contradiction(default: Any, told: Declaration) -> None:
    """Raise ValueError unless default, plausible range and bounds fit each other."""
    if told.plausible is not None:
        low, high = told.plausible
        if not low <= high:
            raise ValueError(f"the plausible range {told.plausible} is upside down")
        if not (told.bounds.allow(low) and told.bounds.allow(high)):
            raise ValueError(f"the plausible range {told.plausible} leaves the bounds ({told.bounds})")
    for number in numbers_in(default):
        if not told.bounds.allow(number):
            raise ValueError(f"the default {number} is out of bounds ({told.bounds})")
        if told.plausible is not None and not low <= number <= high:
            raise ValueError(f"the default {number} is outside the plausible range {told.plausible}")


def numbers_in(value: Any) -> Sequence[Number]:
    """The numbers a parameter's value holds: itself, or those of a tuple; none for bools, text and None."""
    if type(value) is float or type(value) is int:  # bool is an int by inheritance, but no number here
        return (value,)
    return [number for item in value for number in numbers_in(item)] if isinstance(value, tuple) else ()


class Section(BaseModel):
    """A group of parameters: cannot be changed once made, refuses unknown keys and values of the wrong type.

    Types are strict ("3" and True are no numbers) with two kindnesses: a whole number written 12.0 or 1e3 is an int,
    and a list is a tuple.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_default=True,  # a default of 30 for a float is kept as 30.0, as if the file had said so
    )

    @field_validator("*", mode="wrap")
    @classmethod
    def _inside_bounds(cls, value: Any, check_type: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if isinstance(value, Section):  # a group has no bounds of its own
            return check_type(value)
        field = cls.__pydantic_fields__[str(info.field_name)]
        checked = check_type(_as_declared(value, field.annotation))
        told = declaration(field)
        bounds = told.bounds if told else Bounds()
        for number in numbers_in(checked):
            if not bounds.allow(number):
                raise PydanticCustomError("bounds", "must be {allowed}", {"allowed": str(bounds)})
            if abs(number) > LARGEST:
                raise PydanticCustomError("too_large", "is too large to compute with")
        return checked


def _as_declared(value: Any, annotation: Any) -> Any:
    """`value` as the type it is declared with, where YAML cannot tell: 12.0 as an int, a list as a tuple."""
    if isinstance(value, float) and value.is_integer():
        declared = {annotation, *get_args(annotation)}
        return int(value) if int in declared and float not in declared else value
    if isinstance(value, list) and tuple in {get_origin(kind) for kind in (annotation, *get_args(annotation))}:
        return tuple(value)
    return value
