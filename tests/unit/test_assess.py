"""An assessment finds in a made-up company what was put there, and says it; answers that are none are told."""

import csv
import io
import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import yaml
from openpyxl import Workbook

import run
import scenarios
from experiments.designs.company_today import TYPES
from experiments.execution.runner import Settings
from experiments.observation.survey_answers import N_STATEMENTS, answers_and_money, score_of
from experiments.questions.assess.ask import AssessQuestion
from experiments.questions.assess.assessed_company import FILE, likeliest
from experiments.questions.assess.drawn_companies import distances, drawn_companies
from experiments.questions.assess.next_steps import steps_to
from experiments.questions.assess.open_levers import NEVER, open_levers
from experiments.questions.assess.questionnaire import questionnaire
from experiments.questions.assess.result import Assessment
from experiments.questions.assess.survey_file import read_survey
from experiments.reporting.report import record_of, text_of
from experiments.statistics.nearest_runs import learned, near, quantiles
from experiments.wording.language import LANGUAGES, in_language
from scenarios.input_errors import InputError
from simulation import assessment as model
from tests.asking import kept, page_of, result_of
from tests.stand_in_survey import answers_of, made_up


def file_of(folder: Path, answers, facts=(), name="answers.yaml") -> Path:
    file = folder / name
    both = dict(zip(("sales", "marketing"), np.asarray(answers).round(1).T.tolist(), strict=True))
    told = {"people": {"sales": 6, "marketing": 4}, "answers": both, "facts": dict(facts)}
    file.write_text(yaml.safe_dump(told), encoding="utf-8")
    return file


MADE_UP = Settings(workers=1, simulate=made_up)
QUICK = {"runs": 600, "plausible": 12, "changes": {"run.quarters": 4}, "fixed": True}


@cache
def assessed() -> Assessment:
    """The aligned company, with a gap that nobody else has in statement 1."""
    from tempfile import TemporaryDirectory

    answers = answers_of(scenarios.load("reference", "aligned"), 77)
    answers[0] = [4.9, 1.2]
    with TemporaryDirectory() as folder:
        file = file_of(Path(folder), answers, {"hand_off_delay_d": 0, "follow_up_tracked": "yes"})
        return result_of(AssessQuestion(file, **QUICK), MADE_UP)


# --- what is asked ---


def test_the_questionnaire_has_the_models_statements_in_every_language():
    asked = questionnaire()
    assert len(asked.statements) == len(model.TOPICS) == model.N_STATEMENTS == N_STATEMENTS
    for one in (*asked.statements, asked.scale, *asked.form.values(), *(fact.question for fact in asked.facts)):
        assert set(one) == set(LANGUAGES)
        assert all(one.values())
    assert {fact.path for fact in asked.facts} <= {one.path for one in open_levers("reference")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [".yaml", ".csv"])
def test_a_form_is_written_once_and_read_again_when_it_is_filled_in(tmp_path, monkeypatch, capsys, language, suffix):
    monkeypatch.chdir(tmp_path)
    words = ["assess", "--form", f"form{suffix}", "--language", language]
    assert run.main(words) == 0
    assert run.main(words) == 2
    assert "is there already" in capsys.readouterr().err
    with pytest.raises(InputError, match="nobody has answered yet"):
        read_survey(Path(f"form{suffix}"))
    text = Path(f"form{suffix}").read_text(encoding="utf-8")
    if suffix == ".yaml":
        filled = text.replace("    sales:\n", "    sales: [4, 5]\n").replace("    marketing:\n", "    marketing: 3\n")
        filled = filled.replace("meeting_every_d:", "meeting_every_d: never")
    else:
        filled = _filled_table(text)
    Path(f"form{suffix}").write_text(filled, encoding="utf-8")
    survey = read_survey(Path(f"form{suffix}"))
    assert survey.answers[:, 0].tolist() == [4.5] * N_STATEMENTS
    assert survey.answers[:, 1].tolist() == [3] * N_STATEMENTS
    assert survey.facts["practices.meeting_every_d"] is None


