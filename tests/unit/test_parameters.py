"""A scenario reaches compiled code whole and unchanged."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

import scenarios
from scenarios import Scenario
from scenarios.pay import MarketingPay
from simulation.border.hand_off import of_segment
from simulation.company import TABLES, build
from simulation.parameters import choice, record, table
from simulation.tables import Company
from tests.scenario_strategies import PARAMETERS, companies, scenario_of


def at(values, path):
    for key in path.split("."):
        values = values[key]
    return values


@settings(max_examples=30)
@given(changes=companies())
def test_every_number_arrives(changes):
    scenario = scenario_of(changes)
    rules, values = record(scenario)[0], scenarios.resolved(scenario)
    for path, parameter in PARAMETERS.items():
        if "*" in path:
            continue
        value, arrived = at(values, path), at(rules, path)
        if value is None:
            assert math.isnan(arrived)
        elif isinstance(value, str):
            assert parameter.choices[arrived] == value
        else:
            assert arrived == value
    for group in ("segments", "channels"):
        rows = table(getattr(scenario, group))
        for row, name in zip(rows, values[group], strict=True):
            assert all(row[column] == values[group][name][column] for column in rows.dtype.names)


def test_choices_are_numbered_in_the_order_of_their_declaration():
    assert [choice(MarketingPay, "scheme", name) for name in ("fixed", "mql", "mix")] == [0, 1, 5]
    with pytest.raises(ValueError, match="is no choice"):
        choice(MarketingPay, "base_eur", "mql")
    with pytest.raises(ValueError, match="not in"):
        choice(MarketingPay, "scheme", "MQL")


def test_a_table_of_another_kind_is_refused():
    company = build(Scenario(), 0)
    arrays = {name: getattr(company, name) for name in TABLES} | company._growing  # with room for leads to come
    assert Company(TABLES, **arrays).address != company.address
    for name, wrong in (("climate", company.climate.astype("f4")), ("needs", company.needs[0]), ("lead", company.rep)):
        with pytest.raises(ValueError, match=f"table {name} is"):
            Company(TABLES, **{**arrays, name: wrong})
    with pytest.raises(ValueError, match="table needs is"):
        Company(TABLES, **{**arrays, "needs": np.asfortranarray(company.needs)})
    with pytest.raises(AttributeError, match="no table 'leads'"):
        _ = company.leads
    with pytest.raises(AttributeError, match="table rep cannot be replaced"):
        company.rep = company.rep.copy()


@pytest.mark.parametrize(("n_segments", "n_people"), [(1, 1), (3, 5), (3, 7), (3, 8), (3, 2), (5, 5), (2, 7)])
def test_segments_are_shared_out_fairly(n_segments, n_people):
    """Everybody serves one segment, or some serve several; within a segment all have the same chance."""
    served = {}
    for segment in range(n_segments):
        turns = [of_segment(segment, n_segments, n_people, (case + 0.5) / 420) for case in range(420)]
        assert set(turns) <= set(range(n_people))
        assert np.ptp(np.bincount(turns)[np.unique(turns)]) == 0
        served[segment] = set(turns)
    if n_people >= n_segments:
        assert set.union(*served.values()) == set(range(n_people))
        assert sum(len(people) for people in served.values()) == n_people
