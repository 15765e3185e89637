"""The report is one page that needs nothing else, says the answer first, and lets nothing in unescaped."""

import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from plotly.offline import get_plotlyjs

from experiments.execution.runner import Settings
from experiments.questions.compare.ask import CompareQuestion
from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.result import Comparison
from experiments.reporting.html import below_heading, numbers_behind, words
from experiments.reporting.page_parts import titles
from experiments.reporting.report import Section
from tests import stand_in_company as stand_in
from tests.asking import page_of, parts_of, result_of

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


def test_the_parts_stand_in_the_order_in_which_a_reader_asks():
    assert parts_of(page()) == [part for part in titles() if part != "comes-from" or "bridge" in page()]
    assert list(titles())[:5] == ["answer", "to-do", "comes-from", "sure", "hangs-on"]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "").casefold()


def test_every_sentence_of_the_conclusion_is_said_once():
    said = plain(read().words)
    for line in comparison().conclusion:
        assert said.count(plain(line.split(": ", 1)[-1])) == 1


def test_figures_stand_in_the_part_they_belong_to():
    sections = dict(zip(parts_of(page()), page().split("<section ")[1:], strict=True))
    part_of = {name: part for part, text in sections.items() for name in re.findall('id="figure-(\\w+)"', text)}
    assert part_of["money"] == "answer"
    assert part_of["bridge"] == "comes-from"
    assert part_of["luck"] == part_of["differences"] == "sure"
    assert part_of["funnel"] == "evidence"


def test_nothing_is_said_twice_in_a_row():
    whole = result_of(CompareQuestion("reference", runs=12, types=("today", "aligned"), is_quick=True))
    said = [whole.content.headline, *whole.conclusion, *(one.title for one in whole.content.exhibits)]
    assert not [line for line in said if re.search(r"\b(\w[\w' ]{6,}),? \1\b", line)]


@pytest.mark.parametrize(
    ("text", "heading", "left"),
    [
        ("How sure, with draws: it pays", "How sure", "With draws: it pays"),
        ("How sure: it pays", "How sure", "It pays"),
        ("What to do: start", "What to do on Monday", "Start"),
        ("Is it your company? Here today: 3", "Is it your company?", "Here today: 3"),
        ("What it hangs on most: hours", "What it hangs on", "Most: hours"),
        ("How it is earned: better leads", "How sure", "How it is earned: better leads"),
        ("Nothing of it", "Answer", "Nothing of it"),
    ],
)
def test_a_sentence_does_not_repeat_the_heading_above_it(text: str, heading: str, left: str):
    assert below_heading(text, heading) == left


def test_a_section_of_its_own_stands_before_the_evidence():
    own = replace(comparison().content, sections=[Section("own", "Of its own", ["Something."])])
    parts = parts_of(page_of(SimpleNamespace(content=own)))
    assert parts.index("hangs-on" if "hangs-on" in parts else "sure") < parts.index("own") < parts.index("evidence")


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


def test_the_source_of_a_users_own_value_is_the_user(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("extends: reference\nname: mine\npeople: {account_executives: 17}\n")
    said = Page(page_of(result_of(CompareQuestion(file, runs=2, changes={"people.marketers": 9})))).words
    assert "people.account_executives817yours" in said
    assert "people.marketers9yours" in said
    assert "file of the company small_firm" in Page(page_of(result_of(CompareQuestion("small_firm", runs=2)))).words


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
    (shown,) = numbers_behind(frame)
    assert shown.rows == [["Aligned", "12,300", "not known", "1,200"]]


def test_numbers_too_wide_for_a_page_come_in_several_tables_with_their_names_before_them():
    import pandas as pd

    frame = pd.DataFrame({"variant": ["aligned"], **{f"c{k}": [float(k)] for k in range(20)}})
    several = numbers_behind(frame)
    assert [len(one.heads) for one in several] == [10, 10, 3]
    assert all(one.heads[0] == "variant" and one.rows[0][0] == "Aligned" for one in several)
    assert [head for one in several for head in one.heads[1:]] == [f"c{k}" for k in range(20)]
