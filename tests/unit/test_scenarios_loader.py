"""A company is its parents, its preset and its own words, in that order; changes come last."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
from scenarios.input_errors import Place
from scenarios.yaml_file import parse_yaml

FILES = {
    "parent.yaml": """
        question: What does a parent do?
        preset: ./loose.yaml
        people: {sdrs: 2, marketers: 5}
        practices: {meeting_h: 2}
        segments:
          small: {buyers: 2}
          large: {buyers: 8, deal_value_eur: 90000}
        channels:
          web: {}
        """,
    "child.yaml": """
        extends: parent.yaml
        people: {sdrs: 3}  # head count of the sales plan
        segments:
          small: null
          large: {buyers: 9}
          middle: {buyers: 4}
        """,
    "loose.yaml": "practices: {meeting_every_d: 63, meeting_discipline: 0.2}",
    "tight.yaml": "{extends: looser.yaml, practices: {meeting_every_d: 5, sla: true}, pay: {on_cost: 1.3}}",
    "looser.yaml": "practices: {meeting_every_d: 126, crm_coverage: 0.5}",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_child_changes_only_what_it_names():
    child = scenarios.load("child.yaml")
    assert (child.people.sdrs, child.people.marketers) == (3, 5)
    assert (child.name, child.question) == ("child", "What does a parent do?")


def test_segments_merge_by_name_and_null_takes_one_out():
    segments = scenarios.load("child.yaml").segments
    assert list(segments) == ["large", "middle"]
    assert (segments["large"].buyers, segments["large"].deal_value_eur) == (9, 90000)
    assert segments["middle"].deal_value_eur == scenarios.Segment().deal_value_eur


def test_a_file_stands_on_its_own_preset():
    practices = scenarios.load("parent.yaml").practices
    assert (practices.meeting_every_d, practices.meeting_discipline, practices.meeting_h) == (63, 0.2, 2)


def test_a_preset_asked_for_replaces_the_preset_of_the_file():
    scenario = scenarios.load("child.yaml", practices="tight.yaml")
    practices = scenario.practices
    assert (practices.meeting_every_d, practices.sla, practices.crm_coverage) == (5, True, 0.5)
    assert practices.meeting_discipline == scenarios.Scenario().practices.meeting_discipline
    assert practices.meeting_h == 2
    assert scenario.pay.on_cost == 1.3


def test_changes_come_on_top_of_everything():
    changes = {"practices.meeting_every_d": 1, "market.turbulence": 0.3, "segments.large.buyers": 3}
    scenario = scenarios.load("child.yaml", practices="tight.yaml", changes=changes)
    assert (scenario.practices.meeting_every_d, scenario.market.turbulence) == (1, 0.3)
    assert (scenario.segments["large"].buyers, scenario.segments["middle"].buyers) == (3, 4)


def test_a_star_changes_all_segments():
    scenario = scenarios.load("child.yaml", changes={"segments.*.buyers": 7})
    assert {segment.buyers for segment in scenario.segments.values()} == {7}


def test_a_change_leaves_the_original_alone():
    before = scenarios.load("child.yaml")
    after = scenarios.set_value(before, "people.sdrs", np.int64(9))
    assert (before.people.sdrs, after.people.sdrs, type(after.people.sdrs)) == (3, 9, int)


def test_a_whole_segment_can_be_added_by_a_program():
    new = scenarios.Segment(buyers=2)
    after = scenarios.load("child.yaml", changes={"segments": {"new": new}, "segments.new.steps": 4})
    assert after.segments["new"] == new.model_copy(update={"steps": 4})


def test_numpy_numbers_are_numbers():
    after = scenarios.set_value(scenarios.Scenario(), "market.turbulence", np.float64(0.5))
    assert type(after.market.turbulence) is float


def test_a_parent_is_found_beside_its_child_from_anywhere(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir("/")
    assert scenarios.load(folder / "child.yaml").people.marketers == 5


def test_a_file_with_a_byte_order_mark_and_windows_lines(folder: Path):
    (folder / "windows.yaml").write_bytes(b"\xef\xbb\xbfpeople:\r\n  sdrs: 3\r\n")
    assert scenarios.load("windows.yaml").people.sdrs == 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1e1", 10.0), ("1.5e0", 1.5), ("+2", 2.0), (".5", 0.5), ("1_0", 10.0), ("010", 10.0), ("5.", 5.0), ("-0", 0.0)],
)
def test_numbers_are_read_as_people_write_them(written: str, meant: float, folder: Path):
    (folder / "number.yaml").write_text(f"market: {{turbulence: {written}}}", encoding="utf-8")
    assert scenarios.load("number.yaml").market.turbulence == meant


@pytest.mark.parametrize("written", ["true", "True", "TRUE"])
def test_true_is_true(written: str, folder: Path):
    (folder / "truth.yaml").write_text(f"practices: {{sla: {written}}}", encoding="utf-8")
    assert scenarios.load("truth.yaml").practices.sla is True


@pytest.mark.parametrize("word", ["no", "off", "on", "yes", "Norway", "1:30", "2024-01-31", "e5", ".", "1.2.3"])
def test_words_stay_words(word: str, folder: Path):
    (folder / "words.yaml").write_text(f"question: {word}", encoding="utf-8")
    assert scenarios.load("words.yaml").question == word


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("sdrs: 3  # Sales' own plan", "Sales' own plan"),
        ("'sdrs': 3 # 'quoted'", "'quoted'"),
        ("sdrs: 3# no comment", ""),
        ('name: "a # b"', ""),
        ('name: "a # b"  # c', "c"),
        ("name: |  # d\n  text\nsdrs: 3", ""),
        ("people: {sdrs: 3}", ""),
    ],
)
def test_the_comment_beside_a_value_is_its_note(line: str, note: str):
    places = parse_yaml(line, "any.yaml").places
    key = line.split(":")[0].strip("'")
    assert places[(key,)] == Place("any.yaml", 1, note)


def test_changes_typed_on_a_command_line_are_read_as_yaml():
    typed = ["market.turbulence=3e-1", "practices.sla = true", "practices.meeting_every_d=null", "name=a = b"]
    assert scenarios.parse_changes(typed) == {
        "market.turbulence": 0.3,
        "practices.sla": True,
        "practices.meeting_every_d": None,
        "name": "a = b",
    }


def test_what_a_child_changes():
    changes = {change.path: (change.old, change.new) for change in scenarios.changes("child.yaml")}
    assert changes["people.sdrs"] == (2, 3)
    assert changes["segments.large.buyers"] == (8.0, 9.0)
    assert changes["segments.small"][1] is None
    assert changes["segments.middle"][0] is None
    assert changes["segments.middle"][1]["buyers"] == 4.0
    assert len(changes) == 4


def test_what_a_file_without_parent_changes_in_the_defaults():
    changes = {change.path: (change.old, change.new) for change in scenarios.changes("parent.yaml")}
    assert changes["practices.meeting_every_d"] == (None, 63)
    assert changes["segments.small"][0] is None
    assert "segments.buyers" not in changes


def test_explaining_a_file_shows_question_changes_and_sources():
    text = scenarios.explain("child.yaml")
    assert "people.sdrs" in text
    assert "2 -> 3 people  [head count of the sales plan]" in text
    assert "segments.small  (removed)" in text
    assert "segments.middle  (new)" in text
