"""The page about measures says what the tables say of themselves."""

import re

from docs.generate.measures_page import PAGE, page
from experiments.observation.tables import described


def test_the_page_is_what_the_tables_say(root):
    assert root / "docs" / "measures.md" == PAGE
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m docs.generate.measures_page"


def test_the_page_holds_every_column_of_every_table():
    n_rows = len(re.findall(r"^\| `\w+` \|", page(), re.MULTILINE))
    assert n_rows == sum(len(table.columns) for table in described().values())
