"""From merged values to a checked scenario, or to the one sentence that says what is wrong."""

import re
from typing import NoReturn, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from scenarios.declare import Section
from scenarios.input_errors import Path, did_you_mean, in_a_row, nearest_place, refuse, shown
from scenarios.layers import Layer
from scenarios.registry import Spot, allowed, look_up, parameters_of

Checked = TypeVar("Checked", bound=Section)

OWN_WORDS = {"value_error", "assertion_error"}  # raised by our own validators, which say it all themselves
NEEDS_WORDS = {"bounds", *get_args(ErrorType)} - OWN_WORDS  # their message is for programmers


def build(model: type[Checked], layer: Layer) -> Checked:
    """Return the layer's values as a checked `model`; raises ScenarioError with one sentence."""
    try:
        return model.model_validate(layer.values)
    except ValidationError as error:
        _tell(model, layer, min(error.errors(), key=_is_less_urgent))


def _is_less_urgent(mistake: ErrorDetails) -> bool:
    """Whether a mistake may wait: a mistyped key is told before the key that seems missing for it."""
    return mistake["type"] != "extra_forbidden"


def _tell(model: type[Section], layer: Layer, mistake: ErrorDetails) -> NoReturn:
    """Raise the ScenarioError that says a mistake found by pydantic in one sentence."""
    loc = tuple(str(key) for key in mistake["loc"])
    if mistake["type"] == "extra_forbidden":
        refuse(nearest_place(layer.places, loc), f"unknown key {'.'.join(loc)}{_meant(model, loc)}")
    if mistake["type"] not in NEEDS_WORDS:
        sentence = str(mistake.get("ctx", {}).get("error", mistake["msg"]))
        about = _path_named_in(sentence, layer) or loc
        subject = f"{'.'.join(loc)} " if mistake["type"] not in OWN_WORDS else ""
        refuse(nearest_place(layer.places, about), f"{subject}{sentence}")
    path, spot = _closest_field(model, loc)
    wish = allowed(spot.field) if spot.field else f"a group with the keys {in_a_row(spot.names())}"
    item = f", item {int(loc[len(path)]) + 1}," if len(loc) > len(path) and loc[len(path)].isdigit() else ""
    found = "is missing" if mistake["type"] == "missing" else f"is {shown(mistake['input'])}"
    refuse(nearest_place(layer.places, loc), f"{'.'.join(path)}{item} {found}; it must be {wish}{_hint(mistake)}")


def _closest_field(model: type[Section], loc: Path) -> tuple[Path, Spot]:
    """Return the longest declared beginning of `loc` (pydantic adds list items and type names), and its spot."""
    for length in range(len(loc), 0, -1):
        spot = look_up(model, loc[:length])
        if spot:
            return loc[:length], spot
    return (), Spot(section=model)


def _meant(model: type[Section], loc: Path) -> str:
    """Return '; did you mean X?' for an unknown key: a near one in its group, or the same word in another group."""
    around = look_up(model, loc[:-1])
    hint = did_you_mean(loc[-1], around.names() if around else [])
    elsewhere = [known.path for known in parameters_of(model) if known.path.split(".")[-1] == loc[-1]]
    return f"; did you mean {elsewhere[0]}?" if elsewhere and "did you mean" not in hint else hint


def _path_named_in(sentence: str, layer: Layer) -> Path | None:
    """Return the path of a value that a validator's sentence is about, to point at its line; None if nobody wrote it.

    Sentences name full paths ("people.sdrs is ...") or a group and its keys ("market: share_ready is ..."; a key of the
    calendar has dots of its own).
    """
    group = tuple(sentence.partition(":")[0].split("."))
    words = re.findall(r"\w+(?:\.\w+)*(?:@\w+)?", sentence)
    parts = [tuple(word.split(".")) for word in words]
    paths = [path for word in parts for path in ((*group, *word), word)] + [(*group, word) for word in words]
    named = [path for path in paths if path in layer.places]
    return max(named, key=len, default=None)


def _hint(mistake: ErrorDetails) -> str:
    """Return a last word of advice for the mistakes YAML invites."""
    value = mistake["input"]
    if mistake["type"] == "finite_number" or value in (float("inf"), float("-inf")):
        return ", and finite"
    if not isinstance(value, str):
        return ""
    if mistake["type"] == "bool_type" and value.lower() in {"yes", "no", "on", "off", "y", "n"}:
        return ", not yes or no"
    return ", without quotes" if re.fullmatch(r"[-+]?\d+(\.\d+)?", value) else ""
