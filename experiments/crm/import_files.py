"""From files to an export: the mapping completed where it is sure, or the questions that are open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.crm.column_names import foreign_words, system_of
from experiments.crm.data_questions import data_questions, with_channels
from experiments.crm.export import Export, export_of
from experiments.crm.files import Files, open_files
from experiments.crm.mapping import CrmMapping
from experiments.crm.proposal import Proposal, proposal
from experiments.crm.unsure import UnsureError
from scenarios.input_errors import InputError, in_a_row


@dataclass(frozen=True)
class Import:
    """What became of files: a mapping, the questions that are open, and the export if there are none.

    `preview` is the export as far as it can be read already, without money if that is open. `problem` is what no
    question could mend.
    """

    files: Files
    proposed: Proposal
    questions: tuple[UnsureError, ...]
    export: Export | None
    problem: InputError | None = None
    preview: Export | None = None

    @property
    def mapping(self) -> CrmMapping:
        """The mapping as far as it is known."""
        return self.proposed.mapping


def read_export(leads: Path, deals: Path | None, mapping: CrmMapping, channels: Sequence[str]) -> Export:
    """Read and clean an export for a company with these channels.

    What the mapping leaves open is proposed and used only if it is sure. Raises InputError where anything has to be
    asked, or makes no sense.
    """
    if mapping.names_all_leads_need and mapping.names_all_deals_need:
        files = open_files(leads, deals, mapping)
        known = mapping if mapping.channels else with_channels(files, mapping, channels)
        system = system_of({*files.leads.columns, *files.deals.columns})
        export = export_of(files, known, channels, system.name if system else None)
        return _with_guesses(export, mapping, ())
    found = import_files(leads, deals, mapping, channels)
    if found.questions:
        first, n_more = found.questions[0], len(found.questions) - 1
        more = f"; {n_more} more to answer, see `run.py import`" if n_more else ""
        raise UnsureError(first.question, first.lines, also=f"{first.also}{more}")
    if found.problem:
        raise found.problem
    assert found.export is not None
    return _with_guesses(found.export, mapping, found.proposed.guessed)


def _with_guesses(export: Export, said: CrmMapping, guessed: Sequence[str]) -> Export:
    """The export, with a note on what no mapping had said."""
    columns = [f'{key} "{getattr(export.mapping, key.split(".")[0])[key.split(".")[1]]}"' for key in guessed]
    values = [f'{way}: "{value}"' for value, way in export.mapping.channels.items() if value not in said.channels]
    notes = [f"columns that no mapping names, found out: {in_a_row(columns)}"] if columns else []
    notes += [f"channels that no mapping names, by their words: {in_a_row(values)}"] if values else []
    return replace(export, notes=(*export.notes, *notes))


def import_files(leads: Path, deals: Path | None, mapping: CrmMapping, channels: Sequence[str]) -> Import:
    """Open the files, complete the mapping, ask what is open, and read them if nothing is.

    Raises InputError for files that cannot be opened, and a mapping that does not fit them.
    """
    files = open_files(leads, deals, mapping, foreign_words())
    found = proposal(files, mapping)
    completed = with_channels(files, found.mapping, channels)
    found = Proposal(completed, found.system, found.questions, found.guessed)
    questions, problem = list(found.questions), None
    try:
        questions += data_questions(files, completed, channels)
        is_whole = completed.names_all_leads_need and completed.names_all_deals_need
        export = export_of(files, completed, channels, found.system) if is_whole and not questions else None
    except UnsureError as error:
        questions.append(error)
        export = None
    except InputError as error:
        export, problem = None, error
    preview = export or _without(files, found, channels, ("value", "currency"))
    preview = preview or _without(files, found, channels, ("value", "currency", "channel"))
    return Import(files, found, tuple(questions), export, problem, preview)


def _without(files: Files, found: Proposal, channels: Sequence[str], keys: Sequence[str]) -> Export | None:
    """The export without some columns; None if it cannot be read so either."""
    leads, deals = (
        {key: column for key, column in columns.items() if key not in keys}
        for columns in (found.mapping.leads, found.mapping.deals)
    )
    mapping = replace(found.mapping, leads=leads, deals=deals)
    if not (mapping.names_all_leads_need and mapping.names_all_deals_need):
        return None
    try:
        return export_of(files, mapping, channels, found.system)
    except InputError:
        return None
