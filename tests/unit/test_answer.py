"""The answer in three lines says what was compared, and admits what was not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.designs.run_table import PlannedRun
from experiments.execution.worker import FailedRun
from experiments.questions.compare.ask import ComparePlan, CompareQuestion
from experiments.questions.compare.result import Comparison
from experiments.questions.compare.text import headline, in_sentences
from experiments.reporting.movers import movers
from experiments.statistics.sequential import Precision
from experiments.wording.numbers import MINUS

WORLD = np.random.default_rng(4).normal(0, 50_000, 80)
OWN = np.random.default_rng(5).normal(0, 8_000, (4, 80))


def comparison(
    contribution: dict[str, float], today: str | None = None, n: int = 80, **outcomes: dict[str, float]
) -> Comparison:
    """Variants with these means: common luck of sd 50,000, own luck of sd 8,000; other outcomes vary a little."""
    rows = []
    for place, (variant, mean) in enumerate(contribution.items()):
        own = {name: values.get(variant, np.nan) * (1 + OWN[place, :n] / 1e6) for name, values in outcomes.items()}
        table = {"variant": variant, "seed": range(n), "contribution_eur": mean + WORLD[:n] + OWN[place, :n]}
        rows.append(pd.DataFrame(table | own))
    return Comparison(
        question=CompareQuestion("mine"),
        plan=ComparePlan("compare", "mine", companies=dict.fromkeys(contribution, scenarios.Scenario()), today=today),
        runs=pd.concat(rows, ignore_index=True),
        hours=pd.DataFrame(),
        quarters=pd.DataFrame(),
    )


CLEAR = {"undefined": 1e6, "defined": 1.1e6, "aligned": 1.3e6, "integrated": 1.25e6}


def test_a_clear_answer_names_margins_over_the_next_best_and_today():
    compared = comparison(CLEAR, today="undefined")
    first, _, third = compared.conclusion
    assert first.startswith("Aligned earns most: €1.3")
    assert "more than integrated, the next best (95 % interval €4" in first
    assert "more than today's practices, undefined (95 % interval €30" in first
    assert "8 quarters" in first
    assert "80 paired runs; chance that aligned is best: above 99 %" in third
    assert "cannot be told" not in third
    assert headline(compared).startswith("Aligned earns most: 30.3 % (€302 k) more")
    assert headline(compared).endswith("more than today")


def test_margins_are_the_differences():
    compared = comparison(CLEAR)
    gap = compared.difference("aligned", "integrated")
    assert f"€{gap.mean / 1e3:.1f} k ({100 * gap.relative:.1f} %) more than integrated" in compared.conclusion[0]


def test_the_best_of_today_is_said_to_be_practised_already():
    compared = comparison(CLEAR, today="aligned")
    assert "Aligned earns most: already practised today" in compared.conclusion[0]
    assert "today's practices" not in compared.conclusion[0]
    assert compared.conclusion[1].startswith("Where it comes from, against integrated")
    assert headline(compared).endswith("more than the next best")


def test_today_as_next_best_is_named_once():
    first = comparison(CLEAR, today="integrated").conclusion[0]
    assert first.count("more than") == 1
    assert "integrated, the next best and today's practices" in first


def test_practices_of_its_own_are_called_what_they_are():
    compared = comparison({"aligned": 1e6, "today": 1.2e6}, today="today")
    assert compared.conclusion[0].startswith("What the company does today earns most")


def test_what_cannot_be_told_apart_is_not_called_best():
    compared = comparison({"defined": 1e6, "aligned": 1.0005e6})
    first, _, third = compared.conclusion
    assert "is ahead" in first
    assert "earns most" not in first
    assert f"It cannot be told from {compared.second}: about" in third
    assert "more runs would probably settle it" in third
    assert "cannot be told from" in headline(compared)


def test_equals_are_called_equal():
    compared = comparison({"defined": 1e6, "aligned": 1e6}, n=1)
    compared.runs["contribution_eur"] = 5.0
    twins = comparison({"defined": 1e6, "aligned": 1e6})
    twins.runs["contribution_eur"] = np.tile(WORLD, 2)
    assert "for every practical purpose the two earn the same" in twins.conclusion[2]


def test_one_run_says_nothing_about_luck():
    compared = comparison(CLEAR, n=1)
    assert "interval" not in compared.conclusion[0]
    assert compared.conclusion[2] == "How sure: one run of each says nothing about luck; make more runs."


def test_a_loss_has_no_percent():
    compared = comparison({"defined": -2e6, "aligned": -1e6})
    assert "%) more" not in compared.conclusion[0]
    assert "more than defined" in compared.conclusion[0]
    assert f"{MINUS}€1" in compared.conclusion[0]


def test_movers_are_the_largest_clear_changes_for_better_and_for_worse():
    compared = comparison(
        {"defined": 1e6, "aligned": 1.2e6},
        today="defined",
        share_never_worked={"defined": 0.6, "aligned": 0.2},
        win_rate={"defined": 0.20, "aligned": 0.24},
        retention={"defined": 0.8, "aligned": 0.81},
        response_h_median={"defined": 30.0, "aligned": 3.0},
        cycle_days_median={"defined": 50.0, "aligned": 70.0},
        selling_share={"defined": 0.3, "aligned": 0.3},
        n_won={"defined": 100.0, "aligned": 500.0},
    )
    good, bad = movers(compared.effects(compared.best, compared.reference))
    assert [words.split(" ")[0] for words in good] == ["first", "marketing", "win"]
    assert good[0] == "first response to a lead 30.0 → 3.00 hours"
    assert good[2] == "win rate 20.0 → 24.0 %"
    assert [words.split(" ")[0] for words in bad] == ["time"]
    assert "behind it: first response" in compared.conclusion[1]
    assert "against it: time from" in compared.conclusion[1]


def test_failures_interruption_and_missed_precision_are_admitted():
    compared = comparison(CLEAR)
    failure = FailedRun(PlannedRun(0, "aligned", 0), "ValueError: x", "")
    question = CompareQuestion("mine", precision=Precision(0.01))
    changed = replace(compared, question=question, failures=[failure], is_precise_enough=False)
    assert "1 run failed" in changed.conclusion[2]
    assert "precision of 1.0 % was not reached" in changed.conclusion[2]


def test_nothing_to_compare_is_said():
    compared = comparison(CLEAR)
    compared.runs["contribution_eur"] = np.nan
    assert in_sentences(compared)[0].startswith("Nothing can be compared")
    assert headline(compared).startswith("No answer")


@pytest.mark.parametrize("n", [1, 2, 80])
def test_no_line_shows_a_raw_nan(n):
    assert "nan" not in " ".join(comparison(CLEAR, today="defined", n=n).conclusion)