def _filled_table(text):
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    for row in rows[1:]:
        row[2:] = ["4.5", "3"] if row[0].isdigit() else ["never" if row[0] == "meeting_every_d" else "", ""]
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def test_answers_of_single_people_make_the_same_survey_in_any_layout(tmp_path):
    rng = np.random.default_rng(2)
    sales, marketing = rng.integers(1, 6, (3, N_STATEMENTS)), rng.integers(1, 6, (2, N_STATEMENTS))
    heads = ["Timestamp", "Department", *(f"{n}. {questionnaire().statements[n - 1]['en']}" for n in range(1, 21))]
    by_person = [["t", "Sales", *row] for row in sales.tolist()] + [
        ["t", "Marketing", *row] for row in marketing.tolist()
    ]
    columns = ["statement", "sales 1", "sales 2", "sales 3", "marketing 1", "marketing 2"]
    by_statement = [[n + 1, *sales[:, n].tolist(), *marketing[:, n].tolist()] for n in range(N_STATEMENTS)]
    files = [tmp_path / name for name in ("people.csv", "statements.csv", "people.xlsx")]
    for file, rows in zip(files[:2], ([heads, *by_person], [columns, *by_statement]), strict=True):
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text, delimiter=";" if file.stem == "statements" else ",").writerows(rows)
    book = Workbook()
    for row in [heads, *by_person]:
        book.active.append(row)
    book.save(files[2])
    for file in files:
        survey = read_survey(file)
        assert survey.answers == pytest.approx(np.column_stack([sales.mean(axis=0), marketing.mean(axis=0)])), file
        assert survey.people == (3, 2)
        assert survey.missing == ([], [])
        assert not survey.is_count_unknown


def test_what_nobody_answered_is_left_out_and_told(tmp_path):
    answers = np.full((N_STATEMENTS, 2), 3.0).tolist()
    answers[6][0] = None
    text = {
        "answers": {str(n): dict(zip(("sales", "marketing"), pair, strict=True)) for n, pair in enumerate(answers, 1)}
    }
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(text), encoding="utf-8")
    survey = read_survey(tmp_path / "a.yaml")
    assert np.isnan(survey.answers[6, 0])
    assert survey.missing == ([7], [])
    assert not survey.is_count_unknown
    assert score_of(survey.answers).tolist() == [60, 60]


TWENTY = ", ".join(["3"] * 20)
GOOD = f"answers:\n  sales: [{TWENTY}]\n  marketing: [{TWENTY}]\n"
TABLE = "statement,sales,marketing\n" + "".join(f"{n},3,3\n" for n in range(1, 21))
WRONG = {
    "six.yaml": (GOOD.replace("[3,", "[6,", 1), "line 2: statement 1, Sales, is 6; an answer is a number from 1"),
    "word.yaml": (GOOD.replace("[3,", "[agree,", 1), 'statement 1, Sales, is "agree"'),
    "short.yaml": (GOOD.replace(", 3]", "]", 1), "answers.sales is 19 numbers; it must be a list of 20"),
    "one_side.yaml": (f"answers:\n  sales: [{TWENTY}]\n", "nobody of Marketing has answered"),
    "missing.yaml": ("answers:\n  1: {sales: 3, marketing: 3}\n", "statements 2, 3, 4"),
    "few.yaml": (GOOD.replace("3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3", ",".join(["null"] * 11), 1), "answered 9 of 20"),
    "fact.yaml": (
        f"{GOOD}facts: {{meeting_every_d: often}}\n",
        'line 4: meeting_every_d is "often"; it must be a whole number',
    ),
    "facts.yaml": (f"{GOOD}facts: {{meetings: 5}}\n", "unknown key facts.meetings; did you mean meeting_every_d"),
    "key.yaml": (f"{GOOD}answer: 3\n", "unknown key answer; did you mean answers"),
    "people.yaml": (f"{GOOD}people: {{sales: 0}}\n", "people is 0; it must be a whole number of at least 1"),
    "six.csv": (TABLE.replace("7,3,3", "7,3,6"), 'line 8: statement 7, Marketing, is "6"'),
    "gone.csv": (TABLE.replace("\n7,3,3\n", "\n"), "statement 7 is missing"),
    "twice.csv": (TABLE.replace("7,3,3", "6,3,3"), "line 8: statement 6 is there twice"),
    "other.csv": ("a,b\n1,2\n", "no table of answers was found"),
    "side.csv": ("side," + ",".join(map(str, range(1, 21))) + "\nHR" + ",3" * 20 + "\n", 'line 2: side is "HR"'),
    "noside.csv": (",".join(map(str, range(1, 21))) + "\n" + "3," * 20 + "\n", "there is no column side"),
    "answers.doc": ("x", "answers are read from YAML"),
    "broken.xlsx": ("x", "no Excel file that can be read"),
}


@pytest.mark.parametrize("name", WRONG)
def test_answers_that_are_none_are_told_in_one_sentence(tmp_path, monkeypatch, capsys, name):
    text, said = WRONG[name]
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    assert run.main(["assess", name]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.startswith(name)
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name the file with the answers"),
        (("nowhere.csv",), "there is no such file"),
        (("a.yaml", "--to", "best"), 'there is no type "best"'),
        (("a.yaml", "--fact", "follow_up=yes"), 'no fact "follow_up"; did you mean follow_up_tracked'),
        (
            ("a.yaml", "--fact", "hand_off_delay_d=300"),
            "hand_off_delay_d is 300; it must be a whole number of working days",
        ),
        (("a.yaml", "--fact", "hand_off_delay_d"), '"hand_off_delay_d" has no value; write it like hand_off_delay_d=2'),
        (("a.yaml", "--runs", "9"), "runs must be at least 300"),
        (("a.yaml", "nowhere"), 'there is no company "nowhere"'),
        (("--form", "form.txt"), "a form is written as .yaml or .csv"),
    ],
)
def test_what_cannot_be_asked_is_told(tmp_path, monkeypatch, capsys, words, said):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(GOOD, encoding="utf-8")
    assert run.main(["assess", *words]) == 2
    assert said in capsys.readouterr().err


