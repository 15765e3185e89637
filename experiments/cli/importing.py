"""`run.py import`: what is in a CRM export, how it would be read, and what has to be asked."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import DONE, WRONG_INPUT, Json
from experiments.reporting.terminal import complain, say, say_json

_COMPANY = "Company whose channels the leads came by; the reference company if not given."


def import_export(
    leads: Annotated[Path, typer.Argument(help="Leads of a CRM export, CSV or .xlsx.")],
    deals: Annotated[Path | None, typer.Argument(help="Deals of it; none if the file of leads holds both.")] = None,
    mapping: Annotated[Path | None, typer.Option("--map", help="What is known of it already, YAML.")] = None,
    company: Annotated[str, typer.Option(help=_COMPANY)] = "reference",
    write: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the proposed mapping, YAML.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over that file if it is there.")] = False,
    as_json: Json = False,
) -> int:
    """Say what a CRM export holds, propose a mapping, and ask what is unsure.

    Exit code 2 if anything has to be answered first.
    """
    import scenarios
    from experiments.crm.import_files import import_files
    from experiments.crm.import_text import import_lines, import_record
    from experiments.crm.mapping import CrmMapping, read_mapping
    from experiments.crm.mapping_text import mapping_text

    known = read_mapping(mapping) if mapping else CrmMapping()
    found = import_files(leads, deals, known, list(scenarios.load(company).channels))
    text = mapping_text(found, _next_command(company, leads, deals, write))
    say_json(import_record(found, text)) if as_json else say("\n".join(import_lines(found)))
    if write is not None:
        _write(write, text, replace=replace)
        complain(f"the mapping is in {write}")
    if found.questions or found.problem:
        complain("the mapping has to say more before the export can be used")
        return WRONG_INPUT
    return DONE


def _next_command(company: str, leads: Path, deals: Path | None, write: Path | None) -> str:
    return f"python run.py import {leads}{f' {deals}' if deals else ''} --map {write or 'FILE'} --company {company}"


def _write(path: Path, text: str, *, replace: bool) -> None:
    """Write a new file; raises InputError if there is one already."""
    from experiments.store.atomic_files import write_whole
    from scenarios.input_errors import InputError

    if path.exists() and not replace:
        raise InputError(f"{path} is there already; name another file, or give --replace")
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from None
