"""The two commands of the README are the ones we check with, and what they install is locked."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import versions
from tests.architecture_rules import ROOMS
from tests.repository import python_files

# Come with pydantic and pytest, which fix their versions.
PARTS_OF_OTHERS = {"pydantic-core", "packaging"}
# Needed without being imported by us: by Mesa, notebooks and the type checker, on the command line of tests, to link.
NOT_IMPORTED = {"networkx", "ziglang", "ipykernel", "mypy", "pandas-stubs", "types-pyyaml", "pytest-xdist", "ruff"}
LISTED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def readme_commands(text):
    """The commands in the README's code blocks."""
    return [
        line
        for block in re.findall(r"^```bash\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def ci_commands(text):
    """What .ci/run does once it stands in the root."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line for line in lines if not line.startswith(("set ", "cd "))]


def locked(root):
    """Version by package name in constraints.txt."""
    text = (root / "constraints.txt").read_text()
    return {canonicalize_name(name): version for name, version in LISTED.findall(text)}


def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def needed(root):
    """Every requirement of ours, those of the extras included."""
    extras = project(root)["optional-dependencies"].values()
    return [Requirement(line) for lines in [project(root)["dependencies"], *extras] for line in lines]


def installed_for_tests(root):
    """Those that the README's second command installs."""
    lines = [*project(root)["dependencies"], *project(root)["optional-dependencies"]["test"]]
    return [Requirement(line) for line in lines]


def test_the_readme_has_two_commands_and_the_second_is_what_ci_runs(root, sources):
    main_job, tests = readme_commands(sources["README.md"])
    assert main_job.endswith("python run.py compare")
    assert ci_commands((root / ".ci/run").read_text()) == [".ci/pages", tests]


def test_both_commands_install_the_locked_versions_in_an_environment_of_their_own(sources):
    for command in readme_commands(sources["README.md"]):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e ")


def test_ci_can_be_run_from_anywhere_and_fails_when_a_step_fails(root, tmp_path):
    broken_python = tmp_path / "python3"
    broken_python.write_text("#!/bin/sh\nexit 7\n")
    broken_python.chmod(0o755)
    done = subprocess.run([root / ".ci/run"], cwd=tmp_path, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=False)
    assert done.returncode == 7


@pytest.mark.parametrize(
    ("words", "tried", "code"),
    [([], ["newest", "oldest"], 0), (["oldest"], ["oldest"], 0), (["oldest", "middle"], [], 2)],
)
def test_both_ends_of_the_versions_are_tried_unless_one_is_named(monkeypatch, words, tried, code):
    ends = []
    monkeypatch.setattr(versions, "check", lambda end, *_: ends.append(end) or True)
    monkeypatch.setattr(sys, "argv", ["versions", *words])
    with pytest.raises(SystemExit) as ended:
        versions.main()
    assert (ends, ended.value.code) == (tried, code)


def test_every_package_that_gets_installed_is_locked(root):
    known = locked(root)
    to_see, seen = installed_for_tests(root), set()
    while to_see:
        requirement = to_see.pop()
        name = canonicalize_name(requirement.name)
        if name not in seen and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            seen.add(name)
            assert name in known, f"{name} is installed but not in constraints.txt"
            to_see += [Requirement(line) for line in requires(name) or []]
    assert len(seen) > len(installed_for_tests(root))


def test_locked_versions_lie_within_our_bounds_and_every_bound_has_two_ends(root):
    for requirement in needed(root):
        assert requirement.specifier.contains(locked(root)[canonicalize_name(requirement.name)]), requirement
        ends = {specifier.operator for specifier in requirement.specifier}
        assert ends in ({">=", "<"}, {"=="}), requirement


def imported_packages(sources, *rooms):
    """Names, as the package registry knows them, of what these rooms import from outside."""
    modules = set()
    for _, tree in python_files(sources, *rooms):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    outside = modules - set(sys.stdlib_module_names) - set(ROOMS)
    packages = packages_distributions()
    return {canonicalize_name(packages[module][0]) for module in outside}


def test_what_is_imported_is_declared_and_what_is_declared_is_needed(root, sources):
    extras = [lines for name, lines in project(root)["optional-dependencies"].items() if name != "test"]
    lines = [line for some in (project(root)["dependencies"], *extras) for line in some]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    for_tests = {canonicalize_name(requirement.name) for requirement in needed(root)}
    assert imported_packages(sources, *ROOMS[:-1]) <= declared | PARTS_OF_OTHERS
    assert imported_packages(sources, "tests") <= for_tests | PARTS_OF_OTHERS
    assert for_tests - imported_packages(sources, *ROOMS) == NOT_IMPORTED, "declared but never imported"


def test_an_undeclared_import_is_found():
    assert imported_packages({"simulation/market.py": "import os, numpy.random\nfrom yaml import x"}, "simulation") == {
        "numpy",
        "pyyaml",
    }


def test_the_version_is_the_same_everywhere(root, sources):
    version = project(root)["version"]
    assert f"\nversion: {version}\n" in (root / "CITATION.cff").read_text()
    unreleased, latest, *_ = re.findall(r"^## (\S+?)(?:, \d{4}-\d\d-\d\d)?$", sources["CHANGELOG.md"], re.MULTILINE)
    assert (unreleased, latest) == ("Unreleased", version)
    assert "### Changes results" in sources["CHANGELOG.md"].split("## 0")[0]


def test_the_wheel_holds_every_file_that_a_command_needs(root):
    """All that lies in our packages beside Python files is declared as package data."""
    setuptools = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]
    patterns = setuptools["package-data"]["*"]
    packages = [pattern.rstrip("*") for pattern in setuptools["packages"]["find"]["include"]]
    assert {"scenarios", "simulation", "experiments", "studio", "benchmarks"} == set(packages)
    beside = [
        file
        for package in packages
        for file in (root / package).rglob("*")
        if file.is_file() and file.suffix != ".py" and "__pycache__" not in file.parts
    ]
    assert {"report.css", "report.html.j2", "py.typed", "reference.yaml"} <= {file.name for file in beside}
    sources = root / "studio" / "page"  # of what lies built beside them
    needed = [file for file in beside if not file.is_relative_to(sources)]
    lost = [file for file in needed if not any(file.match(pattern) for pattern in patterns)]
    assert not lost
