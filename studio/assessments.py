"""Assessments that a page asks for: one at a time, the others wait; the page asks how far they are."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

import scenarios
from scenarios.input_errors import InputError, did_you_mean, shown
from studio.refused import Refused

if TYPE_CHECKING:
    from experiments.execution.runner import Settings
    from experiments.questions.assess.result import Assessment

RUNS, PLAUSIBLE = 2000, 30
"""Half of what the command line takes: a page answers in less than a minute on two cores."""
MOST_WAITING, MOST_KEPT = 5, 50
LANGUAGES = ("en", "zh", "ru")

OnProgress = Callable[[int, int | None], None]
Assess = Callable[[Mapping[str, Any], OnProgress], dict[str, Any]]
"""From what was answered to what the page shows; raises InputError."""


class Closed(Exception):
    """The server closes; what is under way is let go of."""


@dataclass
class Job:
    """One assessment: how far it is, then what it says, or the sentence that refuses it."""

    n_done: int = 0
    n_runs: int | None = None
    said: dict[str, Any] | None = None
    refused: str | None = None
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.said is not None or self.refused is not None

    def told(self) -> dict[str, Any]:
        """What a page gets."""
        if self.said is not None:
            return {"state": "done", **self.said}
        if self.refused is not None:
            return {"state": "refused", "sentence": self.refused}
        return {"state": "asking", "n_done": self.n_done, "n_runs": self.n_runs}


class Assessments:
    """Keeps the last ones, so that the same answers need not be worked out again."""

    def __init__(self, assess: Assess | None = None) -> None:
        self._assess = assess or assessed
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="assess")
        self._is_closed = False

    def begin(self, wanted: Mapping[str, Any]) -> str:
        """Begin one, or find it under way or over; returns its number. Raises Refused where too many wait."""
        name = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:24]
        known = self._jobs.get(name)
        if known is not None and known.refused is None:
            self._jobs.move_to_end(name)
            return name
        if sum(not job.is_over for job in self._jobs.values()) >= MOST_WAITING:
            raise Refused(429, "too_many", "Others are being assessed; try again in a minute.")
        job = self._jobs[name] = Job()
        for old in [key for key, one in self._jobs.items() if one.is_over][: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[old]
        self._pool.submit(self._work, job, dict(wanted))
        return name

    def state(self, name: str) -> dict[str, Any]:
        """How far one is, or what it says; raises Refused for one that is not known."""
        if name not in self._jobs:
            raise Refused(404, "no_assessment", "This assessment is not kept any more; ask again.")
        return self._jobs[name].told()

    def close(self) -> None:
        """Let go of what is under way."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, job: Job, wanted: Mapping[str, Any]) -> None:
        def on_progress(n_done: int, n_runs: int | None) -> None:
            if self._is_closed:
                raise Closed
            job.n_done, job.n_runs = n_done, n_runs

        try:
            job.said = self._assess(wanted, on_progress)
        except InputError as error:
            job.refused = str(error)
        except Closed:
            job.refused = "The server closes."
        except Exception as error:  # whoever waits has to be told
            job.refused = f"Something went wrong: {type(error).__name__}: {error}"


def assessed(wanted: Mapping[str, Any], on_progress: OnProgress, settings: "Settings | None" = None) -> dict[str, Any]:
    """Assess a company by what a page sends; raises InputError that names no file of this machine."""
    from experiments.execution import engine
    from experiments.questions.answer import Keeping, answer
    from experiments.questions.assess.ask import AssessQuestion
    from studio.company_file import check_text

    @contextmanager
    def progress(what: str) -> Any:
        yield on_progress

    with TemporaryDirectory() as folder:
        company = str(wanted["company"])
        if wanted.get("text") is not None:
            check_text(wanted["text"])
            company = f"{folder}/your_company.yaml"
            Path(company).write_text(wanted["text"], encoding="utf-8")
        elif company not in scenarios.companies():
            raise InputError(f"there is no company {shown(company)}{did_you_mean(company, scenarios.companies())}")
        file = Path(folder) / "answers.yaml"
        file.write_text(yaml.safe_dump(_form(wanted)), encoding="utf-8")
        try:
            question = AssessQuestion(
                file, company, runs=wanted.get("runs", RUNS), plausible=wanted.get("plausible", PLAUSIBLE)
            )
            plan = question.plan()
            engine.get_ready(lambda text: None, plan.n_runs)
            result = answer(question, settings, Keeping(is_kept=False), progress, plan=plan).result
            return told(result, wanted)
        except InputError as error:
            raise InputError(str(error).replace(f"{folder}/", "")) from None


