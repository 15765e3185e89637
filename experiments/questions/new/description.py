"""A company in plain words: what is asked of it, and the file that answers."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from experiments.designs.company_today import TYPES
from scenarios.input_errors import InputError, did_you_mean, shown
from scenarios.input_errors import Path as Keys
from scenarios.pay import MarketingPay, SalesPay
from scenarios.yaml_file import Document, read_yaml, scalar

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_PRACTICES = "practices"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


@dataclass(frozen=True)
class Asked:
    """One question: the `key` of its answer, the question itself, what kind of answer it takes and between what limits.

    `choices` are what may be answered where it is no number, `hints` what each of them, or the answer, means;
    `is_needed`: nothing can be said without it.
    """

    key: str
    words: str
    kind: type = float
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    hints: tuple[str, ...] = ()

    def read(self, value: Any) -> Any:
        """The answer as a value; None is "I do not know". Raises ValueError that says what is allowed."""
        if value is None or value == "":
            if self.is_needed:
                raise ValueError("is not answered, and nothing can be said without it")
            return None
        if self.choices:
            if value not in self.choices:
                raise ValueError(f"is {shown(value)}{did_you_mean(str(value), self.choices)}")
            return value
        number = self._number(value)
        if not self.low <= number <= self.high:
            raise ValueError(f"is {shown(value)}; it must be {self.allowed}")
        return number

    @property
    def allowed(self) -> str:
        """What may be answered, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        kind = "a whole number" if self.kind is int else "a number"
        if self.is_share:
            return f"a share from {self.low:g} to {self.high:g}, or a percentage like 25 %"
        return f"{kind} from {_plain(self.low)} to {_plain(self.high)}"

    @property
    def explained(self) -> list[str]:
        """What each choice means, a line each."""
        return [f"{choice}: {hint}" for choice, hint in zip(self.choices, self.hints, strict=True)]

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole."""
        return self.high <= 1.0 and self.kind is float

    def _number(self, value: Any) -> float:
        if isinstance(value, str) and (match := _PERCENT.fullmatch(value.strip())) and self.is_share:
            value = float(match[1].replace(",", ".")) / 100
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not is_number or (self.kind is int and value != int(value)):
            raise ValueError(f"is {shown(value)}; it must be {self.allowed}")
        return self.kind(value)  # type: ignore[no-any-return]


def _plain(value: float) -> str:
    """Thousands apart, never as a power of ten."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _choices(section: Any, field: str) -> tuple[str, ...]:
    return get_args(section.model_fields[field].annotation)


QUESTIONS = (
    Asked("account_executives", "How many people sell until the signature?", int, 1, 5000, is_needed=True),
    Asked("sdrs", "How many only call on leads and find out who is worth selling to (SDRs)?", int, 0, 5000),
    Asked("marketers", "How many people work in Marketing?", int, 1, 2000),
    Asked("managers", "How many lead the two departments, heads of both and whoever is above them?", int, 1, 1000),
    Asked("deal_value_eur", "What is a new contract worth a year on average, in EUR?", float, 1, 1e9, is_needed=True),
    Asked("days_to_signature", "How many days pass from the first talk with Sales to the signature?", float, 1, 1500),
    Asked(
        "leads_per_month", "How many new leads does Marketing bring a month (forms, fairs, enquiries)?", float, 1, 1e6
    ),
    Asked("share_won", "Of 100 opportunities that are decided, how many are won?", float, 0.01, 0.95),
    Asked("contracts_per_month", "How many new contracts are signed a month?", float, 0.05, 1e5),
    Asked("customers", "How many customers are there?", int, 0, 1_000_000),
    Asked("churn_per_year", "Of 100 customers, how many leave in a year?", float, 0.01, 0.8),
    Asked("programme_eur_per_year", "What does Marketing spend a year outside, without pay, in EUR?", float, 0, 1e10),
    Asked("products", "How many products are sold?", int, 1, 8),
    Asked("regions", "How many regions are sold in?", int, 1, 1000),
    Asked("quota_eur_per_year", "What is the quota of one seller a year, in EUR?", float, 1, 1e10),
    Asked("pay_eur_per_year", "What does a seller earn a year who makes it, base and variable, in EUR?", float, 1, 1e7),
    Asked(
        "sales_pay",
        "What is the variable pay of sellers for?",
        str,
        choices=_choices(SalesPay, "scheme"),
        hints=("for nothing", "for revenue", "for margin", "for reaching a quota", "more above a quota"),
    ),
    Asked(
        "marketing_pay",
        "What is that of marketers for?",
        str,
        choices=_choices(MarketingPay, "scheme"),
        hints=(
            "for nothing",
            "for leads handed over",
            "for leads that turn out to be projects",
            "for the pipeline that comes of them",
            "for revenue",
            "for all of these",
        ),
    ),
    Asked(
        "together",
        "How do the two sides work together today?",
        str,
        choices=TYPES,
        is_needed=True,
        hints=(
            "nobody has settled it",
            "there are rules: what a lead is, who calls it and when",
            "they meet, plan and train together",
            "they share a head, systems and rewards",
        ),
    ),
)
BY_KEY = {one.key: one for one in QUESTIONS}


