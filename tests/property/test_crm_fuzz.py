# ruff: noqa: RUF001  # foreign letters are what is tried
"""Whatever stands in the files and the mapping, there is an answer or one sentence: never anything else."""

import io
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.crm.import_files import import_files
from experiments.crm.import_text import import_lines, import_record
from experiments.crm.mapping import CrmMapping, read_mapping
from experiments.crm.mapping_text import mapping_text
from scenarios.input_errors import InputError

CHANNELS = ("search", "events")
WORDS = (
    *("Lead ID", "id", "Created", "First contact", "Source", "Won date", "Close date", "Stage", "Amount", "Owner"),
    *("Currency", "Associated Contact IDs", "Deal - Status", "Лид", "Дата", "线索", "成交日期", "", " ", "Lost reason"),
    *("Won", "Lost", "Amount (in thousands)", "amount_cents", "Price", "Quantity", "金额万元", "\u200bStage", "Total"),
)
CELLS = (
    *("L1", "L2", "L3", "1", "2.0", "L1;L2", "2024-01-05", "2024-02-20", "05.03.2024", "31/01/2024", "02/28/2024"),
    *("45292", "1704067200000", "2024年1月3日", "2024-01", "9999-12-31", "0001-01-01", "99999-01-01", "Google"),
    *("Webinar", "search", "Closed Won", "Closed Lost", "Open", "Hm", "$4.93K", "1.234,50 EUR", "1,234", "-5", "JPY 7"),
    *("4.93 тыс. руб.", "N/A", "-", "", "", "true", "100", "0", "\x00", '"', "'", "a,b", "x\ny", "\ufeff", "EUR"),
    *("USD", "1e400", "9" * 30, "🙂", "²", "١٢"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "gb18030", "cp1252", "shift_jis")
SEPARATORS = (",", ";", "\t", "|")


@st.composite
def tables(draw: Any) -> tuple[bytes, str]:
    """A file as bytes, and its ending."""
    width = draw(st.integers(1, 6))
    header = draw(st.lists(st.sampled_from(WORDS), min_size=width, max_size=width))
    cell = st.sampled_from(CELLS) | st.text(max_size=4)
    rows = draw(st.lists(st.lists(cell, min_size=max(0, width - 1), max_size=width + 1), max_size=12))
    above = draw(st.sampled_from(([], [["sep=;"]], [["A report"], []])))
    if draw(st.integers(0, 19)) == 7:
        return _workbook([*above, header, *rows]), "xlsx"
    separator = draw(st.sampled_from(SEPARATORS))
    quoted = draw(st.booleans())
    lines = [separator.join(_quoted(one) if quoted else one for one in row) for row in [*above, header, *rows]]
    content = "\n".join(lines).encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
    return content + draw(st.sampled_from((b"", b"\n", b'"', b"\xff\xfe", b"\x00"))), "csv"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _workbook(rows: list[list[str]]) -> bytes:
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


SAID = (
    "leads: {id: Lead ID, contacted: Created, channel: Source}",
    "leads: {id: id}",
    "leads: {deal: Lead ID}",
    "leads: 3",
    "deals: {lead: Lead ID, won: Won date, value: Amount}",
    "deals: {lead: id, won: Close date, stage: Stage, rep: Owner, currency: Currency}",
    "deals: {lead: Lead ID, won: Won, lost: Lost, value: Price}",
    *('open_is: [""]', 'separator: "^"', "currency: {Talers: 2}"),
    *("all_won: true", "won_is: [Hm]", "lost_is: Hm", "nothing: [Hm, 2]", "deals_without_lead: leave_out"),
    *("dates: day-month-year", "dates: [day-month-year, month-day-year]", 'dates: "%d.%m.%Y"', "dates: {}"),
    *("dates: {leads: year-month-day}", "time_zone: Asia/Shanghai", "time_zone: ../x", 'decimal: ","'),
    *("currency: USD", "currency: {USD: 0.9, JPY: 0.01}", "currency: {XX: 1}", "encoding: cp1251", "encoding: klingon"),
    *("separator: tab", "header_row: 2", "header_row: 99", "sheet: Sheet", "sheet: {deals: No}", "fit: [x]", "x: y"),
    *("channels: {search: [Google, '']}", "channels: {leave_out: Webinar}", "channels: []", "horizons_d: [30]"),
    "window: {leads_from: 2024-01-01}",
)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    tables(),
    st.none() | tables(),
    st.lists(st.sampled_from(SAID), max_size=4, unique_by=lambda line: line.split(":")[0]),
)
def test_any_files_and_any_mapping_get_an_answer_or_a_sentence(tmp_path_factory, leads, deals, said):
    folder = _folder(tmp_path_factory)
    paths = [_written(folder, name, one) for name, one in (("leads", leads), ("deals", deals)) if one is not None]
    try:
        mapping = _mapping(folder, said)
        found = import_files(paths[0], paths[1] if len(paths) > 1 else None, mapping, CHANNELS)
    except InputError:
        return
    assert import_lines(found)
    text = mapping_text(found, "run.py")
    assert import_record(found, text)["mapping"] == text
    if found.mapping.leads or found.mapping.deals:
        again = _mapping(folder, text.splitlines())  # what is written can be read
        assert (dict(again.leads), dict(again.deals)) == (dict(found.mapping.leads), dict(found.mapping.deals))


_FOLDERS: list[Path] = []


def _folder(factory: Any) -> Path:
    """One folder for all examples."""
    if not _FOLDERS:
        _FOLDERS.append(factory.mktemp("exports"))
    return _FOLDERS[0]


def _written(folder: Path, name: str, table: tuple[bytes, str]) -> Path:
    path = folder / f"{name}.{table[1]}"
    path.write_bytes(table[0])
    return path


def _mapping(folder: Path, lines: list[str]) -> CrmMapping:
    if not lines:
        return CrmMapping()
    path = folder / "map.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_mapping(path)
