"""The benchmarks measure what they say; how fast anything is, no test asks."""

import pytest

from benchmarks import elementary, own_process, peers, textbook_model
from benchmarks.companies import Size, company, large_company
from benchmarks.own_process import measured
from benchmarks.sweep import growth
from benchmarks.timing import exponent, time_in_turns


@pytest.mark.parametrize(("power", "seconds"), [(0, [3, 3, 3]), (1, [1, 2, 4]), (2, [1, 4, 16])])
def test_the_exponent_of_a_power_law_is_its_power(power, seconds):
    assert exponent([1, 2, 4], seconds) == pytest.approx(power)


def test_what_is_timed_takes_turns_and_a_first_round_is_not_counted():
    seen = []
    one, other = time_in_turns([seen.append, lambda number: seen.append(-number)], 3)
    assert seen == [0, 0, 0, 0, 1, -1, 2, -2]
    assert all(0 <= times.least <= times.median for times in (one, other))


def test_the_textbook_company_is_as_large_as_the_reference_company_and_does_business():
    people, market, run = company().people, company().market, company().run
    assert market.prospects_per_day == textbook_model.PROSPECTS_PER_DAY
    assert (people.account_executives, people.sdrs) == (textbook_model.N_EXECUTIVES, textbook_model.N_SDRS)
    assert (people.marketers, people.managers) == (textbook_model.N_MARKETERS, textbook_model.N_MANAGERS)
    assert run.quarters + run.warm_up_quarters == textbook_model.QUARTERS
    model = textbook_model.TextbookCompany(1)
    for _ in range(120):
        model.step()
    assert model.n_won > 5
    assert 3000 < model.agent_days / 120 < 5000  # in the market at a time, as in ours


def test_the_textbook_company_lives_the_same_again_with_the_same_seed():
    def lived(seed):
        model = textbook_model.TextbookCompany(seed)
        for _ in range(20):
            model.step()
        return model.datacollector.get_model_vars_dataframe()

    assert lived(1).equals(lived(1))
    assert not lived(1).equals(lived(2))


def test_a_peer_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    monkeypatch.setattr(peers, "_overhead_s", lambda way, design: 1e-3)
    said = [what for what, *_ in peers.runners(3)]
    assert any("joblib is not here" in what for what in said)
    assert any("ema_workbench is not here" in what for what in said)


def test_the_three_ways_run_the_same_design():
    design = peers.design_of(4)
    ours, joblibs = peers.by_runner(design), peers.by_joblib(design)
    assert [one["contribution_eur"] for one in ours] == [one["contribution_eur"] for one in joblibs]
    assert len({one["contribution_eur"] for one in ours}) == 4


def test_memory_is_that_of_the_process_and_not_of_the_one_that_began_it():
    before = own_process.measured("memory")
    ballast = bytearray(400_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    after = own_process.measured("memory")
    assert after["before_mb"] < before["before_mb"] + 100
    assert before["before_mb"] <= before["peak_mb"]


def test_a_larger_market_has_the_money_to_reach_as_many_of_its_prospects():
    one, four = company(), company(Size(prospects=4))
    assert four.market.prospects_per_day == 4 * one.market.prospects_per_day
    assert four.money.programme_eur_per_year == 4 * one.money.programme_eur_per_year
    assert four.people == one.people


def test_more_staff_meets_the_same_market():
    one, two = company(), company(Size(staff=2))
    assert two.people.account_executives == 2 * one.people.account_executives
    assert two.market == one.market


def test_the_large_company_is_as_large_as_promised():
    large = large_company()
    assert large.people.account_executives + large.people.sdrs == 1000
    assert large.market.prospects_per_day * 252 == pytest.approx(1e6)
    assert large.run.quarters == company().run.quarters


def test_memory_that_grows_after_the_first_fifth_is_told():
    assert growth({0: 10.0, 100: 50.0, 200: 51.0, 1000: 51.5})["growth_mib"] == 0.5


def test_a_measurement_that_fails_says_why():
    with pytest.raises(RuntimeError, match=r"(?s)measuring nothing failed: .*KeyError"):
        measured("nothing")


def test_every_function_of_our_own_is_timed_beside_the_librarys():
    lines = elementary.figures(1)
    assert {what.split(",")[0] for what, _, _ in lines} == {
        "exp",
        "expm1",
        "exp2",
        "log",
        "log1p",
        "sin",
        "cos",
        "power",
        "whole_power",
    }
    assert all(value > 0.0 for _, value, _ in lines)
