"""Numbers read as a reader wants them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.paired import UNKNOWN, Interval
from experiments.wording.numbers import (
    MINUS,
    amount,
    euro,
    euro_known,
    from_to,
    from_to_known,
    listed,
    name_of,
    number,
    percent,
    probability,
    sentence,
)
from simulation import OUTCOMES


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1_234_567, "€1.23 M"),
        (999_600, "€1.00 M"),
        (480_000, "€480 k"),
        (-480_000, f"{MINUS}€480 k"),
        (12_345_678_901, "€12.3 bn"),
        (950, "€950"),
        (9.5, "€9.50"),
        (0, "€0"),
        (math.nan, "not known"),
        (-math.inf, f"{MINUS}€∞"),
    ],
)
def test_euros(value, words):
    assert euro(value) == words


def test_signs_are_shown_when_asked_for():
    assert euro(5_000, signed=True) == "+€5.00 k"
    assert euro(0, signed=True) == "€0"
    assert percent(0.5, signed=True) == "+50.0 %"
    assert number(-2, signed=True) == f"{MINUS}2.00"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0412, "4.1 %"),
        (1.5, "150 %"),
        (0, "0.0 %"),
        (0.0001, "<0.1 %"),
        (-0.0001, f"{MINUS}<0.1 %"),
        (math.nan, "not known"),
    ],
)
def test_percent(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.987, "99 %"), (0.5, "50 %"), (1, "above 99 %"), (0, "below 1 %"), (math.nan, "not known")],
)
def test_certainty_is_never_claimed(value, words):
    assert probability(value) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12_345.6, "EUR", "€12.3 k"),
        (19_000, "EUR/deal", "€19.0 k a deal"),
        (0.25, "share", "25.0 %"),
        (12_345.6, "leads", "12,300 leads"),
        (0.456, "correlation", "0.46"),
        (1.062, "x", "1.06 times"),
        (math.nan, "hours", "not known"),
    ],
)
def test_amounts_have_their_unit(value, unit, words):
    assert amount(value, unit) == words


def test_intervals():
    assert from_to(Interval(310_000, 650_000), "EUR") == "€310 k to €650 k"
    assert from_to(Interval(0.1, 0.2), "share", signed=True) == "+10.0 to +20.0 %"
    assert from_to(Interval(5, 14), "calendar days") == "5.00 to 14.0 calendar days"
    assert from_to(UNKNOWN, "EUR") == "interval not known"
    assert from_to(Interval(5, math.inf), "-") == "more than 5.00"
    assert from_to(Interval(-math.inf, 5e3), "EUR") == "less than €5.00 k"
    assert from_to(Interval(-math.inf, math.inf), "EUR") == "interval not known"


def test_lists_and_sentences():
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence("aligned earns") == "Aligned earns"


def test_every_outcome_has_a_name_without_underscores_or_units():
    for outcome in OUTCOMES:
        assert "_" not in name_of(outcome)
        assert not name_of(outcome).endswith(" eur")


def test_words_in_the_plural():
    from experiments.wording.numbers import counted

    assert (counted(1, "company"), counted(2, "sampled company"), counted(2, "day")) == (
        "1 company",
        "2 sampled companies",
        "2 days",
    )


@pytest.mark.parametrize(
    ("value", "doubt", "words"),
    [
        (923_456, 850_000, "+€0.9 M"),
        (923_456, 85_000, "+€920 k"),
        (923_456, 1_000, "+€923.5 k"),
        (-923_456, 850_000, f"{MINUS}€0.9 M"),
        (12_345_678, 4_000_000, "+€12 M"),
        (40_000, 850_000, "about €0"),
        (567_067.6974, 1e-9, "+€567.1 k"),
        (0, 5.0, "about €0"),
        (923_456, math.nan, "+€923 k"),
        (923_456, 0, "+€923 k"),
        (math.nan, 5, "not known"),
    ],
)
def test_euros_have_no_more_digits_than_their_doubt_allows(value, doubt, words):
    assert euro_known(value, doubt, signed=True) == words


UNITS = {"bn": 1e9, "M": 1e6, "k": 1e3}


@given(st.floats(-1e9, 1e9), st.floats(1, 1e9))
def test_what_is_shown_of_euros_is_off_by_no_more_than_a_quarter_of_the_doubt(value, doubt):
    shown = euro_known(value, doubt, signed=True)
    step = 10.0 ** math.floor(math.log10(max(doubt / 2, abs(value) / 1000)))
    if shown == "about €0":
        assert abs(value) <= step / 2
        return
    size, _, unit = shown.replace(MINUS, "-").replace("€", "").replace(",", "").partition(" ")
    told = float(size) * UNITS.get(unit, 1.0)
    assert abs(told - value) <= step / 2 * (1 + 1e-6) + 1e-6
    assert told * value >= 0


def test_both_ends_have_the_digits_that_the_width_allows():
    assert from_to_known(Interval(123_456, 923_456), signed=True) == "+€0.1 M to +€0.9 M"
    assert from_to_known(UNKNOWN) == "interval not known"
