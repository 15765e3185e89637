"""What the shipped lessons say is so, measured again with the present model, and is told whole in three languages."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from pydantic import BaseModel

import scenarios
from docs.generate import lesson_table
from studio import what_happened
from studio.lesson import Lesson, Text, lessons
from studio.measures import MEASURES, fall_together, measured
from tests.standard_errors import mean_and_error
from tests.studio.lesson_figures import found

LESSONS = lessons()
EACH = pytest.mark.parametrize("name", LESSONS)
KNOWN = 3  # standard errors from which on a number has a sign
LEVER = re.compile(r"\b[a-z]+(?:[._][a-z]+)+\b")
CHINESE, CYRILLIC = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u0400-\u04ff]")
LENGTHS = {"zh": (0.15, 0.65), "ru": (0.7, 1.7)}
"""How long a translation is, against English: shorter and something is cut."""
ENDS = {"en": ".?!", "zh": "\u3002\uff1f\uff01", "ru": ".?!"}


def sign(values: np.ndarray) -> int:
    """Which side of zero a mean is known to lie on; 0 where it may be either."""
    mean, error = mean_and_error(values[np.isfinite(values)])
    return int(np.sign(mean)) if abs(mean) > KNOWN * error else 0


def texts(part: object, where: str) -> Iterator[tuple[str, Text]]:
    """Every text of a lesson, with where it stands."""
    if isinstance(part, Text):
        yield where, part
    elif isinstance(part, BaseModel):
        for name, value in part:
            yield from texts(value, f"{where}.{name}")
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from texts(value, f"{where}.{number}")


ALL_TEXTS = [pytest.param(where, text, id=where) for name, one in LESSONS.items() for where, text in texts(one, name)]


def test_there_are_seven_lessons():
    assert len(LESSONS) == 7


@EACH
def test_what_it_says_is_measured_again_and_hangs_on_its_mechanism(name):
    """One test, so that the companies of a lesson live once."""
    lesson = LESSONS[name]
    again = tuple(found(lesson, range(lesson.seed, lesson.seed + lesson.finding.replications)))
    for one in again:
        said = f"{one.name}: said {one.said.value:g} +- {one.said.tolerance:g}, found {one.mean:.3g} +- {one.error:.2g}"
        assert abs(one.mean - one.said.value) <= one.said.tolerance, said
        assert 2.5 * one.error <= one.said.tolerance <= 7 * one.error, f"four standard errors, or nearly: {said}"
    vanishes_or_turns(lesson, again[0].values, again[-1].values)


def vanishes_or_turns(lesson: Lesson, finding: np.ndarray, off: np.ndarray) -> None:
    """A difference loses its sign or gets one; a level falls to less than a quarter. And it is known to move."""
    if lesson.predict.of == "difference":
        assert sign(off) != sign(finding)
    else:
        assert off.mean() < finding.mean() / 4
    assert sign(off - finding), "nothing is known to move"


@EACH
def test_what_is_predicted_can_be_what_was_found(name):
    predict, value = LESSONS[name].predict, LESSONS[name].finding.value
    margin = (predict.high - predict.low) / 20
    assert predict.low + margin < value < predict.high - margin, "the end of the scale gives it away"
    n_steps = (predict.high - predict.low) / predict.step
    assert n_steps == pytest.approx(round(n_steps))
    assert n_steps >= 20


@EACH
def test_it_is_of_companies_and_levers_that_exist(name):
    lesson = LESSONS[name]
    assert lesson.company in scenarios.companies()
    assert {lesson.here.practices, lesson.there.practices} <= set(scenarios.presets())
    assert set(what_happened.companies(lesson, {})) == {"here", "there", "off"}
    known = {path for one in scenarios.parameters() for path in (one.path, one.path.rsplit(".", 1)[-1])}
    for where, text in texts(lesson.notes, name):
        named = {language: set(LEVER.findall(said)) for language, said in text}
        assert named["en"] <= known | set(scenarios.companies()), where
        assert named["en"] == named["zh"] == named["ru"], where


@EACH
def test_a_company_differs_from_the_other_and_from_the_one_switched_off(name):
    lesson = LESSONS[name]
    sides = what_happened.companies(lesson, {})
    assert sides["here"] != sides["there"]
    assert sides["here"] != sides["off"]


@pytest.mark.parametrize(("where", "text"), ALL_TEXTS)
def test_a_text_is_whole_in_three_languages(where, text):
    assert not CHINESE.search(text.en + text.ru)
    assert not CYRILLIC.search(text.en + text.zh)
    assert CHINESE.search(text.zh)
    assert CYRILLIC.search(text.ru)
    if where.endswith(("title", "unit")):
        return
    for language, said in text:
        assert said.rstrip()[-1] in ENDS[language], language
        assert len(said.splitlines()) == len(text.en.splitlines()), language
    for language, (least, most) in LENGTHS.items():
        assert least <= len(getattr(text, language)) / len(text.en) <= most, language


@EACH
def test_one_question_to_think_about_is_about_ones_own_company(name):
    first, second = LESSONS[name].reflect
    for own, language in (("your own company", "en"), ("你自己公司", "zh"), ("вашей компании", "ru")):
        assert own in getattr(second, language) or own.replace("自己", "自己的") in getattr(second, language)
        assert own not in getattr(first, language)


def test_the_page_for_teachers_has_the_lessons_as_they_are():
    text = lesson_table.PAGE.read_text(encoding="utf-8")
    assert all(f"(`{name}`)" in text for name in LESSONS)
    assert text == lesson_table.page(text), "write it anew: python -m docs.generate.lesson_table"


def test_goodwill_falls_together_within_a_month():
    early, late, never = np.full(200, 0.5), np.full(200, 0.5), np.full(200, 0.5)
    early[40:], late[61:] = 0.4, 0.4
    assert fall_together(early, late) == fall_together(late, early) == 1
    late[61] = 0.46
    assert fall_together(early, late) == 0
    assert fall_together(early, never) == 0
    assert np.isnan(fall_together(never, never))


def test_every_measure_is_measured():
    from simulation import simulate

    run = simulate(scenarios.load("small_firm", changes={"run.quarters": 1}), 1)
    assert set(measured(run)) == set(MEASURES)
