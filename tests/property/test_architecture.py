"""The house keeps its rules: who may know whom, what the model may not know, and nothing without its explanation.

Every rule is tried on the repository, on small files that break it, and on a small file that keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests import architecture_rules as rules
from tests.repository import Sources


@dataclass(frozen=True)
class Rule:
    """A rule with files that break it, one breach each, and files that keep it."""

    findings: Callable[[Sources], list[str]]
    broken: tuple[Sources, ...]
    kept: Sources


def drawing(*functions: str, head: str = "from simulation.randomness import Purpose, uniform") -> str:
    return "\n".join(
        [head, *(f"def {name}(seed):\n    return uniform(seed, Purpose.NEED, 0, 0)" for name in functions)]
    )


def sized(n_lines: int) -> str:
    return "x = 1\n" * n_lines


def writing(*lines: str, also: str = "") -> str:
    return "\n".join([also, "def act(company, lead, share):", *(f"    {line}" for line in lines)])


OWNER = {"simulation/border/hand_off.py": writing("company.lead[lead].owner = 1", "company.trust[lead] += share")}
MOVES = {"simulation/border/beliefs.py": "def move(belief, x):\n    belief[0] += x"}
BELIEVES = writing("move(company.belief[lead], share)", also="from simulation.border.beliefs import move")
DECLARED = {"simulation/randomness.py": "class Purpose(IntEnum):\n    NEED = 1"}
MARKET = "simulation/market.py"
PAY, TRUST = "simulation/management/pay.py", "simulation/border/trust.py"
PEOPLE = "scenarios/people.py"
ASSUMES_7 = 'hours: float = par(8, unit="h", source=assumption("A7"))'

RULES = [
    Rule(
        rules.imports_that_run_upward,
        broken=(
            {"scenarios/loader.py": "import simulation"},
            {MARKET: "from experiments.execution.runner import run"},
            {MARKET: "def draw():\n    from experiments import figures"},
            {"simulation/agents/rep.py": "from ...experiments import figures"},
            {"experiments/compare.py": "import studio.app"},
            {"studio/app.py": "from run import app"},
            {"run.py": "from tests.repository import ROOT"},
        ),
        kept={
            "run.py": "import studio, experiments, simulation, scenarios",
            MARKET: "import numpy\nfrom simulation.company import Company\nfrom scenarios import Scenario",
        },
    ),
    Rule(
        rules.imports_that_run_upstairs,
        broken=(
            {"experiments/store/manifest.py": "from experiments.studies.study import Study"},
            {"experiments/wording/numbers.py": "import experiments.statistics.paired"},
            {"experiments/questions/sweep/ask.py": "def ask():\n    from experiments.cli import options"},
            {"experiments/questions/sweep/ask.py": "from experiments import front_door"},
        ),
        kept={
            "experiments/__init__.py": "from experiments.front_door import asking",
            "experiments/front_door.py": "from experiments.questions.answer import answer",
            "experiments/cli/sweep.py": "from experiments.questions.sweep.ask import SweepQuestion",
            "experiments/store/manifest.py": "from experiments.store.atomic_files import write_whole",
        },
    ),
    Rule(
        rules.questions_that_know_each_other,
        broken=(
            {
                "experiments/questions/sweep/ask.py": "from experiments.questions.compare.ask import TYPES",
                "experiments/questions/compare/ask.py": "TYPES = ()",
            },
        ),
        kept={
            "experiments/questions/sweep/ask.py": "from experiments.questions.question import Question",
            "experiments/questions/sweep/text.py": "from experiments.questions.sweep.ask import SweepQuestion",
            "experiments/questions/question.py": "x = 1",
        },
    ),
    Rule(
        rules.modules_beside_the_rooms,
        broken=({f"experiments/{name}.py": "" for name in "abcdef"},),
        kept={f"experiments/{name}.py": "" for name in "abcde"},
    ),
    Rule(
        rules.names_used_twice,
        broken=(
            {"experiments/store/report.py": "", "experiments/cli/status.py": "", "experiments/studies/status.py": ""},
        ),
        kept={"experiments/questions/sweep/ask.py": "", "experiments/questions/compare/ask.py": ""},
    ),
    Rule(
        rules.import_cycles,
        broken=(
            {MARKET: "from simulation.company import x", "simulation/company.py": "import simulation.market"},
            {"simulation/__init__.py": "from simulation.market import x", MARKET: "from simulation import x"},
            {
                "scenarios/a.py": "from . import b",
                "scenarios/b.py": "from . import c",
                "scenarios/c.py": "from .a import x",
            },
        ),
        kept={
            "simulation/__init__.py": "from simulation.market import x",
            MARKET: "from simulation import company",
            "simulation/company.py": "import typing\nif typing.TYPE_CHECKING:\n    from simulation import market",
        },
    ),
    Rule(
        rules.ways_up_inside_the_model,
        broken=(
            {PAY: "from simulation.border import trust", TRUST: ""},
            {PAY: "from simulation.border.trust import grown", TRUST: ""},
            {TRUST: "def f():\n    import simulation.agents.rep", "simulation/agents/rep.py": ""},
            {PAY: "from simulation import market", MARKET: "from simulation.border import trust", TRUST: ""},
            {
                PAY: "from simulation.management import budget",
                "simulation/management/budget.py": "from simulation import market",
                MARKET: "from simulation import company",
                "simulation/company.py": "from simulation.border import trust",
                TRUST: "",
            },
        ),
        kept={
            PAY: "from simulation.management import budget\nfrom simulation import market",
            "simulation/management/budget.py": "",
            MARKET: "from simulation.management import budget",
            TRUST: "from simulation.management import pay\nfrom simulation import company",
            "simulation/company.py": "from simulation.border import trust",
            "simulation/agents/rep.py": "from simulation.border import trust",
        },
    ),
    Rule(
        rules.outside_world_in_simulation,
        broken=(
            {MARKET: "from pathlib import Path"},
            {MARKET: "import os.path"},
            {MARKET: "import concurrent.futures"},
            {MARKET: "def show():\n    import plotly.express"},
            {MARKET: "from random import random"},
            {MARKET: "from numpy.random import default_rng"},
            {MARKET: "import numpy as np\nu = np.random.rand()"},
            {MARKET: "first = self.model.random.choice(leads)"},
            {MARKET: "self.agents.shuffle_do('step')"},
            {MARKET: "text = open('company.yaml')"},
        ),
        kept={
            MARKET: "import numpy as np\nimport math",
            "simulation/model.py": "import numpy as np\nrng = np.random.default_rng(0)",
            "experiments/store.py": "from pathlib import Path",
        },
    ),
    Rule(
        rules.relationship_types_in_simulation,
        broken=(
            {MARKET: 'if name == "aligned":\n    pass'},
            {MARKET: 'x = f"the {a} of Integrated companies"'},
            {MARKET: "is_aligned = True"},
            {MARKET: "class IntegratedTeam:\n    pass"},
            {MARKET: "def f(undefined=0):\n    pass"},
            {MARKET: "x = practices.defined"},
            {MARKET: "x = scenario.preset"},
            {MARKET: 'x = getattr(scenario, "preset")'},
            {MARKET: "x = 1  # twice as much in an aligned company"},
            {MARKET: '"""Slower for the type `defined`."""'},
            {MARKET: "def f():\n    'What relationship undefined costs.'"},
        ),
        kept={
            MARKET: '"""As defined above; the result is undefined for 0."""\nx = 1  # aligned with the day',
            "experiments/compare.py": 'TYPES = ("aligned", "integrated")',
        },
    ),
    Rule(
        rules.columns_of_two_owners,
        broken=(
            OWNER | {MARKET: writing("company.lead[lead].owner -= 1")},
            OWNER | {MARKET: writing("row, rules = company.lead[lead], 1", "rules, row.owner = 2, 3")},
            OWNER | {MARKET: writing("company.lead['owner'][lead] = 2")},
            OWNER | {MARKET: writing("owners = company.lead.owner", "owners[lead] = 2")},
            OWNER | {MARKET: writing("for row in company.lead:", "    row.owner = 2")},
            OWNER | {MARKET: writing("company.trust[lead, 2] = share")},
            OWNER | {MARKET: "class Lead:\n    def step(self):\n        self.company.lead[self.row].owner = 2"},
            OWNER | {MARKET: writing("give(company.lead[lead], 2)", also="def give(row, rep):\n    row.owner = rep")},
            MOVES | {MARKET: BELIEVES, "simulation/day.py": writing("company.belief[lead, 0] = share")},
            MOVES | {MARKET: BELIEVES, "simulation/day.py": BELIEVES},
        ),
        kept=OWNER
        | MOVES
        | {
            MARKET: BELIEVES,
            "simulation/day.py": writing("row = company.lead[lead]", "owner = row.owner", "owner += 1", "row.fit = 1"),
            "tests/unit/test_market.py": writing("company.lead[lead].owner = 2"),
        },
    ),
    Rule(rules.long_files, broken=({MARKET: sized(401)},), kept={MARKET: sized(400), "docs/odd.md": sized(900)}),
    Rule(
        rules.missing_docstrings,
        broken=(
            {MARKET: "def drift():\n    '''Says.'''"},
            {MARKET: "'''Says.'''\ndef drift():\n    pass"},
            {MARKET: "'''Says.'''\nclass Market:\n    '''Says.'''\n    def drift(self):\n        pass"},
            {MARKET: "'''Says.'''\nclass Market:\n    pass"},
        ),
        kept={
            MARKET: "'''Says.'''\ndef drift():\n    '''Says.'''\n    def inner(): pass\ndef _hidden(): pass",
            "tests/unit/test_market.py": "def test_drift():\n    pass",
        },
    ),
    Rule(
        rules.purposes_not_drawn_once,
        broken=(
            DECLARED | {MARKET: ""},
            DECLARED | {MARKET: drawing("drift", "jump")},
            DECLARED | {MARKET: drawing("drift"), "simulation/customers.py": drawing("drift")},
            DECLARED | {MARKET: drawing("drift") + "\n" + drawing("cheer").replace("NEED", "MOOD")},
            DECLARED | {MARKET: drawing("drift") + "\nfrom simulation.randomness import Purpose as P"},
            DECLARED | {MARKET: drawing("drift") + "\ndef jump(n):\n    return Purpose(n)"},
            DECLARED | {MARKET: "NEED = Purpose.NEED"},
        ),
        kept=DECLARED | {MARKET: drawing("drift"), "tests/unit/test_market.py": drawing("draws")},
    ),
    Rule(
        rules.assumptions_without_counterpart,
        broken=(
            {PEOPLE: ASSUMES_7},
            {PEOPLE: ASSUMES_7, "docs/assumptions.md": "## A7 Hours\n## A70 Days\n"},
            {PEOPLE: "", "docs/assumptions.md": "## A7 Hours\n"},
            {PEOPLE: ASSUMES_7, "docs/assumptions.md": "## A7 Hours\n## A7 Hours\n"},
            {PEOPLE: 'x = assumption(f"A{n}")'},
        ),
        kept={PEOPLE: ASSUMES_7, "docs/assumptions.md": "# Assumptions\n\n## A7 Hours\n\nMore about A9."},
    ),
]
BREACHES = [(rule, n) for rule in RULES for n in range(len(rule.broken))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.findings.__name__)
def test_the_repository_keeps(rule, sources):
    found = rule.findings(sources)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("rule", "n"), BREACHES, ids=lambda x: x.findings.__name__ if isinstance(x, Rule) else str(x))
def test_a_breach_is_found(rule, n):
    assert len(rule.findings(rule.broken[n])) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.findings.__name__)
def test_files_that_keep_the_rule_pass(rule):
    assert rule.findings(rule.kept) == []


def test_every_rule_is_applied():
    public = {name for name, value in vars(rules).items() if callable(value) and value.__module__ == rules.__name__}
    assert {name for name in public if not name.startswith("_")} == {rule.findings.__name__ for rule in RULES}


def test_the_whole_house_is_read(sources):
    """The rules would hold for an empty folder too."""
    assert {"run.py", "simulation/randomness.py", "scenarios/declare.py", "tests/conftest.py", "README.md"} <= set(
        sources
    )
