"""A company out of answers to plain questions: what is read, how it is scaled, how it is mended, what is told."""

import json
from pathlib import Path

import numpy as np
import pytest

import run
import scenarios
from experiments.designs.ensembles import assumptions_for, ensemble_of
from experiments.questions.new.ask import NewQuestion
from experiments.questions.new.company_text import company_text
from experiments.questions.new.contradictions import contradictions
from experiments.questions.new.described_draws import Reachable, mended_draws
from experiments.questions.new.described_figures import figures_of, said_of
from experiments.questions.new.described_levers import LEVERS, in_proportion, lengthened, moved
from experiments.questions.new.description import QUESTIONS, Description, answers_text, read_description
from experiments.questions.new.scaled_company import scaled
from experiments.questions.new.short_fit import TOLERANCE, fitted, misses
from scenarios.differences import difference
from scenarios.input_errors import InputError
from scenarios.yaml_file import parse_yaml

LEAST = {"account_executives": 25, "deal_value_eur": 60_000.0, "together": "undefined"}
FIGURES = {
    "days_to_signature": 180.0,
    "leads_per_month": 400.0,
    "share_won": 0.22,
    "contracts_per_month": 14.0,
    "customers": 300,
    "churn_per_year": 0.12,
}
SHOP = {
    "account_executives": 3,
    "sdrs": 0,
    "marketers": 1,
    "managers": 1,
    "deal_value_eur": 9_000.0,
    "days_to_signature": 20.0,
    "leads_per_month": 60.0,
    "share_won": 0.3,
    "churn_per_year": 0.2,
    "products": 1,
    "together": "defined",
}


def description(name="my_firm", practices=None, **answers) -> Description:
    return Description(name, answers, practices or {})


def written(folder: Path, text: str) -> Path:
    path = folder / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# --- answers ---


def test_a_form_filled_in_is_read_as_it_was_meant(tmp_path):
    answers = LEAST | FIGURES | {"sales_pay": "commission"}
    path = written(tmp_path, answers_text("my_firm", answers, {"sla_tracked": True, "meeting_every_d": None}))
    assert read_description(path) == Description("my_firm", answers, {"sla_tracked": True, "meeting_every_d": None})


def test_an_empty_form_says_what_is_needed(tmp_path):
    with pytest.raises(InputError, match=r"answers.yaml, line \d+: account_executives is not answered"):
        read_description(written(tmp_path, answers_text("my_firm", {})))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("share_won: 25", "share_won is 25; it must be a share from 0.01 to 0.95, or a percentage like 25 %"),
        ("share_won: 1..2 %", 'share_won is "1..2 %"; it must be a share'),
        ("share_won: 120 %", 'share_won is "120 %"; it must be a share'),
        ("churn_per_year: few", 'churn_per_year is "few"; it must be a share'),
        ("sdrs: 2.5", "sdrs is 2.5; it must be a whole number from 0 to 5,000"),
        ("sdrs: true", "sdrs is true; it must be a whole number"),
        ("leads_per_month: .nan", "leads_per_month is nan; it must be a number from 1 to 1,000,000"),
        ("together: alinged", 'together is "alinged"; did you mean aligned'),
        ("sales_pay: 3", "sales_pay is 3; there are: salary, commission"),
        ("name: my firm", 'name is "my firm"; it must be a word of letters'),
        ("seller: 3", "unknown key seller; "),
        ("practices: [sla]", "practices is a list; it must be keys with values"),
    ],
)
def test_a_wrong_answer_gets_its_line_and_what_is_allowed(line, problem, tmp_path):
    key = line.split(":")[0]
    lines = [f"{name}: {value}" for name, value in {"name": "my_firm", **LEAST}.items() if name != key]
    with pytest.raises(InputError) as error:
        read_description(written(tmp_path, "\n".join([*lines, line])))
    assert problem in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'answers.yaml'}, line {len(lines) + 1}")


@pytest.mark.parametrize(("said", "share"), [("22 %", 0.22), ("22%", 0.22), ("2,5 %", 0.025)])
def test_a_percentage_is_a_share(said, share, tmp_path):
    text = "\n".join(f"{key}: {value}" for key, value in {"name": "my_firm", **LEAST, "share_won": said}.items())
    assert read_description(written(tmp_path, text))["share_won"] == share


@pytest.mark.parametrize("practice", [{"sla_traked": True}, {"meeting_every_d": "weekly"}])
def test_a_practice_that_cannot_be_is_told(practice):
    with pytest.raises(InputError, match=next(iter(practice))):
        scaled(description(**LEAST, practices=practice))


# --- scaling ---


