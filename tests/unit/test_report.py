"""The report is one page that needs nothing else, says the answer first, and lets nothing in unescaped."""

import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from plotly.offline import get_plotlyjs

from experiments.execution.runner import Settings
from experiments.questions.compare.ask import CompareQuestion
from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.result import Comparison
from experiments.reporting.html import numbers_behind, words
from tests import stand_in_company as stand_in
from tests.asking import page_of, result_of

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
def comparison(runs: int = 12) -> Comparison:
    return result_of(CompareQuestion("reference", runs=runs, changes={"market.turbulence": 0.9}, is_quick=True))


@cache
def page() -> str:
    return page_of(comparison())


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
    assert len(places) == len(exhibits(comparison()))
    assert data == [f"{place}-data" for place in places]
    drawings = [json.loads(script) for script in read().scripts[: len(places)]]
    assert all(drawing["data"] and "title" not in drawing["layout"] for drawing in drawings)


def test_the_answer_comes_first_then_evidence_doubt_and_origin():
    words = read().words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")
    order = ["Answer", "Evidence", "Doubt", "What went in", "Where it comes from"]
    places = [words.rindex(f"{title}") for title in order[:-1]]
    assert places == sorted(places)
    for line in comparison().conclusion:
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
    odd = result_of(CompareQuestion("reference", runs=2, changes={"market.turbulence": 20.0}))
    assert "market.turbulence is 20.0, outside the plausible range" in Page(page_of(odd)).words


HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\" </script>"


def test_text_from_company_files_stays_text(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_text(f"extends: reference\nname: {json.dumps(HOSTILE)}\nquestion: {json.dumps(HOSTILE)}\n")
    parsed = Page(page_of(result_of(CompareQuestion(str(file), runs=2))))
    assert HOSTILE in parsed.words
    assert not [a for _, a in parsed.found if "onerror" in a]
    assert len(parsed.scripts) == len(read().scripts)
    assert parsed.open == []


def test_a_report_written_later_says_what_was_run(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\nquestion: Q?\nmarket: {turbulence: 0.7}  # heard in sales\n")
    question = CompareQuestion(file, types=("undefined", "aligned"), runs=3)
    plan = question.plan()
    result = result_of(question)
    file.unlink()
    written = result.report(tmp_path / "report")
    assert "market.turbulence10.7heard in sales" in Page(page_of(result)).words
    asked = json.loads((written / "manifest.json").read_text())["asked_sha256"]
    assert asked == hashlib.sha256(question.identity(plan).encode()).hexdigest()


def test_names_of_segments_and_channels_stay_text(tmp_path):
    file = tmp_path / "x.yaml"
    name = "<b onclick=x>"
    file.write_text(f"extends: reference\nchannels:\n  '{name}': {{spend_share: 0.1}}\n")
    parsed = Page(page_of(result_of(CompareQuestion(str(file), runs=1))))
    assert name in parsed.words
    assert not [a for _, a in parsed.found if "onclick" in a]


@pytest.mark.parametrize("runs", [1, 2])
def test_few_runs_make_a_report_without_raw_nans(runs: int):
    assert not re.search(r"\bnan\b", Page(page_of(comparison(runs))).words, re.IGNORECASE)


def test_a_comparison_without_results_is_still_a_page():
    nothing = result_of(CompareQuestion(runs=2), Settings(workers=1, simulate=stand_in.failing_always))
    assert "Nothing can be compared" in Page(page_of(nothing)).words


def test_a_number_stays_on_one_line_with_its_unit():
    assert words("€480 k of 5 % <b>") == "€480\N{NO-BREAK SPACE}k of 5\N{NO-BREAK SPACE}% &lt;b&gt;"
    assert words("2 kinds") == "2 kinds"


def test_the_numbers_behind_a_figure_are_shown_with_unknowns_named():
    import pandas as pd

    frame = pd.DataFrame({"variant": ["aligned"], "mean": [12_345.6], "low": [float("nan")], "n": [1_200]})
    assert numbers_behind(frame).rows == [["Aligned", "12,300", "not known", "1,200"]]