def _form(wanted: Mapping[str, Any]) -> dict[str, Any]:
    sides = ("sales", "marketing")
    answers = {str(number): dict(zip(sides, pair, strict=True)) for number, pair in enumerate(wanted["answers"], 1)}
    form = {"answers": answers, "facts": {name: said for name, said in wanted["facts"].items() if said != ""}}
    people = {side: n for side, n in zip(sides, wanted["people"], strict=True) if n is not None}
    return form | ({"people": people} if people else {})


def told(result: "Assessment", wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of a result: numbers, and names in every language."""
    from experiments.questions.assess.assessed_company import assessed_company

    evidence, (score, span) = result.evidence, result.score
    text = assessed_company(result, "the studio", Path("."))
    if wanted.get("text") is not None:
        text = _merged(wanted["text"], text)
    return {
        "types": result.chances,
        "score": [score, span.low, span.high],
        "scores": list(result.scores),
        "gaps": [_gap(one) for one in result.unusual],
        "whole_gap": [result.gaps[0].size, *result.gaps[0].usual],
        "steps": _steps(result),
        "told": _told_practices(result),
        "evidence": [len(evidence.types), evidence.accuracy],
        "is_unlike": result.is_unlike,
        "yaml": text,
    }


def _merged(own: str, found: str) -> str:
    """The company that was sent, with the practices that were found, as one file."""
    from scenarios.layers import Layer
    from scenarios.loader import merged

    own_values, found_values = yaml.safe_load(own), yaml.safe_load(found)
    practices = {key: found_values[key] for key in ("practices", "pay") if key in found_values}
    values = dict(merged([Layer(own_values, {}), Layer(practices, {})]).values)
    values["name"] = f"{own_values.get('name', 'your_company')}_assessed"
    return str(yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110))


def _gap(gap: Any) -> dict[str, Any]:
    from experiments.questions.assess.text import causes_in_words

    return {
        "statement": gap.statement,
        "sales": gap.sales,
        "marketing": gap.marketing,
        "share": gap.share,
        "causes": _in_all(partial(causes_in_words, gap)),
    }


def _steps(result: "Assessment") -> list[dict[str, Any]]:
    from experiments.questions.assess.text import step_words
    from experiments.reporting.figure_style import rows_of

    return [
        {
            "label": _in_all(partial(step_words, row)),
            "gain": [row.gain, row.low, row.high],
            "pays": min(row.share_pays, row.n / (row.n + 1)) if row.share_pays == row.share_pays else None,
            "open": row.share_open,
        }
        for row in rows_of(result.steps)
        if row.is_again and row.n > 1 and row.low == row.low
    ]


def _told_practices(result: "Assessment") -> list[dict[str, Any]]:
    """What is told, by practice: in words, the likeliest value with its chance or the middle 90 %."""
    from experiments.questions.assess.text import lever_words, value_in_words
    from experiments.reporting.figure_style import rows_of

    return [
        {
            "lever": _in_all(partial(lever_words, row.parameter)),
            "value": _in_all(partial(value_in_words, row)),
        }
        for row in rows_of(result.practices)
        if row.verdict == "told"
    ]


def _in_all(say: Callable[[], str]) -> dict[str, str]:
    from experiments.wording.language import in_language

    found = {}
    for code in LANGUAGES:
        with in_language(code):
            found[code] = say()
    return found