@pytest.mark.parametrize("size", [1, 8, 60, 900])
@pytest.mark.parametrize("value", [500.0, 25_000.0, 2e6])
def test_the_written_company_is_the_company(size, value, tmp_path):
    """Every draft, and every draft with its levers moved, is loaded from its file as it was made."""
    answers = LEAST | {"account_executives": size, "deal_value_eur": value, "products": 3, "pay_eur_per_year": 50_000.0}
    draft = in_proportion(scaled(description(**answers, **FIGURES, practices={"liaison": True})))
    draft = lengthened(draft, 3.0)
    for one in (draft, moved(draft, LEVERS, np.full(len(LEVERS), 0.5))):
        path = tmp_path / "my_firm.yaml"
        path.write_text(company_text(one, "python run.py new"), encoding="utf-8")
        assert scenarios.load(path) == one.scenario


def test_all_that_goes_by_size_is_scaled():
    reference = scenarios.load("reference")
    twice = scaled(description(account_executives=16, deal_value_eur=28_500.0, together="defined")).scenario
    assert twice.people.sdrs == 2 * reference.people.sdrs
    for path in ("market.prospects_per_day", "money.programme_eur_per_year", "customers.installed_base"):
        section, name = path.split(".")
        assert getattr(getattr(twice, section), name) == 2 * getattr(getattr(reference, section), name)


def test_a_market_of_another_size_is_worked_as_well_by_the_same_people():
    """Leads follow the number of prospects, but for the hours that more leads take; without, they hardly follow."""
    import simulation

    draft = in_proportion(scaled(description(**SHOP)))
    small, large = (moved(draft, LEVERS[:1], np.array([size])) for size in (0.0, 1.0))
    market = large.scenario.market.prospects_per_day
    left = scenarios.with_changes(small.scenario, {"market.prospects_per_day": market})
    leads = [
        figures_of(simulation.simulate(one, 3))["leads_per_month"] for one in (small.scenario, large.scenario, left)
    ]
    assert leads[1] / leads[0] > 2.0 > 1.7 > leads[2] / leads[0]


def test_levers_stop_at_what_a_company_can_have_at_all():
    draft = lengthened(in_proportion(scaled(description(**LEAST, days_to_signature=1500.0))), 30.0)
    far = moved(draft, LEVERS, np.array([lever.reach[1] for lever in LEVERS]))
    assert max(one.patience_d for one in far.scenario.segments.values()) == 5000


def test_contracts_times_their_value_is_what_is_booked():
    """So a quota that was said is out of reach, or not, as the user's own sums have it."""
    import simulation

    run_ = simulation.simulate(scenarios.load("reference"), 5)
    figures, people = figures_of(run_), run_.scenario.people
    booked = 12 * figures["contracts_per_month"] * figures["deal_value_eur"] / people.account_executives
    assert booked == pytest.approx(4 * figures["booked_eur_per_quarter"])


# --- the short fit ---

_EFFECTS = np.array([[1.0, 0.1, 0.0], [-0.2, 0.8, 0.1], [0.0, 0.3, 0.9]])


def _shown(points):
    return np.exp(np.array([_EFFECTS @ point for point in points]))


def test_the_fit_meets_figures_that_can_be_met():
    said = np.exp(_EFFECTS @ np.array([0.8, -1.2, 0.5]))
    found = fitted(np.zeros(3), said, (np.full(3, -3.0), np.full(3, 3.0)), _shown)
    assert np.abs(misses(found.shown, said)).max() < 1.0
    assert found.shown == pytest.approx(_shown([found.sizes])[0])


def test_the_fit_never_ends_further_away_than_it_began():
    rng = np.random.default_rng(1)

    def noisy(points):
        """Figures with luck, the third of which nothing moves."""
        shown = _shown(points) * np.exp(0.2 * rng.standard_normal((len(points), 3)))
        return np.where([True, True, False], shown, 0.1)

    for _ in range(20):
        said = np.exp(rng.normal(0, 2, 3))
        start = noisy([np.zeros(3)])[0]
        lived = {bytes(np.zeros(3)): start}

        def live(points, lived=lived):
            """The same point shows the same, as in common worlds."""
            for point in points:
                lived.setdefault(bytes(point), noisy([point])[0])
            return np.array([lived[bytes(point)] for point in points])

        found = fitted(np.zeros(3), said, (np.full(3, -2.0), np.full(3, 2.0)), live)
        after = misses(found.shown, said) @ misses(found.shown, said) + found.sizes @ found.sizes
        assert after <= misses(start, said) @ misses(start, said) + 1e-9


