"""Levers that only make sense together, as practices with a name: an SLA is signed, tracked and filled in at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import scenarios
from experiments.designs.variant import Changes
from experiments.questions.what_if.text import parameter_words
from experiments.reporting.provenance_section import in_words
from scenarios import Scenario
from scenarios.input_errors import InputError

_PRACTICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "meetings": (
        "joint meetings",
        ("meeting_every_d", "meeting_h", "meeting_discipline", "meeting_attendance", "meets_ad_hoc"),
    ),
    "informal_contact": ("informal contact", ("informal_contact_h_per_week",)),
    "directory": ("a directory of whom to call", ("directory",)),
    "brainstorms": ("joint brainstorms", ("brainstorm_every_d", "brainstorm_people")),
    "crm": ("the shared CRM", ("crm_coverage", "crm_accuracy", "crm_delay_d")),
    "feedback": ("feedback on leads", ("feedback_asked", "feedback_bonus_eur")),
    "deal_reviews": ("joint reviews of deals", ("deal_review_every_d",)),
    "shared_numbers": ("open targets and results", ("shared_numbers",)),
    "lead_definition": ("the lead definition", ("lead_definition", "qualification_bar", "bar_set_by")),
    "lead_target": ("the target of leads", ("lead_target",)),
    "hand_off": ("the speed of the hand-off", ("hand_off_delay_d",)),
    "lead_allocation": ("the allocation of leads", ("lead_allocation",)),
    "sla": ("the SLA", ("sla", "sla_tracked", "sla_follow_up_h", "sla_attempts", "sla_accepted_share")),
    "nurture": ("recycling and nurture of leads", ("recycling", "nurture_every_d")),
    "automation": ("marketing automation", ("automation",)),
    "joint_planning": ("joint planning", ("joint_planning",)),
    "content_input": ("content made with Sales", ("content_input",)),
    "joint_training": ("joint training", ("joint_training_h_per_quarter",)),
    "joint_calls": ("joint calls on key accounts", ("joint_calls",)),
    "solution_aids": ("cases prepared by Marketing", ("solution_aids",)),
    "marketing_in_funnel": ("Marketing in the sales funnel", ("marketing_in_funnel",)),
    "liaison": ("a liaison living with Sales", ("liaison",)),
    "rotation": ("job rotation", ("rotations_per_year",)),
    "dual_track": ("Marketing's own talks with buyers", ("customer_contact_h_per_week",)),
    "one_head": ("one head over both", ("one_head",)),
    "upstream": ("upstream marketing", ("upstream_share", "upstream_measure")),
    "sales_structure": ("the structure of Sales", ("sales_structure",)),
    "standing": ("the standing of the two sides", ("marketing_status", "leading_side")),
    "budget_rule": ("the budget rule", ("budget_rule",)),
    "leadership": ("support from the top", ("senior_support", "shared_responsibility")),
    "rulings": ("the time rulings take", ("ruling_days",)),
    "shared_reward": ("shared rewards and credit", ("shared_reward", "credit_shared")),
}
_PAY = {
    "pay.marketing.": ("marketing_pay", "how Marketing is paid"),
    "pay.sales.": ("sales_pay", "how Sales is paid"),
    "pay.": ("other_pay", "other pay"),
}
_OF_LEVER = {f"practices.{lever}": name for name, (_, levers) in _PRACTICES.items() for lever in levers}


@dataclass(frozen=True)
class NamedPractice:
    """A practice as a whole: `changes` are its levers with the values at the goal, `was` with those at the start."""

    name: str
    label: str
    changes: Changes
    was: Changes

    @property
    def in_words(self) -> str:
        """`meeting every days 5 instead of none; meeting discipline 0.85 instead of 0.5`."""
        old = dict(self.was)
        return "; ".join(
            f"{parameter_words(path)} {in_words(new)} instead of {in_words(old[path])}" for path, new in self.changes
        )


def practices_between(start: Scenario, goal: Scenario) -> tuple[NamedPractice, ...]:
    """The practices that make `goal` of `start`, in the order of the model's description.

    Raises InputError if they differ in more than what a company decides, or not at all.
    """
    before, after = dict(_flat(scenarios.resolved(start))), dict(_flat(scenarios.resolved(goal)))
    levers: dict[str, list[str]] = {}
    for path in (path for path in after if before.get(path) != after[path]):
        levers.setdefault(practice_of(path), []).append(path)
    if not levers:
        raise InputError("the company already works as the goal says: there is nothing to change; name another goal")
    order = [*_PRACTICES, *(name for name, _ in _PAY.values())]
    return tuple(
        NamedPractice(
            name,
            label_of(name),
            tuple((path, after[path]) for path in levers[name]),
            tuple((path, before[path]) for path in levers[name]),
        )
        for name in sorted(levers, key=order.index)
    )


def practice_of(path: str) -> str:
    """The practice a lever belongs to; raises InputError for what is no practice and no pay."""
    if path in _OF_LEVER:
        return _OF_LEVER[path]
    known = next((name for beginning, (name, _) in _PAY.items() if path.startswith(beginning)), None)
    if known is None:
        raise InputError(f"{path} is no practice: start and goal may differ in practices and pay only")
    return known


def label_of(name: str) -> str:
    """A practice in the reader's words."""
    return _PRACTICES[name][0] if name in _PRACTICES else dict(_PAY.values())[name]


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every value with its path; name, question and preset say nothing about how the company works."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{path}", inner) for path, inner in _flat(value))
        elif key not in ("name", "question", "preset"):
            yield key, value
