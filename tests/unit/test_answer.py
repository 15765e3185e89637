"""The answer in a few lines says what was compared, and admits what was not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.designs.run_table import PlannedRun
from experiments.execution.worker import FailedRun
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.questions.compare.ask import ComparePlan, CompareQuestion
from experiments.questions.compare.result import Comparison
from experiments.questions.compare.text import headline, in_sentences
from experiments.statistics.sequential import Precision
from experiments.wording.numbers import MINUS, euro_known

WORLD = np.random.default_rng(4).normal(0, 50_000, 80)
OWN = np.random.default_rng(5).normal(0, 8_000, (4, 80))


def comparison(
    contribution: dict[str, float], today: str | None = None, n: int = 80, **outcomes: dict[str, float]
) -> Comparison:
    """Variants with these means a year: common luck of sd 50,000, own luck of sd 8,000; revenue is four times that."""
    rows = []
    for place, (variant, mean) in enumerate(contribution.items()):
        own = {name: values.get(variant, np.nan) * (1 + OWN[place, :n] / 1e6) for name, values in outcomes.items()}
        money = mean + WORLD[:n] + OWN[place, :n]
        table = {"variant": variant, "seed": range(n), CONTRIBUTION: money, REVENUE: 4 * money, NEW_BUSINESS: money}
        rows.append(pd.DataFrame(table | own))
    return Comparison(
        question=CompareQuestion("mine"),
        plan=ComparePlan("compare", "mine", companies=dict.fromkeys(contribution, scenarios.Scenario()), today=today),
        runs=pd.concat(rows, ignore_index=True),
        hours=pd.DataFrame(),
        quarters=pd.DataFrame(),
        twins=pd.DataFrame(),
    )


CLEAR = {"undefined": 1e6, "defined": 1.1e6, "aligned": 1.3e6, "integrated": 1.25e6}


def test_a_clear_answer_leads_with_revenue_a_year_against_today():
    compared = comparison(CLEAR, today="undefined")
    first, second = compared.conclusion[:2]
    assert first.startswith("Aligned earns most: recognised revenue of €5.19 M a year")
    assert "+€1.2" in first
    assert "against today's practices, undefined" in first
    assert first.index("revenue") < first.index("new business") < first.index("contribution")
    assert "of 80 replications, and earns most of all types in" in second
    assert "luck alone" in second
    assert headline(compared).startswith("Aligned earns most in")
    assert headline(compared).endswith("revenue a year against today's practices, undefined")


def test_digits_go_no_further_than_the_doubt():
    compared = comparison(CLEAR, today="undefined")
    gap = compared.gap("aligned", "undefined")
    assert f"contribution {euro_known(gap.mean, gap.middle.half_width, signed=True)} (" in compared.conclusion[0]


def test_the_best_of_today_is_said_to_be_practised_already():
    compared = comparison(CLEAR, today="aligned")
    assert "Aligned earns most (already practised today)" in compared.conclusion[0]
    assert "against integrated, the next best" in compared.conclusion[0]
    assert not any(line.startswith("Next:") for line in compared.conclusion)


def test_practices_of_its_own_are_called_what_they_are():
    compared = comparison({"aligned": 1e6, "today": 1.2e6}, today="today")
    assert compared.conclusion[0].startswith("What the company does today earns most")


def test_what_cannot_be_told_apart_is_not_called_best():
    compared = comparison({"defined": 1e6, "aligned": 1.0005e6})
    first, last = compared.conclusion[0], compared.conclusion[-1]
    assert "has the highest mean" in first
    assert "earns most" not in first
    assert f"cannot be told from {compared.second}, the next best: about" in last
    assert "more runs would probably settle it" in last
    assert "." not in last.split("about ")[1].split(" more runs")[0]


def test_equals_are_called_equal():
    twins = comparison({"defined": 1e6, "aligned": 1e6})
    twins.runs[CONTRIBUTION] = np.tile(WORLD, 2)
    assert "for every practical purpose the two earn the same" in twins.conclusion[-1]


@pytest.mark.parametrize("n", [1, 2, 9])
def test_few_replications_say_nothing_about_who_is_best(n):
    compared = comparison(CLEAR, n=n)
    said = " ".join(compared.conclusion)
    assert said.startswith(f"{n} replication")
    assert "say too little" in said
    assert not any(word in said for word in ("interval", "ahead", "chance", "more runs", "%"))
    assert headline(compared).startswith("No answer yet")


def test_a_loss_has_no_percent():
    compared = comparison({"defined": -2e6, "aligned": -1e6})
    assert "% ;" not in compared.conclusion[0]
    assert " %; " not in compared.conclusion[0]
    assert f"revenue of {MINUS}€4" in compared.conclusion[0]


def test_failures_interruption_and_missed_precision_are_admitted():
    compared = comparison(CLEAR)
    failure = FailedRun(PlannedRun(0, "aligned", 0), "ValueError: x", "")
    question = CompareQuestion("mine", precision=Precision(0.01))
    changed = replace(compared, question=question, failures=[failure], is_precise_enough=False)
    assert "1 run failed and left out." in changed.conclusion
    assert any("precision of 1.0 % was not reached" in line for line in changed.conclusion)


def test_nothing_to_compare_is_said():
    compared = comparison(CLEAR)
    compared.runs[CONTRIBUTION] = np.nan
    assert in_sentences(compared)[0].startswith("Nothing can be compared")
    assert headline(compared).startswith("No answer")


@pytest.mark.parametrize("n", [1, 2, 80])
def test_no_line_shows_a_raw_nan(n):
    assert "nan" not in " ".join(comparison(CLEAR, today="defined", n=n).conclusion)


def test_the_answer_is_ten_lines_at_most():
    assert len(comparison(CLEAR, today="undefined").conclusion) <= 10