# --- companies and statistics ---


def test_companies_share_what_is_known_and_can_all_be():
    levers = open_levers("reference")
    facts = {"practices.hand_off_delay_d": 3, "practices.meeting_every_d": None}
    drawn = drawn_companies(levers, facts, 300, seed=4)
    assert drawn_companies(levers, facts, 20, seed=4) == drawn[:20]
    base = scenarios.load("reference")
    for one in drawn[:60]:
        assert facts.items() <= one.values.items()
        assert one.values["practices.sla"] or not one.values["practices.sla_tracked"]
        scenarios.with_changes(base, one.values)
    assert 0.35 < np.mean([one.near is not None for one in drawn]) < 0.65
    near_one = [(one.near, row) for one, row in zip(drawn, distances(levers, [d.values for d in drawn]), strict=True)]
    assert np.mean([TYPES[row.argmin()] == kind for kind, row in near_one if kind]) > 0.9


def test_a_step_that_takes_a_practice_away_says_so():
    """Aligned has no informal contact: where that pays, nobody is to start with informal contact."""
    levers = open_levers("reference")
    steps = {kind: {one.name: one for one in steps_to(kind, levers)} for kind in TYPES}
    assert steps["aligned"]["informal_contact"].is_less
    assert not steps["integrated"]["informal_contact"].is_less
    assert not any(one.is_less for one in steps["integrated"].values())


def test_a_type_is_no_way_from_itself():
    levers = open_levers("small_firm")
    apart = distances(levers, [{one.path: one.by_type[kind] for one in levers} for kind in TYPES])
    assert np.diag(apart) == pytest.approx(0)
    assert (apart + np.eye(4) > 0.2).all()


@pytest.mark.parametrize("path", ["practices.meeting_every_d", "practices.crm_coverage", "practices.hand_off_delay_d"])
def test_the_place_of_a_number_is_where_it_came_from(path):
    (lever,) = [one for one in open_levers("reference") if one.path == path]
    for place in (0.0, 0.3, 1.0):
        assert lever.place(lever.value(place)) == pytest.approx(place, abs=0.06)
    if lever.may_be_never:
        assert lever.place(None) == NEVER
        assert lever.value(NEVER) is None


def test_what_is_seen_with_noise_of_its_own_size_is_held_by_the_intervals_as_often_as_they_say():
    rng = np.random.default_rng(8)
    behind = rng.random((2300, 6))
    seen = np.concatenate(
        [behind[:, :3] + 0.29 * rng.standard_normal((2300, 3)), rng.standard_normal((2300, 4))], axis=1
    )
    summaries = learned(seen[:2000], behind[:2000])
    assert summaries.explained[:3] == pytest.approx(0.5, abs=0.06)
    assert summaries.explained[3:] == pytest.approx(0, abs=0.03)
    of = summaries.of(seen[:2000])
    inside = []
    for row in range(2000, 2300):
        found = near(of, summaries.of(seen[row : row + 1])[0], behind[:2000])
        for column in range(6):
            low, high = quantiles(found.moved[:, column], found.weights, (0.05, 0.95))
            inside.append(low <= behind[row, column] <= high)
    assert np.mean(inside) == pytest.approx(0.9, abs=0.02)
    assert quantiles(np.arange(90.0), np.full(90, 1 / 90), (0.05, 0.5, 0.95)) == [3, 44, 85]


# --- what is found ---


def test_a_made_up_company_is_found_again():
    found = assessed()
    table = found.practices.set_index("parameter")
    assert table.loc["practices.sla_tracked", ["verdict", "value"]].tolist() == ["known", True]
    assert table.loc["practices.sla", "verdict"] == "known"  # nothing is tracked that was not signed
    assert table.loc["practices.one_head", "verdict"] == "told"
    assert table.loc["practices.one_head", "value"] is False
    assert table.loc["practices.one_head", "chance"] > 0.9
    for path, value in {"joint_training_h_per_quarter": 6, "senior_support": 0.6, "content_input": 0.7}.items():
        row = table.loc[f"practices.{path}"]
        assert row["verdict"] == "told"
        assert 0.9 * row["low"] <= value <= 1.1 * row["high"]
    assert table.loc["practices.meeting_h", "verdict"] == "not told"
    assert sum(found.chances.values()) == pytest.approx(1)
    assert found.type == "aligned"


