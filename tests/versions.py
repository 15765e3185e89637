"""Whether the project works with the newest and with the oldest libraries that pyproject.toml allows.

    python -m tests.versions [newest|oldest ...] [--folder FOLDER] [--python PYTHON]

Each end gets an environment of its own, and runs a small set of tests that reaches every library. It takes some ten
minutes, so it is no part of the test command.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from tests.repository import ROOT

ENDS = ("newest", "oldest")
SMALL_SET = (
    "tests/property/test_two_paths.py::test_both_paths_agree_where_people_go_between",
    "tests/property/test_same_seed.py",
    "tests/faults/test_bad_command_line.py",
    "tests/faults/test_machine_code.py",
    "tests/unit/test_compare.py",
    "tests/unit/test_designs.py",
    "tests/unit/test_optimise.py",
    "tests/unit/test_sensitivity.py",
    "tests/unit/test_store.py",
    "tests/unit/test_report.py",
)
TOOLS = ("pytest", "pytest-xdist", "hypothesis")
_REQUIREMENT = re.compile(r"(?P<name>[\w-]+)>=(?P<least>[\d.]+)")


def oldest(requirements: list[str]) -> list[str]:
    """Each requirement at its lower bound."""
    found = [_REQUIREMENT.match(one) for one in requirements]
    return [f"{one['name']}=={one['least']}" for one in found if one]


def wanted(end: str) -> list[str]:
    """What to install: of the oldest end everything that the project names, at its lower bound; else the latest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    tools = [one for one in project["optional-dependencies"]["test"] if one.startswith(TOOLS)]
    asked = [*project["dependencies"], *tools]
    return oldest(asked) if end == "oldest" else asked


def check(end: str, folder: Path, python: str) -> bool:
    """Make an environment for one end, and run the small set in it."""
    place = folder / end
    if python == sys.executable:
        venv.create(place, with_pip=True)
    else:
        subprocess.run([python, "-m", "venv", place], check=True)
    inside = next(path for path in (place / "bin" / "python", place / "Scripts" / "python.exe") if path.exists())
    subprocess.run([inside, "-m", "pip", "install", "-q", "--upgrade", *wanted(end)], check=True)
    subprocess.run([inside, "-m", "pip", "list"], check=True)
    return subprocess.run([inside, "-m", "pytest", "-n", "0", "-q", *SMALL_SET], cwd=ROOT).returncode == 0


def main() -> None:
    """Check the ends that are asked for; exit code 1 if one fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__.splitlines()[0])
    parser.add_argument("ends", nargs="*", metavar="newest|oldest", help="both, if none is named")
    parser.add_argument("--folder", type=Path, help="where to make the environments (a temporary one)")
    parser.add_argument("--python", default=sys.executable, help="the Python to make them of (this one)")
    given = parser.parse_args()
    if not {*given.ends} <= {*ENDS}:  # with `choices`, Python would refuse that none is named
        parser.error(f"the ends are {' and '.join(ENDS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        failed = [end for end in given.ends or ENDS if not check(end, folder, given.python)]
    sys.exit(f"the small set fails with the {' and the '.join(failed)} libraries" if failed else 0)


if __name__ == "__main__":
    main()
