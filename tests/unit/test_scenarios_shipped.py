"""The companies and presets we ship load in every combination, ask a question and stay within the usual."""

import pytest

import scenarios
from scenarios.differences import difference

TYPES = ["undefined", "defined", "aligned", "integrated"]


def test_the_four_relationship_types_go_from_loose_to_close():
    assert scenarios.presets()[: len(TYPES)] == TYPES


def test_the_reference_company_comes_first():
    assert scenarios.companies()[0] == "reference"


@pytest.mark.parametrize("practices", [None, *TYPES])
@pytest.mark.parametrize("company", scenarios.companies())
def test_a_company_loads_with_every_preset_and_is_plausible(company: str, practices: str | None):
    scenario = scenarios.load(company, practices=practices)
    assert scenario.name == company
    assert scenarios.implausible(scenario) == []


@pytest.mark.parametrize("name", [*scenarios.companies(), *scenarios.presets()])
def test_a_shipped_file_asks_its_question_and_changes_something(name: str):
    told = difference(name)
    assert told.question.endswith("?")
    assert told.changes
    assert told.question in scenarios.explain(name)


def test_no_two_companies_ask_the_same():
    questions = [difference(name).question for name in scenarios.companies()]
    assert len(set(questions)) == len(questions)


def test_types_differ_in_practices():
    bundles = [scenarios.load("reference", practices=name) for name in TYPES]
    practices = [(scenario.practices.model_dump_json(), scenario.pay.model_dump_json()) for scenario in bundles]
    assert len(set(practices)) == len(TYPES)
    assert len({scenario.market.model_dump_json() for scenario in bundles}) == 1
