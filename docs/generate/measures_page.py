"""The page that lists every measure, docs/measures.md, written from the tables' own descriptions.

`python -m docs.generate.measures_page` writes it anew; a test compares page and code.
"""

from pathlib import Path

from simulation.measured import described

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
HEAD = """\
# Measures

What is measured of a run, in {n} tables. `python run.py run reference --out FOLDER` writes each of them as a file of
that name (`leads` and `days` also as Parquet); in Python, `run.tables()` returns them all. What
happened, row by row, is no measure: `simulate(scenario, seed, tape=True).tape()` tells it (see
[the tape](odd.md#the-tape)).

This page is written from the tables' own descriptions by `python -m docs.generate.measures_page`; change those. Money
is in euros, a day is a working day (5 a week, 63 a quarter), and what is said to be measured leaves out the warm-up.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    tables = described()
    text = HEAD.format(n=len(tables))
    for name, table in tables.items():
        text += f"\n## {name}\n\nOne row for {table.row}.\n\n| Column | Unit | Meaning |\n|---|---|---|\n"
        text += "".join(f"| `{one.name}` | {one.unit} | {one.meaning} |\n" for one in table.columns)
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
