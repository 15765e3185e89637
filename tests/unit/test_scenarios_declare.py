"""A declaration says everything about a parameter once, and refuses to contradict itself."""

from typing import Any, Literal

import pytest
from pydantic import ValidationError

from scenarios.declare import Section, assumption, calibrated, data, declaration, literature, par
from scenarios.lever import Lever, Levers, Practice
from scenarios.meanings import explained
from scenarios.registry import parameters_of
from simulation.ledger import BOOK, Hours
from tests.levers import LEVERS

GUESS = assumption("A7")


class Interest(Section):
    half_life_d: float = par(30, unit="working days", ge=1, plausible=(10, 60), source=literature("facts 1.3"))
    """How long interest takes to halve."""
    contacts: int = par(3, unit="contacts", ge=0, le=50, source=GUESS)
    """How often somebody calls."""
    pause_d: float | None = par(None, unit="working days", gt=0, source=GUESS)
    """Days between calls; null for no pause."""
    seasons: tuple[float, float] = par((1, 0.5), unit="x", ge=0, lt=2, source=GUESS)
    """Interest in summer and winter."""
    mood: Literal["good", "bad"] = par("good", unit="-", source=GUESS)
    """How people feel."""
    is_fickle: bool = par(False, unit="-", source=GUESS)
    """Whether interest jumps."""


class Buyer(Section):
    name: str = "anybody"
    interest: Interest = Interest(contacts=5)
    others: dict[str, Interest]


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("half_life_d", 12, 12.0),
        ("contacts", 1e1, 10),
        ("contacts", 50, 50),
        ("pause_d", None, None),
        ("pause_d", 2, 2.0),
        ("seasons", [1, 1.5], (1.0, 1.5)),
        ("mood", "bad", "bad"),
        ("is_fickle", True, True),
    ],
)
def test_values_are_kept_in_the_declared_type(key: str, value: object, kept: object):
    found = getattr(Interest.model_validate({key: value}), key)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("half_life_d", 0.999),
        ("half_life_d", "3"),
        ("half_life_d", True),
        ("half_life_d", None),
        ("half_life_d", float("nan")),
        ("half_life_d", 1e16),
        ("contacts", 51),
        ("contacts", 2.5),
        ("contacts", True),
        ("contacts", 10**400),
        ("pause_d", 0),
        ("seasons", [1, 2]),
        ("seasons", [1]),
        ("seasons", [1, "1"]),
        ("mood", "fair"),
        ("is_fickle", 1),
        ("unknown", 1),
    ],
)
def test_values_outside_bounds_or_type_are_refused(key: str, value: object):
    with pytest.raises(ValidationError):
        Interest.model_validate({key: value})


def test_a_default_is_kept_in_the_declared_type():
    assert (type(Interest().half_life_d), Interest().seasons) == (float, (1.0, 0.5))


def test_a_section_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Interest().contacts = 4


@pytest.mark.parametrize(
    "said",
    [
        {"default": 0, "ge": 1},
        {"default": 5, "lt": 5},
        {"default": 5, "plausible": (6, 7)},
        {"default": 5, "plausible": (7, 3)},
        {"default": 5, "plausible": (0, 9), "ge": 1},
        {"default": (1, 5), "le": 4},
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(said: dict[str, Any]):
    with pytest.raises(ValueError, match=r"default|plausible"):
        par(said.pop("default"), unit="x", source=GUESS, **said)


def test_an_assumption_has_a_number():
    with pytest.raises(ValueError, match="named like A7"):
        assumption("we believe")


def test_sources_say_how_far_to_trust_them():
    sources = [literature("a"), data("b"), calibrated("c"), assumption("A1")]
    assert [str(source) for source in sources] == ["literature: a", "data: b", "calibrated: c", "assumption: A1"]


def test_what_was_declared_can_be_found_again():
    told = declaration(Interest.model_fields["half_life_d"])
    assert told is not None
    assert (told.unit, told.plausible, str(told.source)) == ("working days", (10, 60), "literature: facts 1.3")
    assert str(told.bounds) == "at least 1"
    assert declaration(Buyer.model_fields["name"]) is None


def test_the_walk_finds_every_parameter_with_its_own_default():
    found = {parameter.path: parameter for parameter in parameters_of(Buyer)}
    assert list(found)[:2] == ["interest.half_life_d", "interest.contacts"]
    assert "others.*.contacts" in found
    assert (found["interest.contacts"].default, found["others.*.contacts"].default) == (5, 3)
    assert found["interest.mood"].choices == ("good", "bad")
    assert found["interest.is_fickle"].choices == (False, True)
    assert found["interest.half_life_d"].choices == ()
    assert found["interest.half_life_d"].meaning == "How long interest takes to halve."


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("half_life_d", "a number, at least 1 (working days)"),
        ("pause_d", "a number or null, more than 0 (working days)"),
        ("seasons", "a list of 2 values, each a number, at least 0 and less than 2 (x)"),
        ("mood", "one of good, bad"),
        ("is_fickle", "true or false"),
    ],
)
def test_what_is_allowed_is_said_in_words(key: str, words: str):
    found = {parameter.path: parameter.allowed for parameter in parameters_of(Interest)}
    assert found[key] == words


CALLS = Practice("calls", "calls about lost deals", "relationship")


def test_a_lever_says_its_practice_and_its_cost():
    class Calls(Levers):
        call_h: float = par(0.0, unit="hours", source=GUESS, lever=Lever(CALLS, ("sales.MEETING",)))
        call_people: int = par(2, unit="people", source=GUESS, lever=Lever(CALLS, ("sales.MEETING",), needs="call_h"))

    assert [(one.path, one.lever.practice.label, one.lever.needs) for one in parameters_of(Calls)] == [
        ("call_h", "calls about lost deals", None),
        ("call_people", "calls about lost deals", "call_h"),
    ]


def test_a_lever_without_practice_is_refused():
    with pytest.raises(TypeError, match=r"practices.call_h does not say which practice it is part of and where its"):

        class Calls(Levers):
            call_h: float = par(0.0, unit="hours", source=GUESS)


def test_a_lever_that_needs_what_is_not_there_is_refused():
    with pytest.raises(TypeError, match=r"practices.call_h needs telephones, which is no lever beside it"):

        class Calls(Levers):
            call_h: float = par(0.0, unit="hours", source=GUESS, lever=Lever(CALLS, ("sales.MEETING",), "telephones"))


@pytest.mark.parametrize("nothing", [(), "sales.MEETING"])
def test_a_lever_without_a_price_is_refused(nothing):
    with pytest.raises(ValueError, match="calls: say where its cost is booked"):
        Lever(CALLS, nothing)


def test_every_lever_is_booked_on_an_account_that_exists():
    accounts = {f"{side}.{use.name}" for side in ("sales", "marketing", "managers") for use in Hours}
    accounts |= set(BOOK.names)
    for one in LEVERS.values():
        assert set(one.lever.costs) <= accounts, f"{one.path} is booked under {one.lever.costs}"


def test_practices_have_one_name_each():
    practices = {one.lever.practice for one in LEVERS.values()}
    for names in ([one.name for one in practices], [one.label for one in practices]):
        assert len(set(names)) == len(practices)


def test_a_meaning_is_the_string_below_the_field_and_is_inherited():
    class Special(Interest):
        other: int = par(1, unit="-", source=assumption("A1"))
        """What else there is."""

    meanings = {name: field.description for name, field in explained(Special).items()}
    assert meanings["other"] == "What else there is."
    assert meanings["half_life_d"] == explained(Interest)["half_life_d"].description
    assert meanings["half_life_d"]
