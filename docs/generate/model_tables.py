"""The tables of the model's description, docs/odd.md, written from the code they describe.

`python -m docs.generate.model_tables` writes them anew; a test compares page and code. A table stands between two
marks, `<!-- generated: KIND WORDS -->` and `<!-- end -->`; everything else on the page is written by hand.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import scenarios
from docs.generate import model_source as source
from docs.generate.column_owners import writers
from experiments.questions.validate.patterns.register import PATTERNS
from scenarios import Parameter
from scenarios.lever import Practice

PAGE = Path(__file__).resolve().parents[2] / "docs" / "odd.md"
BLOCK = re.compile(r"(<!-- generated: ([^\n]+) -->\n).*?(<!-- end -->)", re.DOTALL)
COLUMN_HEAD = ("Column", "Kind", "Meaning and unit", "Written by")
DRAWN = "nobody: made before the first day"
DRAW = re.compile(r"(?P<what>.*?); entity = (?P<entity>.*?)(?:, occasion = (?P<occasion>.*?))?\.")


def page(text: str) -> str:
    """The page with every table written anew; raises ValueError for a mark that asks for no table we have."""
    return BLOCK.sub(lambda mark: f"{mark[1]}\n{block(mark[2])}\n{mark[3]}", text)


def block(wish: str) -> str:
    """The table that a mark asks for, as Markdown."""
    kind, *words = wish.split()
    if kind not in MAKERS:
        raise ValueError(f'there is no table "{kind}"; there are: {", ".join(MAKERS)}')
    return MAKERS[kind](*words)


def wishes(text: str) -> list[str]:
    """What the marks of a page ask for."""
    return [mark[2] for mark in BLOCK.finditer(text)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table without the columns that are empty all the way down."""
    body = [list(row) for row in rows]
    kept = [n for n in range(len(head)) if any(row[n] for row in body)]
    cells = [[row[n].replace("|", "\\|") for n in kept] for row in [head, *body]]
    head_line, *others = [f"| {' | '.join(row)} |\n" for row in cells]
    return f"{head_line}|{'---|' * len(kept)}\n{''.join(others)}"


def patterns() -> str:
    """What the model must reproduce."""
    rows = []
    for one in PATTERNS:
        checks = "; ".join(f"{check.what}: {check.target.words(check.unit)}" for check in one.checks)
        rows.append((one.id, one.says, checks, one.source))
    return table(("Pattern", "What it says", "Checks and targets", "Source"), rows)


def tables() -> str:
    """All state of a run."""
    made_of = {name: layout.file for name, layout in source.layouts().items()}
    owners, rows = owners_of_columns(), []
    for name, (kind, comment) in source.tables().items():
        shape, _, says = comment.partition(")")
        columns = (
            "parameters" if "record_dtype" in kind else f"`{kind}` of `{made_of[kind]}`" if kind in made_of else ""
        )
        owner = "" if columns else owners.get((name, ""), DRAWN)
        rows.append((f"`{name}`", f"{shape})", columns, says.strip(), owner))
    return table(("Table", "Size", "Columns", "Holds", "Written by"), rows)


@cache
def owners_of_columns() -> dict[tuple[str, str], str]:
    """The file that may write each (table, column), without the folder of the model."""
    found = writers({file: source.text_of(file) for file in source.files()})
    return {
        key: " and ".join(f"`{file.removeprefix('simulation/')}`" for file in files) for key, files in found.items()
    }


def columns(*constants: str) -> str:
    """The columns of a kind of agent or thing, with the comments at their lines and the one file that writes each.

    Those of several kinds stand in one table, each kind below its name.
    """
    written = {name for name, _ in owners_of_columns()}
    tables = sorted(source.tables().items(), key=lambda one: one[0] in written)  # of two of a kind, the one in use
    names = {kind: name for name, (kind, _) in tables}
    heads = {kind: f"Table `{names[kind]}`, declared in `{source.layouts()[kind].file}`" for kind in constants}
    if len(constants) == 1:
        return f"{heads[constants[0]]}.\n\n" + table(COLUMN_HEAD, _columns(constants[0], names[constants[0]]))
    rows = [row for kind in constants for row in ((f"*{heads[kind]}*", "", "", ""), *_columns(kind, names[kind]))]
    return table(COLUMN_HEAD, rows)


