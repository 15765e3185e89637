"""A mapping as a commented YAML file."""

from collections.abc import Iterator, Mapping, Sequence

from experiments.crm.import_files import Import
from experiments.crm.mapping import DEAL_COLUMNS, LEAD_COLUMNS, CrmMapping
from experiments.crm.table_file import Form
from experiments.crm.unsure import UnsureError
from experiments.crm.yaml_words import yaml_list, yaml_word

_WIDTH = 30


def mapping_text(found: Import, command: str) -> str:
    """The proposed mapping with what each line is about; open questions stand at its end, each with its lines."""
    mapping = found.mapping
    lines = [
        f"# Which columns of an export hold what ({found.proposed.system or 'system not known'}).",
        f"# See what comes of it: {_on_one_line(command)}",
        *_columns("leads", mapping.leads, LEAD_COLUMNS),
        *_columns("deals", mapping.deals, DEAL_COLUMNS),
        *_rest(mapping),
        *_questions(found.questions),
    ]
    return "\n".join(lines) + "\n"


def _columns(section: str, columns: Mapping[str, str], about: Mapping[str, str]) -> Iterator[str]:
    if columns:
        yield f"{section}:"
    for key, column in columns.items():
        yield f"{f'  {key}: {yaml_word(column)}':<{_WIDTH}}  # {about[key]}"


def _rest(mapping: CrmMapping) -> Iterator[str]:
    """Everything besides the columns, as far as it is said."""
    if isinstance(mapping.dates, tuple):
        if mapping.dates:
            yield f"dates: {yaml_list(mapping.dates)}"
    else:
        yield f"dates: {{{', '.join(f'{file}: {yaml_list(ways)}' for file, ways in mapping.dates.items())}}}"
    for key, text in (("time_zone", mapping.time_zone), ("decimal", mapping.decimal)):
        if text:
            yield f"{key}: {yaml_word(text)}"
    yield from _money_and_states(mapping)
    if mapping.all_won:
        yield "all_won: true"
    if mapping.deals_without_lead:
        yield f"deals_without_lead: {mapping.deals_without_lead}"
    if mapping.nothing:
        yield f"nothing: {yaml_list(mapping.nothing, most=99)}"
    yield from _forms(mapping)
    yield from _channels(mapping)
    yield from _window(mapping)


def _money_and_states(mapping: CrmMapping) -> Iterator[str]:
    if mapping.rates:
        rates = {yaml_word(code): "null" if rate is None else f"{rate:g}" for code, rate in mapping.rates.items()}
        yield f"currency: {{{', '.join(f'{code}: {rate}' for code, rate in rates.items())}}}  # euros for one"
    said = mapping.states
    for key, states in (("won_is", said.won), ("lost_is", said.lost), ("open_is", said.open)):
        if states:
            yield f"{key}: {yaml_list(states, most=99)}"


def _forms(mapping: CrmMapping) -> Iterator[str]:
    """How the files are written, said once where both are the same."""
    leads, deals = mapping.form("leads"), mapping.form("deals")
    for key in ("encoding", "separator", "header_row", "sheet"):
        one, other = _said(leads, key), _said(deals, key)
        if one and one == other:
            yield f"{key}: {one}"
        elif one or other:
            both = [f"{file}: {text}" for file, text in (("leads", one), ("deals", other)) if text]
            yield f"{key}: {{{', '.join(both)}}}"


def _said(form: Form, key: str) -> str | None:
    value = getattr(form, key)
    return None if value is None else str(value) if key == "header_row" else yaml_word(value)


def _channels(mapping: CrmMapping) -> Iterator[str]:
    if not mapping.channels:
        return
    values: dict[str, list[str]] = {}
    for value, way in mapping.channels.items():
        values.setdefault(way, []).append(value)
    yield "channels:                       # the company's channel: what the export calls it"
    for way, names in values.items():
        yield f"  {way}: {yaml_list(names, most=999)}"


def _window(mapping: CrmMapping) -> Iterator[str]:
    days = {key: day for key, day in mapping.window.items() if key != "horizons_d"}
    if days:
        yield f"window: {{{', '.join(f'{key}: {day}' for key, day in days.items())}}}"
    if "horizons_d" in mapping.window:
        yield f"horizons_d: {list(mapping.window['horizons_d'])}"
    if mapping.fit:
        yield f"fit: {yaml_list(mapping.fit, most=99)}"


def _on_one_line(text: str) -> str:
    """A text without what would end a comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _questions(questions: Sequence[UnsureError]) -> Iterator[str]:
    for question in questions:
        yield "#"
        asked = f"{question.question}. Take one (it replaces what stands under the same name){question.also}:"
        yield f"# OPEN: {_on_one_line(asked)}"
        for place, one in enumerate(question.lines):
            if place:
                yield "# or"
            yield from (f"#   {line}" for line in one.splitlines())
