"""Whatever is wrong with a company file, the answer is one sentence with file, line, key and what is allowed."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from scenarios.input_errors import in_a_row
from tests.faults.bad_company_files import BAD_FILES, BadFile


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(company: object, **options: object) -> str:
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(company, **options)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 400
    return sentence


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_a_bad_file_gets_one_sentence(bad: BadFile, folder: Path):
    (folder / "bad.yaml").write_bytes(bad.content)
    sentence = refusal("bad.yaml")
    where = "bad.yaml" if bad.line is None else f"bad.yaml, line {bad.line}"
    assert sentence.startswith(f"{where}: ")
    for words in bad.says:
        assert words in sentence


def test_a_long_list_of_words_is_cut_and_says_how_many_are_missing():
    words = [f"word_{n:02}" for n in range(40)]
    told = in_a_row(words, 100)
    assert told.endswith("word_10 and 29 more")
    assert in_a_row(words[:3]) == "word_00, word_01, word_02"


def test_every_case_has_its_own_name():
    assert len({bad.name for bad in BAD_FILES}) == len(BAD_FILES) >= 45


def test_the_same_frame_without_the_mistake_is_accepted(folder: Path):
    (folder / "good.yaml").write_text("question: Why?\npeople:\n  sdrs: 3\n", encoding="utf-8")
    scenario = scenarios.load("good.yaml")
    assert (scenario.people.sdrs, scenario.name, scenario.question) == (3, "good", "Why?")


@pytest.mark.parametrize(
    ("company", "says"),
    [
        ("nowhere.yaml", ("nowhere.yaml", "no such file")),
        ("nowhere", ('there is no company "nowhere"',)),
        ("", ('there is no company ""',)),
        (".", ("directory",)),
        (Path("nowhere.yaml"), ("nowhere.yaml", "no such file")),
        ("a\0b.yaml", ("no such file",)),
        (5000 * "x" + ".yaml", ("cannot be read",)),
    ],
)
def test_a_company_that_is_not_there(company: object, says: tuple[str, ...], folder: Path):
    sentence = refusal(company)
    for words in says:
        assert words in sentence


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "secret.yaml").write_text("people: {sdrs: 3}\n", encoding="utf-8")

    def locked(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert refusal("secret.yaml") == "secret.yaml: the file cannot be read (Permission denied)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(folder: Path):
    os.mkfifo(folder / "pipe.yaml")
    assert "no text file" in refusal("pipe.yaml")


def test_a_link_to_itself(folder: Path):
    (folder / "link.yaml").symlink_to("link.yaml")
    assert "link.yaml" in refusal("link.yaml")


def test_two_files_that_extend_each_other(folder: Path):
    (folder / "one.yaml").write_text("extends: two.yaml\n", encoding="utf-8")
    (folder / "two.yaml").write_text("extends: one.yaml\n", encoding="utf-8")
    sentence = refusal("one.yaml")
    assert sentence.startswith("two.yaml, line 1: ")
    assert "one.yaml -> two.yaml -> one.yaml" in sentence


def test_a_chain_of_parents_that_never_ends(folder: Path):
    for number in range(40):
        (folder / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n", encoding="utf-8")
    assert "more than 10 files" in refusal("0.yaml")


def test_a_mistake_in_the_parent_is_told_at_its_own_line(folder: Path):
    (folder / "parent.yaml").write_text("people:\n  sdrs: many\n", encoding="utf-8")
    (folder / "child.yaml").write_text("extends: parent.yaml\nmoney:\n  discount_max: 0.1\n", encoding="utf-8")
    assert refusal("child.yaml").startswith("parent.yaml, line 2: people.sdrs")


def test_a_preset_does_not_hide_a_mistake_in_the_company(folder: Path):
    (folder / "mine.yaml").write_text("practices:\n  sla: perhaps\n", encoding="utf-8")
    (folder / "tight.yaml").write_text("practices:\n  sla: true\n", encoding="utf-8")
    assert refusal("mine.yaml", practices="tight.yaml").startswith("mine.yaml, line 2: practices.sla")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("market: {turbulence: 1}", ("tight.yaml, line 1", "unknown key market in a practice preset")),
        ("practice: {sla: true}", ("tight.yaml, line 1", "did you mean practices?")),
        ("practices: {sal: true}", ("tight.yaml, line 1", "practices.sal", "did you mean sla?")),
        ("practices: {sla: 3}", ("tight.yaml, line 1", "practices.sla is 3")),
        ("", ("tight.yaml", "empty")),
    ],
)
def test_a_bad_preset(text: str, says: tuple[str, ...], folder: Path):
    (folder / "mine.yaml").write_text("people: {sdrs: 3}\n", encoding="utf-8")
    (folder / "tight.yaml").write_text(text, encoding="utf-8")
    sentence = refusal("mine.yaml", practices="tight.yaml")
    for words in says:
        assert words in sentence


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"market.turbulance": 1}, ("there is no market.turbulance", "did you mean market.turbulence?")),
        ({"turbulence": 1}, ("did you mean market.turbulence?",)),
        ({"segments.nobody.buyers": 1}, ("there is no segments.nobody.buyers", "did you mean segments.*.buyers?")),
        ({"market.turbulence.x": 1}, ("there is no market.turbulence.x",)),
        ({"": 1}, ("there is no",)),
        ({"..": 1}, ("there is no",)),
        ({"*": 1}, ("there is no",)),
        ({"people.*": 1}, ("there is no people.*",)),
        ({"market.turbulence": 21}, ("market.turbulence is 21", "at most 20")),
        ({"market.turbulence": "high"}, ('"high"', "a number")),
        ({"market.turbulence": float("nan")}, ("nan", "a number")),
        ({"market.turbulence": 10**400}, ("a number of more than 30 digits",)),
        ({"people.sdrs": 10**5000}, ("a number of more than 30 digits",)),
        ({"market": 3}, ("market is 3", "a group with the keys")),
        ({"segments": None}, ("segments is empty",)),
        ({"segments.buyers": None}, ("segments", "at least one")),
    ],
)
def test_a_bad_change(change: dict[str, object], says: tuple[str, ...], folder: Path):
    (folder / "mine.yaml").write_text("people: {sdrs: 3}\n", encoding="utf-8")
    sentence = refusal("mine.yaml", changes=change)
    assert sentence.startswith("changes: ")
    for words in says:
        assert words in sentence


@pytest.mark.parametrize("text", ["market.turbulence", "", "market.turbulence: 3"])
def test_a_change_that_is_none(text: str):
    with pytest.raises(scenarios.ScenarioError, match="is no change; write it like"):
        scenarios.parse_changes([text])


@pytest.mark.parametrize("name", ["zebra", "market.turbulance", "turbulance", "", "segments.a.b"])
def test_explaining_what_nobody_knows(name: str):
    with pytest.raises(scenarios.ScenarioError, match="nothing is called"):
        scenarios.explain(name)


def answer(file: Path) -> str:
    """What the loader says to a file that may be good or bad."""
    try:
        return scenarios.load(file).name
    except scenarios.ScenarioError as refused:
        return str(refused)


SNIPPETS = st.sampled_from([str(bad.content, "utf-8", "replace") for bad in BAD_FILES if len(bad.content) < 500])
SCRAPS = st.text(alphabet="{}[]:,-#&*!|>'\"%@`? \n\t\r\0\ufeff\u2028é01.e+~<ab", max_size=8)


@settings(max_examples=200, deadline=None)
@given(start=SNIPPETS, scraps=st.lists(st.tuples(st.integers(0, 500), SCRAPS), max_size=5))
def test_no_text_at_all_gets_more_than_a_sentence(
    start: str, scraps: list[tuple[int, str]], tmp_path_factory: pytest.TempPathFactory
):
    text = start
    for position, scrap in scraps:
        text = text[: position % (len(text) + 1)] + scrap + text[position % (len(text) + 1) :]
    file = tmp_path_factory.mktemp("scraps") / "any.yaml"
    file.write_text(text, encoding="utf-8")
    assert "\n" not in answer(file)


def test_a_parent_that_is_no_company_file_is_told_where_it_is_named_and_shows_nothing_of_it(tmp_path):
    (tmp_path / "secrets").write_text("root:x:0:0\n")
    file = tmp_path / "mine.yaml"
    file.write_text("question: What now?\nextends: ./secrets\n")
    with pytest.raises(scenarios.ScenarioError) as refused:
        scenarios.load(str(file))
    assert "mine.yaml, line 2: extends names" in str(refused.value)
    assert "which is no company file" in str(refused.value)
    assert "x:0:0" not in str(refused.value)
