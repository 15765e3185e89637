"""Machine code kept on disk: found wherever the project lies, never wrong, made once, and mostly kept by an edit."""

import os
import subprocess
import sys
import threading
import time

import pytest

from simulation import code_shelf, engine, made_of
from simulation.code_shelf import Shelf
from simulation.compiled import Rule
from tests import model_of_three_rules as model
from tests.repository import ROOT

BOTH = ["aside", "grown"]


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory):
    """The package, and a cache that holds it."""
    folder, cache = model.write(tmp_path_factory.mktemp("package")), tmp_path_factory.mktemp("cache")
    assert model.run(folder, cache)[:3] == (17.0, BOTH, [])
    return folder, cache


@pytest.fixture
def cache(compiled_once, tmp_path):
    """A cache of one's own that holds the package."""
    copy = tmp_path / "cache"
    for file in compiled_once[1].rglob("*.*"):
        target = copy / file.relative_to(compiled_once[1])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return copy


def test_a_copy_of_the_folder_finds_it(cache, tmp_path):
    assert model.run(model.write(tmp_path / "elsewhere"), cache) == (17.0, [], [], "")


def test_an_edit_compiles_the_rule_it_touched_and_nothing_else(cache, tmp_path):
    edited = model.write(tmp_path / "package", grown="FACTOR * x + 1.0")
    assert model.run(edited, cache) == (21.0, ["grown"], ["aside"], "")
    assert model.run(edited, cache) == (21.0, [], [], "")  # from now on that is kept, too
    assert model.run(model.write(tmp_path / "package"), cache) == (17.0, [], [], "")  # and so is what was


def test_a_constant_that_changes_changes_the_rules_that_name_it(cache, tmp_path):
    assert model.run(model.write(tmp_path / "package", factor=3.0), cache) == (23.0, ["grown"], ["aside"], "")


def test_a_rule_that_returns_another_type_is_used_as_that(cache, tmp_path):
    assert model.run(model.write(tmp_path / "package", grown="7 * (x // 2)"), cache) == (19.0, ["grown"], ["aside"], "")


HARMS = {
    "empty": lambda whole: b"",
    "half": lambda whole: whole[: len(whole) // 2],
    "one bit": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "zeros": lambda whole: b"\0" * len(whole),
    "foreign": lambda whole: whole[:32] + b"cos\nsystem\n(S'exit 1'\ntR.",
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_damaged_file_is_not_read(harm, tmp_path, monkeypatch):
    monkeypatch.setenv(code_shelf.FOLDER, str(tmp_path))
    shelf = Shelf("here")
    shelf.write("rule.code", b"code")
    assert shelf.read("rule.code") == b"code"
    file = shelf.folder / "rule.code"
    file.write_bytes(harm(file.read_bytes()))
    assert shelf.read("rule.code") is None


def test_damaged_code_is_made_anew(cache, compiled_once):
    for file in cache.glob("*/*.*"):
        file.write_bytes(HARMS["one bit"](file.read_bytes()))
    assert model.run(compiled_once[0], cache) == (17.0, BOTH, [], "")
    assert model.run(compiled_once[0], cache) == (17.0, [], [], "")


def test_without_a_place_to_keep_it_one_sentence_says_so(compiled_once, tmp_path):
    nowhere = tmp_path / "file"
    nowhere.write_text("where a folder should be")
    value, made, _, said = model.run(compiled_once[0], nowhere)
    assert (value, made) == (17.0, BOTH)
    assert said.count("\n") == 1
    assert "cannot be kept" in said
    assert "REVENUE_TOGETHER_CACHE" in said


def test_of_several_at_once_one_compiles_and_the_others_wait(tmp_path):
    folder = model.write(tmp_path / "package")
    several = [model.start(folder, tmp_path / "cache") for _ in range(3)]
    found = [model.result(process) for process in several]
    assert [value for value, *_ in found] == [17.0] * 3
    assert sorted(made for _, made, *_ in found) == [[], [], BOTH]


HOLDING = """
import time
from simulation.code_shelf import Shelf
with Shelf("here").alone():
    print("holds it", flush=True)
    time.sleep(60)
"""


def test_who_is_killed_while_compiling_blocks_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv(code_shelf.FOLDER, str(tmp_path))
    holder = subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert holder.stdout.readline() == "holds it\n"
    got_it = threading.Event()

    def wait():
        with Shelf("here").alone():
            got_it.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not got_it.wait(0.3)
    holder.kill()
    holder.communicate()
    assert got_it.wait(10)
    waiting.join()


def test_code_of_other_tools_stands_elsewhere():
    processor = ("triple", "name", "features")
    assert made_of.tools(processor) == made_of.tools(processor)
    assert made_of.tools(processor) != made_of.tools(("triple", "name", "other features"))


def test_old_files_are_cleared_and_those_in_use_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(code_shelf.FOLDER, str(tmp_path))
    shelf, long_ago = Shelf("here"), time.time() - 40 * 86400
    for number in range(9):
        shelf.write(f"rule-{number}.code", b"code")
        os.utime(shelf.folder / f"rule-{number}.code", (number, number))
    shelf.read("rule-0.code")  # in use
    for name in ("code-unused", "code-used", "of somebody else"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rule-0.code").write_bytes(b"")
    os.utime(tmp_path / "code-unused" / "rule-0.code", (long_ago, long_ago))
    shelf.clear("rule-", ".code")
    assert shelf.newest("rule-", ".code") == [f"rule-{number}.code" for number in (0, 8, 7, 6, 5, 4)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["code-here", "code-used", "of somebody else"]


def test_of_every_rule_of_the_model_it_can_be_told_what_it_is_made_of():
    """Otherwise the days would be compiled anew in every process."""
    rules = [
        one
        for name, module in sorted(sys.modules.items())
        if name.startswith("simulation.")
        for one in vars(module).values()
        if isinstance(one, Rule)
    ]
    assert len(rules) > 400
    for rule in rules:
        made_of.tell(rule.py_func)
    assert engine.live_days in rules


def test_what_cannot_be_told_is_not_kept():
    class Unknown:
        pass

    given = Unknown()
    with pytest.raises(made_of.Untold):
        made_of.tell(lambda: given)