def test_the_step_that_pays_is_found_and_measured_in_companies_that_did_not_choose_it():
    steps = assessed().steps
    assert steps["practice"].iloc[0] == "automation"
    assert steps["is_again"].head(4).all()
    row = steps.iloc[0]
    assert row["gain"] == pytest.approx(2e5)
    assert 0 < row["share_open"] < 1
    assert (
        assessed()
        .conclusion[1]
        .startswith("What to do: start with marketing automation as integrated has it (automation yes);")
    )


def test_a_gap_that_no_company_has_is_named_and_those_that_all_have_are_not():
    found = assessed()
    assert [one.statement for one in found.unusual[:2]] == [0, 1]  # and with it the whole score
    assert found.unusual[1].share == 0
    assert "What Sales forecasts for a quarter comes true." in found.conclusion[2]
    assert "in none of the simulated companies" in found.conclusion[2]
    assert found.gaps[0].usual[1] < 0  # Marketing always answers higher here


def test_evidence_is_of_companies_left_out():
    evidence = assessed().evidence
    assert len(evidence.types) == 60
    covered, n = evidence.coverage()
    assert n > 100
    assert covered == pytest.approx(0.9, abs=0.07)
    assert "of 60 simulated companies read the same way" in assessed().conclusion[4]


def test_answers_unlike_all_others_are_told():
    found, answers = assessed(), np.random.default_rng(3).choice([1.0, 5.0], (N_STATEMENTS, 2))
    plan = replace(found.plan, survey=replace(found.plan.survey, answers=answers))
    other = replace(found, plan=plan, near=found.reading.near(answers.ravel()))
    assert other.is_unlike
    assert any(
        line.startswith("Take care: hardly any simulated company answers like that") for line in other.conclusion
    )


def test_the_report_begins_with_the_type_and_programs_get_numbers():
    report = assessed().content
    text = text_of(report)
    assert text.startswith("Type ")
    assert "aligned" in report.headline
    record = json.loads(json.dumps(record_of(report), default=str))
    assert record["types"]["aligned"] == assessed().chances["aligned"]
    assert set(record["evidence"]) == {"n", "accuracy", "coverage", "rightness"}
    assert "What the answers do not tell" not in page_of(assessed())
    for word in ("What to do on Monday", "Both sides", "Practices", "Evidence"):
        assert word in page_of(assessed())


def test_the_likeliest_company_is_one_that_other_commands_take(tmp_path):
    text = assessed().content.files[FILE](tmp_path, SimpleNamespace(command="run.py assess answers.yaml"))
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    company = scenarios.load(tmp_path / FILE)
    assert company.name == "reference_assessed"
    assert company.practices.sla_tracked
    assert company.practices.hand_off_delay_d == 0
    assert company.run.quarters == 4
    assert likeliest(assessed())["practices.lead_target"] == "capacity"  # not told, so as the aligned type has it
    assert "  one_head: false  # told: no (9" in text or "one_head: false" in text


def test_a_killed_assessment_goes_on_where_it_was(tmp_path):
    file = file_of(tmp_path, answers_of(scenarios.load("reference", "defined"), 1))
    question = AssessQuestion(file, runs=300, plausible=10, changes={"run.quarters": 1}, fixed=True)
    stopped = []

    def stop(n_done, n_runs):
        stopped.append((n_done, n_runs))
        if n_done == 350:
            raise KeyboardInterrupt

    first = kept(question, tmp_path / "out", MADE_UP, stop)
    assert first.is_interrupted
    seen = []
    again = kept(question, tmp_path / "out", MADE_UP, lambda *now: seen.append(now))
    assert not again.is_interrupted
    assert (tmp_path / "out" / FILE).is_file()
    totals = [total for _, total in seen]
    assert all(later <= earlier for earlier, later in pairwise(totals))
    assert seen[-1][0] == seen[-1][1]


def test_what_a_run_shows_is_what_the_model_wrote_down():
    lived = simulate_short()
    kept_of_it = answers_and_money(lived)
    assert kept_of_it["answer/20/marketing"] == lived.company.survey["answers"][-1, 19, 1]
    assert kept_of_it["people/marketing"] == len(lived.company.marketer)


def simulate_short():
    import simulation

    return simulation.simulate(scenarios.load("small_firm", changes={"run.quarters": 1}), 3)


def test_languages_say_causes_and_values():
    from experiments.questions.assess.text import value_in_words

    row = next(one for one in assessed().practices.itertuples() if one.parameter == "practices.senior_support")
    with in_language("ru"):
        assert "от" in value_in_words(row)
