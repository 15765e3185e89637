"""What a page needs for a lesson: its texts, its companies by what they are for, and kits to live them with."""

from collections.abc import Mapping
from typing import Any

import scenarios
from experiments.wording.language import in_language
from experiments.wording.parameters import in_words, parameter_words
from scenarios import Scenario
from studio.kit import LANGUAGES, kit_of
from studio.lesson import Lesson

HERE, THERE, OFF, OFF_THERE = "here", "there", "off", "off_there"
"""The two companies, and the same with the mechanism switched off."""
MOST_TOLD = 3
"""So many changes of a company are told; of the others, how many there are."""


def lesson_page(lesson: Lesson) -> dict[str, Any]:
    """Texts, companies and kits of a lesson, ready for JSON; what was measured stays here. Raises ScenarioError."""
    changes = _changes(lesson)
    companies = {
        name: scenarios.load(lesson.company, _side(lesson, name).practices, made) for name, made in changes.items()
    }
    kits, found = _kits(lesson.id, companies)
    texts = lesson.model_dump(include={"id", "title", "seed", "predict", "reflect"}, mode="json")
    texts |= {"why": lesson.why.text.model_dump(), "sentence": lesson.finding.sentence.model_dump()}
    texts["replications"] = lesson.finding.replications
    sides = {
        name: {"practices": _side(lesson, name).practices, "changes": _told(made)} for name, made in changes.items()
    }
    cases = {
        name: {"company": company, "practices": name, "changes": [], "seed": lesson.seed}
        for name, company in found.items()
    }
    return {"lesson": texts, "sides": sides, "cases": cases, "kits": kits}


def _side(lesson: Lesson, name: str) -> Any:
    return lesson.here if name in (HERE, OFF) else lesson.there


def _changes(lesson: Lesson) -> dict[str, Mapping[str, Any]]:
    """What each company has changed."""
    here, there, why = lesson.here.changes, lesson.there.changes, lesson.why
    changes = {HERE: here, THERE: there, OFF: {**here, **why.off}}
    return changes | ({OFF_THERE: {**there, **why.off_there}} if why.off_there else {})


def _kits(lesson: str, companies: Mapping[str, Scenario]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """As few kits as can lay the companies out, one for each number of people, and the kit of each company."""
    groups: list[dict[str, Scenario]] = []
    for name, scenario in companies.items():
        group = next((one for one in groups if _are_alike(next(iter(one.values())), scenario)), None)
        if group is None:
            groups.append({name: scenario})
        else:
            group[name] = scenario
    kits = [_slim(kit_of(f"lesson {lesson} {at}", group), lesson) for at, group in enumerate(groups)]
    return kits, {name: kit["company"] for kit, group in zip(kits, groups, strict=True) for name in group}


def _slim(kit: dict[str, Any], lesson: str) -> dict[str, Any]:
    """A kit that belongs to a lesson, with those levers alone that its calendars move."""
    moved = {change["path"] for calendar in kit["calendars"].values() for change in calendar}
    return kit | {"of_lesson": lesson, "levers": [lever for lever in kit["levers"] if lever["path"] in moved]}


def _are_alike(one: Scenario, other: Scenario) -> bool:
    """Whether a kit of the first can hold the second: the same tables, days and customers."""
    return (
        one.people == other.people
        and one.run == other.run
        and one.customers.installed_base == other.customers.installed_base
        and list(one.segments) == list(other.segments)
        and list(one.channels) == list(other.channels)
    )


def _told(changes: Mapping[str, Any]) -> list[dict[str, str]]:
    """The first changes in words, by language, as far as they are told."""
    told: list[dict[str, str]] = [{} for _ in changes]
    for code in LANGUAGES:
        with in_language(code):
            for one, (path, value) in zip(told, changes.items(), strict=True):
                one[code] = f"{parameter_words(path)}: {in_words(value)}"
    return told
