"""The history of a prospect is what happened to it: it ends as the run says, in the order in which things happen."""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import run
import scenarios
import simulation
from experiments.questions.answer import answer
from experiments.questions.lead_history.ask import LeadQuestion
from experiments.questions.lead_history.history import History
from experiments.questions.lead_history.result import LeadHistory, history_in, kinds_of, telling_lead
from experiments.reporting.report import text_of
from experiments.studies.study import StudyPlan
from scenarios.input_errors import InputError
from simulation.acquaintance import row_of
from simulation.measured.lead_fates import FATE_WORDS, Fate, fates
from simulation.status import Status

SHORT = {"run.quarters": 2, "market.prospects_per_day": 12.0}
N_FIRST, N_MANY = scenarios.load("reference").customers.installed_base, 2000  # prospects 0 to N_FIRST - 1 are customers


WORLDS = {name: scenarios.load("reference", name, SHORT) for name in ("undefined", "aligned")}


def told(lead: int | None, worlds: dict = WORLDS) -> LeadHistory:
    plan = StudyPlan("lead", "reference", companies=worlds)
    return history_in(LeadQuestion("reference", lead, *worlds), plan, pd.DataFrame())


@cache
def story(lead: int | None = None) -> LeadHistory:
    return told(lead)


@cache
def runs():
    return [simulation.simulate(scenario, 0) for scenario in WORLDS.values()]


def words_of(history: History) -> str:
    return "; ".join(words for _, words in history.events)


def test_a_telling_lead_is_won_in_one_world_only():
    assert (story().first.fate == Fate.WON) != (story().second.fate == Fate.WON)


def test_who_asks_for_a_call_is_told_to_have_asked():
    lead = runs()[1].company.lead

    def of_the_first(chosen):
        return words_of(story(int(lead["prospect"][chosen][0])).second)

    has_asked, n_handed = lead["day_asked"] >= 0, lead["n_handed"]
    asked = of_the_first(has_asked & (n_handed == 1))
    assert 0 < asked.index("asks for a call") < asked.index("as it asked: handed over to")
    assert "above the bar" not in asked
    scored = of_the_first(~has_asked & (n_handed == 1))
    assert "above the bar: handed over to" in scored
    assert "asked" not in scored
    again = of_the_first(has_asked & (n_handed == 2))
    assert again.index("as it asked: handed over to") < again.index("above the bar: handed over again to")


def test_the_history_ends_where_the_run_ends():
    for history, done in zip((story().first, story().second), runs(), strict=True):
        row = row_of(done.company, story().lead, done.scenario.days - 1)
        assert history.status[-1] == row["status"]
        days = [day for day, _ in history.events]
        assert days == sorted(days)
        assert ("WON" in words_of(history)) == (row["day_won"] >= 0)
        assert words_of(history).count("attempt") == row["n_attempts"]
        assert [day for day, words in history.events if "WON" in words] == [row["day_won"]] * int(row["day_won"] >= 0)


@pytest.mark.parametrize("status", [Status.NEVER_WORKED, Status.LOST, Status.CUSTOMER, Status.GONE, Status.RECYCLED])
def test_every_kind_of_history_tells_its_end(status):
    ends = {
        Status.NEVER_WORKED: "NEVER WORKED",
        Status.LOST: "LOST",
        Status.CUSTOMER: "WON",
        Status.GONE: "GONE",
        Status.RECYCLED: "given back",
    }
    place = 0 if status == Status.NEVER_WORKED else 1  # where everybody is followed up there is none
    history = told(standing(runs()[place], status)[0])
    assert ends[status] in words_of((history.first, history.second)[place])


def standing(run, status: Status) -> list[int]:
    """Numbers of the prospects that stand there at the end of a run, but for customers of the first day."""
    rows = (row_of(run.company, one, run.scenario.days - 1) for one in range(len(run.company.prospect)))
    return [int(row["prospect"]) for row in rows if row["status"] == status and row["day_arrived"] > 0]


def test_what_happened_is_told_in_the_order_in_which_it_happened():
    run = runs()[0]
    lead = run.company.lead
    aside = int(lead["prospect"][(lead["n_put_aside"] > 0) & (lead["status"] == Status.NEVER_WORKED)][0])
    told_of = words_of(told(aside).first)
    order = ["answers on", "handed over to", "lies on the desk of", "put aside by", "given up: NEVER WORKED"]
    assert [told_of.index(words) for words in order] == sorted(told_of.index(words) for words in order)


