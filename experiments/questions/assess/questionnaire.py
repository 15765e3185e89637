"""What both sides are asked: twenty statements and a few facts, in every language, and the empty form to fill in."""

from collections.abc import Mapping
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
            raise ValueError(f"one of {', '.join(choices)}{did_you_mean(word, choices) if word else ''}")
        if word in _NEVER and _declared(self.path).default is None:
            return None
        return self._number(word)

    def _number(self, word: str) -> int | float:
        parameter, number = _declared(self.path), float("nan")
        never = ", or never" if parameter.default is None else ""
        try:
            number = float(word.replace(",", "."))
        except ValueError:
            pass
        if number != number or not parameter.bounds.allow(number):
            raise ValueError(f"a number of {parameter.unit}, {parameter.bounds}{never}")
        return number if isinstance(parameter.default, float) else round(number)


@dataclass(frozen=True)
class Questionnaire:
    """Statements by language in their order, what the numbers mean, and the facts."""

    statements: tuple[Mapping[str, str], ...]
    scale: Mapping[str, str]
    facts: tuple[Fact, ...]

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
    return Questionnaire(tuple(told["statements"]), told["scale"], facts)


def form_text(suffix: str = ".yaml") -> str:
    """The empty form in the language spoken, as YAML or as CSV."""
    asked, code = questionnaire(), language_code()
    if suffix == ".csv":
        return _form_as_table(asked, code)
    lines = [f"# {line}" for line in (*_HEAD[code], asked.scale[code], *_HOW[code])]
    lines += ["people:", "  sales:", "  marketing:", "", "answers:"]
    for number, statement in enumerate(asked.statements, 1):
        lines += [f"  {number}:  # {statement[code]}", "    sales:", "    marketing:"]
    lines += ["", *(f"# {line}" for line in _FACTS[code]), "facts:"]
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


_HEAD = {
    "en": ("How do Marketing and Sales work together? Twenty statements, answered by both sides.",),
    "zh": ("市场和销售如何合作？二十条陈述，双方各自回答。",),
    "ru": ("Как работают вместе маркетинг и продажи? Двадцать утверждений, отвечают обе стороны.",),
}
_HOW = {
    "en": (
        "One number for each person who answered, as [4, 5, 3], or the mean, as 4.2. Nothing where nobody answered.",
        "Where you give means, say below how many people answered on each side: their doubt depends on it.",
    ),
    "zh": (
        "每位回答者一个数字，如 [4, 5, 3]，或平均数，如 4.2。无人回答就留空。",
        "若填平均数，请在下面写明每一方有几人回答：把握大小取决于它。",
    ),
    "ru": (
        "По числу на каждого ответившего, например [4, 5, 3], или среднее, например 4.2. Пусто, если никто не ответил.",
        "Если вы даёте средние, укажите ниже, сколько человек ответило с каждой стороны: от этого зависит точность.",
    ),
}
_FACTS = {
    "en": ("What answers do not show, asked outright. Leave empty what you do not know.",),
    "zh": ("回答看不出来的事，直接问。不知道的留空。",),
    "ru": ("Чего по ответам не видно, спрошено прямо. Чего не знаете, оставьте пустым.",),
}
