"""The mechanisms of the model that can be switched off by parameters, and the patterns that should go with each."""

from dataclasses import dataclass
from typing import Any

import scenarios
from experiments.questions.validate.relation_held import ACCOUNTS_STILL, TRUST_STILL


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
        tuple(TRUST_STILL.items()),
        frozenset({"V13", "V19"}),
    ),
    Mechanism(
        "accounts",
        "what people feel to owe each other stays what it is on the first day",
        tuple(ACCOUNTS_STILL.items()),
        frozenset({"V16", "V18"}),
    ),
    Mechanism(
        "choice of depth",
        "everybody does everything as well as half of what is possible, whatever is paid or owed",
        (("behaviour.goodwill.fixed_depth", 0.5), ("behaviour.goodwill.fixed_telling", 0.5)),
        frozenset({"S4", "G13"}),
    ),
    Mechanism(
        "telling",
        "nobody tells the other side anything",
        _zero("goodwill", "fixed_telling"),
        frozenset({"S3", "G12"}),
    ),
    Mechanism(
        "what leads are worth",
        "a glance tells nothing of a lead, and nothing is learnt of its sender",
        (("behaviour.work.glance_noise", 10.0), ("behaviour.work.prior_leads", 1000.0)),
        frozenset({"V1", "G13"}),
    ),
    Mechanism(
        "people differ",
        "all people have the same skill and drive, and the same trust on the first day",
        (("people.skill_sd", 0.0), ("people.drive_sd", 0.0), ("behaviour.trust.start_sd", 0.0)),
        frozenset({"V17", "G11"}),
    ),
    Mechanism(
        "heads",
        "coaching brings neither skill nor a shorter ramp-up",
        (("people.coaching_lift", 0.0), ("people.coaching_weight", 0.0)),
        frozenset({"G9"}),
    ),
    Mechanism(
        "list price",
        "buyers do not weigh the list price against the worth",
        _zero("attention", "list_price_weight"),
        frozenset({"G6"}),
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
        "tension never breaks out",
        _zero("conflict", "outbreaks"),
        frozenset({"V16", "V18"}),
    ),
    Mechanism(
        "blame",
        "a missed target is nobody's fault",
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
