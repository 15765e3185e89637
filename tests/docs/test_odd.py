"""The description of the model, docs/odd.md, says what the code says, and leaves nothing out."""

import ast
import importlib
import re
from dataclasses import fields
from enum import IntEnum

import numpy as np
import pytest

import scenarios
from docs.generate import model_source as source
from docs.generate import model_tables
from simulation import world
from simulation.agents.lead import LEAD
from simulation.company import TABLES
from simulation.day import DAY
from simulation.ledger import BOOK
from simulation.world import World
from tests.repository import module_name

ELEMENTS = [
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
]
WORDS_OF_THE_FIELD = {
    *("activation", "adstock", "awareness", "brand", "campaign", "channel", "upstream", "downstream", "offer"),
    *("dispute", "tension", "functional conflict", "ruling", "blame", "liaison", "exchange", "joint call", "directory"),
    *("dual track", "key account", "easy product", "finance gate", "territory", "staff turnover", "relationship score"),
}
CONCEPTS = [
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing"),
    *("Interaction", "Stochasticity", "Collectives", "Observation"),
]
DRAWN_BEFORE = tuple(field.name for field in fields(World))
OF_PARAMETERS = (TABLES["rules"][0], world.RULES, world.SEGMENTS)
WRITTEN_DOWN_BEFORE = ("day", "word", "is_number", "after")  # of the timetable
FILES = re.compile(r"`((?:simulation|scenarios)/[\w/]+(?:\.py|/))`")
PATHS = re.compile(
    r"`((?:run|market|segments|channels|products|people|practices|pay|money|customers|behaviour)\.[\w.*]+)`"
)


@pytest.fixture(scope="module")
def odd(sources):
    return sources["docs/odd.md"]


