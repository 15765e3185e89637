"""A lever as part of a practice: what it is decided with, where its cost is booked, what it needs.

    LOST_DEALS = Practice("lost_deal_calls", "calls about lost deals", "relationship")

    class Communication(Levers):
        lost_deal_call_h_per_week: float = par(
            0.0, unit="hours/week", ge=0, le=20, source=assumption("A21"),
            lever=Lever(LOST_DEALS, ("sales.MEETING", "marketing.MEETING")),
        )
        'Time in which each rep goes through lost deals with a marketer.'

What is made of practices (the roadmap, `explain`, tables of the description, tests of every lever) reads this.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from scenarios.declare import Section, declaration

EVERYBODY = ("sales.MEETING", "marketing.MEETING", "managers.MEETING")
"""Hours that everybody of both sides spends with the other side."""


Family = Literal["operations", "relationship", "structure", "rewards", "money", "leadership"]
"""Rules, hand-offs and systems; people meeting, telling and working together; who heads and does what; what pay
follows; how money is split; what the top does."""


@dataclass(frozen=True)
class Practice:
    """What a company decides in one go: a name for machines, a `label` in the reader's words, and its `family`.

    Raises ValueError for a family there is not.
    """

    name: str
    label: str
    family: Family

    def __post_init__(self) -> None:
        if self.family not in get_args(Family):
            raise ValueError(
                f"{self.name}: there is no family {self.family!r}; there are {', '.join(get_args(Family))}"
            )


@dataclass(frozen=True)
class Lever:
    """What is said of a lever besides its values.

    `costs` names the accounts on which its price is booked: `side.USE` are hours (`simulation.ledger.Hours`), other
    names columns of the books. `needs` is another lever of `practices` without which this one changes nothing.
    Raises ValueError for a lever without a price.
    """

    practice: Practice
    costs: tuple[str, ...]
    needs: str | None = None

    def __post_init__(self) -> None:
        if not self.costs or isinstance(self.costs, str):
            raise ValueError(f"{self.practice.name}: say where its cost is booked, e.g. costs=('sales.MEETING',)")


class Levers(Section):
    """A group of levers: each says which practice it is part of, and where its cost is booked."""

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Refuse levers that say less; raises TypeError."""
        for name, field in cls.model_fields.items():
            told = declaration(field)
            if told is None or told.lever is None:
                raise TypeError(
                    f"practices.{name} does not say which practice it is part of and where its cost is booked: "
                    f"declare it with par(..., lever=Lever(Practice(name, label, family), costs=(...)))"
                )
            if told.lever.needs is not None and told.lever.needs not in cls.model_fields:
                raise TypeError(f"practices.{name} needs {told.lever.needs}, which is no lever beside it")
