"""The mechanisms of the model that can be switched off by parameters, and the patterns that should go with each."""

from dataclasses import dataclass
from typing import Any

import scenarios


@dataclass(frozen=True)
class Mechanism:
    """`off` are the parameters that switch it off, with their values; `breaks` the patterns that should go with it."""

    name: str
    says: str
    off: tuple[tuple[str, Any], ...]
    breaks: frozenset[str]


def _zero(section: str, *names: str) -> tuple[tuple[str, Any], ...]:
    return tuple((f"behaviour.{section}.{name}", 0.0) for name in names)


_NO_ALARM = (("behaviour.alarm.doubt", 1000.0), ("behaviour.alarm.heard_in_passing", 0.0))  # all sounds like chance

MECHANISMS = (
    Mechanism(
        "feedback",
        "what Sales hears teaches Marketing nothing: outcomes, reports and alarms change neither score nor campaign",
        (*_zero("learning", "score_learning", "from_report"), *_NO_ALARM),
        frozenset({"S3", "V13"}),
    ),
    Mechanism(
        "trust",
        "trust stays what it is on the first day",
        (
            *_zero("trust", "up", "down", "worked", "rotted", "told", "met", "blamed", "informal"),
            *_zero("conflict", "hurt", "blame"),
            *_zero("together", "liaison_trust", "rotation_trust", "training_trust", "credit", "surprise"),
        ),
        frozenset({"V1", "V13", "V16", "V19"}),
    ),
    Mechanism(
        "sharing of beliefs",
        "nobody learns what the other side believes: not in meetings, nor in between",
        (
            *_zero("learning", "from_meeting", "from_informal_h"),
            *_zero("together", "from_brainstorm", "from_review", "from_liaison"),
            *_NO_ALARM,
        ),
        frozenset({"S3", "S4", "V10", "V14"}),
    ),
    Mechanism(
        "saturation of talk",
        "a meeting has as much to tell the day after the last as a month later",
        (("behaviour.learning.novelty_d", 0.05),),
        frozenset({"V10"}),
    ),
    Mechanism(
        "disputes",
        "tension never grows, so nothing breaks out",
        _zero("conflict", "tension_growth", "outbreaks"),
        frozenset({"S4", "V16", "V18"}),
    ),
    Mechanism(
        "blame",
        "a missed target costs no trust",
        (*_zero("conflict", "blame"), *_zero("trust", "blamed")),
        frozenset({"V18"}),
    ),
    Mechanism(
        "quota pressure",
        "a deal next quarter is worth as much as one now, and nobody presses for signatures",
        (
            ("behaviour.work.quota_pressure", 1.0),
            ("behaviour.work.wait_loss", 0.0),
            ("behaviour.work.push_days", 0),
            ("behaviour.deals.hold_off", 0.0),
        ),
        frozenset({"V5", "V6", "V7"}),
    ),
    Mechanism(
        "own pay",
        "hours are split evenly, whatever they earn",
        _zero("work", "choice_sharpness"),
        frozenset({"S8", "V1"}),
    ),
    Mechanism(
        "bending the bar",
        "marketers behind their target do not lower the bar of a lead",
        _zero("work", "bar_bend"),
        frozenset({"V13"}),
    ),
    Mechanism(
        "speed of answers",
        "a late answer reaches the buyer as well as an early one",
        (("behaviour.attention.speed_floor", 1.0),),
        frozenset({"S7"}),
    ),
    Mechanism(
        "understanding of needs",
        "what the pitch is about does not matter to a win",
        _zero("attention", "understanding_weight", "consistency_weight"),
        frozenset({"S4", "V10", "V14"}),
    ),
    Mechanism(
        "moving needs",
        "needs stand still",
        (("market.turbulence", 0.0),),
        frozenset({"S3", "S10", "V10", "V14"}),
    ),
)


def switched_off() -> tuple[list[Mechanism], list[str]]:
    """The mechanisms that the model has all parameters of, and a sentence for each other one."""
    known = {parameter.path for parameter in scenarios.parameters()}
    usable = [one for one in MECHANISMS if all(path in known for path, _ in one.off)]
    return usable, [f"{one.name}: the model lacks a parameter of it" for one in MECHANISMS if one not in usable]
