"""Everything that is said through `say` is said in every language, with its numbers, and falls back to English."""

import ast
import math
import re
import string
from functools import cache

import pandas as pd
import pytest

import scenarios
from experiments import compare
from experiments.designs.company_today import TYPES
from experiments.designs.practice_bundles import _FAMILIES, _LABELS
from experiments.execution.runner import Settings
from experiments.observation.attribution import PARTS
from experiments.questions.answer import answer
from experiments.questions.brief.ask import BriefQuestion
from experiments.questions.brief.found import stresses
from experiments.questions.brief.kept import SIDES
from experiments.questions.roadmap.ask import RoadmapQuestion
from experiments.questions.what_if.ask import WhatIfQuestion
from experiments.questions.what_if.both_worlds import AFTER, BEFORE
from experiments.questions.what_if.text import _MEASURES, _MONEY
from experiments.reporting.doubt_section import blind_spots
from experiments.reporting.figures_funnel import ACTIVITIES
from experiments.reporting.html import below_heading
from experiments.reporting.page_parts import titles
from experiments.reporting.what_it_hangs_on import _COLUMNS, hanging_shown, hanging_words
from experiments.statistics.paired import UNKNOWN, Interval
from experiments.wording import numbers
from experiments.wording.language import LANGUAGES, in_language, language_code, messages, say, term
from experiments.wording.numbers import (
    MINUS,
    amount,
    counted,
    duration,
    euro,
    euro_known,
    from_to,
    from_to_known,
    joined,
    listed,
    name_of,
    number,
    percent,
    probability,
)
from experiments.wording.parameters import in_words, parameter_words
from scenarios.input_errors import InputError
from scenarios.measuring import how_to_measure
from simulation import OUTCOMES
from simulation.measured.lead_fates import FATE_WORDS
from tests.asking import result_of
from tests.repository import python_files, read_sources

OTHERS = [code for code in LANGUAGES if code != "en"]
NB, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
SHORT = {"run.quarters": 1}
UNITS = ("in the run", "calendar days", "deal", "year", "quarter", "hour", "report")
ABBREVIATIONS = {"SLA", "CRM", "MQL", "SAL", "SQL", "SDR", "runs", "to", "compare", "roadmap"}


def literals(function: str, place: int, *rooms: str) -> set[str]:
    """The texts that stand as an argument of a function anywhere in these rooms."""
    calls = (
        node
        for path, tree in python_files(read_sources(), *rooms)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function
    )
    arguments = (node.args[place] for node in calls if len(node.args) > place)
    return {one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)}


@cache
def names() -> set[str]:
    """Names that stand in tables and are said with `term`."""
    told = {*TYPES, *_LABELS.values(), *_FAMILIES.values(), *SIDES, *stresses(BriefQuestion("reference").plan())}
    told |= {name_of(one) for one in OUTCOMES} | set(numbers._NAMES.values()) | {*_MEASURES, *_MONEY.values()}
    told |= {word for part in PARTS.values() for word in (part.label, part.gain, part.loss, part.meaning)}
    told |= {word for both in ACTIVITIES.values() for word in both} | {"following up", "leading"}
    told |= {*FATE_WORDS.values(), BEFORE, AFTER}
    told |= {how for one in scenarios.parameters() if (how := how_to_measure(one.path))}
    told |= {in_words(choice) for one in scenarios.parameters() for choice in one.choices if isinstance(choice, str)}
    told |= {numbers._UNIT_WORDS.get(one.unit, one.unit) for one in OUTCOMES.values() if "EUR" not in one.unit}
    return {*told, *UNITS} - {"", "share"}


