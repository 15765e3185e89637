"""The report is one page that needs nothing else, says the answer first, and lets nothing in unescaped."""

import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from plotly.offline import get_plotlyjs

from experiments.execution.runner import Settings
from experiments.questions.compare.ask import Plan, compare_variants, variants_of
from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.report import report
from experiments.questions.compare.result import Comparison
from experiments.reporting.html import data_table, text
from experiments.store.provenance import PROJECT, Provenance
from tests import stand_in_company as stand_in

MADE = Provenance(
    "python run.py compare", "2026-11-22T10:00:00+00:00", "abc123", None, {PROJECT: "0.1.0", "numpy": "2"}
)
QUICK = Settings(workers=1, simulate=stand_in.simulate_scenario)
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Collects tags, links, words and scripts, and checks that tags are closed in order; Plotly itself is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.scripts: list[str] = []
        self.feed(page.replace(get_plotlyjs(), "the whole of Plotly"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data
        elif not self.open or self.open[-1] != "style":
            self.words += data


@cache
def found(runs: int = 12) -> Comparison:
    plan = Plan(runs=runs, changes={"market.turbulence": 0.9})
    return compare_variants(variants_of("reference", plan), plan, QUICK)


@cache
def page() -> str:
    return report(found(), exhibits(found()), MADE)


@cache
def read() -> Page:
    return Page(page())


def test_tags_are_balanced_and_ids_unique():
    assert read().open == []
    ids = [attributes["id"] for _, attributes in read().found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_it_asks_for_nothing_from_outside():
    policy = next(a["content"] for tag, a in read().found if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    links = [a.get(key) for _, a in read().found for key in ("src", "href", "srcset", "action") if a.get(key)]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert not re.search(r"@import|url\(", page().split("</style>")[0])


def test_plotly_is_inside_once():
    assert read().scripts.count("the whole of Plotly") == 1


def test_every_figure_has_its_place_its_data_and_its_numbers():
    places = [a["id"] for tag, a in read().found if tag == "div" and a.get("class") == "plot"]
    data = [a["id"] for tag, a in read().found if tag == "script" and a.get("type") == "application/json"]
    assert len(places) == len(exhibits(found()))
    assert data == [f"{place}-data" for place in places]
    drawings = [json.loads(script) for script in read().scripts[: len(places)]]
    assert all(drawing["data"] and "title" not in drawing["layout"] for drawing in drawings)


def test_the_answer_comes_first_then_evidence_doubt_and_origin():
    words = read().words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
    order = ["The answer", "The evidence", "The doubt", "What was compared", "Where it comes from"]
    places = [words.rindex(f"{title}") for title in order[:-1]]
    assert places == sorted(places)
    for line in found().answer:
        assert line.split(": ")[-1] in words


def test_changed_parameters_sources_and_command_are_told():
    words = read().words
    for piece in (
        "market.turbulence",
        "0.9",
        "python run.py compare",
        "abc123",
        "numpy 2",
        "seeds 0 to 11",
        "assumption",
    ):
        assert piece in words
    assert "Days from one joint meeting to the next" in words


def test_values_outside_their_plausible_range_are_doubts():
    plan = Plan(runs=2, changes={"market.turbulence": 20.0})
    odd = compare_variants(variants_of("reference", plan), plan, QUICK)
    assert "market.turbulence is 20.0, outside the plausible range" in Page(report(odd, [], MADE)).words


HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\" </script>"


def test_text_from_company_files_stays_text(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_text(f"extends: reference\nname: {json.dumps(HOSTILE)}\nquestion: {json.dumps(HOSTILE)}\n")
    plan = Plan(runs=2)
    hostile = compare_variants(variants_of(str(file), plan), plan, QUICK)
    made = report(hostile, exhibits(hostile), MADE)
    parsed = Page(made)
    assert HOSTILE in parsed.words
    assert not [a for _, a in parsed.found if "onerror" in a]
    assert len(parsed.scripts) == len(read().scripts)
    assert parsed.open == []


def test_names_of_segments_and_channels_stay_text(tmp_path):
    file = tmp_path / "x.yaml"
    name = "<b onclick=x>"
    file.write_text(f"extends: reference\nchannels:\n  '{name}': {{spend_share: 0.1}}\n")
    plan = Plan(runs=1)
    hostile = compare_variants(variants_of(str(file), plan), plan, QUICK)
    parsed = Page(report(hostile, exhibits(hostile), MADE))
    assert name in parsed.words
    assert not [a for _, a in parsed.found if "onclick" in a]


@pytest.mark.parametrize("runs", [1, 2])
def test_few_runs_make_a_report_without_raw_nans(runs: int):
    few = found(runs)
    words = Page(report(few, exhibits(few), MADE)).words
    assert not re.search(r"\bnan\b", words, re.IGNORECASE)


def test_a_comparison_without_results_is_still_a_page():
    plan = Plan(runs=2)
    nothing = compare_variants(
        variants_of("reference", plan), plan, Settings(workers=1, simulate=stand_in.failing_always)
    )
    assert "Nothing can be compared" in Page(report(nothing, [], MADE)).words


def test_a_number_stays_on_one_line_with_its_unit():
    assert text("€480 k of 5 % <b>") == "€480\N{NO-BREAK SPACE}k of 5\N{NO-BREAK SPACE}% &lt;b&gt;"
    assert text("2 kinds") == "2 kinds"


def test_the_numbers_behind_a_figure_are_shown_with_unknowns_named():
    import pandas as pd

    frame = pd.DataFrame({"variant": ["aligned"], "mean": [12_345.6], "low": [float("nan")], "n": [1_200]})
    words = Page(data_table(frame)).words
    assert "Aligned" in words
    assert "12,300" in words
    assert "not known" in words
    assert "1,200" in words
