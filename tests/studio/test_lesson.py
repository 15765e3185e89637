"""Lessons are read strictly, and what is said of their runs is right."""

import math

import pytest

from scenarios.input_errors import ScenarioError
from studio.lesson import LESSONS, read_lesson
from studio.person_name import told_apart
from studio.rate_limit import Limits, RateLimit
from studio.refused import Refused
from studio.room_code import ALPHABET, LENGTH, new_code, shown, typed
from studio.table import harmless
from studio.what_happened import summary

GOOD = (LESSONS / "never_called.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("measure: share_never_worked", "measure: share_never_work", "did you mean share_never_worked?"),
        ("of: here", "of: elsewhere", "predict.of: Input should be 'here', 'there' or 'difference'"),
        ("low: 0", "low: 100", "low is 100, which must be below high, 100"),
        ("company: reference", "companie: reference", "company: Field required"),
        ("seed: 7", "seed: -7", "seed: Input should be greater than or equal to 0"),
        ('"30":', '"40":', "notes.30: Field required"),
        ("seed: 7", "seed: [7", "this is not valid YAML"),
    ],
)
def test_a_mistake_in_a_lesson_is_told_in_one_sentence(tmp_path, right, wrong, said):
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read_lesson(file)
    assert said in str(error.value)
    assert "mine.yaml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_lesson_is_called_like_its_file_and_changes_have_dotted_paths():
    lesson = read_lesson(LESSONS / "never_called.yaml")
    assert lesson.id == "never_called"
    assert lesson.why.off == {"practices.sla": True, "practices.sla_tracked": True}


def test_a_summary_has_known_answers():
    told = summary([4.0, 2.0, 3.0, 1.0, math.nan])
    assert (told["mean"], told["n"], told["first"]) == (2.5, 4, 4.0)
    assert told["half"] == pytest.approx(1.96 * math.sqrt(5 / 3) / 2)
    assert (told["low"], told["high"]) == pytest.approx((1.15, 3.85))
    assert summary([math.nan])["mean"] is None
    assert summary([7.0])["half"] is None


def test_a_code_has_forty_bits_and_is_read_as_people_type():
    assert LENGTH * math.log2(len(ALPHABET)) >= 40
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    code = codes.pop()
    assert typed(f" {shown(code).lower()} ") == code
    assert [typed(text) for text in ("", code[1:], code + "C", "0" * LENGTH, "C" * 10_000)] == [""] * 5


def test_names_are_numbered_and_cells_are_harmless():
    assert told_apart("Ann", ["ann", "Ann (2)"]) == "Ann (3)"
    assert [harmless(cell) for cell in ("=1", " +1", "-x", "@a", "a=1", -3.5, None)] == [
        *("'=1", "' +1", "'-x", "'@a"),
        *("a=1", -3.5, ""),
    ]


def test_a_minute_later_all_is_forgiven():
    now = [0.0]
    limit = RateLimit(Limits(joins_per_room=2), clock=lambda: now[0])
    for _ in range(2):
        limit.count("joins_per_room", 1)
    with pytest.raises(Refused, match="too often"):
        limit.count("joins_per_room", 1)
    limit.count("joins_per_room", 2)
    now[0] = 60.0
    limit.count("joins_per_room", 1)
