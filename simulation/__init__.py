"""What happens: a market, a company in it, and the people of Marketing and Sales. Knows nothing of files or plots.

`simulate` runs a company fast; `CompanyModel` runs the same as a Mesa model, equal to the last bit.
"""

from simulation.compiled import FINGERPRINT
from simulation.engine import compile_engine, simulate
from simulation.finished_run import Run
from simulation.model import CompanyModel
from simulation.outcomes import OUTCOMES, Outcome

__all__ = ["FINGERPRINT", "OUTCOMES", "CompanyModel", "Outcome", "Run", "compile_engine", "simulate"]