def test_a_figure_that_cannot_be_seen_is_missed_by_much():
    assert (np.abs(misses(np.array([np.nan, 0.0, -1.0]), np.ones(3))) * TOLERANCE > 1).all()


# --- draws of what nobody asked ---


def test_every_draw_that_is_kept_shows_what_was_said():
    """A stand-in in which a draw moves figures, and levers move them back."""
    draft = in_proportion(scaled(description(**LEAST, leads_per_month=400.0, share_won=0.25)))
    levers = [one for one in LEVERS if one.name in ("prospects", "competition", "patience")]
    said = np.array([400.0, 0.25])
    slopes = np.array([[1.0, 0.0, 0.0], [0.0, -0.4, 0.1]]) / TOLERANCE

    def look(drawn, seeds):
        """Leads follow prospects, wins rivals; one number of the draw moves both, some of them far."""
        rows = []
        for one, draw in drawn:
            away = 4 * (draw["behaviour.assessment.halo"] - 0.25)
            prospects = one.scenario.market.prospects_per_day / draft.scenario.market.prospects_per_day
            rivals = one.scenario.segments["middle"].competition - draft.scenario.segments["middle"].competition
            rows.append([400.0 * prospects * np.exp(away), 0.25 * np.exp(-0.4 * rivals - away)])
        return np.array(rows)

    reach = (np.full(3, -3.0), np.full(3, 3.0))
    ensemble = mended_draws(Reachable(draft, levers, np.zeros(3), slopes, reach, said), look, 60, 5)
    assert ensemble is not None
    drawn = ensemble.assumptions
    assert {"market.prospects_per_day", "segments.large.competition", "channels.search.half_spend_eur"} <= drawn.told
    assert 30 <= ensemble.about["accepted"] <= 60
    kept = [drawn.draw(number) for number in range(drawn.n_draws)]
    leads = [
        400 * one["market.prospects_per_day"] / draft.scenario.market.prospects_per_day
        * np.exp(4 * (one["behaviour.assessment.halo"] - 0.25))
        for one in kept
    ]  # fmt: skip
    assert np.abs(np.log(np.array(leads) / 400)).max() < 0.31
    assert np.std(np.log(leads)) < 0.6 * np.std([4 * one["behaviour.assessment.halo"] for one in kept])


def test_churn_is_not_held_against_a_company_without_customers():
    answers = LEAST | {"churn_per_year": 0.2, "share_won": 0.2}
    assert said_of(description(**answers, customers=5)) == ["deal_value_eur", "share_won", "churn_per_year"]
    assert said_of(description(**answers, customers=0)) == ["deal_value_eur", "share_won"]


# --- what cannot hold together ---


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"contracts_per_month": 900.0, "share_won": 0.3}, "beyond the 4,200 hours a month of 25 sellers"),
        ({"contracts_per_month": 90.0, "share_won": 0.3, "leads_per_month": 20.0}, "reps would have to find the rest"),
        ({"contracts_per_month": 5.0, "quota_eur_per_year": 900_000.0}, "is out of reach"),
        ({"contracts_per_month": 50.0, "quota_eur_per_year": 90_000.0}, "is far below what is sold"),
        ({"contracts_per_month": 0.5, "customers": 3, "churn_per_year": 0.1}, "more than all contracts signed"),
        ({"contracts_per_month": 10.0, "customers": 900, "churn_per_year": 0.5}, "the company halves"),
        ({"contracts_per_month": 10.0, "customers": 20}, "is it a young company?"),
    ],
)
def test_sums_that_do_not_come_out_are_told(answers, said):
    found = list(contradictions(scaled(description(**LEAST | answers))))
    assert any(said in one for one in found), found


def test_nothing_is_held_against_answers_that_go_together():
    assert list(contradictions(scaled(description(**LEAST | FIGURES)))) == []


def test_who_says_that_there_are_no_customers_yet_is_not_asked_whether_the_company_is_young():
    found = contradictions(scaled(description(**LEAST | FIGURES | {"customers": 0})))
    assert not any("young" in one for one in found)


# --- from the command line ---