def test_customers_and_whom_they_recommend_are_told_of_each_other():
    lead = runs()[1].company.lead
    came = next(row for row in lead if row["referred_by"] >= 0)
    customer = int(lead["prospect"][came["referred_by"]])
    assert f"recommended by customer {customer}" in words_of(told(int(came["prospect"])).second)
    assert f"recommends us to prospect {came['prospect']}" in words_of(told(customer).second)


def test_a_buyer_s_own_stage_is_told_as_it_comes_nearer():
    table = runs()[1].company.lead
    stages = words_of(told(int(table["prospect"][table["day_won"] >= 0][0])).second)
    assert "buying stage: considering" in stages or "buying stage: preferring" in stages
    assert "buying stage: unaware" not in stages


def test_before_it_appears_both_worlds_are_alike():
    first, second = story().first, story().second
    assert first.first_day == second.first_day
    assert first.events[0] == second.events[0] == (first.first_day, "appears in the market")


def test_side_by_side_loses_nothing():
    days = list(story().side_by_side())
    assert [day for day, _, _ in days] == sorted(
        {day for one in (story().first, story().second) for day, _ in one.events}
    )
    assert "; ".join(words for _, words, _ in days if words) == words_of(story().first)


def test_kinds_count_every_prospect_and_name_some_of_the_kind():
    table = fates(*runs())
    kinds = kinds_of(table)
    assert kinds["n"].sum() == (table["fate_before"] != Fate.TO_COME).sum()
    row = kinds.iloc[0]
    lead = int(row["examples"].split(",")[0])
    assert FATE_WORDS[Fate(table.loc[table["lead"] == lead, "fate_before"].iloc[0])] == row["before"]
    assert str(telling_lead(table)) in [kind.split(",")[0] for kind in kinds["examples"]]


def test_equal_worlds_have_nothing_to_tell():
    with pytest.raises(InputError, match="same fate in both worlds"):
        told(None, {"one": WORLDS["undefined"], "other": WORLDS["undefined"]})


def test_a_prospect_that_is_not_there_or_not_the_same():
    with pytest.raises(InputError, match="there is no lead 999999"):
        told(999_999)
    bigger = scenarios.with_changes(WORLDS["undefined"], {"market.prospects_per_day": 24.0})
    with pytest.raises(InputError, match="not the same prospect"):
        told(900, {"undefined": WORLDS["undefined"], "more prospects": bigger})


def test_the_figure_has_both_worlds_on_one_axis():
    figure = story().figures()["history"]
    assert {trace.xaxis for trace in figure.data} == {"x", "x2"}
    assert figure.layout.xaxis.matches == "x2"


def test_the_text_has_both_worlds_and_the_kinds():
    text = text_of(story().content)
    assert "undefined" in text
    assert "All prospects whose fates differ" in text
    assert max(len(line) for line in text.splitlines()) <= 200


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "say how the second world differs"),
        ({"against": "aligned", "changes": {"practices.liaison": True}}, "say how the second world differs"),
        ({"practices": "aligned", "against": "aligned"}, "both worlds are the same"),
        ({"changes": {"run.quarters": 4}}, "the length of a run is no change of the company"),
        ({"against": "aligned", "lead": -1}, "leads are numbered from 0, not -1"),
    ],
)
def test_what_cannot_be_told_is_answered_in_a_sentence(options, sentence):
    with pytest.raises(InputError, match=sentence):
        LeadQuestion("reference", **options).plan()


def test_both_runs_are_there_with_what_differs_between_them():
    runs = answer(LeadQuestion("small_firm", changes={"practices.liaison": True})).result.runs
    assert runs["variant"].tolist() == ["today's practices", "liaison = yes"]
    assert runs["practices.liaison"].tolist() == [False, True]
    assert runs["contribution_eur"].notna().all()


def test_the_command_ends_with_the_page(tmp_path, monkeypatch, capsys):
    company = Path(tmp_path / "firm.yaml")
    company.write_text("name: firm\nrun: {quarters: 1}\nmarket: {prospects_per_day: 8}\n")
    monkeypatch.chdir(tmp_path)
    words = ["lead", str(company), "--practices", "undefined", "--against", "aligned"]
    assert run.main(words) == 0
    said = capsys.readouterr().out.strip().splitlines()
    assert Path(said[-1]) == Path("results/firm-lead/report.html")
    page = Path(said[-1]).read_text(encoding="utf-8")
    HTMLParser().feed(page)
    assert "http" not in page.split("<script>")[0].replace("http-equiv", "")
    assert run.main([*words, "--json", "--lead", "5", "--out", "x"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["lead"] == 5
    assert [one["world"] for one in record["worlds"]] == ["undefined", "aligned"]
    assert run.main([*words, "--lead", "99999", "--out", "y"]) == 2
    assert "there is no lead 99999" in capsys.readouterr().err
