"""A company file that comes out of a browser, and one that goes there: only text, no file of this machine is named.

What a sent file extends, and the preset it names, are among those that are shipped; paths are refused before anything
is looked for.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import yaml

import scenarios
from scenarios import ScenarioError
from scenarios.input_errors import did_you_mean, shown
from scenarios.layers import Layer
from scenarios.loader import COMPANIES, PRESETS, merged, preset_layers
from scenarios.yaml_file import LARGEST_FILE_BYTES, Document, parse_yaml
from studio.kit import DRAWS, kit_of_company
from studio.recording import OWN

CALLED = "your_company"
"""What a company is called whose file does not say it."""
FIRST = ("name", "extends", "question", "preset")
"""What stands at the top of a company file."""
MOST_PEOPLE = 500
"""More than these no page draws, nor lives in a moment."""

Made = TypeVar("Made")


def kit_of_text(text: str) -> dict[str, Any]:
    """The kit of the company that a text describes; raises ScenarioError in one sentence."""
    return _from_file(text, _kit)


def check_text(text: str) -> Document:
    """What a text says, if it names nothing but what is shipped; raises ScenarioError."""
    if len(text.encode()) > LARGEST_FILE_BYTES:
        raise ScenarioError(f"this is no company file of at most {LARGEST_FILE_BYTES // 1024} kB")
    document = parse_yaml(text, f"{CALLED}.yaml")
    for key, shelf in (("extends", COMPANIES), ("preset", PRESETS)):
        named = document.values.get(key)
        if key in document.values and named not in shelf.names():
            hint = did_you_mean(str(named)[:80], shelf.names())
            wrong = f"{key} is {shown(named)}; here it must be a {shelf.kind} that is shipped{hint}"
            raise ScenarioError(f"{document.places[(key,)]}: {wrong}")
    return document


def _from_file(text: str, make: Callable[[Path], Made]) -> Made:
    """What is made of a file with this text, which is there for as long as that takes."""
    check_text(text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{CALLED}.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            return make(path)
        except ScenarioError as error:
            raise ScenarioError(str(error).replace(f"{folder}/", "")) from None


def _kit(path: Path) -> dict[str, Any]:
    people = scenarios.load(path).people
    n_people = people.account_executives + people.sdrs + people.marketers + people.managers
    if n_people > MOST_PEOPLE:
        raise ScenarioError(f"{n_people:,} people are more than a page shows; it shows at most {MOST_PEOPLE}")
    kit = kit_of_company(str(path), draws=DRAWS)
    name = kit["company"]
    return kit if name not in scenarios.companies() else kit | {"company": f"my {name}", "title": f"my {kit['title']}"}


def company_text(
    company: str, practices: str, changes: Sequence[Mapping[str, Any]] = (), text: str | None = None
) -> str:
    """A company file that says what a page shows: a company with practices and changes (path, value, day).

    The company is a shipped one, or that of `text`. Raises ScenarioError for what no company can be.
    """
    if text is None and company not in scenarios.companies():
        raise ScenarioError(f"there is no company {shown(company)}{did_you_mean(company, scenarios.companies())}")
    if practices not in (OWN, *scenarios.presets()):
        raise ScenarioError(f"there are no practices {shown(practices)}{did_you_mean(practices, scenarios.presets())}")
    told: dict[str, Any] = {"extends": company} if text is None else check_text(text).values
    layers = [Layer(told, {})]
    if practices != OWN:
        if text is not None:  # practices are laid over what the file says of them; its preset would lie below
            layers += [Layer(one.values, {}) for one in preset_layers(PRESETS.family(PRESETS.find(practices)))]
        layers.append(Layer({"preset": practices}, {}))
    layers += [Layer(_nested(change), {}) for change in changes]
    values = dict(merged(layers).values)
    first = [key for key in FIRST if key in values]
    in_order = {key: values[key] for key in [*first, *(key for key in values if key not in FIRST)]}
    written: str = yaml.safe_dump(in_order, sort_keys=False, allow_unicode=True, width=110)
    _from_file(written, scenarios.load)
    return written


def _nested(change: Mapping[str, Any]) -> dict[str, Any]:
    if change.get("day") is not None:
        return {"calendar": {f"{change['path']}@{change['day']}": change["value"]}}
    *groups, last = change["path"].split(".")
    nested: dict[str, Any] = {last: change["value"]}
    for key in reversed(groups):
        nested = {key: nested}
    return nested
