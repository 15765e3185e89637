"""Every command on the how-to pages works, tried on a small case: fewer worlds of a smaller company."""

import re
import shlex
import shutil

import pytest

import run
import scenarios
import simulation
from experiments.wording.parameters import declared, parameter_words, value_at
from tests import stand_in_sales
from tests.crm_variants import Variant
from tests.repository import ROOT

PAGES = sorted((ROOT / "docs" / "how_to").glob("*.md"))
WRITTEN_DOWN = re.compile(r"^```yaml\n(question: .*?)^```", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
SMALL_COMPANY = ["--set", "run.quarters=1", "--set", "market.prospects_per_day=4", "--workers", "1"]
SMALLER = {  # by command: options that come last and win
    "assess": ["--runs", "300", "--plausible", "10", "--fixed", *SMALL_COMPANY],
    "brief": ["--runs", "10", *SMALL_COMPANY],
    "ensemble": ["--wave", "100", "--most", "100", "--workers", "1"],
    "calibrate": ["--runs", "120", *SMALL_COMPANY],
    "import": [],
    "discover": ["--points", "40", "--runs", "1", *SMALL_COMPANY],
    "new": ["--worlds", "2", "--draws", "0", "--workers", "1"],
    "map": ["--x", "market.turbulence=1,2", "--types", "defined,aligned", "--runs", "2", *SMALL_COMPANY],
    "optimise": ["--generations", "1", "--population", "4", "--worlds", "2", "--fresh", "4", *SMALL_COMPANY],
    "roadmap": ["--runs", "2", *SMALL_COMPANY],
    "sweep": ["--points", "3", "--runs", "2", *SMALL_COMPANY],
    "sensitivity": ["--trajectories", "2", "--keep", "2", "--points", "8", "--runs", "1", *SMALL_COMPANY],
    "what-if": ["--runs", "2", "--given", "run.quarters=3", "--given", "market.prospects_per_day=4", "--workers", "1"],
}
"""Commands on the pages that take long, with what makes them small."""
HALF_A_YEAR = scenarios.load("fast_simple_market", changes={"run.quarters": 2, "market.prospects_per_day": 6.0})
"""The company whose CRM export a page fits."""
FEWER = {"sensitivity": ["--vary", "market.turbulence=0:2", "--vary", "market.need_spread"]}
"""What varies by command, where the page does not say it and everything would."""


def smaller(words):
    """A command with options that make it small."""
    return [*words, *SMALLER[words[0]], *([] if "--vary" in words else FEWER.get(words[0], []))]


def commands_on_pages():
    """Each command with the page it stands on."""
    return [
        pytest.param(line.split("run.py", 1)[1], id=f"{page.stem}: {line.split('run.py', 1)[1].strip()}")
        for page in PAGES
        for block in FENCED.findall(page.read_text(encoding="utf-8"))
        for line in block.replace("\\\n", " ").splitlines()
        if re.match(r"python3? run\.py", line)
    ]


@pytest.mark.parametrize("command", commands_on_pages())
def test_the_command_works(command, tmp_path, monkeypatch, capsys):
    words = shlex.split(command, comments=True)
    if words[0] not in SMALLER or "--form" in words:
        pytest.skip("tried with its own command")
    monkeypatch.chdir(tmp_path)
    (experiment,) = WRITTEN_DOWN.findall((ROOT / "docs/how_to/sweep.md").read_text(encoding="utf-8"))
    (tmp_path / "experiment.yaml").write_text(experiment, encoding="utf-8")
    answers = (ROOT / "docs/examples/answers_of_both_sides.yaml").read_text(encoding="utf-8")
    (tmp_path / "answers.yaml").write_text(answers, encoding="utf-8")
    if words[0] == "new":
        shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    if words[0] in ("calibrate", "import"):
        stand_in_sales.write_export(simulation.simulate(HALF_A_YEAR, 1), tmp_path)
    if words[0] == "import":
        (tmp_path / "mapping.yaml").unlink()
    assert run.main(smaller(words)) == 0
    said = capsys.readouterr().out
    assert ("report.html" in said) or "--only-read" in words or words[0] == "import"
    if words[0] not in ("calibrate", "import"):
        folder = next(line.rpartition("/")[0] for line in said.splitlines() if line.endswith("/report.html"))
        assert run.main(["status", folder]) == 0
        assert capsys.readouterr().out.endswith("It is complete.\n")


def test_the_page_on_imports_shows_what_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    states = {"won": "Closed Won", "lost": "Closed Lost", "open": "Proposal"}
    columns = ("Lead ID", "Close date", "Owner", "Value", "Stage")
    Variant(only_won=False, deal_names=columns, states=states, value=lambda eur: f"${eur:,.2f}").write(tmp_path)
    assert run.main(["import", "leads.csv", "deals.csv"]) == 2
    said = capsys.readouterr().out
    shown = said[: said.index("\nDetails:")]
    assert f"```\n{shown}```" in (ROOT / "docs/how_to/import.md").read_text(encoding="utf-8")


def test_the_calendar_on_the_page_is_the_example_and_does_what_the_page_says():
    """Until its first day the company is the same; from then on set-up is paid for, and fewer leads lie."""
    example = ROOT / "docs" / "examples" / "agreement_on_the_way.yaml"
    page = (ROOT / "docs" / "how_to" / "change_on_the_way.md").read_text(encoding="utf-8")
    assert f"```yaml\n{example.read_text(encoding='utf-8')}```" in page
    changing = scenarios.load(example, changes={"run.quarters": 5, "market.prospects_per_day": 15.0})
    staying = scenarios.from_resolved({**scenarios.resolved(changing), "calendar": {}})
    changed, stayed = (simulation.simulate(one, 1).daily for one in (changing, staying))
    begins = (changing.run.warm_up_quarters + 2) * 63
    assert changed[:begins].tobytes() == stayed[:begins].tobytes()
    set_up = changed["coordination"][begins] - stayed["coordination"][begins]
    assert set_up >= 3 * changing.behaviour.change.setup_eur
    never_worked = [days["n_never_worked"][begins + 63 :].sum() for days in (changed, stayed)]
    assert never_worked[0] < 0.5 * never_worked[1]


def test_a_change_on_the_way_is_told_with_its_day_and_what_it_takes_the_place_of():
    before = scenarios.load("reference", "undefined")
    after = scenarios.with_changes(before, {"practices.sla@126": True})
    path = "practices.sla@126"
    assert parameter_words(path) == "SLA from day 126 on"
    assert (value_at(before, path), value_at(after, path)) == (False, True)
    assert declared(path) == declared("practices.sla")
