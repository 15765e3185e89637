"""Published figures are compared with leads watched just as the data were."""

import math
from functools import partial

import numpy as np
import pytest

import scenarios
from experiments.designs.run_table import PlannedRun
from experiments.execution.runner import RunTable, Settings
from experiments.execution.worker import FinishedRun
from experiments.questions.agreement.ask import Funnel, Line, agree, in_short, lines_of
from experiments.reporting.terminal import agreement_text
from experiments.statistics.paired import UNKNOWN
from scenarios.input_errors import InputError
from scenarios.yaml_file import read_yaml
from tests import stand_in_company as stand_in

OLIST = scenarios.load("olist_signup")
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
    told = read_yaml(published_file()).values
    assert told["share_won"]["real"] == pytest.approx(842 / 8000, abs=0.0005)
    assert told["days_to_won"]["real"] == {"p25": 5, "p50": 14, "p75": 55, "p90": 162}
    assert set(told["share_won_by_channel"]["real"]) <= set(CHANNELS)
    assert "CC BY-NC-SA 4.0" in told["source"]


def published_file():
    from experiments.questions.agreement.ask import _FOLDER

    return _FOLDER / "olist_signup.yaml"


def lines(**changes: float) -> dict[str, Line]:
    """The verdicts on runs that meet the data exactly but for these changes, with a little spread over runs."""
    told = read_yaml(published_file()).values
    exact = {"share_won": 0.105, **told["days_to_won"]["real"]}
    exact |= {f"channel/{name}": share for name, share in told["share_won_by_channel"]["real"].items()} | changes
    results = [
        FinishedRun(PlannedRun(k, "x", k), {name: value * (1 + 0.001 * k) for name, value in exact.items()})
        for k in (-1, 0, 1)
    ]
    return {line.figure.split(" of ")[0]: line for line in lines_of(told, RunTable(results))}


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
    told = read_yaml(published_file()).values
    exact = {"share_won": 0.105, **told["days_to_won"]["real"]}
    exact |= {f"channel/{name}": share for name, share in told["share_won_by_channel"]["real"].items()} | change
    table = RunTable([FinishedRun(PlannedRun(k, "x", k), exact) for k in range(3)])
    outside = [line.figure for line in lines_of(told, table) if line.is_within is False]
    assert len(outside) == 1
    assert outside[0].startswith(figure)


def test_the_tail_and_the_channels_are_shown_not_judged():
    found = lines(p90=900.0, **{"channel/email": 0.9})
    assert found["won from email,"].is_within is None
    assert found["won from email,"].interval.is_known


def test_an_unknown_company_is_refused():
    with pytest.raises(InputError, match='no published figures for "olist"; there are: olist_signup'):
        agree("olist")


def test_a_run_that_is_too_short_is_refused(monkeypatch):
    monkeypatch.setattr("scenarios.load", lambda _: scenarios.set_value(OLIST, "run.quarters", 5))
    with pytest.raises(InputError, match=r"run\.quarters must be at least 6"):
        agree("olist_signup")


def test_it_runs_the_company_and_prints_a_table():
    rng = np.random.default_rng(0)
    leads = [(int(rng.integers(0, 8)), FIRST + k % 250, FIRST + k % 250 + 9 if k % 9 == 0 else -1) for k in range(900)]
    simulate = partial(stand_in.simulate_leads, leads)
    found = agree("olist_signup", runs=3, settings=Settings(workers=1, simulate=simulate))
    assert found.n_runs == 3
    assert not found.is_within
    text = agreement_text(found)
    assert "Marketing Funnel by Olist" in text
    assert "NO" in text
    assert in_short(found)["figures"][0]["is_within"] is True
    assert all(len(line) < 160 for line in text.splitlines())


def test_an_unjudged_line_has_no_verdict():
    assert Line("x", "share", 1.0, 0.5, UNKNOWN).is_within is None
