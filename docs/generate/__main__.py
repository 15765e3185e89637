"""`python -m docs.generate` writes anew all that pages take from the code; tests compare both."""

from collections.abc import Callable
from pathlib import Path

from docs.generate import assumption_names, measures_page, model_tables
from scenarios import parameter_table

PAGES: dict[Path, Callable[[str], str]] = {
    parameter_table.PAGE: lambda text: parameter_table.page(),
    assumption_names.PAGE: assumption_names.page,
    model_tables.PAGE: model_tables.page,
    measures_page.PAGE: lambda text: measures_page.page(),
}
"""What each page becomes, given what it is."""


def write(page: Path) -> bool:
    """Write one page anew; returns whether it has changed."""
    before = page.read_text(encoding="utf-8")
    after = PAGES[page](before)
    page.write_text(after, encoding="utf-8", newline="\n")
    return after != before


if __name__ == "__main__":
    for one in PAGES:
        print(f"{'written' if write(one) else 'as it was'}: docs/{one.name}")