def placeholders(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_said_with_the_same_placeholders_and_nothing_else(code):
    said = messages(code).sentences
    assert set(said) == literals("say", 0, "experiments")
    assert [text for text, other in said.items() if placeholders(text) != placeholders(other)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_name_is_said_and_nothing_else(code):
    told = messages(code)
    assert names() - set(told.names) - set(told.counted) == set()
    assert set(told.names) - names() == set()


@pytest.mark.parametrize("code", OTHERS)
def test_whatever_is_counted_has_its_plurals(code):
    counts = messages(code).counted
    assert set(counts) == literals("counted", 1, "experiments", "cli") | {what for what in names() if what in counts}
    forms = {LANGUAGES[code].form(n) for n in range(200)}
    assert [what for what, words in counts.items() if len(words) != len(forms)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_parameter_has_words_and_nothing_else(code):
    assert set(messages(code).parameters) == {one.path for one in scenarios.parameters()}


def test_what_nobody_translated_is_said_in_english():
    with in_language("ru"):
        assert say("{n} blue {what}.", n=3, what="things") == "3 blue things."
        assert term("my own type") == "my own type"
        assert counted(2, "blue thing") == "2 blue things"
        assert parameter_words("practices.no_such_d") == "no such days"


def test_a_language_is_spoken_inside_only():
    with in_language("zh"):
        assert language_code() == "zh"
    assert language_code() == "en"
    with pytest.raises(InputError, match='no language "fr"; there are: en, zh, ru'), in_language("fr"):
        pass


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0 прогонов"),
        (1, "1 прогон"),
        (2, "2 прогона"),
        (5, "5 прогонов"),
        (11, "11 прогонов"),
        (21, "21 прогон"),
        (22, "22 прогона"),
        (112, "112 прогонов"),
        (1_234, f"1{NARROW}234 прогона"),
    ],
)
def test_russian_plurals(n, words):
    with in_language("ru"):
        assert counted(n, "run") == words


def test_russian_numbers():
    with in_language("ru"):
        assert euro(1_234_567) == f"1,23{NB}млн{NB}€"
        assert euro(-480_000) == f"{MINUS}480{NB}тыс.{NB}€"
        assert euro(950, signed=True) == f"+950{NB}€"
        assert euro(math.inf) == f"∞{NB}€"
        assert euro_known(923_456, 850_000, signed=True) == f"+0,9{NB}млн{NB}€"
        assert euro_known(40_000, 850_000) == f"около 0{NB}€"
        assert percent(0.0412) == f"4,1{NB}%"
        assert percent(-0.0001) == f"{MINUS}<0,1{NB}%"
        assert (probability(0.5), probability(1)) == (f"50{NB}%", f"более чем 99{NB}%")
        assert number(12_345.6) == f"12{NARROW}300"
        assert number(math.nan) == "неизвестно"
        assert amount(12_345.6, "leads") == f"12{NARROW}300 лидов"
        assert amount(19_000, "EUR/deal") == f"19,0{NB}тыс.{NB}€/сделка"
        assert from_to(Interval(0.1, 0.2), "share") == f"от 10,0 до 20,0{NB}%"
        assert from_to_known(Interval(123_456, 923_456)) == f"от 0,1{NB}млн{NB}€ до 0,9{NB}млн{NB}€"
        assert from_to(UNKNOWN, "EUR") == "интервал неизвестен"
        assert joined(percent(0.2), percent(0.24), " → ") == f"20,0 → 24,0{NB}%"
        assert listed(["a", "b", "c"]) == "a, b и c"
        assert duration(4_000) == "около 1 ч 7 мин"


def test_chinese_numbers():
    with in_language("zh"):
        assert euro(1_234_567) == "€123万"
        assert euro(123_456_789) == "€1.23亿"
        assert euro(-5_678) == f"{MINUS}€5,680"
        assert euro_known(923_456, 1_000, signed=True) == "+€92.35万"
        assert euro_known(923_456, 850_000) == "€90万"
        assert euro_known(40_000, 850_000) == "约€0"
        assert percent(0.0412) == "4.1%"
        assert (probability(0.5), probability(0)) == ("50%", "不到1%")
        assert number(12_345.6) == "12,300"
        assert amount(12_345.6, "leads") == "12,300条线索"
        assert counted(1_234, "run") == "1,234次运行"
        assert from_to(Interval(0.1, 0.2), "share") == "10.0%至20.0%"
        assert from_to_known(Interval(123_456, 923_456)) == "€10万至€90万"
        assert listed(["a", "b", "c"]) == "a、b和c"
        assert duration(30) == "不到一分钟"


def foreign_words(text: str) -> list[str]:
    """English words in a text; names of commands and of what has no other name are none."""
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in ABBREVIATIONS]


@cache
def brief():
    return result_of(BriefQuestion("reference", runs=10))


@cache
def what_if():
    changes = {"practices.liaison": True, "practices.lead_definition": "joint", "practices.nurture_every_d": None}
    return answer(WhatIfQuestion("small_firm", changes, given=SHORT, runs=10), Settings(workers=1)).result


@cache
def roadmap():
    return answer(RoadmapQuestion("small_firm", runs=4, changes=SHORT), Settings(workers=1)).result


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("asked", [brief, what_if, roadmap])
def test_a_conclusion_has_no_english_words(code, asked):
    result = asked()
    assert len(result.conclusion) >= 3
    with in_language(code):
        said = result.question.conclusion(result)
        assert [foreign_words(line) for line in said if foreign_words(line)] == []


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("asked", [what_if, roadmap])
def test_figures_and_doubt_have_no_english_words(code, asked):
    result = asked()
    with in_language(code):
        report = result.question.report(result)
        said = [*titles().values(), *blind_spots(), *report.method, *report.doubt]
        said += [words for one in report.exhibits for words in (one.title, one.note)]
        assert report.exhibits
        assert [foreign_words(line) for line in said if foreign_words(line)] == []


def test_a_heading_is_not_said_again_below_it_in_other_languages():
    assert below_heading("把握有多大\N{FULLWIDTH COLON}回本", "把握有多大") == "回本"
    assert below_heading("Насколько это надёжно: окупается", "Насколько это надёжно") == "Окупается"


@pytest.mark.parametrize("code", OTHERS)
def test_what_it_hangs_on_has_no_english_words(code):
    row = ("behaviour.work.duty", 0.5, 0.2, 0.4, 3e5, 9e5, "aligned", "integrated")
    table = pd.DataFrame([row, ("market.looks", *row[1:])], columns=_COLUMNS)
    with in_language(code):
        shown = hanging_shown(table, 1e5)
        said = [
            hanging_words(table, 1e5, "integrated"),
            *shown.heads,
            *(cell for row in shown.rows for cell in row[1:]),
        ]
        assert [foreign_words(line) for line in said if foreign_words(line)] == []
        assert foreign_words(parameter_words("segments.*.complexity@63")) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_comparison_speaks_the_language_it_was_asked_in(code):
    result = compare("small_firm", runs=10, changes=SHORT, workers=1, progress=False, language=code)
    assert result.language == code
    assert language_code() == "en"
    said = " ".join([*result.conclusion, result.content.headline])
    assert len(result.conclusion) > 3
    assert foreign_words(said) == []
