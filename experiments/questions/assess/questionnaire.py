"""What both sides are asked: twenty statements and a few facts, in every language, and the empty form to fill in."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from experiments.wording.language import language_code
from scenarios.input_errors import InputError, did_you_mean, shown

_FILE = Path(__file__).with_name("questionnaire.yaml")
UNKNOWN = {"", "?", "-", "unknown", "n/a", "na", "не знаю", "нет ответа", "неизвестно", "不知道", "未知"}
_YES = {"true", "yes", "y", "да", "是"}
_NO = {"false", "no", "n", "нет", "否", "不"}
_NEVER = {"never", "none", "никогда", "从不", "没有"}


@dataclass(frozen=True)
class Fact:
    """Something that is asked outright: a name in the form, the lever that it says, the question by language."""

    name: str
    path: str
    question: Mapping[str, str]
    how: Mapping[str, str]

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be said, where that is a choice of a few: none of a number."""
        declared = _declared(self.path)
        return ("yes", "no") if isinstance(declared.default, bool) else tuple(declared.choices)

    def value(self, said: Any) -> Any:
        """What was said as the lever's value, None (the word `never`) included; raises ValueError for anything else."""
        word = str(said).strip().lower()
        kind = type(_declared(self.path).default)
        if kind is bool:
            if word in _YES or word in _NO:
                return word in _YES
            raise ValueError("yes or no")
        choices = _declared(self.path).choices
        if choices:
            if word in choices:
                return word
            raise ValueError(f"one of {', '.join(choices)}")
        if word in _NEVER and _declared(self.path).default is None:
            return None
        return self._number(word)

    def _number(self, word: str) -> int | float:
        parameter, number = _declared(self.path), float("nan")
        never = ", or never" if parameter.default is None else ""
        with suppress(ValueError):
            number = float(word.replace(",", "."))
        is_whole = not isinstance(parameter.default, float)
        if number != number or not parameter.bounds.allow(number) or (is_whole and not number.is_integer()):
            kind = "a whole number" if is_whole else "a number"
            raise ValueError(f"{kind} of {parameter.unit}, {parameter.bounds}{never}")
        return round(number) if is_whole else number


@dataclass(frozen=True)
class Questionnaire:
    """Statements by language in their order, what the numbers mean, the facts, and what else a form says."""

    statements: tuple[Mapping[str, str], ...]
    scale: Mapping[str, str]
    facts: tuple[Fact, ...]
    form: Mapping[str, Mapping[str, str]]

    def statement(self, number: int) -> str:
        """A statement, 1 to 20, in the language spoken."""
        return self.statements[number - 1][language_code()]

    def fact(self, name: str) -> Fact:
        """A fact by its name; raises InputError for one that is not asked."""
        known = {one.name: one for one in self.facts}
        if name not in known:
            raise InputError(f"there is no fact {shown(name)}{did_you_mean(name, known)}")
        return known[name]


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire, read once."""
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    facts = tuple(Fact(one["name"], one["path"], one["question"], one["how"]) for one in told["facts"])
    return Questionnaire(tuple(told["statements"]), told["scale"], facts, told["form"])


def form_text(suffix: str = ".yaml") -> str:
    """The empty form in the language spoken, as YAML or as CSV."""
    asked, code = questionnaire(), language_code()
    if suffix == ".csv":
        return _form_as_table(asked, code)
    form = asked.form
    lines = [f"# {line[code]}" for line in (form["title"], asked.scale, form["numbers"], form["people"])]
    lines += ["people:", "  sales:", "  marketing:", "", "answers:"]
    for number, statement in enumerate(asked.statements, 1):
        lines += [f"  {number}:  # {statement[code]}", "    sales:", "    marketing:"]
    lines += ["", f"# {form['facts'][code]}", "facts:"]
    lines += [f"  {one.name}:  # {one.question[code]} ({one.how[code]})" for one in asked.facts]
    return "\n".join([*lines, ""])


def _form_as_table(asked: Questionnaire, code: str) -> str:
    import csv
    import io

    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["statement", f"text ({asked.scale[code]})", "sales", "marketing"])
    for number, statement in enumerate(asked.statements, 1):
        table.writerow([number, statement[code], "", ""])
    for one in asked.facts:
        table.writerow([one.name, f"{one.question[code]} ({one.how[code]})", "", ""])
    return "\ufeff" + file.getvalue()  # so that Excel reads it as UTF-8


def _declared(path: str) -> Any:
    from experiments.wording.parameters import declared

    found = declared(path)
    assert found is not None
    return found
