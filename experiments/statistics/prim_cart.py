"""Where do cases lie? Boxes in a space of inputs by PRIM and CART (EMA Workbench), judged on points they have not seen.

PRIM: Friedman and Fisher (1999), as used by Bryant and Lempert (2010); CART: Breiman et al. (1984).
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.statistics.proportions import wilson
from scenarios.input_errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    Frame = pd.DataFrame

Cases = npt.NDArray[np.bool_]

FEWEST_CASES = 8
LARGEST_QUASI_P = 0.05
"""A restriction that chance would often make as good is dropped."""
_SMALLEST_MASS = 0.05
_ANY = 0.01  # density from which a box counts for PRIM; 0 would make a case of every point
_MISSING = (
    "boxes are found by EMA Workbench, which is not installed; install it with "
    "`pip install -c constraints.txt -e '.[discover]'` and give the same command again"
)


@dataclass(frozen=True)
class Cover:
    """How a box covers points: `n` of them in it, `coverage` of all cases inside, `density` of cases among those.

    `low` to `high` holds the density with 95 %.
    """

    n: int
    coverage: float
    density: float
    low: float
    high: float


@dataclass(frozen=True)
class Box:
    """Limits by input, both ends included; inputs without limits are left out.

    `quasi_p` by input: how likely a limit as good would come about by chance alone (PRIM only).
    """

    limits: Mapping[str, tuple[float, float]]
    quasi_p: Mapping[str, float] = field(default_factory=dict)

    def holds(self, inputs: "Frame") -> Cases:
        """Which points lie in it."""
        inside = np.ones(len(inputs), dtype=np.bool_)
        for name, (low, high) in self.limits.items():
            values = inputs[name].to_numpy(dtype=np.float64)
            inside &= (values >= low) & (values <= high)
        return inside

    def cover(self, inputs: "Frame", cases: Cases) -> Cover:
        """How it covers these points; NaN where there is nothing to count."""
        inside = self.holds(inputs)
        n, n_cases, hits = int(inside.sum()), int(cases.sum()), int((inside & cases).sum())
        density = hits / n if n else float("nan")
        coverage = hits / n_cases if n_cases else float("nan")
        return Cover(n, coverage, density, *(wilson(density, n) if n else (float("nan"),) * 2))


def prim_box(inputs: "Frame", cases: Cases) -> Box:
    """The box of PRIM's peeling with the best balance of coverage and density (their harmonic mean).

    Restrictions that chance would often make as good (quasi-p above 0.05) are dropped. Raises InputError where EMA
    Workbench is not installed.
    """
    prim = _ema("prim")
    with warnings.catch_warnings(action="ignore"), _repeatable():
        box = prim.Prim(inputs.astype(float), cases, threshold=_ANY, mass_min=_SMALLEST_MASS).find_box()
        trade = box.peeling_trajectory
        balance = 2 * trade["coverage"] * trade["density"] / (trade["coverage"] + trade["density"]).clip(lower=1e-9)
        place = int(balance.to_numpy().argmax())
        quasi_p = {str(name): _smallest(sides) for name, sides in box.qp[place].items()}
        limits = box.box_lims[place]
    kept = {name: p for name, p in quasi_p.items() if p <= LARGEST_QUASI_P}
    return Box({name: _limits(limits, inputs, name) for name in kept}, kept)


def cart_boxes(inputs: "Frame", cases: Cases) -> list[Box]:
    """The leaves of a classification tree, none with less than 5 % of the points. Raises InputError as `prim_box`."""
    cart = _ema("cart")
    with warnings.catch_warnings(action="ignore"), _repeatable():
        tree = cart.CART(inputs.astype(float), cases, mass_min=_SMALLEST_MASS)
        tree.build_tree()
        leaves = list(tree.boxes)
    boxes = []
    for limits in leaves:
        every = {str(name): _limits(limits, inputs, str(name)) for name in inputs.columns}
        whole = {str(name): (-np.inf, np.inf) for name in inputs.columns}
        boxes.append(Box({name: ends for name, ends in every.items() if ends != whole[name]}))
    return boxes


def _limits(limits: "Frame", inputs: "Frame", name: str) -> tuple[float, float]:
    """The two ends of a limit; infinite where it is that of all points."""
    low, high = float(limits[name].iloc[0]), float(limits[name].iloc[1])
    column = inputs[name].to_numpy(dtype=np.float64)
    return (-np.inf if low <= column.min() else low), (np.inf if high >= column.max() else high)


def _smallest(sides: Any) -> float:
    """The better of the quasi-p-values of the two ends; an end without a limit has -1."""
    known = [float(side) for side in sides if side >= 0]
    return min(known, default=1.0)


def check_installed() -> None:
    """Raise InputError, with what to do, where EMA Workbench is not installed."""
    from importlib.util import find_spec

    if find_spec("ema_workbench") is None:
        raise InputError(_MISSING)


def _ema(part: str) -> Any:
    """`prim` or `cart` of EMA Workbench."""
    check_installed()
    with warnings.catch_warnings(action="ignore"):
        from ema_workbench.analysis import cart, prim

    return {"prim": prim, "cart": cart}[part]


@contextmanager
def _repeatable() -> Iterator[None]:
    """Let the workbench, which settles ties by the luck that all share, settle them alike each time."""
    before = np.random.get_state()
    np.random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(before)
