"""Notices rules that have changed since their paragraph in docs/odd.md was last read against them.

Below the paragraphs of a submodel stands a mark that no reader sees, `<!-- as read: FILE HASH, ... -->`: for each file
the submodel names as its code, a hash of the rules in it. Comments, docstrings, imports, declarations of columns and
Mesa's side of the agents do not count. `python -m docs.generate.rules_read` says what there is to read again;
`python -m docs.generate.rules_read "The bar"` notes that this submodel has been read.
"""

import ast
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator

from docs.generate import model_source as source
from docs.generate.model_tables import PAGE

SUBMODEL = re.compile(r"^### (?P<name>[^\n]+)\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^\*Code\*(.*?)\*Parameters\*", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"<!-- as read: (.*?) -->\n\n", re.DOTALL)
FIELDS_OF_SOME_PYTHONS = ("ctx", "kind", "type_comment", "type_params")


def to_read_again(page: str) -> list[str]:
    """A sentence for each submodel whose rules are not those its paragraphs were last read against."""
    found = []
    for name, text in submodels(page).items():
        now, then = _now(text), _then(text)
        changed = [file for file in now | then if now.get(file) != then.get(file)]
        if changed:
            note = f'python -m docs.generate.rules_read "{name}"'
            found.append(f'read "{name}" in docs/odd.md again: {", ".join(changed)} has changed; then: {note}')
    return found


def noted(page: str, names: Iterable[str]) -> str:
    """The page with these submodels marked as read; raises ValueError for a name that is not one of a submodel."""
    known, wanted = submodels(page), set(names)
    if unknown := wanted - set(known):
        raise ValueError(f"no submodel {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    texts = {known[name] for name in wanted}
    return SUBMODEL.sub(lambda found: _marked(found[0]) if found["text"] in texts else found[0], page)


def submodels(page: str) -> dict[str, str]:
    """The text of each submodel that names its code."""
    return {found["name"]: found["text"] for found in SUBMODEL.finditer(page) if CODE.search(found["text"])}


def hash_of(text: str) -> str:
    """Eight hex digits that change when a rule or a number in a file of this text does."""
    rules = [_plain(node) for node in ast.parse(text).body if _is_rule(node)]
    return hashlib.sha256("\n".join(rules).encode()).hexdigest()[:8]


def _now(text: str) -> dict[str, str]:
    """The files a submodel names as its code, with the hashes of their rules."""
    found = CODE.search(text)
    files = re.findall(r"`(simulation/[\w/]+\.py)`", found[1] if found else "")
    return {file: hash_of(source.text_of(file)) for file in files}


def _then(text: str) -> dict[str, str]:
    """The same as it was when the submodel was last read."""
    mark = MARK.search(text)
    return dict(re.findall(r"(\S+) (\w+)", mark[1])) if mark else {}


def _marked(submodel: str) -> str:
    """A submodel with its mark as of now."""
    bare = MARK.sub("", submodel)
    files = ",\n".join(f"{file} {digits}" for file, digits in _now(bare).items())
    return f"{bare.rstrip()}\n\n<!-- as read: {files} -->\n\n"


def _is_rule(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return not ast.unparse(node.value).startswith("np.dtype(")
    return isinstance(node, ast.FunctionDef | ast.AnnAssign)


def _plain(node: object) -> str:
    """A syntax tree as text that is the same in every version of Python, without docstrings."""
    if isinstance(node, ast.AST):
        return f"{type(node).__name__}({', '.join(_fields(node))})"
    if isinstance(node, list):
        return f"[{', '.join(_plain(one) for one in node if not _is_docstring(one))}]"
    return repr(node)


def _fields(node: ast.AST) -> Iterator[str]:
    for name, value in ast.iter_fields(node):
        if value not in (None, []) and name not in FIELDS_OF_SOME_PYTHONS:
            yield f"{name}={_plain(value)}"


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def main(names: list[str]) -> str:
    """Note these submodels as read, or say what there is to read."""
    page = PAGE.read_text(encoding="utf-8")
    if not names:
        return "\n".join(to_read_again(page)) or "every submodel has been read since its rules last changed"
    PAGE.write_text(noted(page, names), encoding="utf-8", newline="\n")
    return f"noted as read: {', '.join(names)}"


if __name__ == "__main__":
    print(main(sys.argv[1:]))