def test_a_small_shop_is_made_in_one_go(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("shop.answers.yaml").write_text(answers_text("shop", SHOP), encoding="utf-8")
    words = ["new", "shop.yaml", "--answers", "shop.answers.yaml", "--worlds", "3", "--draws", "12", "--workers", "1"]
    assert run.main(words) == 0
    said = capsys.readouterr().out
    assert "shop shows 5 of 5 figures as you said them" in said
    assert said.endswith("shop.yaml: your company; next: python run.py compare shop.yaml\n")
    company = scenarios.load("shop.yaml")
    assert (company.people.account_executives, list(company.products)) == (3, ["easy"])
    drawn = assumptions_for("shop.yaml", company)
    assert drawn is not None
    assert {"market.prospects_per_day", "segments.small.competition"} <= drawn.told
    assert difference("shop.yaml").parent == "small_firm"
    assert run.main(words) == 2
    assert "shop.yaml is there already" in capsys.readouterr().err


def test_a_company_that_does_not_show_what_was_said_says_so_wherever_it_is_used(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    wrong = SHOP | {"days_to_signature": 1400.0, "leads_per_month": 2.0, "contracts_per_month": 60.0}
    Path("wrong.answers.yaml").write_text(answers_text("wrong", wrong), encoding="utf-8")
    words = ["new", "wrong.yaml", "--answers", "wrong.answers.yaml", "--worlds", "2", "--draws", "2", "--workers", "1"]
    assert run.main([*words, "--quiet", "--json"]) == 0
    assert "do not rely on answers about it yet" in " ".join(json.loads(capsys.readouterr().out)["conclusion"])
    head = Path("wrong.yaml").read_text(encoding="utf-8").partition("extends:")[0]
    assert "# Not met, as far as parameters were moved: " in head
    assert "# Does not go together: " in head
    assert run.main(["compare", "wrong.yaml", "--dry-run", "--quiet"]) == 0
    assert "do not trust wrong: it does not show what was said of it: " in capsys.readouterr().err


def test_draws_of_a_company_that_is_replaced_do_not_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("shop.answers.yaml").write_text(answers_text("shop", LEAST | {"account_executives": 4}), encoding="utf-8")
    Path("shop.ensemble.csv").write_text("of another company", encoding="utf-8")
    words = ["new", "shop.yaml", "--answers", "shop.answers.yaml", "--worlds", "2", "--draws", "0", "--workers", "1"]
    assert run.main([*words, "--quiet"]) == 0
    assert not Path("shop.ensemble.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["folder.yaml", "--answers", "a.yaml", "--replace"], "folder.yaml is a folder"),
        (["none/firm.yaml", "--answers", "a.yaml"], "there is no folder"),
        (["form.yaml", "--form", "--answers", "a.yaml"], "give one of both"),
    ],
)
def test_where_no_company_can_be_written_is_told_before_anything_takes_long(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("folder.yaml").mkdir()
    Path("a.yaml").write_text(answers_text("shop", SHOP), encoding="utf-8")
    assert run.main(["new", *words]) == 2
    assert said in capsys.readouterr().err


def test_the_form_is_written_and_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run.main(["new", "form.yaml", "--form"]) == 0
    assert len(parse_yaml(Path("form.yaml").read_text(encoding="utf-8"), "form").values) == len(QUESTIONS) + 1
    assert run.main(["new", "my_firm.yaml"]) == 2
    assert "this is no terminal; give --answers FILE" in capsys.readouterr().err
    assert run.main(["new", "my_firm", "--answers", "form.yaml"]) == 2
    assert "must end in .yaml" in capsys.readouterr().err


def test_answers_typed_at_a_terminal_are_kept(tmp_path, monkeypatch, capsys):
    from experiments.cli.new import _answered

    replies = iter(["many", "25", *[""] * 3, "60000", *[""] * 13, "aligned"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *words, **options: next(replies))
    kept = _answered(Path("firm.yaml"), replace=False)
    assert next(replies, None) is None
    assert read_description(kept) == description("firm", **LEAST | {"together": "aligned"})
    assert 'this is "many"; it must be a whole number from 1 to 5,000' in capsys.readouterr().err


def test_answers_that_were_cut_short_go_on_where_they_were(tmp_path, monkeypatch):
    from experiments.cli.new import _answered

    def reply(asked, number):
        """Leave at the third question, then answer what is asked."""
        if asked.key == "marketers" and len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(asked.key)
        return LEAST.get(asked.key)

    seen: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("experiments.cli.new._reply", reply)
    with pytest.raises(KeyboardInterrupt):
        _answered(Path("firm.yaml"), replace=False)
    kept = _answered(Path("firm.yaml"), replace=False)
    assert seen.count("account_executives") == 1
    assert read_description(kept) == description("firm", **LEAST)


def test_a_question_says_at_most_how_many_runs_it_takes(tmp_path):
    path = written(tmp_path, answers_text("shop", SHOP))
    assert NewQuestion(path, draws=10).plan().n_runs > 6 * 10
    n_draws = ensemble_of("small_firm").assumptions.n_draws
    assert NewQuestion(path, draws=10**6).plan().n_runs == NewQuestion(path, draws=n_draws).plan().n_runs
