"""The pages about parameters say what the declarations say."""

import re
from collections import defaultdict

import pytest

import scenarios
from scenarios.parameter_table import PAGE, page

ENTRY = re.compile(r"^## (A\d+) .*\n\n((?:`.*\n)+)", re.MULTILINE)


def test_the_table_is_what_the_declarations_say(root):
    assert root / "docs" / "model_parameters.md" == PAGE
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m scenarios.parameter_table"


def test_the_table_holds_every_parameter_once():
    rows = re.findall(r"^\| `(\w+)` \|", page(), re.MULTILINE)
    assert rows == [parameter.path.split(".")[-1] for parameter in scenarios.parameters()]


def parameters_by_entry(text):
    """For each entry of the page the parameters it names."""
    return {number: set(re.findall(r"`([^`]+)`", names)) for number, names in ENTRY.findall(text)}


def parameters_by_assumption():
    """For each assumption the parameters that rest on it."""
    resting = defaultdict(set)
    for parameter in scenarios.parameters():
        if parameter.source.kind == "assumption":
            resting[parameter.source.reference].add(parameter.path)
    return dict(resting)


def test_each_assumption_names_its_parameters(root):
    assert parameters_by_entry((root / "docs/assumptions.md").read_text(encoding="utf-8")) == parameters_by_assumption()


@pytest.mark.parametrize("number", sorted(parameters_by_assumption()))
def test_an_assumption_says_who_and_why(root, number):
    text = (root / "docs/assumptions.md").read_text(encoding="utf-8")
    entry = re.search(rf"^## {number} .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL).group()
    reasons = ENTRY.sub("", entry + "\n").strip()
    assert reasons.startswith("Us")
    assert len(reasons.split()) >= 10
