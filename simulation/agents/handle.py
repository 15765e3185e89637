"""The Mesa side of an agent: a handle on one row of the company's columns."""

from typing import Any

import mesa
import numpy as np


class Handle(mesa.Agent):
    """An agent whose state is one row of a table of the company; every column is a property of the same name.

    Subclass an agent and override a verb to change how it acts; only the Mesa path runs such agents.
    """

    table: str

    def __init_subclass__(cls, table: str = "", columns: np.dtype | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)
        if columns is not None:
            cls.table = table
            for name in columns.names or ():
                setattr(cls, name, _column(name))

    def __init__(self, model: mesa.Model, row: int) -> None:
        """Take the row number `row` of this kind of agent."""
        super().__init__(model)
        self.company: Any = model.company  # type: ignore[attr-defined]
        self.row = row

    @property
    def today(self) -> int:
        """The model's present working day."""
        return self.model.today  # type: ignore[attr-defined,no-any-return]


def _column(name: str) -> property:
    """A property that reads and writes one column of the agent's row."""

    def read(agent: Handle) -> Any:
        return getattr(agent.company, agent.table)[name][agent.row]

    def write(agent: Handle, value: Any) -> None:
        getattr(agent.company, agent.table)[name][agent.row] = value

    return property(read, write, doc=f"Column `{name}` of this agent's row.")
