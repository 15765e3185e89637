"""Law 7: no number of a rule stands in the rule. Finds those that do, in compiled functions and at the top of files."""

import ast
from collections.abc import Iterator

from tests.repository import Sources, python_files

FREE = {0, 1, 2, 0.5}
"""Nothing, all, twice and half: they say how a rule is built, not how strong it is."""

MAY_STAND_IN_A_FILE = {
    "conversions": {
        "DAYS_PER_MONTH",
        "HOURS_PER_CALENDAR_DAY",
        "MONTHS_PER_YEAR",
        "QUARTERS_PER_YEAR",
        "FADES",  # from the time in which 95 % are learnt to a rate
    },
    "the questionnaire": {"N_STATEMENTS", "LEAST", "MOST", "AT_ONCE", "ABOUT_MARKETING", "ABOUT_SALES"},
    "sizes": {
        "N_LUCK",
        "PROSPECTS_AT_ONCE",
        "N_LOOK_LUCK",
        "LOOKS_AT_ONCE",
        "SHELF",
        "N_WAYS",
        "N_READINESS",
        "N_KINDS",
        "LONGEST",
        "PAIRS_AT_MOST",
        "ENTRIES_PER_PROSPECT",
        "ENTRIES_A_DAY",
        "MOST_IN_A_DAY",
        "WORDS_OF_A_DAY",
        "MOST_BYTES",
        "ROOM",
    },
    "ranges of keys": {
        "SDR_KEYS",
        "NEXT_PERSON",
        "MARKETER_KEYS",
        "TALKS_PER_WEEK",
        "SEGMENTS_AT_MOST",
        "MARKETERS_AT_MOST",
        "TURNS_PER_DAY",
    },
    "tolerances": {"DONE", "ROUNDING", "SETTLED", "LEAST_PAY", "A_LITTLE", "NEXT_TO_NOTHING"},
    "labels": {"NOBODY", "NEVER", "REFUSED", "REFERRAL", "ANYWHERE", "BOTH", "EASY"},
}
"""Names at the top of a file that may stand for a number, and why it is none of the model's."""

NO_RULES = {
    "simulation/randomness.py": "how luck is drawn: an algorithm of others, with their numbers",
    "simulation/elementary.py": "exponentials and the like: mathematics, with the numbers of published methods",
    "simulation/tables.py": "how compiled code sees memory",
}


def bare_numbers(sources: Sources) -> list[str]:
    """Numbers in compiled rules, and names for numbers beside them, that no parameter declares."""
    allowed = set().union(*MAY_STAND_IN_A_FILE.values())
    found = []
    for path, tree in python_files(sources, "simulation"):
        if path in NO_RULES:
            continue
        rules = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and is_compiled(node)]
        for rule in rules:
            for number in _numbers(rule):
                if number.value not in FREE:
                    found.append(f"{path}:{number.lineno} {rule.name} holds the number {number.value}: declare it")
        if not rules:
            continue
        for names, value in _named(tree):
            if not _only_labels(value) and not set(names) <= allowed:
                found.append(f"{path}:{value.lineno} {', '.join(names)} stands for a number: declare it")
    return found


def is_compiled(node: ast.FunctionDef) -> bool:
    """Whether a function is a rule: it has our decorator."""
    words = [ast.unparse(decorator).split("(")[0].split(".")[-1] for decorator in node.decorator_list]
    return any(word in ("compiled", "in_place", "apart") for word in words)


def _numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """All numbers in a piece of code, but for the number of a statement of the questionnaire that is written down."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node
        return
    is_statement = isinstance(node, ast.Call) and ast.unparse(node.func) == "_see"
    for place, child in enumerate(node.args if is_statement else ast.iter_child_nodes(node)):
        if not (is_statement and place == 2):
            yield from _numbers(child)


def _named(tree: ast.Module) -> Iterator[tuple[list[str], ast.expr]]:
    """Names that the top of a file gives to numbers; what is made by a call is no number."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            calls = [one for one in ast.walk(node.value) if isinstance(one, ast.Call | ast.Dict)]
            if not calls and any(_numbers(node.value)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                yield (
                    [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)],
                    node.value,
                )


def _only_labels(value: ast.expr) -> bool:
    """Whether a tuple only counts: 0, 1, 2 or 3, 4, one name each."""
    numbers = [number.value for number in _numbers(value)]
    counts = [int(numbers[0]) + place for place in range(len(numbers))]
    return len(numbers) > 1 and numbers == counts and all(isinstance(number, int) for number in numbers)
