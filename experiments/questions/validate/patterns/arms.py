"""The arms that several patterns share."""

from experiments.questions.compare.ask import TYPES
from experiments.questions.validate.patterns.arm import Arm

UNDEFINED, DEFINED, ALIGNED, INTEGRATED = (Arm("reference", name) for name in TYPES)
OF_EACH_TYPE = {"undefined": UNDEFINED, "defined": DEFINED, "aligned": ALIGNED, "integrated": INTEGRATED}
ALL_COMPANIES = ("reference", "small_firm", "enterprise", "fast_simple_market", "aiqi_software")
"""Shipped companies that sell to buyers they must find; the sign-up funnel is held against its own data by `agree`."""