@dataclass(frozen=True)
class Description:
    """Answers by key; what nobody knows is missing. `practices` are single ones that differ from the type's."""

    name: str
    answers: Mapping[str, Any]
    practices: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        """The answer to a question, None where it is not known."""
        return self.answers.get(key)


def read_description(path: Path, *, is_whole: bool = True) -> Description:
    """Read a file of answers, or (`is_whole` false) what there is of them yet.

    Raises ScenarioError if it is no YAML, InputError for what is no answer.
    """
    document = read_yaml(path)
    known = ("name", *BY_KEY, _PRACTICES)
    for key in document.values:
        if key not in known:
            raise _wrong(document, (key,), f"unknown key {key}{did_you_mean(key, known)}")
    name = document.values.get("name")
    practices = document.values.get(_PRACTICES) or {}
    if not isinstance(practices, dict):
        raise _wrong(document, (_PRACTICES,), f"{_PRACTICES} is {shown(practices)}; it must be keys with values")

    def refuse(key: str, problem: str) -> InputError:
        """What is wrong with an answer, and where."""
        return _wrong(document, (key,), f"{key} {problem}")

    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise refuse("name", f"is {shown(name)}; it must be a word of letters, digits and _, like my_firm")
    answers = {}
    for one in QUESTIONS:
        said = document.values.get(one.key)
        if said is None and not is_whole:
            continue
        try:
            answer = one.read(said)
        except ValueError as error:
            raise refuse(one.key, str(error)) from None
        if answer is not None:
            answers[one.key] = answer
    return Description(name, answers, practices)


def typed(text: str) -> Any:
    """What somebody typed at a prompt, as a file would have it; raises ValueError for a number that is too long."""
    return scalar(text.strip())


def answers_text(name: str, answers: Mapping[str, Any], practices: Mapping[str, Any] | None = None) -> str:
    """A file of answers, with the questions as comments; what is not answered is left empty."""
    lines = [
        "# Your company in plain words. Leave empty what you do not know.",
        "# Then: python run.py new NAME.yaml --answers THIS_FILE",
        "",
        f"name: {name}",
    ]
    for one in QUESTIONS:
        answer = answers.get(one.key)
        written = "" if answer is None else f" {answer:g}" if isinstance(answer, float) else f" {answer}"
        needed = "; needed" if one.is_needed else ""
        lines += ["", f"# {one.words} ({one.allowed}{needed})", *(f"#   {line}" for line in one.explained)]
        lines.append(f"{one.key}:{written}")
    lines += ["", "# Single practices that differ from what is usual for that type (`run.py explain practices`):"]
    if not practices:
        return "\n".join([*lines, "# practices:", "#   sla_tracked: true", ""])
    return "\n".join([*lines, "practices:", *(f"  {key}: {_as_yaml(value)}" for key, value in practices.items()), ""])


def _as_yaml(value: Any) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _wrong(document: Document, path: Keys, problem: str) -> InputError:
    return InputError(f"{document.places.get(path) or document.file}: {problem}")
