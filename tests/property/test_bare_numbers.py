"""No number of the model stands in a rule, where nobody would ever draw or doubt it (law 7)."""

import pytest

from tests.bare_numbers import MAY_STAND_IN_A_FILE, bare_numbers

RULE = "@compiled\ndef rate(company):\n    "
FILE = "simulation/border/trust.py"

BROKEN = (
    RULE + "return 0.3 * company.rep.shape[0]",
    RULE + "if company.rep[0].known < 5.0:\n        return 1.0\n    return 0.0",
    RULE + "return -3 * company.rep.shape[0]",
    "class A:\n    @compiled\n    def rate(self):\n        return 7",
    "SOON = 1.0\n\n" + RULE + "return SOON",
    "EARLY: float = 2.0\n\n" + RULE + "return EARLY",
    "SOON, LATE = 0.5, 2.0\n\n" + RULE + "return SOON",
    RULE + "_see(company, 1, 5, 0.4 * company.rep.shape[0])",
)
KEPT = (
    RULE + "return 1.0 - 0.5 * company.rules[0].behaviour.trust.up ** 2",
    RULE + "_see(company, 1, 20, 1.0)",
    "GOOD, EARLY, JUNK = 0, 1, 2\nTHREE, FOUR = 3, 4\n\n" + RULE + "return EARLY",
    "ROW = np.dtype([('x', 'f8', (7,))])\n\n" + RULE + "return 0",
    "class Topic(IntEnum):\n    SEVEN = 7\n\n" + RULE + "return 0",
    "SOON = 1.5  # no rule stands here",
    "def n_runs(days):\n    return days // 5",
)


def test_no_rule_holds_a_number_of_its_own(sources):
    found = bare_numbers(sources)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", BROKEN)
def test_a_number_in_a_rule_is_found(text):
    assert len(bare_numbers({FILE: text})) == 1


@pytest.mark.parametrize("text", KEPT)
def test_what_is_free_is_left_alone(text):
    assert bare_numbers({FILE: text}) == []


def test_every_allowed_name_is_there(sources):
    """A name that is gone allows nothing any more."""
    code = "\n".join(text for path, text in sources.items() if path.startswith("simulation/"))
    assert [name for names in MAY_STAND_IN_A_FILE.values() for name in names if f"{name}" not in code] == []


def test_numbers_are_found_where_rules_are(sources):
    """The test would hold for no rules too."""
    assert sum(text.count("@compiled") for path, text in sources.items() if path.startswith("simulation/")) > 500