def element(text, number):
    """One of the seven elements."""
    return re.search(rf"^## {number}\. .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL).group()


def by_hand(text):
    """The page without its generated tables."""
    return model_tables.BLOCK.sub("", text)


# --- the page ---


def test_the_tables_are_what_the_code_says(odd):
    assert odd == model_tables.page(odd), "write it anew: python -m docs.generate.model_tables"


def test_seven_elements_in_order(odd):
    assert re.findall(r"^## \d\. (.*)$", odd, re.MULTILINE) == ELEMENTS


def test_eleven_design_concepts_in_order(odd):
    assert re.findall(r"^### (.*)$", element(odd, 4), re.MULTILINE) == CONCEPTS


def test_every_file_with_rules_has_its_place_among_the_submodels(odd):
    named = set(FILES.findall(by_hand(element(odd, 7))))
    assert set(source.files_with_rules()) <= named


def test_every_file_named_is_there(odd, root):
    assert [file for file in FILES.findall(odd) if not (root / file).exists()] == []


def test_every_parameter_named_is_there(odd):
    known = [parameter.path for parameter in scenarios.parameters()]
    named = set(PATHS.findall(by_hand(odd)))
    assert {path for path in named if not any(f"{one}.".startswith(f"{path}.") for one in known)} == set()


def test_every_section_of_parameters_is_linked_from_a_submodel(odd):
    sections = {parameter.path.rpartition(".")[0] for parameter in scenarios.parameters()} - {"run"}
    linked = set(re.findall(r"\]\(model_parameters\.md#(\w+)\)", element(odd, 7)))
    assert linked == {re.sub(r"\W", "", section) for section in sections}


def test_every_assumption_named_is_explained(odd, sources):
    explained = set(re.findall(r"^## (A\d+) ", sources["docs/assumptions.md"], re.MULTILINE))
    assert set(re.findall(r"\bA\d+\b", by_hand(odd))) <= explained


def test_every_table_has_its_columns_on_the_page(odd):
    shown = {kind for wish in model_tables.wishes(odd) if wish.startswith("columns ") for kind in wish.split()[1:]}
    assert shown == set(source.layouts())


def test_every_column_has_its_owner_on_the_page(odd):
    """What nobody writes is the world, drawn before the first day; what somebody writes stands on the page."""
    columns = {(name, column) for name, (kind, _) in TABLES.items() for column in kind.names or ("",)}
    parameters = {name for name, (made_of, _) in source.tables().items() if "record_dtype" in made_of}
    mutable = {(name, column) for name, column in columns if name not in parameters}
    owners = model_tables.owners_of_columns()
    assert set(owners) <= mutable
    written_down = {("timetable", name) for name in WRITTEN_DOWN_BEFORE}
    drawn = {(name, column) for name in DRAWN_BEFORE for column in TABLES[name][0].names or ("",)}
    stranger = {("stranger", column) for column in LEAD.names}
    sums = {("sums", column) for column in BOOK.names}  # summed up word by word, whatever the columns are
    assert mutable - set(owners) == {("world", "seed"), *drawn, *stranger, *written_down, *sums}
    assert odd.count(model_tables.DRAWN) == 1 + len(drawn) + len(written_down)


def test_a_table_of_one_row_is_declared_where_it_is_written():
    """But for the seed, which nobody writes, the row with which every lead begins, and sums of the books."""
    owners = model_tables.owners_of_columns()
    of_one_row = {name: made_of for name, (made_of, comment) in source.tables().items() if comment.startswith("(1,)")}
    of_one_row.pop("stranger")
    of_one_row.pop("sums")
    declared = {name: source.layouts()[kind] for name, kind in of_one_row.items() if kind in source.layouts()}
    files = {(name, column.name): layout.file for name, layout in declared.items() for column in layout.columns}
    assert files.pop(("world", "seed")) == "simulation/randomness.py"
    assert {key: f"`{file.removeprefix('simulation/')}`" for key, file in files.items()} == {
        key: owners[key] for key in files
    }
    assert len(declared) > 10


def test_the_glossary_owns_the_words_of_the_field(sources):
    owned = set(re.findall(r"^\| ([^|]+?) \|", sources["docs/glossary.md"], re.MULTILINE))
    assert owned >= WORDS_OF_THE_FIELD


def test_the_submodels_say_where_they_stand_and_where_from(odd):
    """Every submodel but the list of machinery and the generated tables names its code, parameters and source."""
    parts = re.split(r"^### ", element(odd, 7), flags=re.MULTILINE)[1:]
    silent = [
        part.splitlines()[0]
        for part in parts
        if not all(word in part for word in ("*Code*", "*Parameters*", "*Source*"))
    ]
    assert silent == ["Machinery", "Practices and their price", "Which file reads which parameter"]


# --- the tables ---


@pytest.mark.parametrize("name", [name for name, (kind, _) in TABLES.items() if kind.names])
def test_columns_are_those_of_the_table(name):
    made_of = source.tables()[name][0]
    if made_of in source.layouts():
        assert [column.name for column in source.layouts()[made_of].columns] == list(TABLES[name][0].names)
    else:
        assert "record_dtype" in made_of


@pytest.mark.parametrize("constant", sorted(source.layouts()))
def test_every_column_says_what_it_is(constant):
    """By a comment at its line, or above it and its neighbours."""
    silent = [column.name for column in source.layouts()[constant].columns if not (column.says or column.group)]
    assert silent == []


@pytest.mark.parametrize("constant", ["LEAD", "REP", "MARKETER", "MANAGER"])
def test_every_column_of_an_agent_has_a_comment_of_its_own(constant):
    assert [column.name for column in source.layouts()[constant].columns if not column.says] == []


def test_no_structured_type_is_overlooked():
    found = set()
    for file in source.files():
        module = importlib.import_module(module_name(file))
        found |= {
            name
            for name, value in vars(module).items()
            if isinstance(value, np.dtype) and value.names and value not in OF_PARAMETERS
        }
    assert found == set(source.layouts())


def test_every_purpose_is_listed_with_its_place():
    from simulation.randomness import Purpose

    rows = re.findall(
        r"^\| (\d+) \| `(\w+)` \| (.+?) \| .* `\w+` in `simulation/", model_tables.purposes(), re.MULTILINE
    )
    assert {(int(number), name) for number, name, _ in rows} == {(one.value, one.name) for one in Purpose}


def test_members_are_those_of_the_enumeration():
    wishes = [wish.split() for wish in model_tables.wishes(model_tables.PAGE.read_text(encoding="utf-8"))]
    for _, file, name in (wish for wish in wishes if wish[0] == "members"):
        kind: type[IntEnum] = getattr(importlib.import_module(module_name(file)), name)
        assert [(one.name, one.number) for one in source.members(file, name)] == [(one.name, one.value) for one in kind]


def test_the_day_has_a_reason_for_each_step():
    steps = source.calls_of("simulation/day.py", "DAY")
    assert [step.verb.rpartition(".")[2] for step in steps] == [step.do.__name__ for step in DAY]
    assert [step.why for step in steps] == [step.why for step in DAY]
    assert all(step.why for step in DAY)
    each = source.calls_of("simulation/day.py", "let_reps_work")
    assert [(call.when, call.verb) for call in each] == [("each rep", "rep.work_the_day")]


def test_parameters_are_found_where_they_are_read():
    paths = [parameter.path for parameter in scenarios.parameters()]
    read = source.parameters_read(paths)
    assert "behaviour.trust.up" in read["simulation/border/trust.py"]  # by a short name for its section
    assert "pay.sales.scheme" in read["simulation/management/pay.py"]
    assert "pay.sales.scheme" not in read["simulation/border/trust.py"]
    assert "segments.*.steps" in read["simulation/selling.py"]  # by a table of its own
    assert read["simulation/randomness.py"] == []


def test_a_formula_is_written_without_the_names_of_its_parts():
    formulas = dict(source.formulas_of("simulation/assessment.py", "_look_at_joint_work", "_see"))
    said = "max(_planned_together(company, quarter), _share_of_content_asked(company, quarter))"
    assert ast.unparse(formulas["4"]) == said


# --- the checks can fail ---


def test_a_table_that_is_out_of_date_is_found(odd):
    assert model_tables.page(odd.replace("| `key` |", "| `kee` |", 1)) == odd


def test_a_mark_that_asks_for_nothing_we_have_is_a_mistake():
    with pytest.raises(ValueError, match="there is no table"):
        model_tables.page("<!-- generated: colums REP -->\n<!-- end -->")


def test_empty_columns_are_left_out():
    assert model_tables.table(("a", "b", "c"), [("1", "", "x|y")]) == "| a | c |\n|---|---|\n| 1 | x\\|y |\n"
