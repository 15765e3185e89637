"""Published figures are compared with leads watched just as the data were."""

import math
from functools import partial

import numpy as np
import pandas as pd
import pytest

import scenarios
from experiments.execution.runner import Settings
from experiments.questions.agreement.ask import AgreeQuestion
from experiments.questions.agreement.result import Line, lines_of
from experiments.questions.agreement.watched_leads import Funnel
from experiments.questions.answer import answer
from experiments.reporting.html import page
from experiments.reporting.report import record_of, text_of
from experiments.statistics.paired import UNKNOWN
from experiments.store.provenance import provenance
from scenarios.input_errors import InputError
from scenarios.yaml_file import read_yaml
from tests import stand_in_company as stand_in

OLIST = scenarios.load("olist_signup")
PUBLISHED = read_yaml(AgreeQuestion().file).values
CHANNELS = list(OLIST.channels)
FIRST = OLIST.run.warm_up_quarters * 63


def measured(*leads: tuple[int, int, int]) -> dict[str, float]:
    """What the funnel of the data measures on these leads (channel, day reached, day won)."""
    return dict(Funnel(reached_d=252, watched_d=378)(stand_in.simulate_leads(list(leads), OLIST, 0)))


def test_the_window_is_that_of_the_data():
    found = measured(
        (0, FIRST - 1, FIRST + 5),  # reached in the warm-up
        (0, FIRST, FIRST + 10),
        (0, FIRST + 251, FIRST + 377),
        (0, FIRST + 251, FIRST + 378),  # won too late to be seen
        (0, FIRST + 252, FIRST + 260),  # reached too late to count
        (0, FIRST + 5, -1),
    )
    assert found["n"] == 4
    assert found["share_won"] == 0.5


def test_days_to_won_are_calendar_days():
    found = measured(*((0, FIRST, FIRST + days) for days in (0, 5, 10, 15, 20)))
    assert [found[name] for name in ("p25", "p50", "p75")] == [7, 14, 21]


def test_shares_by_channel_are_of_the_channels_own_leads():
    found = measured((0, FIRST, FIRST), (0, FIRST, -1), (1, FIRST, FIRST), (-1, FIRST, FIRST))
    assert found["n"] == 3
    assert found[f"channel/{CHANNELS[0]}"] == 0.5
    assert found[f"channel/{CHANNELS[1]}"] == 1
    assert math.isnan(found[f"channel/{CHANNELS[2]}"])


def test_without_leads_everything_is_unknown():
    assert all(math.isnan(value) for name, value in measured().items() if name != "n")


def test_the_published_figures_are_those_of_the_data():
    assert PUBLISHED["share_won"]["real"] == pytest.approx(842 / 8000, abs=0.0005)
    assert PUBLISHED["days_to_won"]["real"] == {"p25": 5, "p50": 14, "p75": 55, "p90": 162}
    assert set(PUBLISHED["share_won_by_channel"]["real"]) <= set(CHANNELS)
    assert "CC BY-NC-SA 4.0" in PUBLISHED["source"]


def lines(**changes: float) -> dict[str, Line]:
    """The verdicts on runs that meet the data exactly but for these changes, with a little spread over runs."""
    exact = {"share_won": 0.105, **PUBLISHED["days_to_won"]["real"]}
    exact |= {f"channel/{name}": share for name, share in PUBLISHED["share_won_by_channel"]["real"].items()} | changes
    runs = pd.DataFrame([{name: value * (1 + 0.001 * k) for name, value in exact.items()} for k in (-1, 0, 1)])
    return {line.figure.split(" of ")[0]: line for line in lines_of(PUBLISHED, runs)}


def test_the_data_agree_with_themselves():
    found = lines().values()
    judged = [line.is_within for line in found if line.is_within is not None]
    assert judged == [True] * 5
    assert len(list(found)) >= 10


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({"share_won": 0.116}, "leads won"),
        ({"p25": 6.6}, "days to won"),
        ({"p50": 9.7}, "days to won"),
        ({"p75": 72.0}, "days to won"),
        ({"channel/social": 0.5}, "runs with channels in the real order"),
        ({"channel/direct_traffic": math.nan}, "runs with channels in the real order"),
        ({"share_won": math.nan}, "leads won"),
    ],
)
def test_a_figure_out_of_bounds_is_found(change, figure):
    exact = {"share_won": 0.105, **PUBLISHED["days_to_won"]["real"]}
    exact |= {f"channel/{name}": share for name, share in PUBLISHED["share_won_by_channel"]["real"].items()} | change
    outside = [line.figure for line in lines_of(PUBLISHED, pd.DataFrame([exact] * 3)) if line.is_within is False]
    assert len(outside) == 1
    assert outside[0].startswith(figure)


def test_the_tail_and_the_channels_are_shown_not_judged():
    found = lines(p90=900.0, **{"channel/email": 0.9})
    assert found["won from email,"].is_within is None
    assert found["won from email,"].interval.is_known


def test_an_unknown_company_is_refused():
    with pytest.raises(InputError, match='no published figures for "olist"; there are: olist_signup'):
        AgreeQuestion("olist")


def test_a_run_that_is_too_short_is_refused(monkeypatch):
    monkeypatch.setattr("scenarios.load", lambda _: scenarios.set_value(OLIST, "run.quarters", 5))
    with pytest.raises(InputError, match=r"run\.quarters must be at least 6"):
        AgreeQuestion("olist_signup").plan()


def test_it_runs_the_company_and_prints_a_table():
    rng = np.random.default_rng(0)
    leads = [(int(rng.integers(0, 8)), FIRST + k % 250, FIRST + k % 250 + 9 if k % 9 == 0 else -1) for k in range(900)]
    simulate = partial(stand_in.simulate_leads, leads)
    agreement = answer(AgreeQuestion("olist_signup", runs=3), Settings(workers=1, simulate=simulate)).result
    assert len(agreement.runs) == 3
    assert not agreement.holds
    text = text_of(agreement.content)
    assert "Marketing Funnel by Olist" in text
    assert "NO" in text
    assert record_of(agreement.content)["figures"][0]["is_within"] is True
    assert all(len(line) < 160 for line in text.splitlines())
    assert agreement.to_frame()["is_within"].tolist() == [line.is_within for line in agreement.lines]
    assert "until 18 months after the first of them" in page(agreement.content, provenance(), ["agreement.csv"])


def test_other_published_figures_are_another_question(monkeypatch, tmp_path):
    question = AgreeQuestion()
    asked = question.identity(question.plan())
    other = tmp_path / "olist_signup.yaml"
    other.write_text(question.file.read_text(encoding="utf-8") + "# counted again", encoding="utf-8")
    monkeypatch.setattr("experiments.questions.agreement.ask._FOLDER", tmp_path)
    assert question.identity(question.plan()) != asked


def test_an_unjudged_line_has_no_verdict():
    assert Line("x", "share", 1.0, 0.5, UNKNOWN).is_within is None
