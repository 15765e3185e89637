"""The pages tell the truth: links lead somewhere, commands exist, and one word stands for one idea."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest

from tests.repository import ROOT, Sources, pages

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
COMMAND = re.compile(r"python3?\s+run\.py\b([^`\n&|#>]*)")
OUTSIDE = ("http://", "https://", "mailto:")
NAMES_TO_FILL_IN = re.compile(r"[A-Z_]+|\[.*|.*\.ya?ml")

WORDS_OF_STYLE = {
    *("prospect", "lead", "inquiry", "MQL", "SAL", "SQL", "opportunity", "hand-off"),
    *("SLA", "quota", "attainment", "pipeline", "win rate", "churn"),
}
WORDS_WE_AVOID = re.compile(
    r"(?<![a-z])(handoffs?|handovers?|sales(?:person|people|man|men)|attrition|clos(?:e|ing)[ _-]rate)(?![a-z])",
    re.IGNORECASE,
)


# --- links ---


def broken_links(sources: Sources, exists) -> list[str]:
    """Links whose file or heading is not there; `exists` tells whether a path from the root does."""
    found = []
    for page, text in pages(sources):
        for target in LINK.findall(INLINE_CODE.sub("", FENCED.sub("", text))):
            if target.startswith(OUTSIDE):
                continue
            file, _, heading = unquote(target).partition("#")
            path = _normal(PurePosixPath(page).parent / file) if file else page
            if not exists(path):
                found.append(f"{page}: {target} is not there")
            elif heading and path in sources and heading not in _anchors(sources[path]):
                found.append(f"{page}: {target} names a heading that is not there")
    return found


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _anchors(text: str) -> set[str]:
    """The names under which headings can be linked to: `## By hand, twice` as by-hand-twice."""
    headings = re.findall(r"^#{1,6}\s+(.*?)\s*$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_links_lead_somewhere(sources):
    found = broken_links(sources, lambda path: (ROOT / path).exists())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "[x](gone.md)",
        "![x](images/gone.png)",
        "[x](../gone.md)",
        "[x](odd.md#no-such)",
        "[x](#no-such)",
        "[x](b.md 'x')",
    ],
)
def test_a_broken_link_is_found(text):
    sources = {"docs/a.md": text.replace(" 'x'", ' "title"'), "docs/odd.md": "# ODD\n"}
    assert len(broken_links(sources, sources.__contains__)) == 1


def test_sound_links_pass():
    text = "[a](odd.md) [b](odd.md#the-day) [c](../README.md) [d](https://example.org/x) `[e](gone.md)`\n"
    text += "```\n[f](gone.md)\n```\n"
    sources = {"docs/a.md": text, "docs/odd.md": "## The day\n", "README.md": "x"}
    assert broken_links(sources, sources.__contains__) == []


# --- commands ---


@dataclass(frozen=True)
class Known:
    """What the command line understands: options by command, and for some commands the names it takes."""

    options: dict[str, set[str]]
    names: dict[str, set[str]] = field(default_factory=dict)


def wrong_commands(sources: Sources, known: Known) -> list[str]:
    """Uses of `python run.py` in code on the pages that the command line would refuse."""
    found = []
    for page, text in pages(sources):
        code = "\n".join([m.group() for m in FENCED.finditer(text)] + INLINE_CODE.findall(FENCED.sub("", text)))
        for rest in COMMAND.findall(code.replace("\\\n", " ")):
            words = shlex.split(rest)
            found += [f"{page}: `python run.py{rest}`: {mistake}" for mistake in _mistakes(words, known)]
    return found


def _mistakes(words: list[str], known: Known) -> list[str]:
    if not words or words[0].startswith("-"):
        return [f"no option {word}" for word in words[:1] if word not in ("-h", "--help", "--version")]
    command, *rest = words
    if command not in known.options:
        return [f"no command {command}"]
    options = [word.split("=")[0].lstrip("[").rstrip("]") for word in rest if re.match(r"\[?--?[A-Za-z]", word)]
    mistakes = [
        f"{command} has no option {word}" for word in options if word not in known.options[command] | {"--help"}
    ]
    name = rest[0] if rest else "-"
    if command in known.names and not name.startswith("-") and not NAMES_TO_FILL_IN.fullmatch(name):
        mistakes += [f"{command} does not know {name}"] if name not in known.names[command] else []
    return mistakes


def the_command_line() -> Known:
    """What run.py really understands."""
    import typer.main

    import scenarios
    from experiments.cli.main import app

    commands = typer.main.get_command(app).commands
    options = {
        name: {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
        for name, command in commands.items()
    }
    paths = [parameter.path for parameter in scenarios.parameters()]
    parameters = {*paths, *(path.split(".")[-1] for path in paths)}
    return Known(options, {"compare": set(scenarios.companies()), "explain": parameters})


def test_commands_on_the_pages_exist(sources):
    found = wrong_commands(sources, the_command_line())
    assert not found, "\n".join(found)


KNOWN = Known({"compare": {"--runs", "--json"}, "list": set()}, {"compare": {"reference"}})


@pytest.mark.parametrize(
    "text",
    [
        "`python run.py compair`",
        "`python run.py compare --walks 3`",
        "`python run.py --walks`",
        "`python run.py compare refrence`",
        "```bash\n.venv/bin/python run.py compare --runs=3 --jsn && ls\n```\n",
        "```bash\npython run.py compare \\\n   --walks 3\n```\n",
    ],
)
def test_a_wrong_command_is_found(text):
    assert len(wrong_commands({"docs/a.md": text}, KNOWN)) == 1


def test_right_commands_pass():
    text = "`python run.py` `python run.py --help` `python run.py compare COMPANY [--runs N]` `python run.py list`\n"
    text += (
        "```bash\npip install x && python run.py compare my.yaml --runs=3 --json  # ours\n```\npython run.py in prose"
    )
    assert wrong_commands({"docs/a.md": text}, KNOWN) == []


# --- words ---


def glossary_words(text: str) -> list[str]:
    """The first column of the tables that explain words, in order."""
    explained = text.split("## Words we do not use")[0]
    return [word for word in re.findall(r"^\| ([^|]+?) \|", explained, re.MULTILINE) if word != "Word"]


def avoided_words(sources: Sources) -> list[str]:
    """Words of the glossary's last table in code and on pages, where another word is ours."""
    own = ("docs/glossary.md", "tests/docs/test_pages.py")
    return [
        f"{path}: {hit.group()}"
        for path, text in sources.items()
        if path not in own
        for hit in WORDS_WE_AVOID.finditer(text)
    ]


def test_the_glossary_owns_every_word_once(sources):
    words = glossary_words(sources["docs/glossary.md"])
    assert set(words) >= WORDS_OF_STYLE
    assert len(words) == len(set(words))


def test_one_word_stands_for_one_idea(sources):
    found = avoided_words(sources)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text", ["The handoff is late.", "def handover(): pass", "a salesperson", "share_attrition = 1", "close_rate"]
)
def test_an_avoided_word_is_found(text):
    assert len(avoided_words({"simulation/market.py": text})) == 1


def test_our_words_pass():
    assert avoided_words({"simulation/border/hand_off.py": "hand_off(lead)  # the hand-off; hand over"}) == []
