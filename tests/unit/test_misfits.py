"""Parts of a company that do not fit each other are told; shipped companies fit."""

import pytest

import scenarios
from experiments.studies.misfits import misfits
from scenarios.differences import difference


@pytest.mark.parametrize("name", scenarios.companies())
def test_the_parts_of_a_shipped_company_fit(name):
    for quarters in (1, 8):
        assert misfits(scenarios.load(name, changes={"run.quarters": quarters}), difference(name)) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people.account_executives": 25}, "This company has 25 sellers where reference has 8, but still"),
        ({"people.account_executives": 3}, "reps may drown"),
        ({"people.account_executives": 30, "market.prospects_per_day": 31}, "The reps of reference starve: "),
        ({"pay.sales.quota_eur_per_quarter": 600_000}, "Quotas of reference are out of reach: "),
        ({"segments.*.deal_value_eur": 500}, "Sales and Marketing of reference cost more than they sell: "),
    ],
)
def test_what_does_not_fit_is_told(changes, said):
    company = scenarios.load("reference", changes=changes)
    assert any(said in one for one in misfits(company, difference("reference")))


@pytest.mark.parametrize("changes", [{"people.sdrs": 0}, {"people.sdrs": 12}, {"people.account_executives": 10}])
def test_another_mix_of_people_is_no_other_size(changes):
    assert misfits(scenarios.load("reference", changes=changes), difference("reference")) == ()


def test_a_company_of_the_users_own_is_held_against_the_one_it_extends(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("extends: small_firm\npeople: {account_executives: 9}\n", encoding="utf-8")
    (first, *_) = misfits(scenarios.load(path), difference(path))
    assert first.startswith("This company has 9 sellers where small_firm has 3")
    path.write_text(path.read_text(encoding="utf-8") + "market: {prospects_per_day: 15}\n", encoding="utf-8")
    assert not any("sellers where" in one for one in misfits(scenarios.load(path), difference(path)))
