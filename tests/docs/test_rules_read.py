"""A rule that changes while its paragraph in docs/odd.md does not is noticed."""

import re

import pytest

from docs.generate import rules_read
from docs.generate.model_source import text_of

RULE = '''"""Says."""
from simulation.compiled import compiled

BAR = 0.5  # a number


@compiled
def is_good(company, lead):
    """Says."""
    return company.lead[lead].fit > BAR
'''


@pytest.fixture(scope="module")
def odd(sources):
    return sources["docs/odd.md"]


def test_every_submodel_has_been_read_since_its_rules_changed(odd):
    found = rules_read.to_read_again(odd)
    assert not found, "\n".join(found)


def test_every_file_with_rules_that_a_submodel_names_is_looked_at(odd):
    marked = set(re.findall(r"simulation/[\w/]+\.py", "".join(rules_read.MARK.findall(odd))))
    assert len(rules_read.submodels(odd)) > 30
    assert {"simulation/selling.py", "simulation/border/bar.py", "simulation/management/tally.py"} <= marked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.5  #", "0.6  #"),
        (" > BAR", " >= BAR"),
        ("fit", "value"),
        ("@compiled\n", ""),
        ("lead):\n", "lead):\n    company.lead[lead].fit = 1\n"),
    ],
)
def test_a_changed_rule_has_another_hash(old, new):
    assert rules_read.hash_of(RULE) != rules_read.hash_of(RULE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a number", "another comment"),
        ('"""Says."""\n    return', "'''Says more.'''\n    return"),
        ('    """Says."""\n', ""),
        ("fit > BAR", "fit  >  (BAR)"),
        ("from simulation.compiled import compiled", "from simulation import compiled"),
        ("BAR = 0.5", "LEAD = np.dtype([('fit', 'f8')])\nBAR = 0.5"),
    ],
)
def test_what_is_no_rule_does_not_count(old, new):
    assert rules_read.hash_of(RULE) == rules_read.hash_of(RULE.replace(old, new, 1))


def test_the_paragraph_of_a_changed_rule_is_named(odd):
    digits = rules_read.hash_of(text_of("simulation/border/bar.py"))
    stale = odd.replace(f"bar.py {digits}", "bar.py 00000000")
    (found,) = rules_read.to_read_again(stale)
    assert '"The bar"' in found
    assert "simulation/border/bar.py" in found
    assert rules_read.noted(stale, ["The bar"]) == odd
    assert rules_read.noted(stale, ["Pay"]) == stale


def test_a_file_that_was_not_named_before_is_noticed(odd):
    more = odd.replace("*Code* `simulation/market.py`.", "*Code* `simulation/market.py`, `simulation/queues.py`.")
    (found,) = rules_read.to_read_again(more)
    assert '"The market"' in found
    assert "simulation/queues.py has changed" in found


def test_a_submodel_that_is_not_there_is_a_mistake(odd):
    with pytest.raises(ValueError, match="no submodel The baar; there are: The market"):
        rules_read.noted(odd, ["The baar"])