def _columns(constant: str, name: str) -> Iterator[tuple[str, str, str, str]]:
    """A row for each column of the table `name`, and one for each comment that stands above several."""
    owners, group = owners_of_columns(), ""
    for column in source.layouts()[constant].columns:
        if column.group != group:
            group = column.group
            yield f"*{group}*", "", "", ""
        yield f"`{column.name}`", column.kind, column.says, owners.get((name, column.name), DRAWN)


def lines(file: str, function: str) -> str:
    """The verbs that a function calls, in order."""
    calls = source.calls_of(file, function)
    rows = [(str(n), f"`{call.verb}`", call.when, call.does, call.why) for n, call in enumerate(calls, 1)]
    return table(("#", "Line", "For whom, or when", "What it does", "Why here"), rows)


def members(file: str, name: str) -> str:
    """The members of an enumeration."""
    rows = [(str(one.number), f"`{one.name}`", one.says) for one in source.members(file, name)]
    return f"Declared in `{file}`.\n\n" + table(("Number", "Name", "Meaning"), rows)


def purposes() -> str:
    """Everything that is left to luck, and by whose key."""
    drawn, rows = source.drawn_in(), []
    for one in sorted(source.members("simulation/randomness.py", "Purpose"), key=lambda member: member.number):
        file, function = drawn[one.name]
        said = DRAW.fullmatch(one.says)
        words = (said["what"], said["entity"], said["occasion"] or "-") if said else (one.says, "", "")
        rows.append((str(one.number), f"`{one.name}`", *words, f"`{function}` in `{file}`"))
    return table(("Number", "Purpose", "What is drawn", "Entity", "Occasion", "Where"), rows)


def practices() -> str:
    """Every practice with its levers, and the accounts its cost is booked under."""
    levers: dict[Practice, list[Parameter]] = defaultdict(list)
    for parameter in scenarios.parameters():
        if parameter.lever:
            levers[parameter.lever.practice].append(parameter)
    rows = [
        (
            practice.label,
            practice.family,
            ", ".join(f"`{one.path.removeprefix('practices.')}`" for one in its),
            ", ".join(dict.fromkeys(f"`{cost}`" for one in its if one.lever for cost in one.lever.costs)),
        )
        for practice, its in levers.items()
    ]
    return table(("Practice", "Family", "Levers of `practices`", "Its cost is booked under"), rows)


def causes() -> str:
    """What there is to quarrel about, and what makes it worse."""
    file = "simulation/border/causes.py"
    about = {one.name: one.says for one in source.members(file, "Topic")}
    rows = []
    for what, formula in source.formulas_of(file, "look_for", "cause"):
        name = what.removeprefix("row[Topic.").removesuffix("]")
        rows.append((f"`{name}`", about[name], _formula(formula), " ".join(source.helpers_of(file, formula))))
    return table(("Topic", "What the dispute is about", "Its cause, 0 to 1", "In words"), rows)


def statements() -> str:
    """What the twenty statements of the relationship score are about, and what is looked at."""
    file = "simulation/assessment.py"
    topics: tuple[str, ...] = next(
        ast.literal_eval(node.value)
        for node in source.tree_of(file).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TOPICS"
    )
    seen = dict(one for name in source.functions_of(file) for one in source.formulas_of(file, name, "_see"))
    rows = [(str(n), topic, _formula(seen[str(n)])) for n, topic in enumerate(topics, 1)]
    return table(("Statement", "About", "What was to be seen, 0 to 1"), rows)


def parameters() -> str:
    """Which file reads which parameter; a parameter that no rule reads stands in the last row."""
    paths = [parameter.path for parameter in scenarios.parameters()]
    read = source.parameters_read(paths)
    rows = [(f"`{file}`", _paths(found)) for file, found in read.items() if found]
    unread = [path for path in paths if not any(path in found for found in read.values())]
    if unread:
        rows.append(("no rule yet", _paths(unread)))
    return table(("File", "Parameters it reads"), rows)


def _formula(formula: ast.expr) -> str:
    return f"`{ast.unparse(formula).replace('company.rules[0].', '')}`"


def _paths(paths: Iterable[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


MAKERS: dict[str, Callable[..., str]] = {
    maker.__name__: maker
    for maker in (patterns, tables, columns, lines, members, practices, causes, purposes, statements, parameters)
}

if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
