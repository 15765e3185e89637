"""No rule asks a library for an exponential, a logarithm or a power: its last bit would depend on the machine."""

import pytest

from tests.library_calls import library_calls

RULE = "@compiled\ndef rate(x, y):\n    "
FILE = "simulation/border/trust.py"

BROKEN = (
    RULE + "return math.exp(x)",
    RULE + "return 1.0 - np.log(x)",
    RULE + "return x**y",
    RULE + "return 0.5 ** (x / 2.0)",
    RULE + "return x**0.5",
    RULE + "x **= y\n    return x",
    RULE + "return pow(x, y)",
    RULE + "for tries in range(3):\n        y = np.sum(x)\n    return y",
)
KEPT = (
    RULE + "return exp(x) + power(x, y)",
    RULE + "return math.sqrt(x**2 + y**2) if not math.isnan(x) else math.inf",
    RULE + "return np.zeros(2, np.float64)",
    "def size(x):\n    return math.log(x)  # no rule: it runs before the first day or after the last",
)


def test_no_rule_calls_a_library(sources):
    found = library_calls(sources)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", BROKEN)
def test_a_call_of_a_library_is_found(text):
    assert len(library_calls({FILE: text})) == 1


@pytest.mark.parametrize("text", KEPT)
def test_what_is_exact_is_left_alone(text):
    assert library_calls({FILE: text}) == []
