"""How a kind of agent is found in the file of its rules without Mesa being loaded before somebody asks for it."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(agent: str) -> Callable[[str], Any]:
    """A module's `__getattr__` that finds one kind of Mesa agent: `from simulation.agents.rep import Rep`."""

    def found(name: str) -> Any:
        if name == agent:
            return getattr(import_module("simulation.mesa_agents"), agent)
        raise AttributeError(f"there is no {name!r} here; the Mesa agent is {agent}")

    return found
