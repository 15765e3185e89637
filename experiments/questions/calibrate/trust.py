"""Whether a fit is good enough to believe what it says of a company, and why not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from experiments.wording.numbers import number, percent

if TYPE_CHECKING:
    from experiments.questions.calibrate.result import Calibration

GOOD = 1.5
"""Standard errors from the figures it can meet, at most, of a company that fits; one that is right has about 0.7."""
FEW = 0.2
"""Share of figures that may be out of reach in a good fit."""
HONEST = (0.65, 0.95)
"""Shares of held-out figures inside the 80 % intervals that speak for these."""
SURE_ENOUGH = 0.75
"""Below this share predictions are a little too sure."""


def is_good(calibration: "Calibration") -> bool:
    """Whether the model fits the company."""
    return not list(_against(calibration))


def trust(calibration: "Calibration") -> str:
    """The first sentence of the answer: whether to trust it, and why."""
    choice, inside = calibration.choice, calibration.share(0.8)
    if against := list(_against(calibration)):
        return f"Do not trust it: {' and '.join(against)}. What is said of parameters below may be wrong."
    before, after = number(choice.before), number(choice.after)
    distance = f"the fitted company is {after} standard errors from the data ({before} before)"
    if n_out := len(calibration.out_of_reach):
        distance += f", {n_out} of {calibration.n_fitted} figures cannot be met (do not rely on what hangs on these)"
    if not inside.n:
        return f"Trust the fit, but nothing is held out to judge its predictions by: {distance}."
    held = f"{percent(inside.share)} of the held-out figures lie in its 80 % intervals"
    if inside.share < HONEST[0]:
        return f"Trust the fit, not its predictions: {distance}, but only {held}."
    if inside.share < SURE_ENOUGH:
        return f"Trust it, but plan with wider intervals than it gives: {distance}, and {held}."
    return f"Trust it: {distance}, and {held}."


def warning(calibration: "Calibration") -> str | None:
    """What whoever uses the fitted company must hear; None where the fit is good."""
    against = list(_against(calibration))
    return f"the fit to its own data is bad: {' and '.join(against)}" if against else None


def _against(calibration: "Calibration") -> Iterator[str]:
    """What speaks against the fit."""
    choice, n_out = calibration.choice, len(calibration.out_of_reach)
    if not choice.within_reach <= GOOD:
        rest = " even from those it can meet" if n_out else " from the data"
        yield f"the fitted company is {number(choice.within_reach)} standard errors{rest} (a good fit: {GOOD} at most)"
    if n_out > FEW * calibration.n_fitted:
        yield f"{n_out} of {calibration.n_fitted} fitted figures cannot be met by the model"
