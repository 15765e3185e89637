"""What happens: a market, a company in it, and the people of Marketing and Sales. Knows nothing of files or plots.

`simulate` runs a company fast; `CompanyModel` runs the same as a Mesa model, equal to the last bit. Mesa is loaded when
somebody asks for that.
"""

from typing import TYPE_CHECKING, Any

from simulation.compiled import FINGERPRINT
from simulation.engine import compile_engine, simulate
from simulation.finished_run import Run
from simulation.outcomes import OUTCOMES, Outcome

if TYPE_CHECKING:
    from simulation.model import CompanyModel

__all__ = ["FINGERPRINT", "OUTCOMES", "CompanyModel", "Outcome", "Run", "compile_engine", "simulate"]


def __getattr__(name: str) -> Any:
    """Load the Mesa model when it is asked for."""
    if name != "CompanyModel":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from simulation.model import CompanyModel

    return CompanyModel
