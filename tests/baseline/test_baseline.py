"""About thirty outcomes move only with a written reason. To move them: python -m tests.baseline.update "the reason"."""

import math

import pytest

import scenarios
from simulation import OUTCOMES as ALL_OUTCOMES
from tests.baseline.measure import OUTCOMES, TOLERANCE, companies, measure, moved, read
from tests.baseline.update import update

REASON = "a reason long enough to be read"


def test_nothing_has_moved_without_a_reason():
    found = {key: f"{old:.9g} -> {new:.9g}" for key, (old, new) in moved(read(), measure()).items()}
    assert not found, "moved; if it was meant to, run python -m tests.baseline.update 'why'"


@pytest.mark.parametrize(
    ("path", "value", "least"),
    [
        ("behaviour.attention.p_connect", 0.46, 10),
        ("behaviour.learning.from_talk", 0.1501, 10),
        ("money.crm_eur_per_year", 1501.0, 1),
        ("customers.renewal_at_best", 0.929, 5),
        ("market.turbulence", 1.001, 10),
    ],
)
def test_a_changed_parameter_moves_it(path, value, least):
    changed = {"reference": scenarios.set_value(companies()["reference"], path, value)}
    baseline = {key: number for key, number in read().items() if key.startswith("reference")}
    assert len(moved(baseline, measure(changed))) >= least


def test_a_move_beyond_rounding_is_seen_and_rounding_is_not():
    assert moved({"a": 1.0}, {"a": 1.0 + 2 * TOLERANCE})
    assert not moved({"a": 1.0}, {"a": 1.0 + TOLERANCE / 2})
    assert moved({"a": 1.0}, {"a": math.nan})
    assert moved({"a": 1.0}, {})
    assert not moved({"a": math.nan}, {"a": math.nan})


def test_the_outcomes_on_file_are_outcomes_of_the_model():
    assert set(OUTCOMES) <= set(ALL_OUTCOMES)
    assert len(read()) == len(OUTCOMES) * 4
    assert sum(math.isnan(number) for number in read().values()) == 0


def test_an_update_writes_numbers_and_reason(tmp_path):
    entry = update(REASON, {"a": 1.0, "b": 2.0}, tmp_path)
    assert read(tmp_path) == {"a": 1.0, "b": 2.0}
    assert REASON in entry
    update("another reason to move one number", {"a": 1.0, "b": 2.5}, tmp_path)
    log = (tmp_path / "reasons.txt").read_text(encoding="utf-8")
    assert log.startswith(entry)
    assert "b: 2 -> 2.5" in log
    assert "1 of 2 numbers moved" in log


def test_an_update_without_a_move_or_a_reason_writes_nothing(tmp_path):
    assert update(REASON, {}, tmp_path) == ""
    with pytest.raises(ValueError, match="say in a sentence why"):
        update("tuned", {"a": 1.0}, tmp_path)
    assert list(tmp_path.iterdir()) == []
