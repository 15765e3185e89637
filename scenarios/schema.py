"""The JSON Schema of a company file, with which an editor completes names, shows meanings and marks mistakes."""

from typing import Any

from scenarios.loader import COMPANIES, PRESETS
from scenarios.meanings import explained
from scenarios.registry import is_named_group, sections_below
from scenarios.scenario import Scenario

LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


def json_schema() -> dict[str, Any]:
    """Return the schema of a company file: no key is required, and null takes an inherited segment or channel out."""
    schema = Scenario.model_json_schema()
    sections = {kind.__name__: kind for kind in sections_below(Scenario)}
    for title, group in [("Scenario", schema), *schema["$defs"].items()]:
        group.pop("required", None)
        fields = explained(sections[title])
        group["properties"] = {
            name: _for_editors(field, fields[name].description) for name, field in group["properties"].items()
        }
    for name, field in schema["properties"].items():
        if is_named_group(Scenario, (name,)):
            field["additionalProperties"] = {"anyOf": [field["additionalProperties"], {"type": "null"}]}
    schema["properties"] = {**schema["properties"], **_keys_of_the_file()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Company"}


def _for_editors(field: dict[str, Any], meaning: str | None) -> dict[str, Any]:
    """Return a field with its meaning, and its declaration as limits and as words an editor shows."""
    shown = {key: value for key, value in field.items() if key not in ("title", "declaration")}
    if meaning:
        shown = {"description": meaning, **shown}
    if isinstance(shown.get("default"), dict):
        del shown["default"]  # the group's own fields say it
    told = field.get("declaration")
    if told:
        limits = {LIMITS[name]: limit for name, limit in told["bounds"].items() if limit is not None}
        plausible = " Plausible: {} to {}.".format(*told["plausible"]) if told["plausible"] else ""
        unit = f" Unit: {told['unit']}." if told["unit"] != "-" else ""
        source = " Source: {kind}, {reference}.".format(**told["source"])
        shown |= {**limits, "description": shown.get("description", "") + unit + plausible + source}
    return shown


def _keys_of_the_file() -> dict[str, Any]:
    """Return the keys that steer how a company file is put together."""
    return {
        "extends": {
            "description": "The company this one is built on: a shipped name or the path of a file.",
            "anyOf": [{"enum": COMPANIES.names()}, {"type": "string"}],
        },
        "preset": {
            "description": "The practices the company has today: a shipped preset or the path of a file.",
            "anyOf": [{"enum": PRESETS.names()}, {"type": "string"}],
        },
        "question": {"description": "What this company is there to find out, in one sentence.", "type": "string"},
        "name": {"description": "What reports call the company; without it the name of the file.", "type": "string"},
    }
