"""Levers that only make sense together, as practices with a name: an SLA is signed, tracked and filled in at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import scenarios
from experiments.designs.variant import Changes, differing_values
from experiments.wording.language import say
from experiments.wording.numbers import with_semicolons
from experiments.wording.parameters import in_words, parameter_words
from scenarios import Scenario
from scenarios.input_errors import InputError
from scenarios.lever import Family

_PAY = {
    "pay.marketing.": ("marketing_pay", "how Marketing is paid"),
    "pay.sales.": ("sales_pay", "how Sales is paid"),
    "pay.": ("other_pay", "other pay"),
}
_OF_LEVER = {one.path: one.lever.practice for one in scenarios.parameters() if one.lever}
_LABELS = {practice.name: practice.label for practice in _OF_LEVER.values()} | dict(_PAY.values())
_FAMILIES = {practice.name: practice.family for practice in _OF_LEVER.values()}


@dataclass(frozen=True)
class NamedPractice:
    """A practice as a whole: `changes` are its levers with the values at the goal, `was` with those at the start."""

    name: str
    label: str
    changes: Changes
    was: Changes

    @property
    def levers_in_words(self) -> list[str]:
        """Each change: `meeting every days 5 instead of none`."""
        old = dict(self.was)
        return [
            say(
                "{lever} {new} instead of {old}",
                lever=parameter_words(path),
                new=in_words(new),
                old=in_words(old[path]),
            )
            for path, new in self.changes
        ]

    @property
    def in_words(self) -> str:
        """`meeting every days 5 instead of none; meeting discipline 0.85 instead of 0.5`."""
        return with_semicolons(self.levers_in_words)


def practices_between(start: Scenario, goal: Scenario) -> tuple[NamedPractice, ...]:
    """The practices that make `goal` of `start`, in the order of the model's description.

    Raises InputError if they differ in more than what a company decides, or not at all.
    """
    differ = differing_values({"start": start, "goal": goal})
    levers: dict[str, list[str]] = {}
    for path in differ:
        levers.setdefault(practice_of(path), []).append(path)
    if not levers:
        raise InputError("the company already works as the goal says: there is nothing to change; name another goal")
    order = list(_LABELS)
    return tuple(
        NamedPractice(
            name,
            label_of(name),
            tuple((path, differ[path]["goal"]) for path in levers[name]),
            tuple((path, differ[path]["start"]) for path in levers[name]),
        )
        for name in sorted(levers, key=order.index)
    )


def practice_of(path: str) -> str:
    """The practice a lever belongs to; raises InputError for what is no practice and no pay."""
    if path in _OF_LEVER:
        return _OF_LEVER[path].name
    known = next((name for beginning, (name, _) in _PAY.items() if path.startswith(beginning)), None)
    if known is None:
        raise InputError(f"{path} is no practice: start and goal may differ in practices and pay only")
    return known


def label_of(name: str) -> str:
    """A practice in the reader's words."""
    return _LABELS[name]


def family_of(name: str) -> str:
    """The family of a practice; ways to pay are rewards."""
    return _FAMILIES.get(name, "rewards")


def by_family(practices: Sequence[NamedPractice]) -> tuple[NamedPractice, ...]:
    """The practices of each family as one, in the order of families."""
    families = {family: [one for one in practices if family_of(one.name) == family] for family in get_args(Family)}
    return tuple(
        NamedPractice(
            family,
            family,
            tuple(change for one in some for change in one.changes),
            tuple(change for one in some for change in one.was),
        )
        for family, some in families.items()
        if some
    )
